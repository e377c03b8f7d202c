"""The fixed figures of a case: what the thread says of a pilot at one moment, as one plain dictionary with its hash.

Only what is about no person goes in: no quotes (a consent can be taken back), no organisations (one may ask to be removed). The page looks
those up when it is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from rrr.define.models import Evidence
from rrr.define.vocabulary import EvidenceKind
from rrr.experiment import queries as experiment
from rrr.experiment.models import Adaptation, Decision, Pilot, PlanVersion, Result
from rrr.experiment.reading import LEAST

FORMAT = 1  # of the dictionary; a reader of old cases can tell which keys to expect


def canonical(figures: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: what is hashed."""
    return json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(figures: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(figures).encode()).hexdigest()


def assemble(pilot: Pilot) -> dict[str, Any]:
    """The thread behind a pilot, from the place to the decision. A knot that is not made yet is None."""
    adaptation = pilot.adaptation
    plan = experiment.frozen_plan(pilot)
    result = experiment.latest_answer(pilot)  # an estimate, or the refusal to give one
    decision = experiment.latest_decision(pilot)
    return {
        "format": FORMAT,
        "simulated": pilot.simulated,
        "place": _place(pilot),
        "challenge": _challenge(adaptation),
        "evidence": _evidence(adaptation),
        "solution": _solution(adaptation),
        "adaptation": _adaptation(adaptation),
        "pilot": {"id": pilot.pk, "slug": pilot.slug, "title": pilot.title},
        "plan": _plan(plan) if plan else None,
        "result": _result(result) if result else None,
        "decision": _decision(decision) if decision else None,
    }


def _place(pilot: Pilot) -> dict[str, Any]:
    of = pilot.territory
    return {"slug": of.slug, "name": of.name, "country": of.country, "authority": of.authority_name}


def _challenge(adaptation: Adaptation) -> dict[str, Any]:
    of = adaptation.challenge
    named = ("slug", "title", "problem", "question", "horizon", "systems", "groups", "language")
    return {"id": of.pk, **{name: getattr(of, name) for name in named}}


def _evidence(adaptation: Adaptation) -> list[dict[str, Any]]:
    """Indicator cards with what they showed on the day they were made, and dated documents. Quotes stay with the challenge."""
    cards = Evidence.objects.filter(challenge=adaptation.challenge_id, kind__in=[EvidenceKind.INDICATOR, EvidenceKind.DOCUMENT])
    return [_card(card) for card in cards.order_by("pk")]


def _card(of: Evidence) -> dict[str, Any]:
    shown = {"id": of.pk, "kind": of.kind, "title": of.title, "language": of.language, "url": of.url}
    shown["on"] = of.read_on.isoformat() if of.read_on else ""
    left_out = ("series", "settings")  # the card on the challenge has them; data_version says which series it was
    return {**shown, "figures": {name: value for name, value in (of.figures or {}).items() if name not in left_out}}


def _solution(adaptation: Adaptation) -> dict[str, Any]:
    of = adaptation.solution
    named = ("slug", "name", "summary", "topics", "origin_organisation", "origin_place", "language")
    return {"id": of.pk, **{name: getattr(of, name) for name in named}}


def _adaptation(of: Adaptation) -> dict[str, Any]:
    parts = of.parts.order_by("-kind", "position", "pk")  # core before adaptable
    return {
        "id": of.pk,
        "title": of.title,
        "summary": of.summary,
        "language": of.language,
        "parts": [{name: getattr(part, name) for name in ("kind", "text", "decision", "how", "reason")} for part in parts],
    }


def _plan(of: PlanVersion) -> dict[str, Any]:
    """The newest frozen plan: its text byte for byte stays with the pilot; here is what a reader needs of it, and the hash."""
    return {
        "number": of.number,
        "sha256": of.sha256,
        "chain": of.chain,
        "frozen_at": of.frozen_at.isoformat(),
        "reason": of.reason,
        **_said(json.loads(of.text)),
    }


def _said(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a reader needs of the plan's document (rrr.experiment.plan); the list of units stays there."""
    outcome, units, analysis = (document.get(name) or {} for name in ("outcome", "units", "analysis"))
    return {
        "question": document.get("question", ""),
        "outcome": {
            name: outcome.get(name)
            for name in ("name", "unit", "how", "when", "direction", "smallest_worthwhile_effect", "minimum", "maximum")
        },
        "design": document.get("design", ""),
        "arms_by": (document.get("assignment") or {}).get("by", ""),
        "units": {"what": units.get("what", ""), "number": units.get("number")},
        "estimator": analysis.get("estimator", ""),
        "level": analysis.get("level", 0.95),
        "dates": document.get("dates") or {},
    }


def _result(of: Result) -> dict[str, Any]:
    """The answer of the frozen plan's estimator. Groups under five are left out, and their means with them."""
    named = ("outcome", "unit", "design", "value", "low", "high", "clusters", "weak", "refusal")
    few = any(number is not None and 0 < number < LEAST for number in (of.number_treated, of.number_control))
    kept = {name: value for name, value in of.details.items() if name not in ("mean_treated", "mean_control", "missing") or not few}
    missing = kept.get("missing", {})
    return {
        "id": of.pk,
        **{name: getattr(of, name) for name in named},
        "number_treated": _shown(of.number_treated),
        "number_control": _shown(of.number_control),
        "few": few,
        "details": {**kept, "missing": {arm: number for arm, number in missing.items() if number == 0 or number >= LEAST}},
        "plan_sha256": of.plan.sha256,
        "data_sha256": of.upload.file_id,
        "made_at": of.created_at.isoformat(),
    }


def _shown(number: int | None) -> int | None:
    return None if number is None or 0 < number < LEAST else number


def _decision(of: Decision) -> dict[str, Any]:
    return {"id": of.pk, "verdict": of.verdict, "reason": of.reason, "made_at": of.created_at.isoformat(), "result": of.result_id}
