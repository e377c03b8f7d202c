"""Components: `{% load look %}`. Each is shown, with when to use it, on the gallery page (/components/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rrr.core.thread import Knot
from rrr.records.estimate import Estimate

register = template.Library()
WIDTH = 200.0

ICONS = {
    "download": "M12 4v12M6.5 11L12 16.5 17.5 11M4 20h16",
    "ok": "M4 12.5l5.5 5.5L20 7",
    "warn": "M12 3.5L2.5 20h19zM12 10v4.5M12 17.2v.3",
    "bad": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v6M12 16.2v.3",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "flask": "M9 3h6M10 3v6L5 19a1.5 1.5 0 0 0 1.4 2h11.2a1.5 1.5 0 0 0 1.4-2L14 9V3",
    "info": "M12 3a9 9 0 1 0 .01 0M12 11v6M12 7.2v.3",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "download" %}`: always beside words, never instead of them."""
    return format_html('<svg class="ico" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


@register.inclusion_tag("_components/thread_bar.html")
def thread_bar_nav(knots: Sequence[Knot]) -> dict[str, Any]:
    """`{% thread_bar_nav thread_bar %}`: what came before, where you are, what comes next."""
    return {"knots": knots}


@register.inclusion_tag("_components/note.html")
def note(text: str, kind: str = "info", title: str = "") -> dict[str, Any]:
    """`{% note "Saved." kind="ok" %}`: one interrupting thought. Kinds: info, ok (success), warn (warning), bad (error)."""
    kinds = {"success": "ok", "warning": "warn", "error": "bad", "debug": "info"}
    return {"text": text, "kind": kinds.get(kind, kind), "title": title}


@register.inclusion_tag("_components/unknown.html")
def unknown(text: str = "") -> dict[str, Any]:
    """`{% unknown "Not known" %}`: the hatch stands wherever a value is missing."""
    return {"text": text or _("Not known")}


@register.inclusion_tag("_components/whisker.html")
def whisker(estimate: Estimate, low: float, high: float, reference: float | None = None, label: str = "") -> dict[str, Any]:
    """`{% whisker estimate 0 10 reference=5 %}`: dot and interval on a scale from `low` to `high`; open ends get an arrow."""
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return round(6 + (WIDTH - 12) * min(1.0, max(0.0, (value - low) / span)), 1)

    shown: dict[str, Any] = {
        "dot": x(estimate.value),
        "start": x(estimate.low if estimate.low is not None else low),
        "end": x(estimate.high if estimate.high is not None else high),
        "open_start": estimate.low is None,
        "open_end": estimate.high is None,
        "reference": None if reference is None else x(reference),
        "words": label or interval_words(estimate),
    }
    if estimate.wide_low is not None and estimate.wide_high is not None:
        start, end = x(estimate.wide_low), x(estimate.wide_high)
        shown["wide"] = {"x": start, "width": round(end - start, 1)}
    return shown


@register.filter
def interval_words(estimate: Estimate) -> str:
    """`{{ estimate|interval_words }}`: the estimate as text, for tables and screen readers."""
    value = number_format(estimate.value, use_l10n=True)
    low = _("open") if estimate.low is None else number_format(estimate.low, use_l10n=True)
    high = _("open") if estimate.high is None else number_format(estimate.high, use_l10n=True)
    words = {"value": value, "unit": estimate.unit, "low": low, "high": high, "level": number_format(round(100 * estimate.level))}
    return _("%(value)s %(unit)s, %(level)s%% interval %(low)s to %(high)s") % words


@register.inclusion_tag("_components/figure.html")
def figure(label: str, value: Any = None, unit: str = "", source: str = "", missing: str = "") -> dict[str, Any]:
    """`{% figure "People" 2211114 unit="in 2021" source="One source" %}` inside `<dl class="figs">`: counted or stated; None shows the hatch."""
    return {"label": label, "value": value, "unit": unit, "source": source, "missing": missing or _("Not known")}


@register.inclusion_tag("_components/provenance.html")
def provenance(rows: Sequence[tuple[str, str]] | Mapping[str, str]) -> dict[str, Any]:
    """`{% provenance rows %}`: closed, under every figure: source, data version, settings, seed, code version, command."""
    return {"rows": list(rows.items()) if isinstance(rows, Mapping) else rows}


@register.inclusion_tag("_components/horizon.html")
def horizon(code: str) -> dict[str, Any]:
    """`{% horizon "rebuild" %}`: respond, rebuild or reinvent as one to three dots with the word."""
    labels = {"respond": _("Respond"), "rebuild": _("Rebuild"), "reinvent": _("Reinvent")}
    number = list(labels).index(code) + 1 if code in labels else 0
    return {"label": labels.get(code, code), "dots": [(place, place <= number) for place in (1, 2, 3)]}


@register.inclusion_tag("_components/evidence.html")
def evidence_level(level: int | None) -> dict[str, Any]:
    """`{% evidence_level 3 %}`: zero to four squares with the words; None shows the hatch."""
    return {"level": level, "squares": [(place, level is not None and place <= level) for place in (1, 2, 3, 4)]}


@register.inclusion_tag("_components/simulated.html")
def simulated(text: str) -> dict[str, Any]:
    """`{% simulated "Votes were drawn at random." %}`: above anything that is not real."""
    return {"text": text}


@register.inclusion_tag("_components/sealed.html")
def sealed(title: str, digest: str, at: Any) -> dict[str, Any]:
    """`{% sealed "Plan sealed" plan.sha256 plan.frozen_at %}`: something that cannot be changed any more."""
    return {"title": title, "digest": digest, "at": at}


@register.inclusion_tag("_components/empty.html")
def empty(title: str, text: str, url: str = "", action: str = "") -> dict[str, Any]:
    """`{% empty "No case yet" "A case appears when …" url="…" action="…" %}`: what will be here, and how to begin."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("_components/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """`{% pager page %}`: earlier and later pages of a list; the other choices in the address are kept."""
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    return {"page": page, "kept": f"&{kept.urlencode()}" if kept else ""}


@register.inclusion_tag("_components/job.html")
def job_progress(job: Any) -> dict[str, Any]:
    """`{% job_progress job %}`: how far a long piece of work is; moves by itself where script runs."""
    return {"job": job}


@register.filter
def host(url: str) -> str:
    """`{{ url|host }}`: the site's name, for links that would be too long."""
    from urllib.parse import urlsplit

    return urlsplit(url).netloc.removeprefix("www.")
