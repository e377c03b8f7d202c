"""Stated ties between organisations: a picture, communities, brokers, gaps, what falls apart if one closes; each with how far it holds."""

from rrr.engines.network.analysis import Analysis, Community, Rule, Standing, Unknown, analyse, thinned
from rrr.engines.network.brokers import Roles
from rrr.engines.network.closing import Closing, Cut, close
from rrr.engines.network.gaps import Gap
from rrr.engines.network.layout import Picture, Settings, draw
from rrr.engines.network.ties import Node, Web, web

__all__ = [
    "Analysis", "Closing", "Community", "Cut", "Gap", "Node", "Picture", "Roles", "Rule", "Settings", "Standing", "Unknown", "Web", "analyse",
    "close", "draw", "thinned", "web",
]  # fmt: skip
