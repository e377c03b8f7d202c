"""One territory, and people in it."""

from __future__ import annotations

from typing import Any

import pytest

from rrr.people.models import User
from tests.factories import people, places


@pytest.fixture
def turin(db: None) -> Any:
    return places.territory("turin")


@pytest.fixture
def coordinator(turin: Any) -> User:
    return people.user("coordinator@example.org", role="coordinator", territory=turin, name="Ada")


@pytest.fixture
def member(turin: Any) -> User:
    return people.user("member@example.org", role="member", territory=turin, name="Bo")


@pytest.fixture
def manager(db: None) -> User:
    return people.user("manager@example.org", role="manager", name="Mia")
