"""Meetings, minutes and tasks of a working group. Times are entered and shown in the zone of the territory."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.people import queries
from rrr.people.actions import groups as actions
from rrr.people.forms import MeetingForm, MinutesForm, TaskForm
from rrr.people.models import Meeting, Task, WorkingGroup
from rrr.people.permissions import Permission, allowed, require, signed_in


def _working(request: HttpRequest, territory: str, pk: int) -> WorkingGroup:
    """The group, if the reader works in it."""
    found = queries.group(territory, pk)
    require(request, Permission.GROUP_WORK, territory, subject=found)
    return found


@require_GET
def meeting(request: HttpRequest, territory: str, pk: int, meeting: int) -> HttpResponse:
    """For the group; for everybody once its minutes are public."""
    group = queries.group(territory, pk)
    inside = allowed(request.user, Permission.GROUP_WORK, territory, group)
    drafts = allowed(request.user, Permission.TERRITORY_SEE_DRAFT, territory)
    found = queries.visible_meeting(group, meeting, inside=inside, drafts=drafts)
    context = {"territory": group.territory, "group": group, "meeting": found, "zone": group.territory.time_zone, "inside": inside}
    return render(request, "people/meeting.html", context)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    return _meeting_form(request, Meeting(group=_working(request, territory, pk)))


@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, territory: str, pk: int, meeting: int) -> HttpResponse:
    return _meeting_form(request, queries.meeting(_working(request, territory, pk), meeting))


def _meeting_form(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    group = meeting.group
    zone = group.territory.time_zone
    with timezone.override(zone):
        form = MeetingForm(request.POST or None, instance=meeting, zone=zone)
        if request.method == "POST" and form.is_valid():
            saved = actions.save_meeting(meeting=form.save(commit=False), by=signed_in(request))
            messages.success(request, _("The meeting is saved."))
            return redirect("people:meeting", group.territory.slug, group.pk, saved.pk)
        return render(request, "people/meeting_form.html", {"territory": group.territory, "group": group, "meeting": meeting, "form": form})


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, territory: str, pk: int, meeting: int) -> HttpResponse:
    group = _working(request, territory, pk)
    found = queries.meeting(group, meeting)
    form = MinutesForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_minutes(meeting=form.save(commit=False), by=signed_in(request))
        messages.success(request, _("The minutes are saved."))
        return redirect("people:meeting", territory, pk, meeting)
    return render(request, "people/minutes_form.html", {"territory": group.territory, "group": group, "meeting": found, "form": form})


@require_http_methods(["GET", "POST"])
def task_new(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    return _task_form(request, Task(group=_working(request, territory, pk)))


@require_http_methods(["GET", "POST"])
def task_edit(request: HttpRequest, territory: str, pk: int, task: int) -> HttpResponse:
    return _task_form(request, queries.task(_working(request, territory, pk), task))


def _task_form(request: HttpRequest, task: Task) -> HttpResponse:
    group = task.group
    form = TaskForm(request.POST or None, instance=task, people=group.members.all())
    if request.method == "POST" and form.is_valid():
        actions.save_task(task=form.save(commit=False), by=signed_in(request))
        messages.success(request, _("The task is saved."))
        return redirect("people:group", group.territory.slug, group.pk)
    return render(request, "people/task_form.html", {"territory": group.territory, "group": group, "task": task, "form": form})


@require_POST
def task_tick(request: HttpRequest, territory: str, pk: int, task: int) -> HttpResponse:
    """Done, or with open=1 open again."""
    group = _working(request, territory, pk)
    actions.tick_task(task=queries.task(group, task), done=not request.POST.get("open"), by=signed_in(request))
    return redirect("people:group", territory, pk)
