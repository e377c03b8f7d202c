"""Reads about people. The territory model is looked up by name: places and people do not import each other."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from rrr.people.models import Body, ContentReport, InstancePage, Invitation, Meeting, Membership, ProgrammeRole, Task, User, WorkingGroup


def territory(slug: str) -> Any:
    return get_object_or_404(apps.get_model("places", "Territory"), slug=slug)


def person_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def my_memberships(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user).select_related("territory").order_by("territory__name")


def team(slug: str) -> QuerySet[Membership]:
    return Membership.objects.filter(territory__slug=slug).select_related("user").order_by("role", "user__name")


def membership(slug: str, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user", "territory"), pk=pk, territory__slug=slug)


def open_invitations(slug: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(territory__slug=slug, withdrawn_at=None, uses_left__gt=0).select_related("by")


def invitation(slug: str, pk: Any) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("territory"), pk=pk, territory__slug=slug)


def programme_roles() -> QuerySet[ProgrammeRole]:
    return ProgrammeRole.objects.select_related("user").order_by("role", "user__name")


def programme_role(pk: int) -> ProgrammeRole:
    return get_object_or_404(ProgrammeRole.objects.select_related("user"), pk=pk)


def my_bodies(user: User) -> QuerySet[Body]:
    return Body.objects.filter(members__user=user).order_by("name")


def bodies() -> QuerySet[Body]:
    return Body.objects.select_related("territory").annotate(people=Count("members")).order_by("name")


def body(pk: int) -> Body:
    return get_object_or_404(Body.objects.prefetch_related("members__user"), pk=pk)


def groups(slug: str) -> QuerySet[WorkingGroup]:
    return WorkingGroup.objects.filter(territory__slug=slug).annotate(people=Count("members", distinct=True)).order_by("closed_at", "name")


def group(slug: str, pk: int) -> WorkingGroup:
    return get_object_or_404(WorkingGroup.objects.select_related("territory").prefetch_related("members"), pk=pk, territory__slug=slug)


def meeting(group: WorkingGroup, pk: int) -> Meeting:
    return get_object_or_404(Meeting, pk=pk, group=group)


def task(group: WorkingGroup, pk: int) -> Task:
    return get_object_or_404(Task, pk=pk, group=group)


def public_minutes(slug: str) -> QuerySet[Meeting]:
    return Meeting.objects.filter(group__territory__slug=slug, minutes_public=True).exclude(minutes="").select_related("group")


def instance_page(slug: str, language: str) -> InstancePage | None:
    """The page in the reader's language, else in English, else none has been written here."""
    found = {page.language: page for page in InstancePage.objects.filter(slug=slug, language__in=[language, "en"])}
    return found.get(language) or found.get("en")


def reports() -> QuerySet[ContentReport]:
    return ContentReport.objects.all()


def report(pk: int) -> ContentReport:
    return get_object_or_404(ContentReport, pk=pk)


def is_member(group: WorkingGroup, user: Any) -> bool:
    return any(member.pk == user.pk for member in group.members.all())


def visible_meeting(group: WorkingGroup, pk: int, *, inside: bool) -> Meeting:
    """A meeting for its group, or, once its minutes are public, for everybody."""
    found = meeting(group, pk)
    if not inside and not (found.minutes_public and found.minutes):
        raise Http404
    return found
