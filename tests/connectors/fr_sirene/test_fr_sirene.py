"""Sirene: only active units of the social economy, legal category in words, natural persons left out."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "fr_sirene"


def test_the_sample_reads_as_its_columns_say() -> None:
    found = sample(SLUG)
    assert found.only("tax_id", "name", "kind", "legal_form", "founded", "local_names") == [
        ("000000018", "ASSOCIATION EXEMPLE", "association", "Association déclarée", 1998, None),
        ("000000026", "EXEMPLE SCOP", "cooperative", "SARL coopérative ouvrière de production (SCOP)", 2011, "EX"),
        ("000000034", "MUTUELLE EXEMPLE", "mutual", "Mutuelle", 1950, None),
        ("000000042", "EXEMPLE SOLIDAIRE", "social_enterprise", "SAS, société par actions simplifiée", 2020, None),
    ]
    assert (found.whole.account.left_out, found.whole.account.lines) == (2, 7)


def test_a_wrong_siren_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "000000018", "000000019") == [("fr_siren", "000000019")]
