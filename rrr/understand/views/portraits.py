"""The portrait of an ecosystem: newest and earlier versions for everybody, the draft for those who write it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core.caching import shared
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.places.models import PolicyKind, Territory
from rrr.records.estimate import WhiskerRow
from rrr.understand.actions import portrait as actions
from rrr.understand.bridge import portrait as bridge
from rrr.understand.forms import PortraitForm
from rrr.understand.models import Kind, Licence, Portrait
from rrr.understand.queries import portrait as queries
from rrr.understand.views.territories import seen


@require_GET
@shared
def newest(request: HttpRequest, territory: str) -> HttpResponse:
    found = seen(request, territory)
    one = queries.newest(found.slug)
    if one is not None:
        return _version(request, found, queries.version(found, one.number or 0), newest=True)
    return render(request, "understand/portrait_none.html", {"territory": found, **_may(request, found)})


@require_GET
@shared
def version(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    found = seen(request, territory)
    may = allowed(request.user, Permission.TERRITORY_PUBLISH, territory)
    return _version(request, found, queries.version(found, number, withdrawn=may))


@require_GET
@shared
def content_json(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    """The content byte for byte as its SHA-256 was taken."""
    one = queries.version(seen(request, territory), number)
    headers = {"Content-Disposition": f'attachment; filename="rrr-portrait-{territory}-{number}.json"'}
    return HttpResponse(one.text.encode(), content_type="application/json", headers=headers)


@require_GET
def preview(request: HttpRequest, territory: str) -> HttpResponse:
    """What would be fixed if it were published now."""
    require(request, Permission.PORTRAIT_EDIT, territory)
    found = seen(request, territory)
    return _page(request, found, None, bridge.content(found, queries.beginning(found)))


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.PORTRAIT_EDIT, territory)
    found = seen(request, territory)
    form = PortraitForm(request.POST or None, instance=queries.beginning(found))
    if request.method == "POST" and form.is_valid():
        actions.save_draft(by=signed_in(request), territory=found, values=form.cleaned_data)
        messages.success(request, _("Saved. Read the preview, then publish it."))
        return redirect("understand:portrait_preview", territory)
    return render(request, "understand/portrait_form.html", {"territory": found, "form": form})


@require_POST
def publish(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.TERRITORY_PUBLISH, territory)
    found = seen(request, territory)
    try:
        made = actions.publish(by=signed_in(request), territory=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("understand:portrait_draft", territory)
    messages.success(request, _("Version %(number)s stands fixed.") % {"number": made.number})
    return redirect(made)


@require_POST
def take_back(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    require(request, Permission.TERRITORY_PUBLISH, territory)
    one = queries.version(seen(request, territory), number, withdrawn=True)
    actions.take_back(by=signed_in(request), portrait=one)
    messages.success(request, _("Version %(number)s is shown to nobody any more.") % {"number": number})
    return redirect("understand:portrait", territory)


def _may(request: HttpRequest, of: Territory) -> dict[str, bool]:
    return {
        "may_edit": allowed(request.user, Permission.PORTRAIT_EDIT, of),
        "may_publish": allowed(request.user, Permission.TERRITORY_PUBLISH, of),
    }


def _version(request: HttpRequest, of: Territory, one: Portrait, *, newest: bool = False) -> HttpResponse:
    return _page(request, of, one, one.content, newest=newest)


def _page(request: HttpRequest, of: Territory, one: Portrait | None, content: dict[str, Any], *, newest: bool = False) -> HttpResponse:
    """`one` None: the preview. `newest`: the address names no version, so the title names none."""
    _read_dates(content["figures"])
    rated = bridge.rated(content["diagnosis"])
    context: dict[str, Any] = {
        "territory": of,
        "portrait": one,
        "content": content,
        "newest": newest,
        "figures": content["figures"],
        "kinds": [[str(dict(Kind.choices).get(kind, kind)), number] for kind, number in content["figures"]["kinds"]],
        "kind_columns": [_("Kind"), (_("Organisations"), "num")],
        "policy": [{**fact, "label": str(dict(PolicyKind.choices).get(fact["kind"], ""))} for fact in content["figures"]["policy"]],
        "registers": [
            [row["name"], date_format(row["date"]) if row["date"] else None, str(dict(Licence.choices).get(row["licence"], "")) or None]
            for row in _registers(content)
        ],
        "register_columns": [_("Register"), _("Date of the file"), _("Licence")],
        "network": bridge.network(of, content["network"]),
        "rated": _whiskers(rated),
        "closed": date.fromisoformat(content["diagnosis"]["closed"]) if content["diagnosis"] else None,
        "unplaced": content["figures"]["known"] - content["figures"]["placed"],
        "unconfirmed": content["figures"]["known"] - content["figures"]["confirmed"],
        "versions": queries.versions(of),
        **_may(request, of),
    }
    return render(request, "understand/portrait.html", context)


def _read_dates(figures: dict[str, Any]) -> None:
    """Days of sources as dates, so that the page writes them as the reader's language does."""
    sources = [one["source"] for one in figures["people"]] + [source for fact in figures["policy"] for source in fact["sources"]]
    for source in sources:
        source["read_on"] = date.fromisoformat(source["read_on"]) if source["read_on"] else None
    for register in figures["registers"]:
        register["date"] = date.fromisoformat(register["date"]) if register["date"] else None


def _registers(content: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content["figures"]["registers"]
    return found


def _whiskers(rated: list[bridge.Rated]) -> list[WhiskerRow]:
    missing = _("Fewer than five people rated it")
    return [WhiskerRow(one.label, one.mean, missing="" if one.mean else missing) for one in rated]
