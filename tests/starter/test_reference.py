"""The reference page names every file and column there is, and no other."""

from __future__ import annotations

import json
import re

import pytest

from rrr.places import content
from tests.starter.test_content import ROOT

PAGE = (ROOT.parent / "docs" / "reference" / "starter.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", content.TABLES)
def test_every_column_is_described(name: str) -> None:
    schema = json.loads((ROOT / "schema" / name.replace(".csv", ".json")).read_text(encoding="utf-8"))
    section = PAGE.split(f"### `{name}`")[1].split("\n##")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(schema["properties"])


def test_counts_in_the_readme_are_those_of_the_files() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, count in re.findall(r"^\| `([\w.]+)` \|.*\| (\d+) \|$", readme, re.MULTILINE):
        found = content.territories(ROOT) if name == content.TERRITORIES else content.rows(ROOT, name)
        assert len(found) == int(count), name
