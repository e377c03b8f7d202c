"""Bodies people act for."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.people import queries
from rrr.people.actions import bodies as actions
from rrr.people.forms import BodyForm, BodySearchForm
from rrr.people.models import Body
from rrr.people.permissions import Permission, allowed, require, signed_in

PAGE = 50


@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    signed_in(request)
    form = BodySearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "kind": ""}
    page = Paginator(queries.bodies(asked["q"], asked["kind"]), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/bodies.html", {"page": page, "form": form})


@require_GET
def body(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = queries.body(pk)
    members = queries.body_members(found)
    context = {
        "body": found,
        "members": members,
        "mine": next((member for member in members if member.user_id == user.pk), None),
        "may_manage": allowed(user, Permission.BODY_MANAGE, subject=found),
    }
    return render(request, "people/body.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require(request, Permission.BODY_CREATE)
    return _form(request, Body(), _("The body is entered and you are its first member."))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.body(pk)
    require(request, Permission.BODY_MANAGE, subject=found)
    return _form(request, found, _("The entry is saved."))


def _form(request: HttpRequest, body: Body, done: str) -> HttpResponse:
    form = BodyForm(request.POST or None, instance=body, territories=queries.published_territories())
    if request.method == "POST" and form.is_valid():
        saved = actions.save(body=form.save(commit=False), by=signed_in(request))
        messages.success(request, done)
        return redirect("people:body", saved.pk)
    return render(request, "people/body_form.html", {"form": form, "body": body})


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    actions.join(body=queries.body(pk), by=user, position=request.POST.get("position", "")[:100])
    messages.success(request, _("You are entered. Somebody of this body, or a programme manager, confirms it."))
    return redirect("people:body", pk)


@require_POST
def confirm(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    found = queries.body(pk)
    require(request, Permission.BODY_MANAGE, subject=found)
    actions.confirm(member=queries.body_member(found, member), by=signed_in(request))
    return redirect("people:body", pk)


@require_POST
def leave(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Oneself, or, for those who keep the entry, anybody."""
    user = signed_in(request)
    found = queries.body(pk)
    which = queries.body_member(found, member)
    if which.user_id != user.pk:
        require(request, Permission.BODY_MANAGE, subject=found)
    actions.leave(member=which, by=user)
    return redirect("people:body", pk)
