"""The Irish register: a workbook with a title line, forms in words, trustees left out."""

from __future__ import annotations

from rrr.records.register import NoteCode
from tests.connectors.reading import sample

SLUG = "ie_charities_register"


def test_the_sample_reads_as_its_columns_say() -> None:
    found = sample(SLUG)
    assert found.only("register_id", "kind", "legal_form", "tax_id", "country") == [
        ("20000001", "association", "Company limited by guarantee (CLG)", "100001", "IE"),
        ("20000002", "foundation", "Trust", None, "IE"),
        ("20000003", "association", "Association", None, "IE"),
    ]
    assert found.values[0]["activity"] == "Social services: Family services [Community]"
    assert found.values[0]["address"] == "1 Example Street, Dublin 1, D01 AA11, Ireland"


def test_the_title_is_passed_over_and_the_deregistered_counted() -> None:
    found = sample(SLUG).whole
    assert found.note(NoteCode.HEADER_BELOW_TITLE).facts == {"line": 2, "lines": 1}
    assert found.note(NoteCode.LEFT_OUT).facts == {"count": 1}
    assert (found.account.above, found.account.left_out, found.account.accepted) == (2, 1, 3)
