"""Rows into engine records and results into rows: the only place of this step that knows engines and connectors."""

from rrr.understand.bridge.network import Dot, Line, NetworkPicture, network_picture

__all__ = ["Dot", "Line", "NetworkPicture", "network_picture"]
