"""BM25 as two sparse vectors."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines import search

# Three documents by hand: N = 3, lengths 3, 2, 4, average 3.
TERMS = [["food", "bank", "food"], ["food", "truck"], ["repair", "bike", "repair", "shop"]]
STATISTICS = search.measure([(terms, "en") for terms in TERMS])


def test_hand_computed_bm25() -> None:
    """food: df 2, idf ln(1 + 1.5/2.5); in document 1 tf 2, length 3 = average, so 2 x 2.2 / (2 + 1.2)."""
    asked = {"food": STATISTICS.idf("food"), "bank": STATISTICS.idf("bank")}
    assert asked["food"] == pytest.approx(math.log(1.6)) == pytest.approx(0.4700036)
    assert asked["bank"] == pytest.approx(math.log(1 + 2.5 / 1.5)) == pytest.approx(0.9808293)
    weights = [search.weigh(terms, STATISTICS.average_length) for terms in TERMS]
    assert weights[0] == pytest.approx({"food": 4.4 / 3.2, "bank": 2.2 / 2.2})
    assert weights[1]["food"] == pytest.approx(2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3)))
    assert [search.score(asked, row) for row in weights] == pytest.approx([0.4700036 * 1.375 + 0.9808293, 0.4700036 * 2.2 / 1.9, 0.0])


@pytest.mark.slow
def test_places_are_the_same_in_another_process() -> None:
    program = "from rrr.engines import search; print(search.dimension('łódź'))"
    other = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(other.stdout) == search.dimension("łódź") == 321537577


def test_text_for_the_database() -> None:
    written = search.sparsevec({"food": 1.375, "bank": 1.0})
    places = sorted([(search.dimension("food"), "1.375"), (search.dimension("bank"), "1")])
    assert written == "{" + ",".join(f"{place}:{value}" for place, value in places) + f"}}/{search.DIMENSIONS}"
    assert search.sparsevec({}) == f"{{}}/{search.DIMENSIONS}"


def test_a_question_in_an_unknown_language_is_read_in_every_language_of_the_collection() -> None:
    statistics = search.measure([(["cooper"], "en"), (["kooperatyw"], "pl")])
    assert search.query("cooperatives", statistics, "").weights.keys() == {"cooper"}
    assert search.query("xyz", statistics, "").weights == {}


def test_stop_words_do_not_ask() -> None:
    statistics = search.measure([(["the", "food"], "en")])
    assert search.query("the food", statistics, "en").weights.keys() == {"food"}
    assert search.query("the", statistics, "en").weights.keys() == {"the"}


@pytest.mark.parametrize(("name", "value"), [("k1", -1.0), ("b", 1.1), ("lexical", -0.1), ("top", 0)])
def test_settings_out_of_range_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        search.Settings(**{name: value})


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=1, max_size=8), st.sampled_from("abcdef"))
def test_a_document_with_a_word_scores_above_one_without(documents: list[list[str]], word: str) -> None:
    statistics = search.measure([(terms, "") for terms in documents])
    asked = {word: statistics.idf(word)}
    for terms in documents:
        found = search.score(asked, search.weigh(terms, statistics.average_length))
        assert (found > 0) == (word in terms)
        assert found <= asked[word] * 2.2
