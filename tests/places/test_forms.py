"""What the form of a territory makes of what people type."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from rrr.places.forms import LanguagesField


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("nl en", ["nl", "en"]),
        ("German", ["de"]),
        ("Deutsch, italiano", ["de", "it"]),
        ("pt-br; PT", ["pt-BR", "pt"]),
        ("de German", ["de"]),
    ],
)
def test_languages_are_given_as_codes_or_by_name(typed: str, codes: list[str]) -> None:
    assert LanguagesField().clean(typed) == codes


def test_a_language_nobody_knows_is_answered_with_an_example() -> None:
    with pytest.raises(ValidationError, match=r"klingonese.*nl en"):
        LanguagesField().clean("Klingonese")
