"""Pages of this instance and reports about content."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rrr.core.caching import shared
from rrr.people import queries, standard, throttle
from rrr.people.actions import pages as actions
from rrr.people.forms import PageForm, ReportAnswerForm, ReportForm, languages
from rrr.people.models import User
from rrr.people.permissions import Permission, allowed, require, signed_in

REPORTS_AN_HOUR = 10
PAGE = 50


@require_GET
@shared
def page(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    shown = standard.page(slug, language)
    if shown is None:
        raise Http404
    context = {
        "page": shown,
        "other_language": shown.language != language,
        "language_name": dict(settings.LANGUAGES).get(shown.language, shown.language),
        "may_edit": allowed(request.user, Permission.PAGES_EDIT),
        "language": language,
    }
    return render(request, "people/page.html", context)


@require_http_methods(["GET", "POST"])
def page_edit(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    require(request, Permission.PAGES_EDIT)
    if slug not in standard.PAGES or language not in dict(languages()):
        raise Http404
    form = PageForm(request.POST or None, instance=standard.draft(slug, language))
    if request.method == "POST" and form.is_valid():
        actions.save(page=form.save(commit=False), by=signed_in(request))
        messages.success(request, _("The page is saved."))
        return redirect("people:page", slug)
    written = queries.page_languages(slug)
    context = {
        "form": form,
        "slug": slug,
        "language": language,
        "name": standard.PAGES[slug],
        "page_languages": [(code, name, code in written) for code, name in languages()],
    }
    return render(request, "people/page_form.html", context)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Anybody may say what is wrong; no account is needed."""
    form = ReportForm(request.POST or None, initial={"url": request.GET.get("url", "")[:500]})
    if request.method == "POST" and form.is_valid():
        if throttle.exceeded(request, action="report", most=REPORTS_AN_HOUR, seconds=3600):
            form.add_error(None, _("Too many reports came from your address. Wait an hour and send it again; your text is kept below."))
            return render(request, "people/report.html", {"form": form}, status=429)
        user = request.user if isinstance(request.user, User) else None
        saved = actions.report(report=form.save(commit=False), by=user)
        messages.success(request, _("Thank you. The people who run this site will look at it."))
        local = url_has_allowed_host_and_scheme(saved.url, allowed_hosts=None) and saved.url.startswith("/")
        return redirect(saved.url if local else "/")
    return render(request, "people/report.html", {"form": form})


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    require(request, Permission.REPORTS_HANDLE)
    closed = request.GET.get("state") == "settled"
    found = Paginator(queries.reports(closed=closed), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/reports.html", {"page": found, "closed": closed, "open": queries.open_reports()})


@require_http_methods(["GET", "POST"])
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, Permission.REPORTS_HANDLE)
    found = queries.report(pk)
    form = ReportAnswerForm(request.POST or None, instance=found, initial={"closed": found.closed_at is not None})
    if request.method == "POST" and form.is_valid():
        actions.answer_report(report=form.save(commit=False), closed=form.cleaned_data["closed"], by=signed_in(request))
        messages.success(request, _("The report is saved."))
        return redirect("people:reports")
    return render(request, "people/report_answer.html", {"report": found, "form": form})
