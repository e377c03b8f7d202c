"""GoGoCarto: nested address and place, categories of the map's own."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, whole, written

SLUG = "gogocarto"


def test_the_sample_reads_as_its_fields_say() -> None:
    assert sample(SLUG).only("key", "name", "lat", "street", "city", "country", "activity", "last_seen") == [
        ("a1", "Épicerie Exemple", 48.85, "1 rue de l'Exemple", "Paris", "FR", "Alimentation; Épicerie; Vrac et local", 2026),
        ("a2", "Atelier Exemple", 48.86, "2 rue de l'Exemple", "Paris", "FR", "Réparation", 2025),
        ("a3", "Jardin Exemple", 48.87, None, "Paris", None, "Jardin", 2024),
    ]


def test_a_field_of_the_map_s_own_is_guessed(tmp_path: Path) -> None:
    text = sample(SLUG).path.read_text().replace('"openHours"', '"siret": "73282932000074", "referent_prenom": "Ada", "openHours"')
    found = whole(written(tmp_path, text, "elements.json"))
    assert found.guesses["siret"] == "register_id"
    assert found.guesses["referent_prenom"] == ""
