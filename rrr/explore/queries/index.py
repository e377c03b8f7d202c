"""Reads of the search index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from rrr.explore.models import SearchDocument, SearchLexeme, SearchStatistics

MOST = 1_000  # candidates of either ranking; the engine scales by the best 100 of each


@dataclass(frozen=True)
class State:
    """The whole collection of one kind in figures."""

    documents: int = 0
    average: float = 0.0
    weighed_with: float = 0.0
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    key: str
    language: str
    lexical: float
    cosine: float | None


def statistics(kind: str) -> State:
    found = SearchStatistics.objects.filter(pk=kind).first()
    if found is None or not found.documents:
        return State()
    spoken = sorted(found.languages.items(), key=lambda pair: (-pair[1], pair[0]))
    average = found.length / found.documents
    return State(found.documents, average, found.weighed_with, tuple(code for code, number in spoken if code and number > 0))


def frequencies(kind: str, lexemes: Iterable[str]) -> dict[str, int]:
    found = SearchLexeme.objects.filter(kind=kind, lexeme__in=list(lexemes), documents__gt=0)
    return dict(found.values_list("lexeme", "documents"))


def documents(kind: str, keys: Collection[str]) -> dict[str, tuple[str, dict[str, int]]]:
    """Text and terms of the given documents."""
    found = SearchDocument.objects.filter(kind=kind, key__in=keys)
    return {key: (text, terms) for key, text, terms in found.values_list("key", "text", "terms")}


def vectors(kind: str, keys: Collection[str]) -> dict[str, list[float]]:
    found = SearchDocument.objects.filter(kind=kind, key__in=keys, vector__isnull=False)
    return {key: list(vector) for key, vector in found.values_list("key", "vector") if vector is not None}


_LEXICAL = """
SELECT key FROM explore_searchdocument
WHERE kind = %(kind)s AND lexemes @@ %(terms)s::tsquery AND (%(language)s = '' OR language IN ('', %(language)s)) {more}
ORDER BY bm <#> %(sparse)s::sparsevec, key LIMIT %(most)s"""
_MEANING = """
SELECT key FROM explore_searchdocument
WHERE kind = %(kind)s AND vector IS NOT NULL {more} ORDER BY vector <#> %(vector)s::halfvec, key LIMIT %(most)s"""
_BOTH = """
SELECT key, language,
  CASE WHEN %(language)s = '' OR language IN ('', %(language)s) THEN -(bm <#> %(sparse)s::sparsevec) ELSE 0 END,
  {cosine}
FROM explore_searchdocument WHERE kind = %(kind)s AND key IN ({keys}) ORDER BY key"""


def candidates(
    kind: str,
    *,
    sparse: str,
    lexemes: Mapping[str, Any],
    language: str,
    vector: Sequence[float] | None,
    phrases: Sequence[str] = (),
    among: Collection[str] | None = None,
) -> list[Row]:
    """The best of either ranking, each with both scores, by exact scan (no approximate index below some 50,000 documents)."""
    given: dict[str, Any] = {"kind": kind, "sparse": sparse, "language": language, "most": MOST, "terms": _any_of(lexemes)}
    more = ""
    for number, phrase in enumerate(phrases):
        given[f"phrase{number}"] = f" {phrase} "
        more += f" AND strpos(folded, %(phrase{number})s) > 0"
    if among is not None:
        given["among"] = list(among)
        more += " AND key = ANY(%(among)s)"
    parts = [_LEXICAL.format(more=more)] if lexemes else []
    if vector is not None:
        given["vector"] = "[" + ",".join(f"{value:.6g}" for value in vector) + "]"
        parts.append(_MEANING.format(more=more))
    if not parts:
        return []
    keys = " UNION ".join(f"({part})" for part in parts)
    cosine = "NULL" if vector is None else "-(vector <#> %(vector)s::halfvec)"
    with connection.cursor() as cursor:
        cursor.execute(_BOTH.format(cosine=cosine, keys=keys), given)
        return [Row(key, spoken, max(0.0, lexical), cosine) for key, spoken, lexical, cosine in cursor.fetchall()]


def _any_of(lexemes: Iterable[str]) -> str:
    """A tsquery that any of the lexemes answers, each quoted."""
    return " | ".join("'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'" for lexeme in sorted(lexemes))
