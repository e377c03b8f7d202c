"""An indicator against its path before a crisis: a gap with an interval, and how often that interval was right before."""

from rrr.engines.shock.path import gap
from rrr.engines.shock.records import Gap, Method, Placebo, Reason, Recession, Refusal, Row, Settings, Unjudged, Worse

__all__ = ["Gap", "Method", "Placebo", "Reason", "Recession", "Refusal", "Row", "Settings", "Unjudged", "Worse", "gap"]
