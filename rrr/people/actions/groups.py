"""Working groups, their meetings, tasks and minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rrr.core import audit, outbox
from rrr.people.models import Meeting, Task, User, WorkingGroup

GROUP = ("name", "purpose")
MEETING = ("title", "starts_at", "place", "agenda")
MINUTES = ("minutes", "minutes_public")
TASK = ("title", "who_id", "due")


@transaction.atomic
def save(*, group: WorkingGroup, by: User) -> WorkingGroup:
    """Open a group (its opener becomes a member) or change its name and purpose."""
    before = audit.snapshot(WorkingGroup.objects.get(pk=group.pk), *GROUP) if group.pk else None
    group.save()
    if before is None:
        group.members.add(by)
    _record("groups.open" if before is None else "groups.change", group, group, by, before, audit.snapshot(group, *GROUP))
    return group


@transaction.atomic
def close(*, group: WorkingGroup, closed: bool, by: User) -> None:
    """A closed group keeps its minutes; it can be opened again."""
    group.closed_at = timezone.now() if closed else None
    group.save(update_fields=["closed_at", "updated_at"])
    _record("groups.close" if closed else "groups.reopen", group, group, by, None, {"closed": closed})


@transaction.atomic
def set_members(*, group: WorkingGroup, members: Iterable[User], by: User) -> None:
    before = {"members": sorted(group.members.values_list("pk", flat=True))}
    group.members.set(members)
    after = {"members": sorted(group.members.values_list("pk", flat=True))}
    if after != before:
        _record("groups.set_members", group, group, by, before, after)


@transaction.atomic
def join(*, group: WorkingGroup, by: User) -> None:
    group.members.add(by)
    _record("groups.join", group, group, by, None, {"user": by.pk})


@transaction.atomic
def leave(*, group: WorkingGroup, by: User) -> None:
    group.members.remove(by)
    _record("groups.leave", group, group, by, {"user": by.pk}, None)


@transaction.atomic
def save_meeting(*, meeting: Meeting, by: User) -> Meeting:
    before = audit.snapshot(Meeting.objects.get(pk=meeting.pk), *MEETING) if meeting.pk else None
    meeting.save()
    after = audit.snapshot(meeting, *MEETING)
    _record("groups.save_meeting", meeting.group, meeting, by, before, after)
    if before is None or before["starts_at"] != after["starts_at"] or before["place"] != after["place"]:
        _tell_members(meeting, by)
    return meeting


def _tell_members(meeting: Meeting, by: User) -> None:
    """When and where, in each member's language; the time is that of the territory."""
    group = meeting.group
    zone = ZoneInfo(group.territory.time_zone)
    url = reverse("people:meeting", args=[group.territory.slug, group.pk, meeting.pk])
    for person in group.members.filter(is_active=True).exclude(pk=by.pk):
        with translation.override(person.language):
            time = date_format(timezone.localtime(meeting.starts_at, zone), "DATETIME_FORMAT")
            words = {
                "title": meeting.title,
                "group": group.name,
                "time": time,
                "zone": zone.key,
                "place": meeting.place or _("not said yet"),
            }
            subject = _("%(group)s meets: %(title)s") % words
            text = _("When: %(time)s (%(zone)s)\nWhere: %(place)s") % words
            outbox.queue(to=person, kind="group", subject=subject[:300], text=text, url=url, link_label=_("See the meeting"))


@transaction.atomic
def save_minutes(*, meeting: Meeting, by: User) -> Meeting:
    before = audit.snapshot(Meeting.objects.get(pk=meeting.pk), *MINUTES)
    meeting.save(update_fields=[*MINUTES, "updated_at"])
    _record("groups.save_minutes", meeting.group, meeting, by, before, audit.snapshot(meeting, *MINUTES))
    return meeting


@transaction.atomic
def save_task(*, task: Task, by: User) -> Task:
    before = audit.snapshot(Task.objects.get(pk=task.pk), *TASK) if task.pk else None
    task.save()
    _record("groups.save_task", task.group, task, by, before, audit.snapshot(task, *TASK))
    return task


@transaction.atomic
def tick_task(*, task: Task, done: bool, by: User) -> None:
    before = audit.snapshot(task, "done_at")
    task.done_at = timezone.now() if done else None
    task.save(update_fields=["done_at", "updated_at"])
    _record("groups.tick_task", task.group, task, by, before, audit.snapshot(task, "done_at"))


def _record(
    action: str,
    group: WorkingGroup,
    subject: WorkingGroup | Meeting | Task,
    by: User,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> None:
    audit.record(by=by, action=action, subject=subject, before=before, after=after, territory=group.territory.slug)
