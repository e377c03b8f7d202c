"""Lists of Spanish cooperatives: the class in the law tells the kind."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "es_cooperativas"


def test_the_sample_reads_as_its_columns_say() -> None:
    assert sample(SLUG).only("register_id", "tax_id", "kind", "city", "founded", "name") == [
        ("0001-SMT", "F00000018", "cooperative", "Madrid", 2009, "Ejemplo de Trabajo, S. Coop. Mad."),
        ("0002-SMT", "F00000026", "social_cooperative", "Madrid", 2016, "Ejemplo de Iniciativa Social, S. Coop."),
        ("0003-SMT", None, "cooperative", "Getafe", 1981, "Viviendas del Ejemplo, S. Coop."),
    ]


def test_a_wrong_nif_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "F00000018", "F00000019", "cp1252") == [("es_nif", "F00000019")]
