"""What a page is built of: breadcrumb, pager, empty state, confirmation, steps and progress of long work, map with its list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from rrr.core import qr

register = template.Library()


@register.inclusion_tag("_components/qr_code.html")
def qr_code(link: str) -> dict[str, Any]:
    """`{% qr_code link %}`: an address as a code that phones read; the address itself stands beside it in letters."""
    return {"link": link, "code": qr.code(link)}


@register.inclusion_tag("_components/breadcrumb.html")
def breadcrumb(items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """`{% breadcrumb items %}`: pages above this one, over the title; an item is (label, url). This page itself is not in it."""
    return {"items": items}


@register.inclusion_tag("_components/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """`{% pager page %}`: earlier and later pages of a list (a Django Page); the other choices in the address are kept."""
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    return {"page": page, "kept": f"&{kept.urlencode()}" if kept else ""}


@register.inclusion_tag("_components/empty.html")
def empty(title: str, text: str, url: str = "", action: str = "") -> dict[str, Any]:
    """`{% empty "No case yet" "A case appears when …" url="…" action="…" %}`: what will be here, when, and how to begin."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("_components/confirm.html", takes_context=True)
def confirm(context: Mapping[str, Any], title: str, text: str, url: str, action: str, back: str, danger: bool = False) -> dict[str, Any]:
    """`{% confirm "Erase it?" "It cannot be undone." url "Erase" back_url danger=True %}`: before what is hard to take back.

    Posts to `url`; `back` is where "Leave it as it is" leads. What can be undone needs no confirmation: offer the undoing instead.
    """
    token = context.get("csrf_token")
    return {"title": title, "text": text, "url": url, "action": action, "back": back, "danger": danger, "csrf_token": token}


@register.inclusion_tag("_components/job.html")
def job_progress(job: Any) -> dict[str, Any]:
    """`{% job_progress job %}`: how far a long piece of work is (rrr.core.models.Job); moves by itself where script runs."""
    return {"job": job}


@register.inclusion_tag("_components/steps.html")
def steps(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`{% steps items %}`: the steps of a job, or the thread in full. An item has `text`, `state` (done, now, todo), maybe `amount`, `url`."""
    icons = {"done": "ok", "now": "next", "todo": "ring"}
    words = {"done": _("done"), "now": _("at work"), "todo": _("not yet")}
    return {"items": [{**one, "icon": icons[one["state"]], "word": words[one["state"]]} for one in items]}


@register.inclusion_tag("_components/map.html")
def points_map(
    points: str, outline: str, bounds: Sequence[float], label: str = "", note: str = "", center: Sequence[float] | None = None
) -> dict[str, Any]:
    """`{% points_map points_url outline_url bounds %}`: a map of GeoJSON points over an offline base; one on a page.

    `points` answers features with `number`, `name`, `approximate` (drawn as a ring), and `url` or a list row `#o<number>`. Up to 60 points are
    numbered pins that tie to the rows of `paired_list`; more are counted in groups that open as one comes nearer. `bounds` is west, south,
    east, north. `center` (lon, lat) draws rings of 2, 5 and 10 km. The page's `head` block needs `{% include "_map_scripts.html" %}`.
    """
    return {
        "points": points,
        "outline": outline,
        "bounds": json.dumps(list(bounds)),
        "center": json.dumps(list(center)) if center else "",
        "label": label or _("Map of the places in the list"),
        "note": note,
        "words": json.dumps(_map_words()),
    }


def _map_words() -> dict[str, str]:
    """What MapLibre says by itself, in the reader's language."""
    return {
        "NavigationControl.ZoomIn": _("Come nearer"),
        "NavigationControl.ZoomOut": _("Step back"),
        "CooperativeGesturesHandler.WindowsHelpText": _("Hold Ctrl and scroll to come nearer"),
        "CooperativeGesturesHandler.MacHelpText": _("Hold ⌘ and scroll to come nearer"),
        "CooperativeGesturesHandler.MobileHelpText": _("Use two fingers to move the map"),
        "ScaleControl.Kilometers": "km",
        "ScaleControl.Meters": "m",
    }


@register.inclusion_tag("_components/paired_list.html")
def paired_list(placed: Sequence[Mapping[str, Any]], unplaced: Sequence[Mapping[str, Any]] = (), label: str = "") -> dict[str, Any]:
    """`{% paired_list placed unplaced %}`: the list beside a map. Row 1 is pin 1; what has no place stays in the list, unnumbered.

    A row has `title` and may have `url` and `text`.
    """
    return {"placed": placed, "unplaced": unplaced, "label": label or _("Places in the list")}


@register.filter
def spaced(code: str) -> str:
    """`{{ row.indicator|spaced }}`: a code of the starter content as words: `jobs_social_economy` -> `Jobs social economy`."""
    words = str(code).replace("_", " ")
    return words[:1].upper() + words[1:] if "_" in str(code) else words
