"""The records of an import: lists, refused rows, decisions, publishing, undoing."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rrr.core.tables import Echo, safe_cell
from rrr.people.permissions import Permission, signed_in
from rrr.understand import comparison, sentences
from rrr.understand.actions import imports as actions
from rrr.understand.forms import DecisionForm
from rrr.understand.models import Group, RegisterImport, RegisterRecord, RejectedRow, Verdict
from rrr.understand.queries import imports as queries
from rrr.understand.queries import queue
from rrr.understand.views.imports import base, go, opened, told


@require_GET
def record_list(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    one = queries.register_import(opened(request, territory), pk)
    group = request.GET.get("group", Group.NEW)
    group = group if group in Group.values else Group.NEW.value
    page = Paginator(queries.records(one, group), 50).get_page(request.GET.get("page"))
    shown = [{"record": record, "place": comparison.place(record.values)} for record in page]
    context = {**base(one), "page": page, "shown": shown, "group": group, "label": Group(group).label, "groups": Group.choices[1:]}
    return render(request, "understand/import_records.html", context)


@require_GET
def rejected(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    one = queries.register_import(opened(request, territory), pk)
    page = Paginator(queries.rejected(one), 50).get_page(request.GET.get("page"))
    rows = [{"line": row.line, "text": row.text, "why": sentences.refusal(row.reason, row.facts)} for row in page]
    return render(request, "understand/import_rejected.html", {**base(one), "page": page, "rows": rows})


@require_GET
def rejected_csv(request: HttpRequest, territory: str, pk: int) -> StreamingHttpResponse:
    """The refused rows with their reasons, to mend them and import them again."""
    one = queries.register_import(opened(request, territory), pk)
    response = StreamingHttpResponse(_lines(queries.rejected(one).iterator(2000)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rrr-import-{one.pk}-rejected.csv"'
    return response


def _lines(rows: Iterator[RejectedRow]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"  # spreadsheets take the file for UTF-8 only with this mark
    yield writer.writerow([_("Line"), _("Reason"), _("Original text")])
    for row in rows:
        yield writer.writerow([row.line, safe_cell(sentences.refusal(row.reason, row.facts)), safe_cell(row.text)])


@require_GET
def review(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """The next doubtful record, or back to the import when none is left."""
    one = queries.register_import(opened(request, territory, Permission.LINK_DECIDE), pk)
    found = queries.next_doubtful(one)
    if found is None:
        messages.success(request, _("No doubtful record is left."))
        return go(one)
    return redirect("understand:import_record", territory, pk, found.pk)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, territory: str, pk: int, record: int) -> HttpResponse:
    """One record beside the organisation it may be, and the decision about it."""
    one = queries.register_import(opened(request, territory, Permission.LINK_DECIDE), pk)
    found = queries.record(one, record)
    if request.method == "POST":
        return _decide(request, one, found)
    near = queries.candidates(found)
    wanted = request.GET.get("with", str(found.organisation_id or ""))
    chosen = next((pair for pair in near if str(pair[0].pk) == wanted), near[0] if near else None)
    shown = chosen and comparison.compared(found.values, queries.known_values(chosen[0]), chosen[1], one.kinds, one.territory.country)
    tally, queued = queries.tally(one), "queue" in request.GET
    following = queue.following(one.territory, found) if queued else queries.next_doubtful(one, found)
    context = {
        **base(one),
        "record": found,
        "place": comparison.place(found.values),
        "problems": [sentences.note(entry) for entry in found.problems],
        "other": chosen[0] if chosen else found.organisation,
        "compared": shown,
        "near": near,
        "decided": tally["decided"],
        "doubtful": tally["decided"] + tally[Group.DOUBTFUL],
        "following": following if following and following.pk != found.pk else None,
        "last": queue.last_decision(one.territory, request.user) if queued else queries.last_decision(one, request.user),
        "queued": queued,
        "left": queue.waiting(one.territory).count() if queued else None,
    }
    return render(request, "understand/import_record.html", context)


def _decide(request: HttpRequest, one: RegisterImport, found: RegisterRecord) -> HttpResponse:
    form, queued = DecisionForm(request.POST), "queue" in request.GET
    if not form.is_valid():
        messages.error(request, _("Nothing was decided. Choose one of the buttons."))
        return to(found, queued)
    given = form.cleaned_data
    following = queue.following(one.territory, found) if queued else queries.next_doubtful(one, found)
    organisation = queries.organisation_of(one, given["organisation"])
    try:
        actions.decide(by=signed_in(request), record=found, verdict=given["verdict"], organisation=organisation, reason=given["reason"])
    except ValidationError as error:
        told(request, error)
        return to(found, queued)
    if given["verdict"] == Verdict.OPEN:
        return to(found, queued)
    if following is None or following.pk == found.pk:
        return redirect("understand:queue", one.territory.slug) if queued else go(one)
    return to(following, queued)


def to(record: RegisterRecord, queued: bool) -> HttpResponse:
    """The page of a record, in the queue of its import or in that of the whole territory."""
    one = record.register_import
    url = reverse("understand:import_record", args=[one.territory.slug, one.pk, record.pk])
    return redirect(f"{url}?queue=1" if queued else url)


@require_GET
def work_queue(request: HttpRequest, territory: str) -> HttpResponse:
    """Doubtful records of all imports, the most telling first."""
    found = opened(request, territory, Permission.LINK_DECIDE)
    page = Paginator(queue.queue(found), 25).get_page(request.GET.get("page"))
    return render(request, "understand/queue.html", {"territory": found, "page": page})


@require_POST
def decide_obvious(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    one = queries.register_import(opened(request, territory, Permission.LINK_DECIDE), pk)
    verdict = Verdict.SAME if request.POST.get("verdict") == Verdict.SAME else Verdict.NEW
    try:
        number = actions.decide_obvious(by=signed_in(request), register_import=one, verdict=verdict)
        messages.success(request, _("%(number)s records decided. Each can be opened again from its list.") % {"number": number})
    except ValidationError as error:
        told(request, error)
    return go(one)


@require_POST
def reopen(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    """Open again what this person decided last."""
    one = queries.register_import(opened(request, territory, Permission.LINK_DECIDE), pk)
    try:
        found = actions.reopen_last(by=signed_in(request), register_import=one)
    except ValidationError as error:
        told(request, error)
        return go(one)
    return to(found, "queue" in request.POST) if found else go(one)


@require_POST
def publish(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    one = queries.register_import(opened(request, territory, Permission.ORGANISATION_PUBLISH), pk)
    try:
        job = actions.publish_or_ask(by=signed_in(request), register_import=one)
        if job is None:
            left = queries.next_doubtful(one)
            messages.success(request, _("Published. Doubtful records that nobody decided stay in the queue.") if left else _("Published."))
    except ValidationError as error:
        told(request, error)
    return go(one)


@require_POST
def undo(request: HttpRequest, territory: str, pk: int) -> HttpResponse:
    one = queries.register_import(opened(request, territory, Permission.REGISTER_UNDO), pk)
    try:
        job = actions.undo_or_ask(by=signed_in(request), register_import=one)
        if job is None:
            messages.success(request, _("Undone. The file, its records and your decisions are kept; you can publish again."))
    except ValidationError as error:
        told(request, error)
    return go(one)
