"""The codes of fixed figures as words and records that pages, feeds and files show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_stubs_ext import StrOrPromise

from rrr.define import cards
from rrr.define.vocabulary import System
from rrr.experiment.models import DataUpload, Pilot, PlanVersion, Result
from rrr.experiment.plan import Plan
from rrr.experiment.reading import Reading, read
from rrr.experiment.sentences import difference
from rrr.experiment.vocabulary import PILOT_DESIGN_SENTENCES, PartDecision, PartKind, PilotDesign, Verdict
from rrr.explore.vocabulary import Topic
from rrr.records.estimate import Estimate, Figure

RESULT_FIELDS = (
    "outcome", "unit", "design", "value", "refusal", "low", "high", "number_treated", "number_control", "clusters", "weak", "details",
)  # fmt: skip

SHORT: dict[str, StrOrPromise] = {
    PilotDesign.INDIVIDUAL.value: lazy("Drawn by lot"),
    PilotDesign.CLUSTER.value: lazy("Groups drawn by lot"),
    PilotDesign.BEFORE_AFTER.value: lazy("Before and after"),
}  # where the whole name of the design is too long

BECAME: dict[str, StrOrPromise] = {
    PartDecision.OPEN.value: lazy("Not decided"),
    PartDecision.KEEP.value: lazy("Kept"),
    PartDecision.CHANGE.value: lazy("Changed"),
    PartDecision.DROP.value: lazy("Dropped"),
}


def label(choices: type[TextChoices], code: Any) -> str:
    """The word for a code; the code itself where the list no longer has it (a case outlives the lists)."""
    return str(choices(code).label) if code in choices.values else str(code)


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def reading(figures: Mapping[str, Any]) -> Reading | None:
    """The frozen result as step 4 reads results, in the same words as on the pilot's page; None without a result.

    The models are never saved: they carry the frozen values to where they are read.
    """
    kept, said = figures.get("result"), figures.get("plan")
    if not kept or not said:
        return None
    result = Result(
        pilot=Pilot(slug=figures["pilot"]["slug"]),
        plan=PlanVersion(sha256=kept["plan_sha256"]),
        upload=DataUpload(file_id=kept["data_sha256"]),
        **{name: kept[name] for name in RESULT_FIELDS},
    )
    outcome = said["outcome"]
    plan = Plan(
        question=said["question"], outcome=kept["outcome"], outcome_unit=kept["unit"], direction=outcome["direction"] or "",
        smallest=outcome["smallest_worthwhile_effect"], design=kept["design"], units_what=said["units"]["what"],
        minimum=outcome["minimum"], maximum=outcome["maximum"], arms_by=said.get("arms_by", ""),
    )  # fmt: skip
    return read(result, plan, inside=False)


def estimate(figures: Mapping[str, Any]) -> Estimate | None:
    """The result with its interval; None where there is no number, or a number without an interval, which is never shown."""
    found = reading(figures)
    if found is None or found.estimate is None or (found.estimate.low is None and found.estimate.high is None):
        return None
    return found.estimate


def sentence(figures: Mapping[str, Any]) -> str:
    """The result in plain words, in the reader's language."""
    found = reading(figures)
    if found is None:
        return _("The pilot has no result.")
    if found.refusal:
        return _("The data allow no estimate. %(why)s") % {"why": found.refusal}
    if found.result.weak:
        return _("%(change)s This is a gap, not an effect: whatever else changed in the meantime is in it.") % {"change": found.sentence}
    return found.sentence


def head(figures: Mapping[str, Any]) -> list[Figure]:
    """Four figures at the head of the page."""
    result, decision = figures.get("result"), figures.get("decision")
    plan = figures.get("plan") or {}
    found = estimate(figures)
    units = plan.get("units") or {}
    design = result["design"] if result else plan.get("design", "")
    return [
        Figure(result["outcome"] if result else _("Result"), estimate=found, reference=0.0, missing=_("Not enough data")),
        Figure(_("Units"), units_measured(result), unit=units.get("what") or "", source=_("Counted in the data"), missing=_("Not shown")),
        Figure(
            _("How we know"),
            str(SHORT[design]) if design in SHORT else None,
            source=_("A weak design") if result and result["weak"] else "",
        ),
        Figure(_("Decision"), label(Verdict, decision["verdict"]) if decision else None, missing=_("Not decided yet")),
    ]


def units_measured(result: Mapping[str, Any] | None) -> int | None:
    """How many were measured in all; None where that is not known, or would tell of a group under five."""
    if not result or result["number_treated"] is None or result["number_control"] is None:
        return None
    if result["design"] == PilotDesign.BEFORE_AFTER:
        return int(result["number_treated"])  # the same units twice
    return int(result["number_treated"] + result["number_control"])


def shown(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with words for codes and times for texts, as the templates read them."""
    plan, result, decision = figures.get("plan"), figures.get("result"), figures.get("decision")
    parts = (figures.get("adaptation") or {}).get("parts") or []
    return {
        **figures,
        "systems": [label(System, code) for code in figures["challenge"]["systems"]],
        "evidence": [_card(card) for card in figures.get("evidence", ())],
        "topics": [label(Topic, code) for code in figures["solution"]["topics"]],
        "parts": [
            {**one, "kind": label(PartKind, one["kind"]), "decision": str(BECAME.get(one["decision"], one["decision"]))} for one in parts
        ],
        "smallest": plan and _smallest(plan["outcome"]),
        "plan": plan and {**plan, "frozen_at": when(plan["frozen_at"]), "design": label(PilotDesign, plan["design"])},
        "result": result and {**result, "made_at": when(result["made_at"]), "design": label(PilotDesign, result["design"])},
        "design_sentence": PILOT_DESIGN_SENTENCES.get(result["design"], "") if result else "",
        "decision": decision and {**decision, "made_at": when(decision["made_at"]), "verdict": label(Verdict, decision["verdict"])},
        "reading": reading(figures),
        "estimate": estimate(figures),
        "sentence": sentence(figures),
    }


def _smallest(outcome: Mapping[str, Any]) -> str:
    least = outcome["smallest_worthwhile_effect"]
    return "" if least is None else difference(least, outcome["unit"] or "")


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    """An evidence card in words, said by step 2 from the frozen figures."""
    kept = card["figures"]
    gap = kept.get("gap")
    return {
        "title": cards.finding(card["title"], gap) if gap else card["title"],
        "sentence": cards.main_sentence(gap, kept["unit"]) if gap else "",
        "assumption": cards.assumption(gap) if gap else "",
        "language": get_language() if gap else card["language"],  # a finding is said in the reader's language
        "refused": "refusal" in kept,
        "source": kept.get("attribution", ""),
        "url": kept.get("source") or card["url"],
        "on": date.fromisoformat(on) if (on := kept.get("computed_on") or card["on"]) else None,
    }
