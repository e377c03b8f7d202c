"""Codes of the trial engine in English sentences, for the command line. The web site words them in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from rrr.engines.trial import Advice, Code, Refusal, RefusalCode, Verdict

REFUSALS = {
    RefusalCode.TOO_FEW_PER_ARM: "each arm needs at least two known outcomes; there are {treated} treated and {control} in control",
    RefusalCode.ONE_ARM_ONLY: "everybody is {arm}: there is nobody to compare with",
    RefusalCode.TOO_FEW_CLUSTERS: "each arm needs at least two clusters with a known outcome; there are {treated} treated and {control} in control",
    RefusalCode.ALL_MISSING: "none of the {observations} outcomes is known",
    RefusalCode.NO_OBSERVATIONS: "there are no observations",
    RefusalCode.UNKNOWN_ARM: "unit {unit} has the arm {arm!r}; write treated or control (or 1 and 0), or name the treated with --treated-value",
    RefusalCode.UNKNOWN_PERIOD: "unit {unit} has the period {period!r}; write before or after",
    RefusalCode.CLUSTER_IN_BOTH_ARMS: "the cluster {cluster} is in both arms; a cluster is treated as a whole or not at all",
    RefusalCode.NO_CLUSTER: "unit {unit} has no cluster",
    RefusalCode.UNIT_TWICE: "unit {unit} is there twice; keep one row of it (in each period)",
    RefusalCode.OUT_OF_RANGE: "unit {unit} has the outcome {value:g}, outside --range",
    RefusalCode.NOT_A_NUMBER: "the outcome of unit {unit} is no usable number",
    RefusalCode.TOO_FEW_UNITS: "at least two units are needed in each period; there are {before} before and {after} after",
}
ADVICE = {
    Code.UNDER_10_PER_ARM: "Under 10 units in an arm ({treated} treated, {control} control): with skewed outcomes the interval is too narrow.",
    Code.FEW_CLUSTERS: "Few clusters ({treated} treated, {control} control): only large effects can be seen, one odd cluster moves the result.",
    Code.UNEVEN_CLUSTERS: "Clusters of very different size ({smallest} to {largest} units): large ones decide; see --cluster-means.",
    Code.LOW_DEGREES: "Only {df:.1f} degrees of freedom: take the interval as a rough guide.",
    Code.BEFORE_AFTER_IS_WEAK: "Weak: whatever else changed meanwhile is in this difference.",
    Code.NO_COMPARISON: "There is nobody to compare with.",
    Code.NOT_RANDOMISED: "The arms were not drawn by lot: they may have differed from the start.",
    Code.TOO_SMALL_TO_SEE: "Too small to see what matters: the chance is {power:.0%} (wanted {wanted:.0%}); it would see {detectable:.3g}.",
    Code.CANNOT_REACH_ALPHA: "Too few to draw from: a test over all draws gives a p of {smallest:.2g} at best, above {alpha:g}.",
    Code.SPREAD_UNKNOWN: "No standard deviation is given: the chance of seeing an effect cannot be told.",
    Code.ICC_UNKNOWN: "No likeness within clusters (ICC) is given: the chance of seeing an effect cannot be told.",
    Code.EFFECT_UNKNOWN: "No smallest worthwhile effect is given.",
    Code.NO_CLUSTERS_TO_SPARE: "If one cluster leaves, nothing can be estimated.",
    Code.MISSING: "{share:.0%} of outcomes are missing ({treated} treated, {control} control).",
    Code.MISSING_UNEVEN: "Missing unevenly: {treated:.0%} of the treated, {control:.0%} of control. That can make an effect or hide one.",
    Code.NO_RANGE: "Without --range there are no bounds for what is missing.",
    Code.NO_VARIATION: "Outcomes never vary (arms: {arms}): the interval is too narrow, or open where neither arm varies.",
    Code.OTHER_UNITS: "Before and after are different units.",
    Code.UNITS_LEFT_OUT: "{left_out} units without a value in both periods are left out.",
}
VERDICTS = {
    Verdict.CLEARLY_BETTER: "clearly better, by at least the smallest worthwhile effect",
    Verdict.PROBABLY_BETTER_MAYBE_TOO_SMALL: "better, but perhaps by too little",
    Verdict.BETTER_BUT_TOO_SMALL: "better, but by less than is worthwhile",
    Verdict.NO_WORTHWHILE_DIFFERENCE: "no worthwhile difference either way",
    Verdict.NOT_WORTHWHILE_MAYBE_WORSE: "no worthwhile gain; it may be worse",
    Verdict.UNDECIDED: "undecided: a worthwhile effect and none are both possible",
    Verdict.WORSE_BUT_LITTLE: "worse, but by little",
    Verdict.PROBABLY_WORSE_MAYBE_LITTLE: "worse, perhaps by little",
    Verdict.CLEARLY_WORSE: "clearly worse, by at least the smallest worthwhile effect",
}


def refusal(one: Refusal) -> str:
    return REFUSALS[one.code].format(**one.facts)


def advice(all_of_it: Iterable[Advice]) -> list[str]:
    return [ADVICE[one.code].format(**one.facts) for one in all_of_it]
