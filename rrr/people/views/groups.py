"""Working groups of a territory."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.people import queries
from rrr.people.actions import groups as actions
from rrr.people.forms import GroupForm, GroupMembersForm
from rrr.people.models import WorkingGroup
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.people.views import here


@require_GET
def groups(request: HttpRequest, territory: str) -> HttpResponse:
    found = here.territory(request, territory, Permission.GROUP_SEE)
    context = {
        "territory": found,
        "groups": queries.groups(territory),
        "zone": found.time_zone,
        "may_manage": allowed(request.user, Permission.GROUP_MANAGE, found),
    }
    return render(request, "people/groups.html", context)


@require_GET
def group(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    found = queries.group(territory, pk)
    require(request, Permission.GROUP_SEE, territory, subject=found)
    user = request.user
    context = {
        "territory": found.territory,
        "group": found,
        "meetings": queries.meetings(found),
        "tasks": queries.tasks(found),
        "zone": found.territory.time_zone,
        "inside": queries.is_member(found, user),
        "may_work": allowed(user, Permission.GROUP_WORK, subject=found),
        "may_join": allowed(user, Permission.GROUP_JOIN, subject=found),
        "may_manage": allowed(user, Permission.GROUP_MANAGE, subject=found),
    }
    return render(request, "people/group.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, territory: str) -> HttpResponse:
    found = here.territory(request, territory, Permission.GROUP_MANAGE)
    return _form(request, WorkingGroup(territory=found))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    found = queries.group(territory, pk)
    require(request, Permission.GROUP_MANAGE, territory)
    return _form(request, found)


def _form(request: HttpRequest, group: WorkingGroup) -> HttpResponse:
    form = GroupForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        saved = actions.save(group=form.save(commit=False), by=signed_in(request))
        messages.success(request, _("The working group is saved."))
        return redirect("people:group", saved.territory.slug, saved.pk)
    return render(request, "people/group_form.html", {"territory": group.territory, "group": group, "form": form})


@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    found = queries.group(territory, pk)
    require(request, Permission.GROUP_MANAGE, territory)
    people = queries.team_people(territory)
    form = GroupMembersForm(request.POST or None, people=people, initial={"members": [one.pk for one in found.members.all()]})
    if request.method == "POST" and form.is_valid():
        actions.set_members(group=found, members=form.cleaned_data["members"], by=signed_in(request))
        messages.success(request, _("The members are saved."))
        return redirect("people:group", territory, pk)
    return render(request, "people/group_members.html", {"territory": found.territory, "group": found, "form": form})


@require_POST
def attend(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Join, or with leave=1 leave."""
    found = queries.group(territory, pk)
    user = signed_in(request)
    if request.POST.get("leave"):
        actions.leave(group=found, by=user)
        return redirect("people:me")
    require(request, Permission.GROUP_JOIN, territory)
    actions.join(group=found, by=user)
    return redirect("people:group", territory, pk)


@require_POST
def close(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    found = queries.group(territory, pk)
    require(request, Permission.GROUP_MANAGE, territory)
    actions.close(group=found, closed=not request.POST.get("reopen"), by=signed_in(request))
    return redirect("people:group", territory, pk)
