"""The Mexican register: the CLUNI is its key, the figure tells the kind."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "mx_cluni"


def test_the_sample_reads_as_its_columns_say() -> None:
    assert sample(SLUG).only("register_id", "name", "kind", "street", "city", "postcode", "founded") == [
        ("EJE010101090A1", "Ejemplo Comunitario, A.C.", "association", "Calle del Ejemplo 1", "Cuauhtémoc", "06000", 2001),
        ("EJE020202090B2", "Fundación Ejemplo, I.A.P.", "foundation", "Calle del Ejemplo 2", "Coyoacán", "04000", 2002),
        ("EJE24092021FQV", "Ejemplo Joven, A.C.", "association", "Calle del Ejemplo 3", "Guadalajara", "44100", 2021),
    ]


def test_a_key_of_another_shape_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "EJE010101090A1", "EJE-1") == [("mx_cluni", "EJE-1")]
    assert spoiled(tmp_path, SLUG, "MAB9307148T4", "MAB9313148T4") == [("mx_rfc", "MAB9313148T4")]
