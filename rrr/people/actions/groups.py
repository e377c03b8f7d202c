"""Working groups, their meetings, tasks and minutes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from rrr.core import audit
from rrr.people.models import Meeting, Task, User, WorkingGroup


@transaction.atomic
def save(*, group: WorkingGroup, by: User) -> WorkingGroup:
    """Open a group (its opener becomes a member) or change its name and purpose."""
    created = group.pk is None
    group.save()
    if created:
        group.members.add(by)
    audit.record(
        by=by,
        action="groups.open" if created else "groups.change",
        subject=group,
        after=audit.snapshot(group),
        territory=group.territory.slug,
    )
    return group


@transaction.atomic
def join(*, group: WorkingGroup, by: User) -> None:
    group.members.add(by)
    audit.record(by=by, action="groups.join", subject=group, territory=group.territory.slug)


@transaction.atomic
def leave(*, group: WorkingGroup, by: User) -> None:
    group.members.remove(by)
    audit.record(by=by, action="groups.leave", subject=group, territory=group.territory.slug)


@transaction.atomic
def save_meeting(*, meeting: Meeting, by: User) -> Meeting:
    before = audit.snapshot(Meeting.objects.get(pk=meeting.pk)) if meeting.pk else None
    meeting.save()
    audit.record(
        by=by,
        action="groups.save_meeting",
        subject=meeting,
        before=before,
        after=audit.snapshot(meeting),
        territory=meeting.group.territory.slug,
    )
    return meeting


@transaction.atomic
def save_task(*, task: Task, by: User) -> Task:
    task.save()
    audit.record(by=by, action="groups.save_task", subject=task, after=audit.snapshot(task), territory=task.group.territory.slug)
    return task


@transaction.atomic
def tick_task(*, task: Task, done: bool, by: User) -> Any:
    task.done_at = timezone.now() if done else None
    task.save(update_fields=["done_at", "updated_at"])
    audit.record(by=by, action="groups.tick_task", subject=task, after={"done": done}, territory=task.group.territory.slug)
