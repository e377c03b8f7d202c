"""The work queue: doubtful records of all imports of a territory, those first that teach the comparison most (docs/methods/linkage.md)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Abs, Coalesce, Floor

from rrr.places.models import Territory
from rrr.understand.models import Group, ImportState, LinkDecision, Purpose, RegisterRecord, RegisterRecordQuerySet, Verdict
from rrr.understand.queries.imports import holds_still

ORDER = ("step", "seen", "distance", "pk")
UNWEIGHED = 1000.0  # a record without a weight teaches nothing about weights: it comes last
LIVE = (ImportState.COMPARED, ImportState.PUBLISHED)


def newest(of: Territory) -> RegisterRecordQuerySet:
    """Compared records, each once: of several deliveries of a register only the newest that has it."""
    newer = RegisterRecord.objects.filter(
        register_import__source=OuterRef("register_import__source"), register_import__state__in=LIVE,
        key=OuterRef("key"), register_import__gt=OuterRef("register_import"),
    )  # fmt: skip
    return RegisterRecord.objects.filter(~Exists(newer), register_import__territory=of, register_import__state__in=LIVE)


def waiting(of: Territory) -> QuerySet[RegisterRecord]:
    """Doubtful records nobody decided."""
    return newest(of).filter(published=False).outcome(Group.DOUBTFUL)


def queue(of: Territory) -> QuerySet[RegisterRecord]:
    """In the order of work, with `seen`: how many decided pairs agree and differ in the same way."""
    reviewed = LinkDecision.objects.filter(purpose=Purpose.REVIEW)
    anew = reviewed.filter(source=OuterRef("source"), key=OuterRef("key"), pk__gt=OuterRef("pk"))
    decided = reviewed.filter(
        ~Exists(anew), source__territory=of, verdict__in=[Verdict.SAME, Verdict.BRANCH, Verdict.NEW], pattern=OuterRef("pattern")
    )
    number = decided.order_by().values("pattern").annotate(n=Count("pk")).values("n")
    found = waiting(of).annotate(
        distance=Abs(Coalesce(F("weight"), Value(UNWEIGHED))), step=Floor(F("distance")), seen=Coalesce(Subquery(number), 0)
    )
    return found.select_related("register_import__source", "organisation").defer("raw", "values", "candidates").order_by(*ORDER)


def following(of: Territory, after: RegisterRecord | None = None) -> RegisterRecord | None:
    """The first of the queue; after a record the one behind it, and after the last the first again."""
    found = queue(of)
    here = found.filter(pk=after.pk).first() if after is not None else None
    if here is None:
        return found.first() if after is None else found.exclude(pk=after.pk).first()
    later, equal = Q(), Q()
    for name in ORDER:
        value: Any = getattr(here, name)
        later |= equal & Q(**{f"{name}__gt": value})
        equal &= Q(**{name: value})
    return found.filter(later).first() or found.exclude(pk=here.pk).first()


def last_decision(of: Territory, by: Any) -> LinkDecision | None:
    """What this person decided last in any import of the territory, if it still holds."""
    return holds_still(LinkDecision.objects.filter(source__territory=of, by=by, purpose=Purpose.REVIEW))
