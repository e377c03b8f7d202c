"""Rows into engine records and results into rows: the only place of this step that knows engines and connectors."""

from rrr.understand.bridge.ecosystem import MOST_TIES, Reading, closing, distinct, reading
from rrr.understand.bridge.network import Dot, Line, NetworkPicture, network_picture

__all__ = ["MOST_TIES", "Dot", "Line", "NetworkPicture", "Reading", "closing", "distinct", "network_picture", "reading"]
