"""Everything of one territory, asked for at the address of another by its coordinator: nothing is there, and nothing is changed."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from rrr.define.models import Stakeholder
from rrr.explore.models import ShortlistItem
from rrr.people.models import Membership
from rrr.understand.actions import organisations
from rrr.understand.models import LinkDecision, Organisation
from tests.factories import people, places, registers, thread
from tests.people import permission_table, world


@pytest.mark.slow
def test_no_object_is_reached_through_another_territory(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    made, names = world.build(), permission_table.url_names()
    lyon = places.territory("lyon", country="FR")
    client = Client(raise_request_exception=False)
    client.force_login(people.user(role="coordinator", territory=lyon), backend=settings.AUTHENTICATION_BACKENDS[0])
    reached = []
    for name, case in sorted(world.cases().items()):
        kwargs = dict(case.kwargs(made))
        if kwargs.get("territory") != "turin" or len(kwargs) < 2 or name not in names:
            continue  # the territory's own pages hold no foreign object
        url = reverse(name, kwargs={**kwargs, "territory": "lyon"})
        for method in ("get", "post"):
            with transaction.atomic():
                status = getattr(client, method)(url, dict(case.data) if method == "post" else {}).status_code
                transaction.set_rollback(True)
            if status not in (403, 404, 405):
                reached.append(f"{method.upper()} {name}: {status}")
    assert reached == []


@pytest.fixture
def lyon(db: None) -> Any:
    return places.territory("lyon", country="FR")


@pytest.fixture
def chief(lyon: Any) -> Client:
    client = Client()
    client.force_login(people.user(role="coordinator", territory=lyon), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _hidden(of: Any) -> Organisation:
    [made] = organisations.add(by=None, territory=of, drafts=[organisations.Draft({"name": "Refuge"})])
    return organisations.show(by=None, organisation=made, visibility="hidden", reason="at risk")


def test_no_organisation_of_another_territory_is_seated(lyon: Any, chief: Client) -> None:
    challenge, theirs = thread.challenge(lyon), _hidden(places.territory("turin"))
    chief.post(f"/territories/lyon/challenges/{challenge.slug}/table/", {"organisation": theirs.pk, "sector": "sse", "commitment": "leads"})
    assert not Stakeholder.objects.exists()


def test_no_organisation_of_another_territory_is_linked(lyon: Any, chief: Client) -> None:
    one, theirs = registers.compared(lyon, scope="all"), _hidden(places.territory("turin"))
    record = one.records.first()
    assert record is not None
    page = f"/territories/lyon/imports/{one.pk}/records/{record.pk}/"
    assert b"Refuge" not in chief.get(f"{page}?with={theirs.pk}").content
    chief.post(page, {"verdict": "same", "organisation": theirs.pk})
    assert not LinkDecision.objects.exists()


def test_no_challenge_of_another_territory_gets_a_shortlist(chief: Client) -> None:
    theirs, solution = thread.challenge(places.territory("turin"), state="draft", title="Unsaid"), thread.solution()
    assert b"Unsaid" not in chief.get(f"/solutions/{solution.slug}/shortlist/").content
    chief.post(f"/solutions/{solution.slug}/shortlist/", {"challenge": theirs.pk, "reason": "ours"})
    assert not ShortlistItem.objects.exists()


def test_nobody_of_elsewhere_is_put_into_a_group_or_given_a_role(lyon: Any, chief: Client) -> None:
    stranger = people.user("outside@example.org", role="member", territory=places.territory("turin"))
    group = people.group(lyon, people.user(role="member", territory=lyon))
    chief.post(f"/people/territories/lyon/groups/{group.pk}/members/", {"members": [stranger.pk]})
    assert stranger not in group.members.all()
    theirs = Membership.objects.get(user=stranger)
    assert chief.post(f"/people/territories/lyon/team/{theirs.pk}/", {"role": "observer"}).status_code == 404
    assert chief.post(f"/people/territories/lyon/team/{theirs.pk}/remove/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.role == "member"
