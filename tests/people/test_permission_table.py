"""No page without a declared answer to every kind of person, and no answer but the declared one."""

from __future__ import annotations

import logging
import os

import pytest

from tests.people import permission_table, world


def test_every_address_is_declared() -> None:
    assert permission_table.undeclared(world.cases()) == []


@pytest.mark.slow
def test_every_page_answers_each_person_as_declared(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django")  # every refusal would be a line
    cases = world.cases()
    rows = permission_table.ask(cases, world.build())
    assert permission_table.differences(cases, rows) == []
    made = permission_table.text(rows)
    if os.environ.get("RRR_WRITE_PERMISSIONS"):
        permission_table.PAGE.parent.mkdir(parents=True, exist_ok=True)
        permission_table.PAGE.write_text(made, encoding="utf-8")
    assert permission_table.PAGE.read_text(encoding="utf-8") == made, (
        "docs/reference/permissions.md is out of date: run RRR_WRITE_PERMISSIONS=1 python -m pytest tests/people/test_permission_table.py"
    )
