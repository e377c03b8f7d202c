"""Working groups: members, meetings in local time, minutes, tasks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from rrr.core import thread
from rrr.core.audit import history
from rrr.core.models import OutboxMessage
from rrr.people.models import Meeting, Task, User, WorkingGroup
from tests.factories import people

BASE = "/people/territories/turin/groups/"


def test_a_coordinator_opens_a_group_and_is_in_it(client: Client, turin: Any, coordinator: User) -> None:
    client.force_login(coordinator)
    client.post(f"{BASE}new/", {"name": "Housing", "purpose": "Homes"})
    group = WorkingGroup.objects.get()
    assert list(group.members.all()) == [coordinator]
    again = client.post(f"{BASE}new/", {"name": "HOUSING"}).content.decode()
    assert "already has a working group" in again


def test_a_member_joins_works_and_leaves(client: Client, turin: Any, coordinator: User, member: User) -> None:
    group = people.group(turin, coordinator)
    client.force_login(member)
    page = f"{BASE}{group.pk}/"
    assert client.get(f"{page}tasks/new/").status_code == 403
    client.post(f"{page}attend/")
    assert client.get(f"{page}tasks/new/").status_code == 200
    client.post(f"{page}attend/", {"leave": "1"})
    assert client.get(f"{page}tasks/new/").status_code == 403


def test_a_meeting_is_entered_in_local_time_and_stored_in_utc(client: Client, turin: Any, coordinator: User, member: User) -> None:
    group = people.group(turin, coordinator)
    group.members.add(member)
    client.force_login(coordinator)
    client.post(
        f"{BASE}{group.pk}/meetings/new/", {"title": "Start", "starts_at": "2027-06-01T14:00", "place": "Via Roma 1", "agenda": "- one"}
    )
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(2027, 6, 1, 12, 0, tzinfo=UTC)
    page = client.get(f"{BASE}{group.pk}/meetings/{meeting.pk}/").content.decode()
    assert "14:00 (Europe/Rome)" in page
    assert "<li>one</li>" in page
    assert 'value="2027-06-01T14:00"' in client.get(f"{BASE}{group.pk}/meetings/{meeting.pk}/edit/").content.decode()
    told = OutboxMessage.objects.get()
    assert (told.to, told.kind) == (member, "group")
    assert "Via Roma 1" in told.text


def test_a_time_that_does_not_exist_is_refused_with_a_sentence(client: Client, turin: Any, coordinator: User) -> None:
    group = people.group(turin, coordinator)
    client.force_login(coordinator)
    answer = client.post(f"{BASE}{group.pk}/meetings/new/", {"title": "Night", "starts_at": "2027-03-28T02:30"})
    assert answer.status_code == 200
    assert not Meeting.objects.exists()


def test_minutes_stay_in_the_group_until_they_are_made_public(client: Client, turin: Any, coordinator: User) -> None:
    group = people.group(turin, coordinator)
    meeting = people.meeting(group, coordinator, place="Secret room", agenda="Private")
    client.force_login(coordinator)
    page = f"{BASE}{group.pk}/meetings/{meeting.pk}/"
    client.post(f"{page}minutes/", {"minutes": "We **agreed**. <script>x</script>"})
    assert Client().get(page).status_code == 404
    client.post(f"{page}minutes/", {"minutes": "We **agreed**. <script>x</script>", "minutes_public": "on"})
    public = Client().get(page).content.decode()
    assert "<strong>agreed</strong>" in public
    assert "<script>x" not in public
    assert "Secret room" not in public
    assert "Private" not in public
    assert [row.action for row in history(meeting)] == ["groups.save_minutes", "groups.save_minutes", "groups.save_meeting"]


def test_public_minutes_show_on_the_page_of_the_territory(rf: Any, turin: Any, coordinator: User) -> None:
    group = people.group(turin, coordinator)
    request = rf.get("/")
    request.user = people.user()
    assert [panel for panel in thread.panels("territory", thread.Context(request, "turin")) if "people" in panel.template] == []
    people.meeting(group, coordinator, minutes="Agreed.", minutes_public=True)
    panels = [panel for panel in thread.panels("territory", thread.Context(request, "turin")) if "people" in panel.template]
    assert [meeting.title for meeting in panels[0].context["minutes"]] == ["First meeting"]


def test_tasks_are_given_to_members_and_ticked(client: Client, turin: Any, coordinator: User, member: User) -> None:
    group = people.group(turin, coordinator)
    client.force_login(coordinator)
    new = f"{BASE}{group.pk}/tasks/new/"
    assert client.post(new, {"title": "Call", "who": member.pk}).status_code == 200  # not in the group
    client.post(new, {"title": "Call", "who": coordinator.pk, "due": "2027-01-31"})
    task = Task.objects.get()
    assert (task.who, task.due) == (coordinator, date(2027, 1, 31))
    assert "Call" in client.get("/people/").content.decode()
    client.post(f"{BASE}{group.pk}/tasks/{task.pk}/tick/")
    task.refresh_from_db()
    assert task.done_at is not None
    client.post(f"{BASE}{group.pk}/tasks/{task.pk}/tick/", {"open": "1"})
    task.refresh_from_db()
    assert task.done_at is None


def test_a_group_is_reached_through_its_own_territory_only(client: Client, turin: Any, coordinator: User) -> None:
    from tests.factories import places

    bilbao = places.territory("bilbao")
    group = people.group(bilbao, people.user(role="coordinator", territory=bilbao))
    client.force_login(coordinator)
    assert client.get(f"{BASE}{group.pk}/").status_code == 404
    assert client.get(f"/people/territories/bilbao/groups/{group.pk}/").status_code == 403


def test_members_are_chosen_and_a_group_closes(client: Client, turin: Any, coordinator: User, member: User) -> None:
    group = people.group(turin, coordinator)
    client.force_login(coordinator)
    client.post(f"{BASE}{group.pk}/members/", {"members": [member.pk]})
    assert list(group.members.all()) == [member]
    client.post(f"{BASE}{group.pk}/close/")
    assert "This group is closed" in client.get(f"{BASE}{group.pk}/").content.decode()


def test_lists_cost_the_same_however_long(client: Client, turin: Any, coordinator: User, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        group = people.group(turin, coordinator, f"Group {number}")
        people.meeting(group, coordinator)
        people.task(group, coordinator, who=coordinator)
    client.force_login(coordinator)
    with django_assert_max_num_queries(12):
        client.get(BASE)
    with django_assert_max_num_queries(14):
        client.get(f"{BASE}{group.pk}/")
