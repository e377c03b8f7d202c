"""The extract of the Charity Commission: main registered charities only, tabs, plain quotes."""

from __future__ import annotations

from pathlib import Path

from rrr.records.register import NoteCode
from tests.connectors.reading import sample, whole, written

SLUG = "gb_charity_commission"


def test_registered_main_charities_are_read_and_the_others_counted() -> None:
    found = sample(SLUG)
    assert [(one["key"], one["register_id"], one["kind"], one["founded"]) for one in found.values] == [
        ("9000001", "1190001", "association", 2020),
        ("9000002", "200002", "foundation", 1962),
        ("9000003", "1100003", "association", 2004),
    ]
    account = found.whole.account
    assert (account.left_out, account.accepted, account.lines) == (2, 3, 6)
    assert found.whole.note(NoteCode.LEFT_OUT).facts == {"count": 2}
    assert found.whole.inspection.rows == 3


def test_a_row_is_whole() -> None:
    first = sample(SLUG).values[0]
    assert first["address"] == "EXAMPLE HOUSE, 1 EXAMPLE STREET, LONDON"
    assert first["website"] == "https://www.kitchen.example.org"
    assert first["activity"] == 'COOKS, EATS AND TEACHES "TOGETHER" IN THE EAST END'


def test_a_number_of_another_shape_is_noted(tmp_path: Path) -> None:
    text = sample(SLUG).path.read_text().replace("\t200002\t", "\t12\t")
    notes = [note for one in whole(written(tmp_path, text, "x.txt")).drafts() for note in getattr(one, "problems", ())]
    assert [(note.code, note.facts["value"], note.facts["check"]) for note in notes] == [(NoteCode.BAD_IDENTIFIER, "12", "gb_charity")]
