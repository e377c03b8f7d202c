"""Each format has a README, a sample that is read whole, and tests; every code is in the reference page."""

from __future__ import annotations

from pathlib import Path

import pytest

import rrr.connectors
from rrr.connectors._front.found import formats
from rrr.records.register import FIELDS, NoteCode, Reason
from rrr.text.encoding import CHOICES
from tests.connectors.reading import whole

HERE = Path(rrr.connectors.__path__[0])
ROOT = HERE.parents[1]


@pytest.mark.parametrize("name", [one.name for one in formats()])
def test_a_format_brings_readme_sample_and_tests(name: str) -> None:
    assert (HERE / name / "README.md").is_file()
    assert list((ROOT / "tests/connectors" / name).glob("test_*.py"))
    for sample in HERE.glob(f"{name}/sample.*"):
        found = whole(sample)
        assert len(found.rows) == 3
        assert {"name", "city", "website"} <= set(found.guesses.values())
        assert found.rejected == []


def test_the_reference_page_lists_every_code_field_and_encoding() -> None:
    page = (ROOT / "docs/reference/register-files.md").read_text(encoding="utf-8")
    codes = [*map(str, Reason), *map(str, NoteCode), *filter(None, FIELDS), *CHOICES]
    assert [code for code in codes if f"`{code}`" not in page] == []
