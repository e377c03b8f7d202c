"""Legal forms in names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.text.legal_forms import all_forms, identify, split

NAMES = [
    ("Società Cooperativa Sociale Il Margine S.C.S. Onlus", "IT", "il margine", "cooperativa_sociale"),
    ("Emaus S. A. L.", "ES", "emaus", "sociedad_laboral"),
    ("Koopera Gizarte Ekimeneko Koop. E.", "ES", "koopera", "cooperativa_iniciativa_social"),
    ("Stichting Rotterdamse Munt", "NL", "rotterdamse munt", "stichting"),
    ("Spółka Dobra Sp. z o.o. non profit", "PL", "spolka dobra", "spolka_non_profit"),
    ("Coopérative de solidarité Café Campus", "CA", "cafe campus", "cooperative_solidarite"),
    ("Arizmendi Bakery Cooperative, Inc.", "US", "arizmendi bakery", "cooperative"),
    ("Caja Popular Mexicana S.C. de A.P. de R.L. de C.V.", "MX", "caja popular mexicana", "caja_popular"),
    ("Clean Clothes C.I.C.", "GB", "clean clothes", "community_interest_company"),
    ("Lebenshilfe gGmbH", "AT", "lebenshilfe", "gemeinnutzige_gmbh"),
]


@pytest.mark.parametrize(("name", "country", "core", "form"), NAMES, ids=[row[0] for row in NAMES])
def test_known_names(name: str, country: str, core: str, form: str) -> None:
    found = identify(name, country)
    assert split(name, country).text == core
    assert found is not None
    assert found.form == form


@pytest.mark.parametrize(("name", "country"), [("Bread & Me", ""), ("St Anne's", "NL"), ("Fundacja", "PL")])
def test_what_is_not_a_form_stays(name: str, country: str) -> None:
    assert split(name, country).forms == ()


def test_forms_of_all_twelve_jurisdictions() -> None:
    assert {form.country for form in all_forms()} == {"IT", "ES", "NL", "IE", "PL", "FR", "QC", "US", "BR", "MX", "GB", "AT"}


@given(st.text(), st.sampled_from(["", "IT", "CA", "ZZ"]))
def test_a_name_with_words_keeps_some(name: str, country: str) -> None:
    found = split(name, country)
    assert bool(found.core) == bool(split(found.text, country).core)
