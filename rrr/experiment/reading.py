"""A result as a reader meets it: the sentence, the interval, the arms, what to watch for, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from rrr.experiment import commands, sentences
from rrr.experiment.models import Result
from rrr.experiment.plan import Plan
from rrr.experiment.vocabulary import ArmsBy, Direction, PilotDesign
from rrr.records.estimate import Estimate, WhiskerRow

LEAST = 5  # groups under five are not shown to the public


@dataclass(frozen=True)
class Reading:
    """`estimate` is None for a refusal. `hidden`: means are left out because an arm is under five."""

    result: Result
    plan: Plan
    estimate: Estimate | None
    sentence: str
    beside: str
    assumption: str
    warnings: Sequence[str]
    refusal: str
    arms: Sequence[Sequence[Any]]
    hidden: bool
    provenance: Sequence[tuple[str, Any]]

    @property
    def rows(self) -> list[WhiskerRow]:
        return [WhiskerRow(self.difference, self.estimate)]

    @property
    def difference(self) -> str:
        return _("Change, after minus before") if self.result.weak else _("Difference, with minus without")

    @property
    def columns(self) -> list[str | tuple[str, str]]:
        first = _("When") if self.result.weak else _("Arm")
        return [first, (_("Known"), "num"), (_("Mean"), "num"), (_("Missing"), "num")]


def read(result: Result, plan: Plan, *, inside: bool) -> Reading:
    """`inside`: for those who may read the data; the public gets no group under five."""
    details: Mapping[str, Any] = result.details
    estimate = _estimate(result, details)
    few = min(result.number_treated or 0, result.number_control or 0) < LEAST
    hidden = estimate is not None and few and not inside
    return Reading(
        result=result,
        plan=plan,
        estimate=estimate,
        sentence=_sentence(plan, estimate, yes_or_no=bool(details.get("yes_or_no"))) if estimate else "",
        beside=_beside(plan, details),
        assumption=assumption(plan),
        warnings=[sentences.advice(one["code"], one["facts"]) for one in details.get("warnings", ())],
        refusal=sentences.refusal(result.refusal, details.get("facts", {})) if result.refusal else "",
        arms=_arms(result, details, hidden, inside) if estimate else (),
        hidden=hidden,
        provenance=_provenance(result, plan, details),
    )


def earlier(answers: Sequence[Result]) -> list[list[Any]]:
    """Results that a later file or run replaced: day, what came out, which data."""
    return [
        [
            date_format(one.created_at, "DATETIME_FORMAT"),
            _words(one) or sentences.refusal(one.refusal, one.details.get("facts", {})),
            one.upload.file_id[:12] + "…",
        ]
        for one in answers
    ]


def _words(result: Result) -> str:
    found = _estimate(result, result.details)
    if found is None:
        return ""
    value = sentences.difference(found.value, result.unit)
    if found.low is None or found.high is None:
        return _("The difference is %(value)s. No interval can be told: nothing varied.") % {"value": value}
    ends = {"level": sentences.number(100 * found.level), "low": sentences.number(found.low), "high": sentences.number(found.high)}
    return _("%(value)s, %(level)s%% interval %(low)s to %(high)s") % {"value": value, **ends}


def _estimate(result: Result, details: Mapping[str, Any]) -> Estimate | None:
    if result.value is None:
        return None
    level = details.get("settings", {}).get("level", 0.95)
    wide = details.get("wide_low"), details.get("wide_high")
    worry = _("missing outcomes") if wide[0] is not None else ""
    return Estimate(result.value, result.low, result.high, level, sentences.difference_unit(result.unit), wide[0], wide[1], worry)


def _sentence(plan: Plan, estimate: Estimate, *, yes_or_no: bool) -> str:
    if estimate.low is None or estimate.high is None:
        return _("The difference is %(value)s. No interval can be told: nothing varied.") % {
            "value": sentences.difference(estimate.value, plan.outcome_unit)
        }
    facts = {
        "outcome": plan.outcome,
        "units": plan.units_what,
        "value": sentences.difference(abs(estimate.value), plan.outcome_unit),
        "count": sentences.number(abs(estimate.value)),
        "low": sentences.number(estimate.low),
        "high": sentences.difference(estimate.high, plan.outcome_unit),
    }
    return _form(plan, estimate.value >= 0, yes_or_no) % facts


def _form(plan: Plan, more: bool, yes_or_no: bool) -> str:
    """`yes_or_no`: every outcome is 0 or 100%, so that a difference counts people."""
    if plan.weak:
        if more:
            return _("“%(outcome)s” was %(value)s higher after than before. The change probably lies between %(low)s and %(high)s.")
        return _("“%(outcome)s” was %(value)s lower after than before. The change probably lies between %(low)s and %(high)s.")
    if yes_or_no:
        if more:
            return _(
                "Of 100 that began (%(units)s), %(count)s more reached “%(outcome)s” than of 100 that did not. "
                "The true difference probably lies between %(low)s and %(high)s."
            )
        return _(
            "Of 100 that began (%(units)s), %(count)s fewer reached “%(outcome)s” than of 100 that did not. "
            "The true difference probably lies between %(low)s and %(high)s."
        )
    if more:
        return _(
            "“%(outcome)s” was on average %(value)s higher for those that began (%(units)s) than for the others. "
            "The true difference probably lies between %(low)s and %(high)s."
        )
    return _(
        "“%(outcome)s” was on average %(value)s lower for those that began (%(units)s) than for the others. "
        "The true difference probably lies between %(low)s and %(high)s."
    )


def _beside(plan: Plan, details: Mapping[str, Any]) -> str:
    if plan.smallest is None or not details.get("verdict"):
        return ""
    set_as = {"amount": sentences.difference(plan.smallest, plan.outcome_unit), "verdict": sentences.verdict(details["verdict"])}
    if plan.direction == Direction.LOWER:
        said = _("%(verdict)s Set before the data: at least %(amount)s lower.") % set_as
    else:
        said = _("%(verdict)s Set before the data: at least %(amount)s higher.") % set_as
    wide = details.get("verdict_wide")
    if not wide or wide == details["verdict"]:
        return said
    return said + " " + _("Whatever the missing outcomes were: %(verdict)s") % {"verdict": sentences.verdict(wide)}


def assumption(plan: Plan) -> str:
    if plan.weak:
        return _(
            "Nothing else changed between before and after. Nobody can check that here, so this is a change, and no proof of what made it."
        )
    if plan.design == PilotDesign.CLUSTER:
        said = _("Whole groups were drawn by lot, and no group’s outcome depends on which others were drawn.")
    else:
        said = _("Units were drawn by lot, and nobody’s outcome depends on who else was drawn.")
    if plan.arms_by == ArmsBy.GIVEN:
        return said + " " + _("The lot was drawn elsewhere, before the plan was frozen: nobody can repeat it here.")
    return said


def _arms(result: Result, details: Mapping[str, Any], hidden: bool, inside: bool) -> list[list[Any]]:
    names = (_("After"), _("Before")) if result.weak else (_("Begun"), _("Comparison"))
    missing = details.get("missing", {})
    keys = ("after", "before") if "after" in missing else ("treated", "control")
    known = (result.number_treated or 0, result.number_control or 0)
    means = (details.get("mean_treated"), details.get("mean_control"))
    return [
        [name, _few(number, inside), None if hidden else mean, _few(int(missing.get(key, 0)), inside)]
        for name, number, mean, key in zip(names, known, means, keys, strict=True)
    ]


def _few(number: int, inside: bool) -> Any:
    return number if inside or number == 0 or number >= LEAST else _("under %(number)s") % {"number": LEAST}


def _provenance(result: Result, plan: Plan, details: Mapping[str, Any]) -> list[tuple[str, Any]]:
    settings = details.get("settings", {})
    return [
        (_("Design"), result.get_design_display()),
        (_("Estimator"), format_html('<span lang="en">{}</span>', details["estimator"]) if details.get("estimator") else None),
        (_("Standard error"), sentences.number(details.get("se")) if details.get("se") is not None else None),
        (_("Degrees of freedom"), sentences.number(details.get("df")) if details.get("df") is not None else None),
        (
            _("Settings"),
            format_html_join(
                ", ", "<code>{} = {}</code>", ((name, value) for name, value in sorted(settings.items()) if value not in (None, ""))
            ),
        ),
        (_("Plan (SHA-256)"), result.plan.sha256),
        (_("Data file (SHA-256)"), result.upload.file_id),
        (_("Code"), f"rrr {details.get('code', '')}, {details.get('engine', '')} {details.get('method', '')}".strip()),
        (_("Run again"), format_html("<code>{}</code>", commands.estimate(plan, result.pilot.slug))),
    ]
