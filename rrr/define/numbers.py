"""Numbers inside sentences and drawings, as the reader's language writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def number(value: float) -> str:
    """Three significant digits where there are decimals, a true minus sign."""
    places = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    rounded = round(value, min(places, 2))
    shown = int(rounded) if rounded == int(rounded) else rounded
    return number_format(shown, use_l10n=True, force_grouping=True).replace("-", "−")


def signed(value: float) -> str:
    """With a plus sign where it is above zero: for differences."""
    return f"+{number(value)}" if value > 0 else number(value)


def years(times: Sequence[float]) -> str:
    """2020, 2021 and 2023; years without grouping marks."""
    words = [str(int(time)) if float(time).is_integer() else f"{time:.2f}" for time in times]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
