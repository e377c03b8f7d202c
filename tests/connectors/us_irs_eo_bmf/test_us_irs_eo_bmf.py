"""The extract of the IRS: kinds by foundation code and subsection, numbers with their zeros, nobody's name."""

from __future__ import annotations

from pathlib import Path

from rrr.records.register import Draft, NoteCode
from tests.connectors.reading import sample, whole, written

SLUG = "us_irs_eo_bmf"


def test_the_sample_reads_as_its_codes_say() -> None:
    found = sample(SLUG)
    assert [(one["tax_id"], one["kind"], one["legal_form"].rsplit(" ", 1)[-1]) for one in found.values] == [
        ("010000001", "association", "501(c)(3)"),
        ("940000002", "foundation", "501(c)(3)"),
        ("940000003", "ethical_finance", "501(c)(14)"),
        ("990000004", "cooperative", "501(c)(12)"),
    ]
    first = found.values[0]
    assert (first["founded"], first["last_seen"], first["activity"], first["city"]) == (
        1991, 2024, "Food, agriculture and nutrition", "SAN FRANCISCO",
    )  # fmt: skip
    assert found.problems == []


def test_a_number_that_lost_its_zero_is_mended_and_a_wrong_one_noted(tmp_path: Path) -> None:
    header = (sample(SLUG).path.read_text().splitlines())[0]
    row = ",,1 X ST,OAKLAND,CA,94601,0,3,3,1000,199108,1,15,0,1,1,202406,6,7,1,0,6,0,0,0,K31,\n"
    text = f"{header}\n10000001,EXAMPLE ONE{row}1900000001,EXAMPLE TWO{row}"
    drafts = whole(written(tmp_path, text)).drafts()
    assert [one.values["tax_id"] for one in drafts if isinstance(one, Draft)] == ["010000001", "1900000001"]
    notes = [(note.code, note.facts["value"]) for one in drafts if isinstance(one, Draft) for note in one.problems]
    assert notes == [(NoteCode.BAD_IDENTIFIER, "1900000001")]


def test_the_person_in_whose_care_it_is_never_leaves_the_file(tmp_path: Path) -> None:
    lines = sample(SLUG).path.read_text().splitlines()
    found = whole(written(tmp_path, f"{lines[0]}\n{lines[1].replace('INC,,', 'INC,% JANE DOE,')}\n"))
    assert next(column for column in found.inspection.columns if column.name == "ICO").samples == ()
    assert not any("DOE" in str(one.values) for one in found.drafts() if isinstance(one, Draft))
