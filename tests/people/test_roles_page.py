"""The page of roles says what the table says."""

from __future__ import annotations

from tools import reference
from tools.pages import roles


def test_the_page_of_roles_is_up_to_date() -> None:
    path = reference.ROOT / "docs" / "reference" / roles.PATH
    assert path.read_text(encoding="utf-8") == roles.text(), "run ./dev docs"
