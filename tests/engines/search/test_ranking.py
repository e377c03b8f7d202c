"""Fusion, language gate, ranking in memory, explanation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines import search

TEXTS = [
    search.Document("bank", "A food bank gives food to families", "en"),
    search.Document("truck", "A food truck sells lunch", "en"),
    search.Document("banco", "Un banco de alimentos reparte comida a familias", "es"),
    search.Document("bikes", "Young people repair bikes", "en"),
]
VECTORS = {"A food bank": [1.0, 0.0, 0.0], "A food truck": [0.6, 0.8, 0.0], "Un banco": [0.98, 0.199, 0.0], "Young": [0.0, 0.0, 1.0]}


def encode(texts: object) -> np.ndarray:
    """Vectors by hand: the Spanish food bank lies beside the English one."""
    return np.array([next(row for start, row in VECTORS.items() if text.startswith(start)) for text in texts], dtype=np.float32)  # type: ignore[attr-defined]


ASKED = np.array([1.0, 0.0, 0.0], dtype=np.float32)


def test_words_alone() -> None:
    index = search.build(TEXTS)
    found = search.search(index, search.query("food banks", index.statistics, "en"))
    assert [match.key for match in found] == ["bank", "truck"]
    assert found[0].score == found[0].words == 1.0
    assert found[0].cosine is None


def test_another_language_is_found_by_meaning_alone() -> None:
    index = search.build(TEXTS, encode=encode)
    found = search.search(index, search.query("food banks", index.statistics, "en"), vector=ASKED)
    assert [match.key for match in found] == ["bank", "banco", "truck"]
    assert found[0].score == pytest.approx(1.0)
    assert found[1].words == 0.0
    assert found[1].score == found[1].meaning == pytest.approx(0.98)
    assert found[2].meaning == pytest.approx(0.3 * 0.6)


def test_only_among_the_allowed() -> None:
    index = search.build(TEXTS, encode=encode)
    found = search.search(index, search.query("food", index.statistics, "en"), vector=ASKED, among={"truck", "bikes"})
    assert [match.key for match in found] == ["truck"]


def test_explanation_sums_to_the_raw_score() -> None:
    index = search.build(TEXTS, encode=encode)
    asked = search.query("food banks", index.statistics, "en")
    best, other, *_ = search.search(index, asked, vector=ASKED)
    told = search.explain(best, asked, index.weights[index.at(best.key)])
    assert sum(term.weight for term in told.terms) == pytest.approx(best.lexical)
    assert {term.word for term in told.terms} == {"food", "banks"}
    assert told.reasons == (search.Reason.ALL_WORDS, search.Reason.MEANING)
    assert search.explain(other, asked, index.weights[index.at(other.key)]).reasons == (search.Reason.MEANING, search.Reason.OTHER_LANGUAGE)


def test_two_documents_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="key x"):
        search.build([search.Document("x", "a"), search.Document("x", "b")])


@pytest.mark.parametrize("text", ["", "?!", "nothing here matches"])
def test_questions_that_find_nothing(text: str) -> None:
    assert search.search(search.build(TEXTS), text) == []
    assert search.search(search.build([]), text) == []


candidates = st.lists(
    st.builds(
        search.Candidate,
        key=st.uuids().map(str),
        language=st.sampled_from(["en", "es", ""]),
        lexical=st.floats(0, 50),
        cosine=st.floats(-1, 1),
    ),
    max_size=30,
)


@given(candidates, st.integers(1, 40))
def test_scores_lie_between_0_and_1_and_descend(rows: list[search.Candidate], top: int) -> None:
    asked = search.Query("x", "en", {}, {})
    found = search.fuse(rows, asked, search.Settings(top=top))
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in scores)
    assert all(match.words == 0 for match in found if match.language == "es")
    assert search.fuse(rows[::-1], asked, search.Settings(top=top)) == found
