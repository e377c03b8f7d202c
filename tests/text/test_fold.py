"""One spelling for many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.text.fold import fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź", "lodz"),
        ("ĐØß", "doss"),
        ("İstanbul", "istanbul"),
        ("ﬁnance", "finance"),
        ("Œuvre", "oeuvre"),
        ("한국", "한국"),
        ("Col·legi", "collegi"),
    ],
    ids=str,
)
def test_known_letters(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("Café  nº5, (A_b)") == ["cafe", "no5", "a", "b"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcłøßéàüçñ ÀÉŁ"))
def test_case_never_matters(text: str) -> None:
    assert fold(text) == fold(text.upper())
