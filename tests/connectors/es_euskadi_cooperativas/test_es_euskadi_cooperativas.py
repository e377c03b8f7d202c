"""The Basque register: two languages, classes in either."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled, whole, written

SLUG = "es_euskadi_cooperativas"


def test_the_sample_reads_as_its_columns_say() -> None:
    assert sample(SLUG).only("register_id", "tax_id", "kind", "city", "founded") == [
        ("2009.1.001", "F00000018", "cooperative", "Bilbao", 2009),
        ("2016.1.002", "F00000026", "social_cooperative", "Bilbao", 2016),
        ("1999.3.003", None, "cooperative", "Arrasate/Mondragón", 1999),
    ]


def test_basque_headers_are_known_as_well(tmp_path: Path) -> None:
    text = "Izen soziala;Kooperatiba mota;Udalerria;Lurralde historikoa\nAdibidea Koop. E.;Lan elkartua;Bilbao;Bizkaia\n"
    found = whole(written(tmp_path, text))
    assert found.inspection.register == SLUG
    assert getattr(found.drafts()[0], "values", {})["kind"] == "Lan elkartuko kooperatiba"


def test_a_wrong_number_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "F00000018", "F00000019") == [("es_nif", "F00000019")]
