"""Evidence cards, and who is at the table."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rrr.define import bridge, queries
from rrr.define.actions import evidence as actions
from rrr.define.actions import stakeholders
from rrr.define.forms import DocumentForm, IndicatorForm, QuoteForm, RemoveForm, StakeholderForm
from rrr.define.models import Challenge
from rrr.define.views import here
from rrr.people.permissions import Permission, require, signed_in
from rrr.places import queries as places


def _asked(request: HttpRequest, permission: Permission, territory: str, slug: str) -> Challenge:
    require(request, permission, territory)
    return here.challenge(request, territory, slug)


def _page(request: HttpRequest, found: Challenge, kind: str, form: Form) -> HttpResponse:
    return render(request, "define/evidence_form.html", {"territory": found.territory, "challenge": found, "kind": kind, "form": form})


@require_GET
def choose(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = _asked(request, Permission.EVIDENCE_ADD, territory, slug)
    return render(request, "define/evidence_choose.html", {"territory": found.territory, "challenge": found})


@require_http_methods(["GET", "POST"])
def indicator(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = _asked(request, Permission.EVIDENCE_ADD, territory, slug)
    country = found.territory.country if found.territory else ""
    form = IndicatorForm(request.POST or None, indicators=places.indicators(country=country), initial={"language": found.language})
    if request.method == "POST" and form.is_valid():
        actions.add_indicator(by=signed_in(request), challenge=found, **form.cleaned_data)
        messages.success(request, _("The card is there. It keeps these figures, even when the series is revised."))
        return redirect(found)
    return _page(request, found, "indicator", form)


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = _asked(request, Permission.EVIDENCE_ADD, territory, slug)
    form = DocumentForm(request.POST or None, initial={"language": found.language})
    if request.method == "POST" and form.is_valid():
        actions.add(by=signed_in(request), challenge=found, kind="document", values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(found)
    return _page(request, found, "document", form)


@require_http_methods(["GET", "POST"])
def quote(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = _asked(request, Permission.EVIDENCE_ADD, territory, slug)
    form = QuoteForm(request.POST or None, initial={"language": found.language})
    if request.method == "POST" and form.is_valid():
        actions.add(by=signed_in(request), challenge=found, kind="quote", values=form.values())
        messages.success(request, _("Saved."))
        return redirect(found)
    return _page(request, found, "quote", form)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    found = _asked(request, Permission.CHALLENGE_EDIT, territory, slug)
    card = queries.card(found, pk)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove(by=signed_in(request), evidence=card, reason=form.cleaned_data["reason"])
        messages.success(request, _("The card is gone."))
        return redirect(found)
    return render(request, "define/evidence_remove.html", {"territory": found.territory, "challenge": found, "card": card, "form": form})


@require_GET
def series(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    """The values an indicator card was computed from, as the `rrr shock` command reads them."""
    card = queries.card(here.challenge(request, territory, slug), pk)
    if not card.figures:
        raise Http404
    name = f"{card.figures['indicator']}-{card.figures['country'].lower()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bridge.series_file(card.figures["series"]), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, territory: str, slug: str) -> HttpResponse:
    found = _asked(request, Permission.CHALLENGE_EDIT, territory, slug)
    form = StakeholderForm(request.POST or None, territory=found.territory)
    if request.method == "POST" and form.is_valid():
        try:
            stakeholders.seat(by=signed_in(request), challenge=found, values=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return render(request, "define/stakeholder_form.html", {"territory": found.territory, "challenge": found, "form": form})


@require_http_methods(["POST"])
def leave(request: HttpRequest, territory: str, slug: str, pk: int) -> HttpResponse:
    found = _asked(request, Permission.CHALLENGE_EDIT, territory, slug)
    stakeholders.leave(by=signed_in(request), stakeholder=queries.seat(found, pk))
    messages.success(request, _("Taken off the table."))
    return redirect(found)
