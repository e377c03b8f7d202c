"""Reads of the ledger: every decision about records of a territory, and which of them still hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import Http404

from rrr.people.models import Membership
from rrr.people.roles import Role
from rrr.places.models import Territory
from rrr.understand.models import LinkDecision, Purpose, RegisterRecord, Verdict


@dataclass(frozen=True)
class Entry:
    decision: LinkDecision
    record: RegisterRecord | None  # as it stands in the newest delivery; None where it is gone
    holds: bool  # nobody decided anew since, and it is not published: it can be opened again


def decisions(of: Territory) -> QuerySet[LinkDecision]:
    """The newest first. The ledger has no foreign keys in the database, so whatever a row names may be gone."""
    same = RegisterRecord.objects.filter(register_import__source=OuterRef("source"), key=OuterRef("key"))
    newer = LinkDecision.objects.filter(source=OuterRef("source"), key=OuterRef("key"), purpose=Purpose.REVIEW, pk__gt=OuterRef("pk"))
    found = LinkDecision.objects.filter(source__territory=of).select_related("source", "organisation", "by")
    latest = same.order_by("-register_import_id", "-pk")
    return found.annotate(
        live=Subquery(latest.values("pk")[:1]), name=Subquery(latest.values("name")[:1]), superseded=Exists(newer)
    ).order_by("-pk")


def entries(page: Sequence[LinkDecision]) -> list[Entry]:
    """`page` holds rows of `decisions`."""
    lives = [pk for one in page if (pk := getattr(one, "live", None))]
    records = RegisterRecord.objects.defer("raw", "values", "candidates").in_bulk(lives)
    return [Entry(one, record, _holds(one, record)) for one in page for record in [records.get(getattr(one, "live", None) or 0)]]


def _holds(one: LinkDecision, record: RegisterRecord | None) -> bool:
    if record is None or record.published or getattr(one, "superseded", True):
        return False
    return one.purpose == Purpose.REVIEW and one.verdict != Verdict.OPEN and record.verdict == one.verdict


def decision(of: Territory, pk: int) -> LinkDecision:
    found = decisions(of).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def in_force(one: LinkDecision) -> RegisterRecord | None:
    """The record a decision still holds for; None where it does not, or where it is published."""
    fresh = decisions(one.source.territory).filter(pk=one.pk)
    entry = next(iter(entries(list(fresh))), None)
    if entry is None or entry.record is None or not entry.holds:
        return None
    return RegisterRecord.objects.select_related("register_import__job").get(pk=entry.record.pk)


def roles(of: Territory) -> dict[int, str]:
    """Person -> their roles in the territory: what a download says instead of names."""
    held: dict[int, str] = {}
    for user, role in Membership.objects.filter(territory=of).order_by("user_id", "role").values_list(F("user_id"), F("role")):
        held[user] = ", ".join(part for part in (held.get(user, ""), str(Role(role).label)) if part)
    return held
