"""Stated ties between organisations: how many each has, and a picture that comes out the same every time."""

from rrr.engines.network.layout import Picture, Settings, draw

__all__ = ["Picture", "Settings", "draw"]
