"""The codes of fixed figures as words and records that pages, feeds and files show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rrr.define import cards
from rrr.define.vocabulary import System
from rrr.experiment.vocabulary import PILOT_DESIGN_SENTENCES, PartDecision, PartKind, PilotDesign, Verdict
from rrr.explore.vocabulary import Topic
from rrr.records.estimate import Estimate, Figure, WhiskerRow

DRAWN = (PilotDesign.INDIVIDUAL, PilotDesign.CLUSTER)


def label(choices: type[TextChoices], code: Any) -> str:
    """The word for a code; the code itself where the list no longer has it (a case outlives the lists)."""
    return str(choices(code).label) if code in choices.values else str(code)


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def estimate(figures: Mapping[str, Any]) -> Estimate | None:
    """The result with its interval; None where there is no number, or a number without an interval, which is never shown."""
    result = figures.get("result")
    if not result or result["value"] is None or (result["low"] is None and result["high"] is None):
        return None
    level = (figures.get("plan") or {}).get("level") or 0.95
    return Estimate(result["value"], result["low"], result["high"], level, result["unit"])


def sentence(figures: Mapping[str, Any]) -> str:
    """The result in plain words, in the reader's language."""
    result = figures.get("result")
    found = estimate(figures)
    given = {
        "result": result,
        "estimate": found,
        "size": abs(found.value) if found else None,
        "same": bool(found and not found.value),
        "higher": bool(found and found.value > 0),
        "drawn": bool(result and result["design"] in DRAWN),
        "crosses": bool(found and (found.low is None or found.low <= 0) and (found.high is None or found.high >= 0)),
    }
    return " ".join(render_to_string("exchange/_sentence.txt", given).split())


def head(figures: Mapping[str, Any]) -> list[Figure]:
    """Four figures at the head of the page."""
    result, decision = figures.get("result"), figures.get("decision")
    plan = figures.get("plan") or {}
    found = estimate(figures)
    units = plan.get("units") or {}
    design = result["design"] if result else plan.get("design", "")
    return [
        Figure(result["outcome"] if result else _("Result"), estimate=found, reference=0.0, missing=_("Not enough data")),
        Figure(_("Units"), units_measured(result), unit=units.get("what") or "", source=_("Counted in the data"), missing=_("Not counted")),
        Figure(_("Design"), label(PilotDesign, design) or None, source=_("Weak") if result and result["weak"] else ""),
        Figure(_("Decision"), label(Verdict, decision["verdict"]) if decision else None, missing=_("Not decided yet")),
    ]


def units_measured(result: Mapping[str, Any] | None) -> int | None:
    if not result or result["number_treated"] is None:
        return None
    return int(result["number_treated"] + (result["number_control"] or 0))


def shown(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with words for codes and times for texts, as the templates read them."""
    plan, result, decision = figures.get("plan"), figures.get("result"), figures.get("decision")
    parts = (figures.get("adaptation") or {}).get("parts") or []
    return {
        **figures,
        "systems": [label(System, code) for code in figures["challenge"]["systems"]],
        "evidence": [_card(card) for card in figures.get("evidence", ())],
        "topics": [label(Topic, code) for code in figures["solution"]["topics"]],
        "parts": [{**one, "kind": label(PartKind, one["kind"]), "decision": label(PartDecision, one["decision"])} for one in parts],
        "plan": plan and {**plan, "frozen_at": when(plan["frozen_at"]), "design": label(PilotDesign, plan["design"])},
        "result": result and {**result, "made_at": when(result["made_at"]), "design": label(PilotDesign, result["design"])},
        "design_sentence": PILOT_DESIGN_SENTENCES.get(result["design"], "") if result else "",
        "decision": decision and {**decision, "made_at": when(decision["made_at"]), "verdict": label(Verdict, decision["verdict"])},
        "row": row(figures),
        "none": _("no difference"),
        "provenance": provenance(figures),
        "sentence": sentence(figures),
    }


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    """An evidence card in words, said by step 2 from the frozen figures."""
    kept = card["figures"]
    gap = kept.get("gap")
    return {
        "title": cards.finding(card["title"], gap) if gap else card["title"],
        "sentence": cards.main_sentence(gap, kept["unit"]) if gap else "",
        "language": get_language() if gap else card["language"],  # a finding is said in the reader's language
        "refused": "refusal" in kept,
        "source": kept.get("attribution", ""),
        "url": kept.get("source") or card["url"],
        "on": date.fromisoformat(on) if (on := kept.get("computed_on") or card["on"]) else None,
    }


def row(figures: Mapping[str, Any]) -> list[WhiskerRow]:
    """The one line of the result's table; empty without a number."""
    found = estimate(figures)
    return (
        [WhiskerRow(_("With against without") if figures["result"]["design"] in DRAWN else _("After against before"), found)]
        if found
        else []
    )


def provenance(figures: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Where the result comes from and what is needed to run it again."""
    result, plan = figures.get("result"), figures.get("plan") or {}
    if not result:
        return []
    return [
        (_("Plan (SHA-256)"), result["plan_sha256"]),
        (_("Data (SHA-256)"), result["data_sha256"]),
        (_("Estimator"), plan.get("estimator") or None),
        (_("Computed on"), date_format(when(result["made_at"]), "DATETIME_FORMAT")),
        (_("Code version"), (result["details"] or {}).get("code") or None),
    ]
