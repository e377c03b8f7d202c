"""Codes of the engine and of the readers as sentences a person reads. A test finds a code without one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Sentence = str | Promise

ADVICE: dict[str, Sentence] = {
    "under_10_per_arm": gettext_lazy("Fewer than ten units per arm: where outcomes are skewed, the interval promises more than it keeps."),
    "few_clusters": gettext_lazy("Few clusters per arm (%(treated)s and %(control)s): the interval will be wide. More clusters help more than more people."),
    "uneven_clusters": gettext_lazy("The clusters differ a lot in size (%(smallest)s to %(largest)s units): the interval is rougher than it looks."),
    "low_degrees": gettext_lazy("So few degrees of freedom (%(df)s) are left that the interval is a rough guide only."),
    "before_after_is_weak": gettext_lazy("Before and after is a weak design: whatever else changed in the meantime is in the difference too."),
    "no_comparison": gettext_lazy("Nobody is compared with those who take part."),
    "not_randomised": gettext_lazy("The arms were not drawn by lot: they may have differed from the start."),
    "too_small_to_see": gettext_lazy("The smallest effect worth having (%(smallest_worthwhile)s) would be seen in %(power)s of 100 such pilots only. "
        "One of %(detectable)s would be seen in %(wanted)s."),
    "cannot_reach_alpha": gettext_lazy("So few units cannot show anything: even the clearest outcome could come from the lot alone. Add units or clusters."),
    "spread_unknown": gettext_lazy("Nobody said how far the outcome spreads (standard deviation), so what the pilot can see is unknown. Enter it."),
    "icc_unknown": gettext_lazy("Nobody said how alike the people in a cluster are (ICC), so what the pilot can see is unknown. In schools it is 0.1 to 0.2."),
    "effect_unknown": gettext_lazy("Without the smallest effect worth having, neither the chance to see it nor a reading of the result can be given."),
    "no_clusters_to_spare": gettext_lazy("If one cluster leaves, nothing can be estimated any more (%(treated)s and %(control)s)."),
    "missing": gettext_lazy("Outcomes are missing for some units; the bounds say what they could have changed."),
    "missing_uneven": gettext_lazy("More outcomes are missing in one arm than in the other: that alone can make a difference."),
    "no_range": gettext_lazy("Outcomes are missing and the plan gives no possible range, so nobody can say what they could have changed."),
    "no_variation": gettext_lazy("Nothing varied in at least one group, so the interval is too narrow; where nothing varied in any, none can be told."),
    "other_units": gettext_lazy("Before and after are not the same units: who is measured may have changed, not only how they fare."),
    "units_left_out": gettext_lazy("%(left_out)s units were measured once only and are not in the difference."),
}  # fmt: skip

REFUSALS: dict[str, Sentence] = {
    "too_few_per_arm": gettext_lazy("Too few known outcomes: %(treated)s and %(control)s. Each arm needs at least two."),
    "one_arm_only": gettext_lazy("Only one arm has known outcomes, so there is nothing to compare."),
    "too_few_clusters": gettext_lazy("Too few clusters with known outcomes: %(treated)s and %(control)s. Each arm needs at least two."),
    "all_missing": gettext_lazy("No outcome is known."),
    "no_observations": gettext_lazy("There is no row of data."),
    "unknown_arm": gettext_lazy("A unit has an arm the plan does not know."),
    "unknown_period": gettext_lazy("A row has a period the plan does not know."),
    "cluster_in_both_arms": gettext_lazy("The cluster %(cluster)s lies in both arms."),
    "no_cluster": gettext_lazy("A unit has no cluster."),
    "unit_twice": gettext_lazy("A unit was measured twice."),
    "out_of_range": gettext_lazy("A value lies outside the possible range."),
    "not_a_number": gettext_lazy("A value is no number."),
    "too_few_units": gettext_lazy("Too few known outcomes: %(before)s before and %(after)s after. Each needs at least two."),
}

VERDICTS: dict[str, Sentence] = {
    "clearly_better": gettext_lazy("The whole interval reaches what was set as worth having."),
    "probably_better_maybe_too_small": gettext_lazy("Probably better, but maybe by less than what was set as worth having."),
    "better_but_too_small": gettext_lazy("Better, but by less than what was set as worth having."),
    "no_worthwhile_difference": gettext_lazy("No difference worth having, neither for the better nor for the worse."),
    "not_worthwhile_maybe_worse": gettext_lazy("No gain worth having; it may even be worse."),
    "undecided": gettext_lazy("Nobody can tell yet: the interval holds both a gain worth having and none."),
    "worse_but_little": gettext_lazy("Worse, though by less than what was set as worth having."),
    "probably_worse_maybe_little": gettext_lazy("Probably worse, maybe by little."),
    "clearly_worse": gettext_lazy("The whole interval is worse, by at least what was set as worth having for the better."),
}

# Reasons for a whole file; facts as in rrr.records.register.
FILES: dict[str, Sentence] = {
    "empty_file": gettext_lazy("The file is empty. Choose the file again."),
    "no_rows": gettext_lazy("The file has a line of column names and nothing below it."),
    "not_a_table": gettext_lazy("This is no table. Save it as CSV or XLSX and upload that."),
    "wrong_encoding": gettext_lazy("The file cannot be read as text. Save it as CSV in UTF-8, or as XLSX."),
    "no_header": gettext_lazy("The file has no line of column names. Put them in the first line."),
    "line_too_long": gettext_lazy("Line %(line)s is longer than %(limit)s characters; a quote is probably not closed there."),
    "too_many_columns": gettext_lazy("The file has %(found)s columns; at most %(limit)s can be read."),
    "zip_bomb": gettext_lazy("The spreadsheet unpacks to more than %(limit)s MB and was not opened. Save it as CSV."),
    "too_large": gettext_lazy("The file is larger than %(limit)s MB. Split it."),
    "broken_file": gettext_lazy("The file is damaged. Open it in a spreadsheet program and save it anew."),
    "encrypted": gettext_lazy("The file is protected by a password. Save it without one."),
    "no_such_sheet": gettext_lazy("The workbook has no sheet called %(sheet)s."),
    "bad_json": gettext_lazy("The file is no valid JSON. Save it as CSV or XLSX."),
}

ROWS: dict[str, Sentence] = {
    "unknown_unit": gettext_lazy("The plan knows no unit “%(unit)s”."),
    "no_unit": gettext_lazy("The row names no unit."),
    "unit_twice": gettext_lazy("The unit “%(unit)s” stands in line %(first)s already; that row was kept."),
    "other_arm": gettext_lazy("The file says “%(given)s”, the plan says “%(planned)s” for this unit."),
    "other_cluster": gettext_lazy("The file says cluster “%(given)s”, the plan says “%(planned)s” for this unit."),
    "not_a_number": gettext_lazy("“%(value)s” is no number. Leave the cell empty if the value is not known."),
    "ambiguous_number": gettext_lazy("“%(value)s” can be read in two ways. Write it without separators between thousands, with a point for decimals."),
    "out_of_range": gettext_lazy("%(value)s lies outside the possible range of the plan, %(minimum)s to %(maximum)s."),
    "unknown_period": gettext_lazy("The plan knows no period “%(period)s”. Write “before” or “after”."),
    "unclosed_quote": gettext_lazy("A quote is not closed in this row."),
    "too_many_columns": gettext_lazy("The row has more cells than the file has columns."),
    "too_few_columns": gettext_lazy("The row has fewer cells than the file has columns."),
    "wrong_encoding": gettext_lazy("A letter of this row cannot be read."),
}  # fmt: skip


def number(value: Any) -> str:
    """Three significant digits in the reader's language, a true minus sign."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        places = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
        rounded = round(value, places)
        value = int(rounded) if rounded == int(rounded) else rounded
    return str(number_format(value, use_l10n=True, force_grouping=True)).replace("-", "−")


def _say(sentences: Mapping[str, Sentence], code: str, facts: Mapping[str, Any]) -> str:
    shown = {name: number(value) for name, value in facts.items()}
    try:
        return str(sentences[code]) % shown
    except (KeyError, ValueError):  # a code or fact newer than this sentence: the code is better than nothing
        return code.replace("_", " ")


def advice(code: str, facts: Mapping[str, Any]) -> str:
    shares = {name: round(100 * float(facts[name])) for name in ("power", "wanted") if isinstance(facts.get(name), int | float)}
    return _say(ADVICE, code, {**facts, **shares})


def refusal(code: str, facts: Mapping[str, Any]) -> str:
    return _say(REFUSALS, code, facts)


def verdict(code: str) -> str:
    return _say(VERDICTS, code, {})


def file(code: str, facts: Mapping[str, Any]) -> str:
    return _say(FILES, code, facts)


def row(code: str, facts: Mapping[str, Any]) -> str:
    return _say(ROWS, code, facts)


def difference(value: float, unit: str) -> str:
    """`3.2 points`. A difference of two percentages is in percentage points, which is not the same as percent."""
    return f"{number(value)} {difference_unit(unit)}".strip()


def difference_unit(unit: str) -> str:
    return _("percentage points") if unit.strip() == "%" else unit
