"""One territory with one open challenge, and people in it."""

from __future__ import annotations

from typing import Any

import pytest

from rrr.define.models import Challenge, Poll
from rrr.people.models import User
from tests.factories import define, people, places, thread


@pytest.fixture
def turin(db: None) -> Any:
    return places.territory("turin")


@pytest.fixture
def challenge(turin: Any) -> Challenge:
    return thread.challenge(turin, slug="first-jobs", title="First jobs")


@pytest.fixture
def poll(challenge: Challenge) -> Poll:
    return define.poll(challenge)


@pytest.fixture
def coordinator(turin: Any) -> User:
    return people.user("coordinator@example.org", role="coordinator", territory=turin, name="Ada")


@pytest.fixture
def member(turin: Any) -> User:
    return people.user("member@example.org", role="member", territory=turin, name="Bo")
