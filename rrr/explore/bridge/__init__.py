"""The only place of step 3 that knows the search engine: what is put into the index, what is found in it, how solutions match a challenge."""

from rrr.engines.search import Weights
from rrr.explore.bridge.indexing import KIND, MODEL, Text, Weighed, take_apart, text_of, vectors, weights
from rrr.explore.bridge.matching import Match, Matching, match, matching, question, weights_of
from rrr.explore.bridge.searching import Asked, Found, Piece, Shown, ask, find, show

__all__ = [
    "KIND", "MODEL", "Asked", "Found", "Match", "Matching", "Piece", "Shown", "Text", "Weighed", "Weights", "ask", "find", "match",
    "matching", "question", "show", "take_apart", "text_of", "vectors", "weights", "weights_of",
]  # fmt: skip
