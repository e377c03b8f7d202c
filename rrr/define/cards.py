"""Evidence cards as pages show them: the finding, the plain sentences, the chart with its table, where it comes from.

Everything is said from the frozen figures of the card, never from the series as it stands today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.core.charts import Chart
from rrr.define import drawings
from rrr.define.models import Evidence
from rrr.define.numbers import number, signed, years

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """A card ready to be rendered. `refusal` is the answer where the engine would give no figure."""

    card: Evidence
    title: str
    chart: Chart | None = None
    sentence: str = ""
    more: Sequence[str] = ()
    refusal: str = ""
    checked: Sequence[tuple[str, str, str]] = ()  # at earlier dates: horizon, how often it held, in recessions
    provenance: Sequence[tuple[str, Any]] = field(default_factory=list)


def shown(card: Evidence) -> Shown:
    if not card.figures:
        return Shown(card, card.title)
    figures: Figures = card.figures
    if "refusal" in figures:
        sentence = refusal(figures["refusal"]["reason"], figures["refusal"]["facts"])
        return Shown(card, card.title, drawings.series(figures), refusal=sentence, provenance=provenance(card, figures))
    gap = figures["gap"]
    title = finding(card.title, gap)
    return Shown(
        card,
        title,
        drawings.path(figures, title),
        main_sentence(gap, figures["unit"]),
        [*_recession(gap), *_level(gap), *_unjudged(gap), assumption(gap)],
        checked=_checked(gap),
        provenance=provenance(card, figures),
    )


def _measured(gap: Figures) -> list[Any]:
    return [row for row in gap["rows"] if row["gap"] is not None]


def _outside(gap: Figures) -> list[Any]:
    return [row for row in _measured(gap) if row["gap_low"] > 0 or row["gap_high"] < 0]


def finding(name: str, gap: Figures) -> str:
    """The title of the chart: what stands out, or that nothing does."""
    outside = _outside(gap)
    words = {"name": name, "years": years([row["time"] for row in outside]), "cut": years([gap["cut"]])}
    if not outside:
        return _("%(name)s: no further from its path before %(cut)s than its own past makes usual") % words
    if all(row["gap"] > 0 for row in outside):
        return _("%(name)s: above its path before %(cut)s in %(years)s") % words
    if all(row["gap"] < 0 for row in outside):
        return _("%(name)s: below its path before %(cut)s in %(years)s") % words
    return _("%(name)s: off its path before %(cut)s in %(years)s") % words


def unit_words(unit: str) -> str:
    """A gap of two percentages is in points."""
    return _("points") if unit.startswith(("percent", "%", "index")) else unit


def main_sentence(gap: Figures, unit: str) -> str:
    """The year that stands out most, else the first one that was measured."""
    rows, outside = _measured(gap), _outside(gap)
    if not rows:
        return ""
    row = max(outside, key=lambda one: abs(one["gap"])) if outside else rows[0]
    words = {
        "year": years([row["time"]]),
        "size": number(abs(row["gap"])),
        "unit": unit_words(unit),
        "low": signed(row["gap_low"]),
        "high": signed(row["gap_high"]),
        "level": number(100 * gap["level"]),
    }
    if row["gap"] >= 0:
        said = _(
            "In %(year)s the figure was %(size)s %(unit)s above the path it was on; the gap lies probably between %(low)s and %(high)s (%(level)s%% interval)."
        )
    else:
        said = _(
            "In %(year)s the figure was %(size)s %(unit)s below the path it was on; the gap lies probably between %(low)s and %(high)s (%(level)s%% interval)."
        )
    if not outside:
        return said % words + " " + _("So this gap alone does not stand out.")
    return said % words


def _recession(gap: Figures) -> list[str]:
    worst, within = gap["worst_recession"], gap["within_recession"]
    if worst is None or within is None:
        return [_("No earlier recession with a date can be compared with it.")]
    words = {"name": worst["name"], "gap": signed(worst["gap"]), "source": worst["source"]}
    if within:
        return [_("No worse than in the recession of %(name)s, when the gap came to %(gap)s (dated by %(source)s).") % words]
    if _badness(gap, worst["gap"]) <= 0:
        return [
            _("In the recession of %(name)s (dated by %(source)s) the figure was no worse than its path, so it is no yardstick.") % words
        ]
    own = max(_measured(gap), key=lambda row: _badness(gap, row["gap"]))
    if own["gap_low"] <= worst["gap"] <= own["gap_high"]:
        return [
            _(
                "The gap is larger than in the recession of %(name)s (%(gap)s, dated by %(source)s), but not by more than such a path strays."
            )
            % words
        ]
    return [_("Worse than in the recession of %(name)s, when the gap came to %(gap)s (dated by %(source)s).") % words]


def _badness(gap: Figures, size: float) -> float:
    """How far a gap goes in the direction that is bad for this figure."""
    return {"higher": size, "lower": -size}.get(gap["settings"]["worse"], abs(size))


def _level(gap: Figures) -> list[str]:
    if gap["level"] >= gap["settings"]["level"]:
        return []
    level = 100 * gap["level"]
    words = {"level": number(level), "wanted": number(100 * gap["settings"]["level"]), "outside": number(round(100 - level, 1))}
    return [
        _(
            "The record is too short for an interval of %(wanted)s%%; this one is for %(level)s%%."
            " Of 100 years without a crisis about %(outside)s lie outside it."
        )
        % words
    ]


def _unjudged(gap: Figures) -> list[str]:
    if not gap["unjudged"]:
        return []
    return [
        _("For %(years)s the record allows no honest interval, so no gap is given.")
        % {"years": years([r["time"] for r in gap["unjudged"]])}
    ]


def assumption(gap: Figures) -> str:
    """What the gap hangs on; it stands wherever the gap is said."""
    said = {
        "last_value": _("Assumption: without the crisis the figure would have stayed where it was, give or take what it moved before."),
        "damped_drift": _(
            "Assumption: without the crisis the figure would have gone on as it did, ever more slowly, give or take what it moved before."
        ),
    }
    return said[gap["method"]] + " " + _("A gap, not an effect of the crisis: nobody was spared it, so there is nothing to compare with.")


def _checked(gap: Figures) -> list[tuple[str, str, str]]:
    """How the same interval did at earlier dates, by how far it looks ahead; recessions apart, because there it holds less often."""
    rows = []
    for one in gap["placebos"]:
        ahead = ngettext("%(number)s step ahead", "%(number)s steps ahead", one["horizon"]) % {"number": one["horizon"]}
        held = _("%(covered)s of %(checks)s") % {"covered": one["covered"], "checks": one["checks"]}
        in_recession = _("%(covered)s of %(checks)s") % {"covered": one["recession_covered"], "checks": one["recession_checks"]}
        rows.append((ahead, held, in_recession if one["recession_checks"] else _("none to try")))
    return rows


def refusal(reason: str, facts: Figures) -> str:
    """Why there is no figure, as a sentence. The answer is complete: nothing has to be mended."""
    said = {
        "no_values": _("There is no value before 2020, so there is no path to compare with."),
        "repeated_time": _("Two values stand for one time, so the series cannot be read."),
        "irregular_times": _("The times are neither years, quarters nor months, so the series cannot be read."),
        "too_few_values": _("There are too few values before 2020 to say how far the figure moves by itself."),
        "gaps_in_series": _("Too many years before 2020 have no value to say how far the figure moves by itself."),
        "no_values_after": _("There is no value after 2020, so there is no gap to measure."),
        "too_few_origins": _("There are too few earlier dates at which the interval could be tried, so none is given."),
        "coverage_too_low": _("Tried at earlier dates, the interval held the value too rarely to be trusted, so none is given."),
    }
    numbers = _("%(values)s values, %(needed)s needed.") % {"values": facts.get("values"), "needed": facts.get("needed")}
    sentence = said.get(reason, _("No honest figure can be given."))
    return f"{sentence} {numbers}" if "values" in facts and "needed" in facts else sentence


def provenance(card: Evidence, figures: Figures) -> list[tuple[str, Any]]:
    file = f"{figures['indicator']}-{figures['country'].lower()}.csv"
    command = (
        f"rrr shock {file} --cut {figures['cut']}"
        + (f" --country {figures['country']}" if figures["country"] else "")
        + f" --worse {figures['settings']['worse']}"
    )
    chosen = figures["settings"]
    data = (
        reverse("define:evidence_series", args=[card.challenge.territory.slug, card.challenge.slug, card.pk])
        if card.challenge.territory
        else ""
    )
    settings = _("cut %(cut)s, level %(level)s, at least %(origins)s earlier dates") % {
        "cut": figures["cut"],
        "level": number(chosen["level"]),
        "origins": chosen["least_origins"],
    }
    return [
        (_("Source"), figures["source"]),
        (_("Who lets us show it"), f"{figures['attribution']} · {figures['licence']}"),
        (_("Place"), _("The whole country (%(country)s), not the territory alone") % {"country": figures["country"]}),
        (_("Computed on"), figures["computed_on"]),
        (_("Data version"), f"SHA-256 {figures['data_version']}"),
        (_("Settings"), settings),
        (_("Code version"), figures["code_version"] or None),
        (_("Data as shown"), data),
        (_("Run it again"), command),
    ]
