"""Gap of an indicator against its path before a crisis."""

from __future__ import annotations

from collections.abc import Sequence

from rrr.engines.shock.records import DEFAULT, Gap, Reason, Refusal, Settings


def gap(series: Sequence[tuple[float, float | None]], *, cut: float = 2020, settings: Settings = DEFAULT) -> Gap | Refusal:
    """`series`: (time, value), in any order; None where nothing was measured. Values from `cut` on never touch the expected path."""
    return Refusal(Reason.TOO_FEW_VALUES, {"values": len(series), "needed": settings.least_values})
