"""One's own page and profile."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core import thread
from rrr.people import queries
from rrr.people.actions import accounts, memberships
from rrr.people.adapter import remember_language
from rrr.people.forms import ProfileForm
from rrr.people.permissions import Permission, allowed, signed_in


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "memberships": queries.my_memberships(user),
        "programme_roles": queries.my_programme_roles(user),
        "bodies": queries.my_bodies(user),
        "groups": queries.my_groups(user),
        "tasks": queries.my_open_tasks(user),
        "panels": thread.panels("me", thread.Context(request)),
        "may_manage": allowed(user, Permission.PROGRAMME_MANAGE),
        "may_answer": allowed(user, Permission.REPORTS_HANDLE),
    }
    return render(request, "people/me.html", context)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        accounts.change_profile(user=form.save(commit=False), by=user)
        with override(user.language):
            messages.success(request, _("Your profile is saved."))
        response = redirect("people:me")
        remember_language(response, user.language)
        return response
    return render(request, "people/profile.html", {"form": form})


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up one's own role in a territory."""
    user = signed_in(request)
    membership = queries.my_membership(user, pk)
    try:
        memberships.revoke(membership=membership, by=user, reason="left")
        messages.success(request, _("You have left %(territory)s.") % {"territory": membership.territory})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("people:me")
