"""Claim an organisation, keep its entry, object, decide."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.people import throttle
from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.understand import queries
from rrr.understand.actions import claims as actions
from rrr.understand.actions import organisations
from rrr.understand.claim_forms import AnswerForm, ClaimForm, ObjectionForm, OwnForm
from rrr.understand.models import ClaimState
from rrr.understand.queries import claims
from rrr.understand.views.territories import seen


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """Say to speak for an organisation, or see what became of it."""
    user = signed_in(request)
    found = seen(request, territory)
    one = queries.organisation(found, slug, hidden=True)
    mine = claims.mine(user, one)
    if not mine:
        queries.organisation(found, slug, hidden=allowed(user, Permission.ORGANISATION_EDIT, found))  # a hidden one is not there to claim
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and not mine and form.is_valid():
        try:
            actions.ask(by=user, organisation=one, **form.cleaned_data)
            return redirect("understand:organisation_claim", found.slug, slug)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"territory": found, "organisation": one, "claim": mine, "form": form, "proof": "" if mine else claims.proof(user, one)}
    return render(request, "understand/claim.html", context)


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """What an organisation says of itself."""
    user = signed_in(request)
    found = seen(request, territory)
    one = queries.organisation(found, slug, hidden=True)
    if not allowed(user, Permission.ORGANISATION_SPEAK, found, one):
        raise PermissionDenied(_("Only those who speak for this organisation write its entry. Claim it on its page first."))
    form = OwnForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        fresh = queries.organisation(found, slug, hidden=True)  # the form has written its values on `one`
        try:
            organisations.speak(by=user, organisation=fresh, changes=form.changes(), visibility=form.cleaned_data["visibility"])
            messages.success(request, _("Saved. Later imports leave what you wrote as it is."))
            return redirect("understand:organisation", found.slug, slug)
        except ValidationError as error:
            form.add_error("visibility", error)
    return render(request, "understand/own.html", {"territory": found, "organisation": one, "form": form})


@require_POST
def leave(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    """Take one's own claim back."""
    user = signed_in(request)
    found = seen(request, territory)
    mine = claims.mine(user, queries.organisation(found, slug, hidden=True))
    if mine is None:
        raise Http404
    actions.end(by=user, claim=mine)
    messages.success(request, _("You no longer speak for this organisation."))
    return redirect("people:me")


@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, token: str) -> HttpResponse:
    """Reached by the link in a mail; needs no account. The link proves that the reader was told."""
    number = actions.claim_of(token)
    if number is None:
        raise Http404
    one = claims.claim(number)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if throttle.exceeded(request, action="claim.object", most=10, seconds=3600):
            form.add_error(None, _("Too many at once. Wait an hour and send it again."))
        else:
            user = request.user if request.user.is_authenticated else None
            try:
                actions.object_to(claim=one, by=user, **form.cleaned_data)
                return redirect("understand:claim_object", token)
            except ValidationError as error:
                form.add_error(None, error)
    objected = one.state == ClaimState.OBJECTED
    return render(
        request, "understand/claim_object.html", {"claim": one, "form": form, "objected": objected, "organisation": one.organisation}
    )


@require_GET
def claim_list(request: HttpRequest, territory: str) -> HttpResponse:
    require(request, Permission.CLAIM_CONFIRM, territory)
    found = queries.territory(territory, drafts=True)
    page = Paginator(claims.of_territory(found), 50).get_page(request.GET.get("page"))
    return render(request, "understand/claims.html", {"territory": found, "page": page})


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    require(request, Permission.CLAIM_CONFIRM, territory)
    found = queries.territory(territory, drafts=True)
    one = claims.claim(pk, territory)
    form = AnswerForm(request.POST or None, waits=one.state in (ClaimState.ASKED, ClaimState.OBJECTED))
    if request.method == "POST" and form.is_valid():
        answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
        try:
            if answer == "end":
                actions.end(by=signed_in(request), claim=one, reason=reason)
            else:
                actions.decide(by=signed_in(request), claim=one, yes=answer == "yes", reason=reason)
            messages.success(request, _("Decided. The person gets a mail."))
            return redirect("understand:claims", found.slug)
        except ValidationError as error:
            form.add_error(None, error)
    return render(
        request, "understand/claim_decide.html", {"territory": found, "claim": one, "form": form, "organisation": one.organisation}
    )
