"""Keeps the search index in step with the catalogue, in the transaction of the change. Derived from audited objects, so not audited itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rrr.core.jobs import Progress, enqueue, job
from rrr.explore import bridge
from rrr.explore.bridge import Text, Weighed
from rrr.explore.models import SearchDocument, SearchStatistics, Solution

DRIFT = 0.1  # weights are renewed when the average length has moved by more than this share
AT_ONCE = 500  # documents that are weighed again inside a change; a larger index is left to a job
BATCH = 200
_TERMS = """
INSERT INTO explore_searchlexeme (kind, lexeme, documents) SELECT %s, * FROM unnest(%s::text[], %s::int[])
ON CONFLICT (kind, lexeme) DO UPDATE SET documents = explore_searchlexeme.documents + excluded.documents"""
_NONE_LEFT = "DELETE FROM explore_searchlexeme WHERE kind = %s AND documents <= 0 AND lexeme = ANY(%s)"
_DOCUMENT = """
INSERT INTO explore_searchdocument
  (kind, key, territory, language, text, folded, terms, length, lexemes, bm, vector, model, updated_at)
VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s, array_to_tsvector(%s::text[]), %s::sparsevec, %s::halfvec, %s, now())
ON CONFLICT (kind, key) DO UPDATE SET territory = excluded.territory, language = excluded.language, text = excluded.text,
  folded = excluded.folded, terms = excluded.terms, length = excluded.length, lexemes = excluded.lexemes, bm = excluded.bm,
  vector = excluded.vector, model = excluded.model, updated_at = now()"""
Tell = Callable[[int, int], None]


@transaction.atomic
def keep(texts: Sequence[Text], *, kind: str = bridge.KIND) -> None:
    """Put texts into the index or replace them."""
    if not texts:
        return
    statistics = _locked(kind)
    weighed = [bridge.take_apart(text) for text in texts]
    _count(statistics, kind, texts, weighed)
    if not statistics.weighed_with and statistics.documents:
        statistics.weighed_with = statistics.length / statistics.documents
    statistics.save()
    meaning = bridge.vectors([text.brief for text in texts])
    rows = [_values(text, one, statistics.weighed_with, vector) for text, one, vector in zip(texts, weighed, meaning, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(_DOCUMENT, rows)
    _renew_if_drifted(statistics, kind)


@transaction.atomic
def drop(keys: Sequence[str], *, kind: str = bridge.KIND) -> None:
    """Take texts out of the index."""
    statistics = _locked(kind)
    gone = SearchDocument.objects.filter(kind=kind, key__in=keys)
    found = list(gone.values_list("terms", "length", "language"))
    if not found:
        return
    _apply(statistics, kind, [(terms, length, language, -1) for terms, length, language in found])
    statistics.save()
    gone.delete()
    _renew_if_drifted(statistics, kind)


def _locked(kind: str) -> SearchStatistics:
    SearchStatistics.objects.get_or_create(pk=kind)
    return SearchStatistics.objects.select_for_update().get(pk=kind)


def _count(statistics: SearchStatistics, kind: str, texts: Sequence[Text], weighed: Sequence[Weighed]) -> None:
    before = SearchDocument.objects.filter(kind=kind, key__in=[text.key for text in texts])
    changes: list[tuple[Any, int, str, int]] = [(*row, -1) for row in before.values_list("terms", "length", "language")]
    changes += [(one.terms, one.length, text.language, 1) for text, one in zip(texts, weighed, strict=True)]
    _apply(statistics, kind, changes)


def _apply(statistics: SearchStatistics, kind: str, changes: Sequence[tuple[Any, int, str, int]]) -> None:
    """Add (sign 1) or take away (sign -1) documents in the statistics."""
    differences: Counter[str] = Counter()
    spoken = Counter(statistics.languages)
    for terms, length, language, sign in changes:
        statistics.documents += sign
        statistics.length += sign * length
        spoken[language] += sign
        for lexeme in terms:
            differences[lexeme] += sign
    statistics.languages = {language: number for language, number in spoken.items() if number > 0}
    moved = sorted((lexeme, number) for lexeme, number in differences.items() if number)
    names, numbers = [lexeme for lexeme, _number in moved], [number for _lexeme, number in moved]
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, [kind, names, numbers])
        cursor.execute(_NONE_LEFT, [kind, names])


def _values(text: Text, one: Weighed, average: float, vector: list[float] | None) -> list[Any]:
    from django.db.backends.postgresql.psycopg_any import Jsonb

    sparse = bridge.weights(one.terms, average)
    meaning = None if vector is None else "[" + ",".join(f"{value:.6g}" for value in vector) + "]"
    plain = [text.kind, text.key, text.territory, text.language, text.text, one.folded, Jsonb(dict(one.terms)), one.length]
    return [*plain, sorted(one.terms), sparse, meaning, bridge.MODEL if vector else ""]


def _renew_if_drifted(statistics: SearchStatistics, kind: str) -> None:
    if not statistics.documents:
        return
    average = statistics.length / statistics.documents
    if abs(average - statistics.weighed_with) <= DRIFT * statistics.weighed_with:
        return
    if statistics.documents <= AT_ONCE:
        weigh_again(kind=kind)
    else:
        enqueue(by=None, kind="explore.weigh", title=_("Weighing the search index again"), args={"kind": kind})


@transaction.atomic
def weigh_again(*, kind: str = bridge.KIND, tell: Tell | None = None) -> None:
    """Compute every stored weight with the average length of today; meaning and statistics stay."""
    statistics = _locked(kind)
    statistics.weighed_with = statistics.length / statistics.documents if statistics.documents else 0
    statistics.save()
    found = SearchDocument.objects.filter(kind=kind).order_by("pk").values_list("pk", "terms")
    total = statistics.documents
    with connection.cursor() as cursor:
        for done, (pk, terms) in enumerate(found.iterator(chunk_size=BATCH), 1):
            sparse = bridge.weights(terms, statistics.weighed_with)
            cursor.execute("UPDATE explore_searchdocument SET bm = %s::sparsevec WHERE id = %s", [sparse, pk])
            if tell and done % BATCH == 0:
                tell(done, total)


@job("explore.weigh")
def _weigh(progress: Progress, *, kind: str) -> str:
    weigh_again(kind=kind, tell=lambda done, total: progress.step(done, total))
    return ""


def rebuild(*, tell: Tell, again: bool = False) -> int:
    """Bring the index up to the catalogue batch by batch, each kept at once: run again after an interruption, it goes on where it was.

    `again` computes everything anew. Returns how many documents were written.
    """
    if again:
        drop(list(SearchDocument.objects.filter(kind=bridge.KIND).values_list("key", flat=True)))
    public = set(Solution.objects.public().values_list("slug", flat=True))
    known = dict(SearchDocument.objects.filter(kind=bridge.KIND).values_list("key", "text"))
    fresh = set(SearchDocument.objects.filter(kind=bridge.KIND, model=bridge.MODEL).values_list("key", flat=True))
    drop(sorted(set(known) - public))
    written = 0
    for done, batch in _batches(len(public)):
        texts = [bridge.text_of(one) for one in batch]
        stale = [text for text in texts if text.key not in fresh or known.get(text.key) != text.text]
        keep(stale)
        written += len(stale)
        tell(done, len(public))
    weigh_again()
    return written


def _batches(total: int) -> Iterator[tuple[int, list[Solution]]]:
    last = 0
    for done in range(0, total, BATCH):
        batch = list(Solution.objects.public().filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return
        last = batch[-1].pk
        yield min(done + len(batch), total), batch
