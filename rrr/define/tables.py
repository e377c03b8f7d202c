"""The result of a vote as a whisker table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.version import code_version
from rrr.define import bridge
from rrr.define.bridge import Agreed, Result
from rrr.define.models import Poll
from rrr.define.numbers import number
from rrr.records.estimate import WhiskerRow


def whiskers(result: Result) -> list[WhiskerRow]:
    return [_row(one) for one in result.rows]


def _row(one: Agreed) -> WhiskerRow:
    if one.agreement is None:
        return WhiskerRow(one.statement.text, None, missing=_("Fewer than five people have voted"))
    counted = {"agree": one.agree, "disagree": one.disagree, "passed": one.passed}
    said = _("%(agree)s agree, %(disagree)s disagree, %(passed)s pass.") % counted
    voters = ngettext("%(number)s voter.", "%(number)s voters.", one.voters) % {"number": one.voters}
    wide = ""
    if one.agreement.wide_low is not None and one.agreement.wide_high is not None:
        ends = {"low": number(one.agreement.wide_low), "high": number(one.agreement.wide_high)}
        wide = _("If the silent differ: %(low)s to %(high)s%%.") % ends
    return WhiskerRow(one.statement.text, one.agreement, note=f"{voters} {said} {wide}".strip())


def provenance(poll: Poll, result: Result) -> list[tuple[str, Any]]:
    """Where the shares come from, and the line that computes them again from the open file."""
    if poll.counts is None:
        again = (
            f"rrr votes rrr-vote-{poll.key}.csv --person person --statement statement --value answer"
            f" --people {result.people} --gamma {result.gamma:g}"
        )
    else:
        again = _("Single answers are erased; the numbers beside each statement are all that is left.")
    settings = {"level": number(100 * result.level), "gamma": number(result.gamma), "least": result.least}
    return [
        (_("Data version"), f"SHA-256 {bridge.tally_version(result)}"),
        (_("Settings"), _("level %(level)s%%, Γ %(gamma)s, at least %(least)s voters") % settings),
        (_("Code version"), code_version()),
        (_("Run it again"), again),
    ]
