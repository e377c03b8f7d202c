"""Index terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.text.tokens import ALGORITHMS, lexemes, tokens


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Cooperatives cooperating", "en", ["cooper", "cooper"]),
        ("la educación y las educaciones", "es", ["educ", "educ"]),
        ("L'économie sociale", "fr", ["econom", "social"]),
        ("dell’acqua pubblica", "it", ["acqua", "pubblic"]),
        ("Łódzkie spółdzielnie", "", ["lodzkie", "spoldzielnie"]),
        ("the and of", "en", ["the", "and", "of"]),
        ("協同組合", "", ["協同", "同組", "組合"]),
        ("", "en", []),
    ],
    ids=["english", "spanish accents", "elision", "typographic apostrophe", "no language", "stop words only", "no spaces", "empty"],
)
def test_known_texts(text: str, language: str, expected: list[str]) -> None:
    assert lexemes(text, language) == expected


def test_every_language_we_name_has_a_stemmer() -> None:
    for language in ALGORITHMS:
        assert lexemes("kooperativa", language)


@given(st.text(), st.sampled_from(["", "xx", *ALGORITHMS]))
def test_any_text_gives_terms_without_spaces(text: str, language: str) -> None:
    found = lexemes(text, language)
    assert all(term and not any(letter.isspace() for letter in term) for term in found)
    assert bool(found) == bool(tokens(text))
