"""What coverage says to a reader: why there is no figure and what to do next, and what to keep in mind beside one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rrr.records.estimate import WhiskerRow
from rrr.understand.bridge.coverage import Reach, Said, Stratum
from rrr.understand.models import Kind
from rrr.understand.queries.unseen import Seen, State

REASONS = {
    "too_few_registers": gettext_lazy(
        "Registers that can contain this type and list one: %(registers)s; %(needed)s are needed. Import another one, or say what a register can contain."
    ),
    "no_recall": gettext_lazy(
        "Nobody has judged pairs of records yet, so a missed link cannot be told from a missing organisation. Judge a random sample of pairs."
    ),
    "recall_too_thin": gettext_lazy(
        "After %(pairs)s judged pairs recall lies between %(low)s and %(high)s. Judge at least %(needed)s, until the ends are %(widest)s apart."
    ),
    "recall_too_low": gettext_lazy(
        "The linkage finds %(recall)s of the links; under %(needed)s the correction would be most of the figure. Decide the doubtful records first."
    ),
    "no_overlap": gettext_lazy("%(register)s shares no organisation with the other registers. Look whether its records were linked."),
    "too_few_shared": gettext_lazy(
        "Organisations in more than one register: %(shared)s; %(needed)s are needed. Decide the doubtful records, or import a larger register."
    ),
    "too_uncertain": gettext_lazy("Anything from %(low)s to %(high)s organisations would fit what the registers show. Import another register."),
}  # fmt: skip
CAUTIONS = {
    "dependence_not_testable": gettext_lazy(
        "Two registers cannot show whether being in one makes being in the other likelier; if so, this is an undercount."
    ),
    "likely_undercount": gettext_lazy("Some organisations are easier to list than others: likely an undercount."),
    "dates_apart": gettext_lazy("%(first)s and %(last)s are %(years)s years apart; what opened or closed in between counts as not listed."),
    "date_unknown": gettext_lazy("No date is known of %(registers)s."),
    "registers_left_out": gettext_lazy("Not used, though they can contain this type: %(registers)s."),
    "listed_where_impossible": gettext_lazy("Organisations that also stand in a register not said to contain this type (%(registers)s): %(organisations)s."),
    "wrong_links_not_measured": gettext_lazy("Wrong links were not measured; they would make this an undercount."),
}  # fmt: skip
SHARES = {"recall_too_thin": {"low", "high", "widest"}, "recall_too_low": {"recall", "needed"}}


def filled(said: Said, words: Mapping[str, object]) -> str:
    code, facts = said
    shares = SHARES.get(code, set())
    shown = {name: _share(value) if name in shares else _plain(value) for name, value in facts.items()}
    return str(words[code]) % shown


def reason(one: Stratum) -> str:
    if not one.kind:
        return _("Nobody has said what these are, so no register can be asked for them. Give them a kind.")
    return filled(one.refused, REASONS) if one.refused else ""


def rows(strata: Sequence[Stratum]) -> list[WhiskerRow]:
    """One line a kind: the figure with what to keep in mind, or the hatch with the reason."""
    labels = dict(Kind.choices)
    found = []
    for one in strata:
        listed = _("Listed: %(number)s.") % {"number": _plain(one.listed)}
        told = [reason(one)] if one.total is None else [filled(warned, CAUTIONS) for warned in one.warnings]
        note = " ".join([listed, *told])
        found.append(WhiskerRow(str(labels[one.kind]), one.total, note=note, missing=_("No figure")))
    return found


def state(one: State) -> str:
    """For pages that show what is known: how far the rest is known."""
    if one.registers == 0:
        return _("No register is published here, so nobody can say how many are missing.")
    if one.registers == 1:
        return _("One register is published here; saying how many are missing takes two.")
    if not one.recall:
        return _("Registers are published here, but nobody has measured how many of their links are found, so no figure is given.")
    return _("For each type it is said how many are missing, or why that cannot be told.")


def _share(value: str | float) -> str:
    return _("%(value)s%%") % {"value": number_format(round(100 * float(value)), use_l10n=True)}


def _plain(value: str | float) -> str:
    return (
        value if isinstance(value, str) else number_format(round(value, 1) if value % 1 else int(value), use_l10n=True, force_grouping=True)
    )


@dataclass(frozen=True)
class SeenRow:
    kind: str
    registers: str
    number: int


def seen(found: Sequence[Seen]) -> list[SeenRow]:
    """The capture table in words: in one register only, or in several at once."""
    labels = {code: str(label) for code, label in Kind.choices}
    only, both = _("%(register)s only"), _("%(registers)s together")
    return [
        SeenRow(
            labels[one.kind],
            only % {"register": one.registers[0]} if len(one.registers) == 1 else both % {"registers": " + ".join(one.registers)},
            one.number,
        )
        for one in found
    ]


@dataclass(frozen=True)
class ReachRow:
    reach: Reach
    kinds: str
    by: str


def reaches(found: Sequence[Reach]) -> list[ReachRow]:
    labels = {code: str(label) for code, label in Kind.choices}
    return [
        ReachRow(
            one,
            ", ".join(labels[kind] for kind in one.kinds or () if kind in labels),
            one.register.said.note if one.register.said else _("By the description of the register") if one.kinds is not None else "",
        )
        for one in found
    ]


def settings(given: Any) -> str:
    return f"level {given.level:g}, odds {given.odds:g}, draws {given.draws}, seed {given.seed}"
