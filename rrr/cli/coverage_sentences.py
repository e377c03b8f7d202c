"""What `rrr coverage` says to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rrr.engines.coverage import Facts, Figure, Stratum

REFUSALS = {
    "too_few_registers": "{registers} of the registers can contain this form and list one; {needed} are needed.",
    "no_recall": "nobody judged pairs of records, so links that were missed cannot be told from organisations that are missing; give --recall.",
    "recall_too_thin": "recall lies between {low} and {high} after {pairs} judged pairs; judge at least {needed}, until the ends are {widest} apart.",
    "recall_too_low": "the linkage finds {recall} of the links, under {needed}; improve it first.",
    "no_overlap": "{register} shares no organisation with the other registers.",
    "too_few_shared": "{shared} organisations stand in more than one register; {needed} are needed.",
    "too_uncertain": "anything from {low} to {high} organisations would fit.",
}
WARNINGS = {
    "dependence_not_testable": "two registers cannot show whether being in one makes being in the other likelier; if so, this is an undercount",
    "likely_undercount": "some organisations are easier to list than others: likely an undercount",
    "dates_apart": "{first} and {last} are {years} years apart; what opened or closed in between counts as not listed",
    "date_unknown": "no date is known of {registers}",
    "registers_left_out": "not used: {registers}",
    "listed_where_impossible": "{organisations} organisations stand in registers that cannot contain this form: {registers}",
    "wrong_links_not_measured": "wrong links were not measured; they would make this an undercount",
}


def lines(strata: Sequence[Stratum], *, assumed: bool) -> list[str]:
    found = [
        "Each register is taken to contain the legal forms it lists and no others; say what they can contain with --registers."
    ] * assumed
    for one in strata:
        found += _stratum(one)
    return found


def _stratum(one: Stratum) -> Iterator[str]:
    from rrr.engines.coverage import Refusal

    name = ", ".join(word for word in (one.type, one.legal_form) if word) or "all"
    yield f"{name}: {one.listed} listed in {', '.join(one.registers) or 'no register that can contain it'}"
    if isinstance(one.result, Refusal):
        yield "  No figure: " + filled(REFUSALS[one.result.reason], one.result.facts)
    else:
        yield from _figure(one.result)


def _figure(found: Figure) -> Iterator[str]:
    total, covered = found.total, found.covered
    yield f"  about {total.value:.0f} in all ({total.low:.0f} to {total.high:.0f}, {total.level:.0%}); {covered.value:.0%} of them shown"
    yield (
        f"  {total.wide_low:.0f} to {total.wide_high:.0f} if the registers depend on each other as no register can show "
        f"({found.method.value.replace('_', ' ')}, recall {found.recall:.2f})"
    )
    for one in found.warnings:
        yield "  Note: " + filled(WARNINGS[one.code], one.facts) + "."


def filled(text: str, facts: Facts) -> str:
    return text.format(**{name: f"{value:.4g}" if isinstance(value, float) else value for name, value in facts.items()})
