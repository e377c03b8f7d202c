"""Registers: list, upload, what was recognised, columns, which records belong here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.people.permissions import Permission, allowed, require, signed_in
from rrr.places.models import Territory
from rrr.understand import queries as organisations
from rrr.understand import sentences
from rrr.understand.actions import imports as actions
from rrr.understand.facts import guess_kind
from rrr.understand.forms import DELIMITERS, ColumnsForm, ReadAsForm, ScopeForm, UploadForm
from rrr.understand.models import ImportState, RegisterImport
from rrr.understand.queries import imports as queries
from rrr.understand.queries import queue


def opened(request: HttpRequest, territory: str, permission: Permission = Permission.REGISTER_IMPORT) -> Territory:
    """The territory, for people who may do this there, draft or not."""
    require(request, permission, territory)
    return organisations.territory(territory, drafts=True)


def go(one: RegisterImport) -> HttpResponse:
    return redirect("understand:import", one.territory.slug, one.pk)


def told(request: HttpRequest, error: ValidationError) -> None:
    messages.error(request, " ".join(error.messages))


@require_GET
def import_list(request: HttpRequest, territory: str) -> HttpResponse:
    found = opened(request, territory)
    page = Paginator(queries.imports(found), 25).get_page(request.GET.get("page"))
    may_decide = allowed(request.user, Permission.LINK_DECIDE, found)
    context = {
        "territory": found,
        "page": page,
        "sources": queries.sources(found),
        "may_decide": may_decide,
        "left": queue.waiting(found).count() if may_decide else 0,
    }
    return render(request, "understand/imports.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, territory: str) -> HttpResponse:
    found = opened(request, territory)
    start = {"source": request.GET.get("source", ""), "file_date": timezone.localdate()}
    form = UploadForm(request.POST or None, request.FILES or None, sources=list(queries.sources(found)), initial=start)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.upload(
                by=signed_in(request),
                territory=found,
                source=form.draft,
                chunks=file.chunks(),
                file_name=file.name or "",
                file_date=form.cleaned_data["file_date"],
            )
            return go(made)
        except ValidationError as error:
            form.add_error("file", error.messages)
    return render(request, "understand/import_new.html", {"territory": found, "form": form})


@require_GET
def show(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Where the import stands, and what comes next."""
    found = opened(request, territory)
    one = queries.register_import(found, pk)
    if one.state == ImportState.UPLOADED:
        return _columns_page(request, one)
    if one.state == ImportState.READ:
        return _scope_page(request, one)
    context = {
        **base(one),
        "tally": queries.tally(one),
        "may_publish": allowed(request.user, Permission.ORGANISATION_PUBLISH, found),
        "may_undo": allowed(request.user, Permission.REGISTER_UNDO, found) and queries.changes(one).exists(),
        "kept": [{**entry, "why": sentences.STAYS.get(entry["why"], entry["why"])} for entry in one.kept[:200]],
        "closed": queries.is_published(one),
    }
    return render(request, "understand/import_result.html", context)


def base(one: RegisterImport) -> dict[str, Any]:
    return {"territory": one.territory, "import": one, "steps": _steps(one), "job": one.job}


def _steps(one: RegisterImport) -> list[dict[str, Any]]:
    order = [ImportState.UPLOADED, ImportState.READ, ImportState.COMPARED, ImportState.PUBLISHED]
    at = order.index(ImportState.COMPARED if one.state == ImportState.UNDONE else ImportState(one.state))
    texts = [_("Columns named and file read"), _("Records of this place chosen and compared"), _("Doubtful ones decided, published")]
    return [{"text": text, "state": "done" if n < at else "now" if n == at else "todo"} for n, text in enumerate(texts)]


@require_POST
def read_as(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Correct how the file is read, and look at it again."""
    one = queries.register_import(opened(request, territory), pk)
    form = ReadAsForm(request.POST, sheets=one.inspection.get("sheets", []), registers=actions.registers())
    if not form.is_valid():
        return _columns_page(request, one, read_as=form)
    try:
        actions.read_as(by=signed_in(request), register_import=one, options=form.options)
    except ValidationError as error:
        told(request, error)
    return go(one)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Name the columns; then the file is read."""
    one = queries.register_import(opened(request, territory), pk)
    if request.method == "GET":
        return _columns_page(request, one)
    form = _columns_form(one, request.POST)
    if form.is_valid():
        try:
            actions.map_columns(by=signed_in(request), register_import=one, mapping=form.mapping)
            actions.ask(by=signed_in(request), register_import=one, kind="understand.read_register")
            return go(one)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return _columns_page(request, one, columns=form)


def _columns_form(one: RegisterImport, data: Any = None) -> ColumnsForm:
    return ColumnsForm(data, columns=one.inspection.get("columns", []), mapping=one.mapping, fields=actions.fields())


def _columns_page(
    request: HttpRequest, one: RegisterImport, *, columns: ColumnsForm | None = None, read_as: ReadAsForm | None = None
) -> HttpResponse:
    found = one.inspection
    chosen = {**one.options, "decimal_comma": {True: "yes", False: "no"}.get(one.options.get("decimal_comma"), "")}
    context = {
        **base(one),
        "found": found,
        "format_name": {"geojson": "GeoJSON"}.get(found.get("format", ""), str(found.get("format", "")).upper()),
        "parted_by": DELIMITERS.get(found.get("delimiter", ""), found.get("delimiter", "")),
        "register": found.get("register"),
        "fault": sentences.fault(found["fault"]) if "fault" in found else "",
        "notes": [sentences.note(entry) for entry in found.get("notes", [])],
        "taught": bool(one.source.mapping),
        "form": columns or _columns_form(one),
        "read_as": read_as or ReadAsForm(initial=chosen, sheets=found.get("sheets", []), registers=actions.registers()),
    }
    return render(request, "understand/import_columns.html", context)


@require_http_methods(["GET", "POST"])
def scope(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Choose which records belong here; then they are compared."""
    one = queries.register_import(opened(request, territory), pk)
    if request.method == "GET":
        return _scope_page(request, one)
    form = _scope_form(one, request.POST)
    if form.is_valid():
        try:
            actions.choose_scope(by=signed_in(request), register_import=one, scope=form.cleaned_data["scope"], kinds=form.kinds)
            actions.ask(by=signed_in(request), register_import=one, kind="understand.compare_register")
            return go(one)
        except ValidationError as error:
            form.add_error(None, error.messages)
    return _scope_page(request, one, form)


def _scope_form(one: RegisterImport, data: Any = None) -> ScopeForm:
    found, _more = queries.kind_words(one)
    words = [(entry.word, entry.number, one.kinds.get(entry.word, guess_kind(entry.word, one.territory.country))) for entry in found]
    numbers = queries.scope_numbers(one)
    start = one.scope if numbers.get(one.scope) else next((name for name, number in numbers.items() if number), one.scope)
    return ScopeForm(data, numbers=numbers, words=words, initial={"scope": one.scope if one.source.scope else start})


def _scope_page(request: HttpRequest, one: RegisterImport, form: ScopeForm | None = None) -> HttpResponse:
    found = queries.presences(one)
    context = {
        **base(one),
        "form": form or _scope_form(one),
        "presences": {**found, "unplaced": sum(found.get(part, 0) for part in ("city", "elsewhere", "nowhere"))},
        "more_words": queries.kind_words(one)[1],
        "rejected": queries.rejected(one).count(),
        "borderless": one.territory.boundary is None and one.territory.bbox is None,
        "limit": actions.COMPARE_AT_MOST,
    }
    return render(request, "understand/import_scope.html", context)
