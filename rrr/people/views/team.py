"""The team of a territory and invitations to it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.people import queries
from rrr.people.actions import invitations, memberships
from rrr.people.forms import InviteForm, RoleForm
from rrr.people.permissions import Permission, allowed, signed_in
from rrr.people.roles import ROLE_SENTENCES, TERRITORY_ROLES, Role
from rrr.people.views import here

INVITATION = "people_invitation"  # in the session, while the invited person signs up


@require_GET
def team(request: HttpRequest, territory: str) -> HttpResponse:
    found = here.territory(request, territory, Permission.TEAM_SEE)
    may_manage = allowed(request.user, Permission.TEAM_MANAGE, found)
    context = {
        "territory": found,
        "team": queries.team(territory),
        "may_manage": may_manage,
        "invitations": queries.open_invitations(territory) if may_manage else [],
        "roles": [(role.label, ROLE_SENTENCES[role]) for role in TERRITORY_ROLES],
    }
    return render(request, "people/team.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def invite(request: HttpRequest, territory: str) -> HttpResponse:
    """With an address: mail. Without: the link, shown this once."""
    found = here.territory(request, territory, Permission.TEAM_MANAGE)
    user = signed_in(request)
    form = InviteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/invite.html", {"territory": found, "form": form})
    made, secret = invitations.invite(territory=found, by=user, **form.cleaned_data)
    link = request.build_absolute_uri(reverse("people:accept", args=[secret]))
    if made.email and invitations.send(invitation=made, link=link, by=user):
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": made.email})
        return redirect("people:team", territory)
    return render(request, "people/invited.html", {"territory": found, "invitation": made, "link": link})


@require_POST
def withdraw(request: HttpRequest, territory: str, pk: uuid.UUID) -> HttpResponse:
    here.territory(request, territory, Permission.TEAM_MANAGE)
    invitations.withdraw(invitation=queries.invitation(territory, pk), by=signed_in(request))
    messages.success(request, _("The invitation no longer works."))
    return redirect("people:team", territory)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Change somebody's role."""
    found = here.territory(request, territory, Permission.TEAM_MANAGE)
    membership = queries.membership(territory, pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            memberships.grant(user=membership.user, territory=found, role=form.cleaned_data["role"], by=signed_in(request))
            messages.success(request, _("The role of %(person)s is changed.") % {"person": membership.user})
            return redirect("people:team", territory)
        except ValidationError as error:
            here.refuse(form, error)
    return render(request, "people/member.html", {"territory": found, "membership": membership, "form": form})


@require_POST
def remove(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    here.territory(request, territory, Permission.TEAM_MANAGE)
    membership = queries.membership(territory, pk)
    try:
        memberships.revoke(membership=membership, by=signed_in(request))
        messages.success(request, _("%(person)s no longer belongs to the team.") % {"person": membership.user})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("people:team", territory)


@require_http_methods(["GET", "POST"])
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites to what; one press takes the role. Strangers sign up first and come back here."""
    invitation = invitations.find(secret)
    if invitation is None or not invitation.usable:
        state = invitation.state if invitation else "unknown"
        return render(request, "people/invitation_gone.html", {"state": state, "invitation": invitation}, status=404)
    if request.method == "POST":
        user = signed_in(request)
        try:
            membership = invitations.accept(secret=secret, by=user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("people:accept", secret)
        request.session.pop(INVITATION, None)
        messages.success(request, _("Welcome to %(territory)s.") % {"territory": membership.territory})
        return redirect("people:team", membership.territory.slug)
    if not request.user.is_authenticated:
        request.session[INVITATION] = secret
    sentence = ROLE_SENTENCES[Role(invitation.role)]
    return render(request, "people/accept.html", {"invitation": invitation, "sentence": sentence, "secret": secret})
