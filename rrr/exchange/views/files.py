"""A case for programs, and what search engines ask for."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rrr.exchange import linked, queries


@require_GET
def jsonld(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """The published case as JSON-LD; a draft has none, not even for its team: its figures are not fixed."""
    case = queries.case(territory, slug)
    text = json.dumps(linked.document(case, settings.SITE_URL), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json; charset=utf-8")


@require_GET
def figures(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """The fixed figures, byte for byte what was hashed: `sha256sum` of this file is the hash on the page."""
    case = queries.case(territory, slug)
    return HttpResponse(queries.canonical(case.figures), content_type="application/json; charset=utf-8")


@require_GET
def sitemap(request: HttpRequest) -> HttpResponse:
    """Pages worth finding: everything public, and when it last changed where that is known."""
    urls = [{"path": path, "changed": changed} for path, changed in queries.public_pages()]
    return render(request, "exchange/sitemap.xml", {"urls": urls, "base": settings.SITE_URL}, content_type="application/xml; charset=utf-8")


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /me/",
        "Disallow: /jobs/",
        "Disallow: /people/invitations/",
        "Disallow: /unsubscribe/",
    ]
    lines += [f"Sitemap: {settings.SITE_URL}{reverse('exchange:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
