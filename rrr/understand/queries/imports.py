"""Reads about registers, their deliveries, records and decisions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from rrr.core.audit import snapshot
from rrr.core.numbers import row_number
from rrr.places.models import Territory
from rrr.text.fold import words
from rrr.understand import sentences
from rrr.understand.comparison import point
from rrr.understand.facts import organisation_values
from rrr.understand.models import (
    AuditSample,
    EnteredRecall,
    Group,
    ImportChange,
    ImportSource,
    ImportState,
    Kind,
    LinkDecision,
    Organisation,
    Presence,
    Purpose,
    RegisterImport,
    RegisterReach,
    RegisterRecord,
    RegisterRecordQuerySet,
    RejectedRow,
    Scope,
    Verdict,
)

KINDS_SHOWN = 40  # words of a register that are offered for translation; rarer ones stay "not known", and the page says so
PRESENCE_OF_SCOPE: dict[str, tuple[Presence, ...]] = {
    Scope.INSIDE.value: (Presence.INSIDE,),
    Scope.CITY.value: (Presence.INSIDE, Presence.CITY),
    Scope.ALL.value: tuple(Presence),
}


@dataclass(frozen=True)
class KnownOrganisation:
    """A known organisation as the comparison takes it: its own fields, and the numbers of the register rows tied to it."""

    pk: int
    values: dict[str, Any]
    source: str


@dataclass(frozen=True)
class KindWord:
    word: str
    number: int


@dataclass(frozen=True)
class Difference:
    """Where a register says something else than the organisation's page."""

    field: str
    label: str
    ours: Any
    theirs: Any
    record: RegisterRecord


def imports(of: Territory) -> QuerySet[RegisterImport]:
    found = RegisterImport.objects.filter(territory=of).select_related("source", "job", "by").defer("inspection")
    rows = (
        RegisterRecord.objects.filter(register_import=OuterRef("pk"))
        .order_by()
        .values("register_import")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return found.annotate(accepted=Coalesce(Subquery(rows), 0)).order_by("-created_at", "-pk")


def register_import(of: Territory, pk: int) -> RegisterImport:
    found = RegisterImport.objects.filter(territory=of, pk=pk).select_related("territory", "source", "job", "by", "file").first()
    if found is None:
        raise Http404
    return found


def sources(of: Territory) -> QuerySet[ImportSource]:
    return (
        ImportSource.objects.filter(territory=of).annotate(deliveries=Count("imports"), latest=Max("imports__file_date")).order_by("name")
    )


def source(of: Territory, pk: Any) -> ImportSource | None:
    return ImportSource.objects.filter(territory=of, pk=row_number(pk)).first()


def published_sources(of: Territory) -> list[tuple[int, str]]:
    """Registers that organisations of the territory come from, for the filter of the list."""
    found = ImportSource.objects.filter(territory=of, imports__source_rows__isnull=False)
    return list(found.order_by("name").values_list("pk", "name").distinct())


def tally(one: RegisterImport) -> dict[str, int]:
    """How many records stand where: by outcome, with what is published and what still waits for a decision."""
    found: Counter[str] = Counter()
    for group, verdict, published, number in one.records.order_by().values_list("group", "verdict", "published").annotate(n=Count("pk")):
        outcome = RegisterRecord(group=group, verdict=verdict).outcome
        found[outcome] += number
        found["accepted"] += number
        if published:
            found["published"] += number
        elif outcome in (Group.NEW, Group.SAME, Group.BRANCH):
            found["to_publish"] += number
        if verdict not in ("", Verdict.OPEN) and group == Group.DOUBTFUL:
            found["decided"] += number
    found["rejected"] = one.rejected.count()
    return {**dict.fromkeys([*Group.values, "accepted", "published", "to_publish", "decided"], 0), **found}


def presences(one: RegisterImport) -> dict[str, int]:
    return dict(one.records.order_by().values_list("presence").annotate(n=Count("pk")))


def scope_numbers(one: RegisterImport) -> dict[str, int]:
    """How many records each scope would keep."""
    found = presences(one)
    return {scope: sum(found.get(part, 0) for part in parts) for scope, parts in PRESENCE_OF_SCOPE.items()}


def kind_words(one: RegisterImport) -> tuple[list[KindWord], int]:
    """The distinct words of the column that tells the kind, the most frequent first, and how many more there are."""
    worded = one.records.filter(values__has_key="kind").order_by()
    here = worded.filter(presence__in=PRESENCE_OF_SCOPE[Scope.CITY])  # words of other places are asked for only where this place has none
    counted = (here if here.exists() else worded).values_list("values__kind").annotate(n=Count("pk"))
    found = [KindWord(str(word), number) for word, number in counted.order_by("-n", "values__kind")[: KINDS_SHOWN + 1]]
    more = counted.count() - KINDS_SHOWN if len(found) > KINDS_SHOWN else 0
    return found[:KINDS_SHOWN], more


def city_names(of: Territory) -> frozenset[str]:
    """Folded names under which a city of a record is this territory's."""
    return frozenset(" ".join(words(name)) for name in (of.name, of.local_name) if name)


def records(one: RegisterImport, group: str) -> RegisterRecordQuerySet:
    found = RegisterRecord.objects.filter(register_import=one).outcome(group)
    return found.select_related("organisation").defer("raw", "candidates").order_by("line")


def record(one: RegisterImport, pk: int) -> RegisterRecord:
    found = RegisterRecord.objects.filter(register_import=one, pk=pk).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def doubtful(one: RegisterImport) -> RegisterRecordQuerySet:
    """Records that wait for a person, in the order of the queue: the likeliest first."""
    return RegisterRecord.objects.filter(register_import=one, published=False).outcome(Group.DOUBTFUL).order_by("-weight", "line")


def is_published(one: RegisterImport) -> bool:
    """Whether organisations rest on it: then it is neither read nor compared again before it is undone."""
    return one.changes.exists() or one.records.filter(published=True).exists()


def organisation_of(one: RegisterImport, pk: int | None) -> Organisation | None:
    return Organisation.objects.filter(territory=one.territory_id, pk=pk).first() if pk else None


def next_doubtful(one: RegisterImport, after: RegisterRecord | None = None) -> RegisterRecord | None:
    """The next one of the queue; after the last it begins again."""
    queue = doubtful(one)
    if after is not None:
        later = (
            Q(weight__lt=after.weight) | Q(weight=after.weight, line__gt=after.line) if after.weight is not None else Q(line__gt=after.line)
        )
        return queue.filter(later).first() or queue.exclude(pk=after.pk).first()
    return queue.first()


def obvious(one: RegisterImport, verdict: str) -> list[RegisterRecord]:
    """Doubtful records nobody needs to look at one by one.

    New: what speaks against it weighs more than what speaks for it. Same: one candidate only, the names agree in every word, and nothing
    that can be compared disagrees.
    """
    queue = doubtful(one).filter(organisation__isnull=False).select_related("organisation", "register_import").defer("raw", "values")
    if verdict == Verdict.NEW:
        return list(queue.filter(weight__lt=0))
    return [record for record in queue.filter(candidates__1__isnull=True) if _agrees(record)]


def _agrees(record: RegisterRecord) -> bool:
    bars = {name: (level, weight) for name, level, weight in record.candidates[0]["bars"]} if record.candidates else {}
    return bars.get("name", ("", 0))[0] == "same_words" and all(weight >= 0 for _level, weight in bars.values())


def rejected(one: RegisterImport) -> QuerySet[RejectedRow]:
    return one.rejected.all()


def candidates(one: RegisterRecord) -> list[tuple[Organisation, Mapping[str, Any]]]:
    """The known organisations that come near a record, the likeliest first."""
    found = Organisation.objects.in_bulk([given["organisation"] for given in one.candidates])
    return [(found[given["organisation"]], given) for given in one.candidates if given["organisation"] in found]


def last_decision(one: RegisterImport, by: Any) -> LinkDecision | None:
    """What this person decided last in this import, if it still holds."""
    return holds_still(LinkDecision.objects.filter(register_import=one, by=by, purpose=Purpose.REVIEW))


def holds_still(decisions: QuerySet[LinkDecision]) -> LinkDecision | None:
    """The newest of some decisions, unless it was opened again or published."""
    newest = decisions.order_by("-pk").first()
    if newest is None or newest.verdict == Verdict.OPEN:
        return None
    still = RegisterRecord.objects.filter(pk=newest.record_id, verdict=newest.verdict, published=False).exists()
    return newest if still else None


def verdicts(of: ImportSource, keys: Sequence[str]) -> dict[str, LinkDecision]:
    """The newest decision about each key of a register, whichever delivery it was made in."""
    found = LinkDecision.objects.filter(source=of, key__in=keys, purpose=Purpose.REVIEW).order_by("key", "-pk").distinct("key")
    return {one.key: one for one in found}


def computed_organisation(record: RegisterRecord) -> Organisation | None:
    """The organisation the comparison tied a record to, before anybody decided."""
    earlier = linked(record.register_import.source, [record.key]).get(record.key)
    best = record.candidates[0]["organisation"] if record.candidates else None
    return organisation_of(record.register_import, earlier or best)


def linked(of: ImportSource, keys: Sequence[str]) -> dict[str, int]:
    """Key -> the organisation that an earlier delivery was published into."""
    found = RegisterRecord.objects.filter(register_import__source=of, key__in=keys, published=True, organisation__isnull=False)
    return dict(found.order_by("key", "-pk").distinct("key").values_list("key", "organisation_id"))


def known(of: Territory) -> list[KnownOrganisation]:
    """Every organisation of the territory with what registers add to it."""
    rows = (
        RegisterRecord.objects.filter(organisation__territory=of, published=True)
        .order_by("organisation_id", "-pk")
        .distinct("organisation_id")
    )
    extra = {
        pk: (values, str(source)) for pk, values, source in rows.values_list("organisation_id", "values", "register_import__source_id")
    }
    fields = ("name", "legal_form", "website", "activity", "lon", "lat", "address")
    found = []
    for pk, *own in Organisation.objects.filter(territory=of).values_list("pk", *fields):
        added, source = extra.get(pk, ({}, ""))
        said = {name: value for name, value in zip(fields, own, strict=True) if value not in ("", None)}
        found.append(KnownOrganisation(pk, {**added, **said}, source))
    return found


def to_publish(one: RegisterImport, outcome: str) -> RegisterRecordQuerySet:
    return RegisterRecord.objects.filter(register_import=one, published=False).outcome(outcome).order_by("pk")


def changes(one: RegisterImport) -> QuerySet[ImportChange]:
    return one.changes.select_related("organisation__territory", "record").order_by("pk")


def differences(of: Organisation) -> list[Difference]:
    """Fields for which a published register row says something else, for a person to choose."""
    found: list[Difference] = []
    rows = (
        of.register_records.filter(published=True)
        .select_related("register_import__source", "register_import__territory")
        .defer("raw", "candidates")
    )
    for row in rows.order_by("-register_import__file_date", "-pk")[:20]:
        theirs = organisation_values(row.values, row.register_import.kinds, of.territory.country)
        found += _elsewhere(of, row, theirs, found)
        for name in COMPARED_FIELDS:
            said, ours = theirs.get(name), getattr(of, name)
            if said in (None, "") or " ".join(words(str(said))) == " ".join(words(str(ours or ""))):
                continue
            if any(one.field == name and one.theirs == said for one in found):
                continue
            label = str(Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr] # these are plain fields
            shown = (Kind(ours).label, Kind(said).label) if name == "kind" else (ours, said)
            found.append(Difference(name, label, shown[0], shown[1], row))
    return found


def _elsewhere(of: Organisation, row: RegisterRecord, theirs: Mapping[str, Any], found: Sequence[Difference]) -> list[Difference]:
    """The coordinates of a row, where they lie more than about 100 metres away or we have none."""
    if "lon" not in theirs or any(one.field == PLACE for one in found):
        return []
    if of.lon is not None and of.lat is not None:
        north, east = theirs["lat"] - of.lat, (theirs["lon"] - of.lon) * math.cos(math.radians(of.lat))
        if math.hypot(north, east) * METRES_A_DEGREE <= 100:
            return []
    ours, said = ({} if of.lon is None else {"lon": of.lon, "lat": of.lat}), {"lon": theirs["lon"], "lat": theirs["lat"]}
    return [Difference(PLACE, str(sentences.FIELDS["place"]), point(ours) if ours else "", point(said), row)]


PLACE = "place"  # longitude, latitude and how exact they are, taken together
METRES_A_DEGREE = 111_195
COMPARED_FIELDS = ("name", "kind", "legal_form", "activity", "website", "founded", "closed", "address", "district")


def row_of(of: Organisation, pk: str) -> RegisterRecord | None:
    """A published register row of an organisation."""
    rows = of.register_records.filter(published=True).select_related("register_import__source")
    return rows.filter(pk=row_number(pk)).first()


def known_values(of: Organisation, *, without: RegisterImport | None = None) -> dict[str, Any]:
    """What an organisation and the register rows tied to it say, for the page that compares.

    `without` leaves out what an import has put in: a published record would otherwise be compared with itself.
    """
    rows, filled = of.register_records.filter(published=True), set[str]()
    if without is not None:
        rows = rows.exclude(register_import=without)
        changes = of.import_changes.filter(register_import=without, what=ImportChange.FILLED).values_list("values", flat=True)
        filled = {name for values in changes for name, value in values.items() if snapshot(of, name)[name] == value}
    row = rows.order_by("-pk").values_list("values", flat=True).first() or {}
    names = ("name", "kind", "legal_form", "website", "activity", "founded", "lon", "lat", "address")
    own = {name: getattr(of, name) for name in names if name not in filled}
    return {
        **{name: value for name, value in row.items() if name != "kind"},
        **{name: value for name, value in own.items() if value not in ("", None)},
    }


def waiting(slug: str) -> list[RegisterImport]:
    """Imports that somebody began and nobody published."""
    found = RegisterImport.objects.filter(territory__slug=slug).exclude(state__in=[ImportState.PUBLISHED, ImportState.UNDONE])
    return list(found.select_related("source", "territory").defer("inspection")[:10])


def of_person(user: Any) -> dict[str, Any]:
    uploaded = RegisterImport.objects.filter(by=user).values("file_name", "source__name", "territory__slug", "created_at")
    decided = LinkDecision.objects.filter(by=user).order_by("pk").values("key", "verdict", "organisation_id", "at", "purpose", "reason")
    drawn = AuditSample.objects.filter(by=user).order_by("pk").values("territory__slug", "created_at")
    said = RegisterReach.objects.filter(by=user).values("source__name", "kinds", "note", "updated_at")
    recalls = EnteredRecall.objects.filter(by=user).values("territory__slug", "pairs", "found", "wrong", "note", "created_at")
    return {
        "imports": list(uploaded),
        "decisions": list(decided),
        "audit_samples": list(drawn),
        "registers_described": list(said),
        "recalls_entered": list(recalls),
    }
