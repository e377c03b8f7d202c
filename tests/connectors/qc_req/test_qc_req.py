"""The Québec register, names joined: other forms and bodies struck off are counted, the city loses its province."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "qc_req"


def test_the_sample_reads_as_its_columns_say() -> None:
    found = sample(SLUG)
    assert found.only("register_id", "name", "kind", "city", "founded", "postcode") == [
        ("1140000001", "CENTRE EXEMPLE", "association", "Montréal", 1982, "H2X0A1"),
        ("1140000002", "COOPÉRATIVE DE SOLIDARITÉ EXEMPLE", "cooperative", "Montréal", 2011, "H2X0A2"),
        ("3340000003", "ASSOCIATION EXEMPLE", "association", "Québec", None, "G1R0A1"),
    ]
    assert found.whole.account.left_out == 2


def test_a_number_of_another_shape_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "1140000001", "9940000001") == [("qc_neq", "9940000001")]
