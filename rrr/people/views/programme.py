"""Who has a role in the whole programme."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rrr.people import queries
from rrr.people.actions import memberships
from rrr.people.forms import ProgrammeRoleForm
from rrr.people.permissions import Permission, require, signed_in
from rrr.people.roles import PROGRAMME_ROLES, ROLE_SENTENCES


@require_http_methods(["GET", "POST"])
def programme(request: HttpRequest) -> HttpResponse:
    require(request, Permission.PROGRAMME_MANAGE)
    form = ProgrammeRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = queries.person_by_email(form.cleaned_data["email"])
        if person:
            memberships.grant_programme(user=person, role=form.cleaned_data["role"], by=signed_in(request))
            messages.success(request, _("%(person)s has the role now.") % {"person": person})
            return redirect("people:programme")
        form.add_error("email", _("No account has this address. Ask the person to sign up first, then give the role."))
    context = {
        "form": form,
        "held": queries.programme_roles(),
        "roles": [(role.label, ROLE_SENTENCES[role]) for role in PROGRAMME_ROLES],
    }
    return render(request, "people/programme.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, Permission.PROGRAMME_MANAGE)
    held = queries.programme_role(pk)
    try:
        memberships.revoke_programme(programme_role=held, by=signed_in(request))
        messages.success(request, _("%(person)s no longer has the role.") % {"person": held.user})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("people:programme")
