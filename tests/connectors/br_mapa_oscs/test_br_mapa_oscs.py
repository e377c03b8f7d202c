"""The Brazilian map: semicolons, Latin letters, decimal commas, legal nature in codes."""

from __future__ import annotations

from pathlib import Path

from rrr.records.register import NoteCode
from tests.connectors.reading import sample, spoiled, whole, written

SLUG = "br_mapa_oscs"


def test_the_sample_reads_as_its_columns_say() -> None:
    found = sample(SLUG)
    assert NoteCode.DECIMAL_COMMA in found.whole.codes
    assert found.only("tax_id", "name", "kind", "city", "founded", "lat") == [
        ("16727230000197", "ASSOCIAÇÃO EXEMPLO DE MORADORES", "association", "São Paulo", 1998, -23.5505),
        ("00000000000191", "FUNDAÇÃO EXEMPLO", "foundation", "São Paulo", 2005, -23.56),
        ("00000000000272", "INSTITUTO EXEMPLO", "social_enterprise", "Recife", 2011, -8.05),
    ]


def test_zeros_come_back_and_a_wrong_cnpj_is_noted(tmp_path: Path) -> None:
    text = sample(SLUG).path.read_bytes().decode("cp1252").replace("16727230000197", "6727230000197")
    assert getattr(whole(written(tmp_path, text.encode("cp1252"))).drafts()[0], "values", {})["tax_id"] == "06727230000197"
    assert spoiled(tmp_path, SLUG, "16727230000197", "16727230000198", "cp1252") == [("br_cnpj", "16727230000198")]
