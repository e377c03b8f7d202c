"""Multilingual search: BM25 weights that a database can hold, sentence vectors, their fusion, and why something was found."""

from rrr.engines.search.explanation import Explanation, Reason, Term, explain
from rrr.engines.search.fusion import Candidate, Match, fuse
from rrr.engines.search.index import Document, Index, build, search
from rrr.engines.search.matching import Lack, Need, Option, Part, Ranked, Weights, Why, rank
from rrr.engines.search.settings import Settings
from rrr.engines.search.weights import (
    DIMENSIONS,
    Query,
    Statistics,
    dimension,
    dimensions,
    measure,
    query,
    score,
    sparsevec,
    weigh,
)

__all__ = [
    "DIMENSIONS",
    "Candidate",
    "Document",
    "Explanation",
    "Index",
    "Lack",
    "Match",
    "Need",
    "Option",
    "Part",
    "Query",
    "Ranked",
    "Reason",
    "Settings",
    "Statistics",
    "Term",
    "Weights",
    "Why",
    "build",
    "dimension",
    "dimensions",
    "explain",
    "fuse",
    "measure",
    "query",
    "rank",
    "score",
    "search",
    "sparsevec",
    "weigh",
]
