"""Writes about territories: `territory` (the place itself), `facts` (what sources state), `series` (indicators)."""

from rrr.places.actions import facts, series, territory

__all__ = ["facts", "series", "territory"]
