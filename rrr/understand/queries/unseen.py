"""Which register saw which organisation, what each register can contain, and how many links the linkage finds: all that coverage rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from rrr.core.tables import safe_cell
from rrr.places.models import Territory
from rrr.understand.models import (
    AuditPair,
    EnteredRecall,
    ImportSource,
    ImportState,
    Organisation,
    RegisterImport,
    RegisterReach,
    RegisterRecord,
    Status,
    Verdict,
)

ENOUGH = 50  # verdicts without which the engine gives no figure (rrr.engines.linkage.audit)


@dataclass(frozen=True)
class Recall:
    """Links between records of one organisation, judged by people on a random sample: made, and missed.

    `low`, `high`: 95% interval where pairs are weighted; `wrong`: links between two organisations, None where nobody looked.
    `entered`: the row a person entered, None where it comes from an audit sample of this site.
    """

    found: float
    missed: float
    wrong: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    on: date | None = None
    entered: int | None = None

    @property
    def value(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def pairs(self) -> int:
        return round(self.found + self.missed)


@dataclass(frozen=True)
class Register:
    """A register whose newest delivery is published. `label` is unique and safe in a file; `known` is its slug among public registers."""

    source: ImportSource
    label: str
    date: date
    known: str
    said: RegisterReach | None


@dataclass(frozen=True)
class Seen:
    """How many organisations of a kind stand in exactly these registers (labels in order)."""

    kind: str
    registers: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class State:
    """What can be said on other pages without counting: registers published, whether a recall is known."""

    registers: int
    recall: bool


def entered_recall(of: Territory) -> Recall | None:
    one = EnteredRecall.objects.filter(territory=of, withdrawn_at=None).first()
    if one is None:
        return None
    return Recall(one.found, one.pairs - one.found, one.wrong, note=one.note, on=one.created_at.date(), entered=one.pk)


def entry(of: Territory, pk: int) -> EnteredRecall:
    found = EnteredRecall.objects.filter(territory=of, pk=pk, withdrawn_at=None).select_related("territory").first()
    if found is None:
        raise Http404
    return found


def source(of: Territory, pk: int) -> ImportSource:
    found = ImportSource.objects.filter(territory=of, pk=pk).select_related("territory", "reach").first()
    if found is None:
        raise Http404
    return found


def state(of: Territory) -> State:
    number = _published(of).values("source").distinct().count()
    return State(number, number > 1 and (audited(of) or entered_recall(of) is not None))


def audited(of: Territory) -> bool:
    """Whether a sample of this site has enough verdicts to say something."""
    judged = AuditPair.objects.filter(sample__territory=of).exclude(verdict__in=["", Verdict.UNSURE]).values("sample")
    return judged.annotate(number=Count("pk")).filter(number__gte=ENOUGH).exists()


def _published(of: Territory) -> QuerySet[RegisterImport]:
    return RegisterImport.objects.filter(territory=of, state=ImportState.PUBLISHED)


def _newest(of: Territory) -> QuerySet[RegisterImport]:
    """The newest published delivery of each register: what it lists now, not what it ever listed."""
    return _published(of).order_by("source_id", "-file_date", "-pk").distinct("source_id")


def registers(of: Territory) -> list[Register]:
    taken: set[str] = set()
    found = []
    for one in sorted(_newest(of).select_related("source__reach"), key=lambda one: one.source.name):
        label = safe_cell(" ".join(one.source.name.replace(";", ",").split()))
        label = f"{label} ({one.source_id})" if label in taken else label
        taken.add(label)
        known = (one.inspection.get("register") or {}).get("slug", "")
        found.append(Register(one.source, label, one.file_date, str(known), getattr(one.source, "reach", None)))
    return found


def seen(of: Territory, among: list[Register]) -> list[Seen]:
    """Organisations everybody may see and nobody has closed, by kind and by the registers whose newest delivery lists them."""
    labels = {one.source.pk: one.label for one in among}
    rows = RegisterRecord.objects.filter(
        register_import__in=[one.pk for one in _newest(of).only("pk")], published=True, organisation__in=_counted(of)
    )
    places: dict[int, set[str]] = defaultdict(set)
    kinds: dict[int, str] = {}
    pairs = rows.order_by().values_list("organisation_id", "organisation__kind", "register_import__source_id").distinct()
    for pk, kind, source_id in pairs.iterator(chunk_size=10_000):
        if pk is not None:
            places[pk].add(labels[source_id])
            kinds[pk] = str(kind)
    numbers = Counter((kinds[pk], tuple(sorted(found))) for pk, found in places.items())
    return [
        Seen(kind, found, number)
        for (kind, found), number in sorted(numbers.items(), key=lambda one: (one[0][0], len(one[0][1]), one[0][1]))
    ]


def unlisted(of: Territory) -> int:
    """Organisations known from pages, or from registers that have taken them off, and from no register now."""
    listed = RegisterRecord.objects.filter(register_import__in=[one.pk for one in _newest(of).only("pk")], published=True)
    return _counted(of).filter(~Q(pk__in=listed.filter(organisation__isnull=False).values("organisation"))).count()


def _counted(of: Territory) -> QuerySet[Organisation]:
    return Organisation.objects.filter(territory=of).public().exclude(status=Status.CLOSED)


def captures(found: list[Seen]) -> Iterator[list[str]]:
    """The table `rrr coverage` reads: numbers only, no names of organisations."""
    yield ["sources", "type", "legal_form", "organisations"]
    for one in found:
        yield [";".join(one.registers), one.kind, "", str(one.number)]


def recall_table(one: Recall) -> Iterator[list[str]]:
    values = {"found": one.found, "missed": one.missed, "wrong": one.wrong, "low": one.low, "high": one.high}
    yield list(values)
    yield ["" if value is None else f"{value:g}" for value in values.values()]
