"""A published portrait as a PDF, in the language of its words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from rrr.core.caching import shared
from rrr.places.models import PolicyKind, Territory
from rrr.understand.bridge import portrait as bridge
from rrr.understand.bridge import portrait_pdf
from rrr.understand.models import Kind, Portrait
from rrr.understand.queries import portrait as queries
from rrr.understand.views.territories import seen


@require_GET
@shared
def pdf(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    found = seen(request, territory)
    one = queries.version(found, number)
    with translation.override(one.language):
        data = _data(found, one, request.build_absolute_uri(one.get_absolute_url()))
    headers = {"Content-Disposition": f'attachment; filename="rrr-portrait-{territory}-{number}.pdf"'}
    return HttpResponse(portrait_pdf.pdf(data), content_type="application/pdf", headers=headers)


def _data(of: Territory, one: Portrait, address: str) -> dict[str, Any]:
    content = one.content
    parts = [_known(content), _kinds(content), _network(of, content), _rated(content), _policy(content), _gaps(content), _sources(content)]
    return {
        "title": _("Ecosystem portrait") + ": " + content["territory"]["name"],
        "author": content["territory"]["authority"] or content["territory"]["name"],
        "lang": one.language.split("-")[0],
        "when": _("version %(number)s of %(day)s") % {"number": one.number, "day": date_format(one.published_at or "", "DATE_FORMAT")},
        "address": address,
        "sha256": one.sha256,
        "summary": portrait_pdf.blocks(content["summary"]),
        "parts": parts,
    }


def _part(title: str, lines: list[str], head: list[str] | None = None, rows: list[list[str]] | None = None) -> dict[str, Any]:
    return {"title": title, "lines": lines, "head": head or [], "rows": rows or [], "prose": []}


def _shown(value: float | None, places: int = 0) -> str:
    return "?" if value is None else str(number_format(value, decimal_pos=places, use_l10n=True))


def _known(content: dict[str, Any]) -> dict[str, Any]:
    figures = content["figures"]
    rows = [[_("Organisations we know"), _shown(figures["known"])], [_("Ties somebody wrote down"), _shown(content["network"]["ties"])]]
    rows += [[f"{_('People')}, {one['area']} {one['year'] or ''}", _shown(one["value"])] for one in figures["people"][:1]]
    return _part(_("Figures"), [], [_("Figure"), _("Number")], rows)


def _kinds(content: dict[str, Any]) -> dict[str, Any]:
    rows = [[str(dict(Kind.choices).get(kind, kind)), _shown(number)] for kind, number in content["figures"]["kinds"]]
    return _part(_("Who is there"), [], [_("Kind"), _("Organisations")], rows)


def _network(of: Territory, content: dict[str, Any]) -> dict[str, Any]:
    drawn = bridge.network(of, content["network"])
    if not drawn.nodes:
        return _part(_("How they are tied"), [_("No ties are recorded, or too many to draw.")])
    rows = [[node.name, _shown(node.ties)] for node in drawn.most]
    part = _part(_("How they are tied"), [], [_("Organisation"), _("Ties")], rows)
    return {**part, "svg": portrait_pdf.svg(drawn), "alt": f"{_('Ties somebody wrote down')}: {drawn.ties}"}


def _rated(content: dict[str, Any]) -> dict[str, Any]:
    title, missing = _("How ready the ecosystem is"), _("Fewer than five people rated it")
    if not content["diagnosis"]:
        return _part(title, [_("No diagnosis was published by then.")])
    rows = [
        [one.label, _shown(one.mean.value, 1), f"{_shown(one.mean.low, 1)} – {_shown(one.mean.high, 1)}"]
        if one.mean
        else [one.label, missing, ""]
        for one in bridge.rated(content["diagnosis"])
    ]
    told = _(
        "“%(title)s”, closed on %(day)s: %(number)s browsers answered. "
        "Mean rating from 0 to 10 with its 95%% interval, of those who answered."
    ) % {
        "title": content["diagnosis"]["title"],
        "day": date_format(date.fromisoformat(content["diagnosis"]["closed"]), "DATE_FORMAT"),
        "number": content["diagnosis"]["people"],
    }
    return _part(title, [told], [_("Building block"), _("Mean"), "95%"], rows)


def _policy(content: dict[str, Any]) -> dict[str, Any]:
    lines = [
        f"{dict(PolicyKind.choices).get(fact['kind'], '')} {fact['year'] or ''}: {fact['fact']}" for fact in content["figures"]["policy"]
    ]
    return _part(_("What policy does for it"), [_("Facts that public pages state; the list is not complete."), *lines])


def _gaps(content: dict[str, Any]) -> dict[str, Any]:
    figures = content["figures"]
    unplaced, unconfirmed = figures["known"] - figures["placed"], figures["known"] - figures["confirmed"]
    lines = [_("How many organisations there are that no register or page shows.")]
    if unplaced:
        told = ngettext("Where %(shown)s organisation is.", "Where %(shown)s organisations are.", unplaced)
        lines.append(told % {"shown": _shown(unplaced)})
    if unconfirmed:
        told = ngettext(
            "Whether %(shown)s organisation is still active: nobody has claimed or confirmed it.",
            "Whether %(shown)s organisations are still active: nobody has claimed or confirmed them.",
            unconfirmed,
        )
        lines.append(told % {"shown": _shown(unconfirmed)})
    lines.append(_("Ties nobody wrote down: an absent line is not an absent tie."))
    return {**_part(_("What we do not know"), lines), "prose": portrait_pdf.blocks(content["unknown"])}


def _sources(content: dict[str, Any]) -> dict[str, Any]:
    figures = content["figures"]
    sources = [one["source"] for one in figures["people"]] + [source for fact in figures["policy"] for source in fact["sources"]]
    rows = [[one["url"], one["read_on"] or "?"] for one in sources] + [[one["name"], one["date"] or "?"] for one in figures["registers"]]
    return _part(_("Sources"), [], [_("Source"), _("Date")], rows)
