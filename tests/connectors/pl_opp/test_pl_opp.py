"""The Polish list: CP1250, a title line, KRS numbers with their zeros."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled, whole, written

SLUG = "pl_opp"


def test_the_sample_reads_as_its_columns_say() -> None:
    found = sample(SLUG)
    assert found.whole.inspection.encoding == "cp1250"
    assert found.whole.inspection.header_line == 2
    assert found.only("register_id", "name", "kind", "city", "tax_id") == [
        ("0000000001", "FUNDACJA „PRZYKŁAD ŁÓDZKI”", "foundation", "ŁÓDŹ", "8567346215"),
        ("0000000002", "STOWARZYSZENIE PRZYKŁADOWE", "association", "WARSZAWA", None),
        ("0000100003", "SPÓŁDZIELNIA SOCJALNA „PRZYKŁAD”", "social_cooperative", "KRAKÓW", None),
    ]


def test_zeros_come_back_and_a_wrong_number_is_noted(tmp_path: Path) -> None:
    text = sample(SLUG).path.read_bytes().decode("cp1250")
    short = whole(written(tmp_path, text.replace("0000100003", "0100003").encode("cp1250")))
    assert [getattr(one, "values", {}).get("register_id") for one in short.drafts()][-1] == "0000100003"
    assert spoiled(tmp_path, SLUG, "8567346215", "8567346216", "cp1250") == [("pl_nip", "8567346216")]
