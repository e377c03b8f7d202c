"""Reads of step 4. Everything public starts from `Pilot.objects.public()`: a pilot is public once its plan is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from rrr.core import audit
from rrr.core.models import AuditEntry
from rrr.core.numbers import row_number
from rrr.experiment import plan as plans
from rrr.experiment.models import (
    Adaptation,
    AdaptationPart,
    Assignment,
    DataUpload,
    Decision,
    Pilot,
    PilotQuerySet,
    PlanVersion,
    Result,
)
from rrr.experiment.vocabulary import PartKind
from rrr.explore.models import ShortlistItem, Solution
from rrr.places import queries as places
from rrr.places.models import Territory


def territory(slug: str, *, drafts: bool = False) -> Territory:
    found = places.territory(slug, drafts=drafts)
    if found is None:
        raise Http404
    return found


# Adaptations


def adaptations(of: Territory, *, inside: bool = False) -> Any:
    """Newest first, with how many parts are undecided. Strangers see those that led to a public pilot."""
    found = Adaptation.objects.filter(territory=of).select_related("challenge", "solution", "territory")
    if not inside:
        found = found.filter(Exists(Pilot.objects.public().filter(adaptation=OuterRef("pk"))))
    return found.annotate(open_parts=Count("parts", filter=Q(parts__decision="")), all_parts=Count("parts")).order_by("-created_at", "-pk")


def adaptation(territory_slug: str, pk: int, *, inside: bool = False) -> Adaptation:
    found = Adaptation.objects.filter(pk=pk, territory__slug=territory_slug).select_related("challenge__territory", "solution", "territory")
    if not inside:
        found = found.filter(Exists(Pilot.objects.public().filter(adaptation=OuterRef("pk"))))
    one = found.prefetch_related(Prefetch("parts", AdaptationPart.objects.all())).first()
    if one is None:
        raise Http404
    return one


@dataclass(frozen=True)
class Parts:
    """The parts of an adaptation by kind, and how far the team is."""

    core: Sequence[AdaptationPart]
    adaptable: Sequence[AdaptationPart]

    @property
    def undecided(self) -> int:
        return sum(1 for part in (*self.core, *self.adaptable) if not part.decision)

    @property
    def lost(self) -> list[AdaptationPart]:
        return [part for part in self.core if part.loses_fidelity]

    @property
    def total(self) -> int:
        return len(self.core) + len(self.adaptable)


def parts(of: Adaptation) -> Parts:
    found = list(of.parts.all())
    return Parts([one for one in found if one.kind == PartKind.CORE], [one for one in found if one.kind == PartKind.ADAPTABLE])


def part(of: Adaptation, pk: int) -> AdaptationPart:
    for one in of.parts.all():
        if one.pk == pk:
            return one
    raise Http404


def item(territory_slug: str, pk: Any) -> ShortlistItem:
    """A shortlisted solution of this territory; a number that is none is unknown too."""
    found = (
        ShortlistItem.objects.filter(pk=row_number(pk), challenge__territory__slug=territory_slug)
        .select_related("challenge", "solution")
        .first()
    )
    if found is None:
        raise Http404
    return found


def adapted(challenge: Any) -> dict[int, Adaptation]:
    """Solution -> its adaptation, for one challenge."""
    return {one.solution_id: one for one in Adaptation.objects.filter(challenge=challenge).select_related("territory").order_by("pk")}


def adaptations_of(solution: Solution) -> list[Adaptation]:
    return list(Adaptation.objects.filter(solution=solution).order_by("-pk"))


def shortlisted_in(solution: Solution, territories: frozenset[str] | None) -> list[ShortlistItem]:
    """Where a solution stands on a shortlist of these territories (None: of all)."""
    found = ShortlistItem.objects.filter(solution=solution, challenge__territory__isnull=False).exclude(state="dropped")
    if territories is not None:
        found = found.filter(challenge__territory__slug__in=territories)
    return list(found.select_related("challenge__territory", "solution")[:20])


# Pilots


def _with_thread(found: PilotQuerySet) -> PilotQuerySet:
    return found.select_related("territory", "adaptation__challenge__territory", "adaptation__solution")


def pilot(territory_slug: str, slug: str, *, inside: bool = False) -> Pilot:
    """`inside`: also while its plan is being written (the team)."""
    base = Pilot.objects.all() if inside else Pilot.objects.public()
    found = _with_thread(base).filter(territory__slug=territory_slug, slug=slug).first()
    if found is None:
        raise Http404
    return found


def frozen_plan(pilot: Pilot) -> PlanVersion | None:
    """The plan in force: the latest version."""
    return PlanVersion.objects.filter(pilot=pilot).select_related("assignment").order_by("-number").first()


def plan_version(pilot: Pilot, number: int) -> PlanVersion:
    found = PlanVersion.objects.filter(pilot=pilot, number=number).select_related("assignment").first()
    if found is None:
        raise Http404
    return found


def plan_closed(pilot: Pilot) -> bool:
    """Whether data or a cast lot fix the plan for good."""
    return not pilot.may_change_plan or Assignment.objects.filter(plan__pilot=pilot, drawn_at__isnull=False).exists()


def versions(pilot: Pilot) -> list[PlanVersion]:
    return list(PlanVersion.objects.filter(pilot=pilot).order_by("number"))


def assignment(version: PlanVersion) -> Assignment | None:
    return getattr(version, "assignment", None)


def arms(version: PlanVersion) -> dict[str, str]:
    """Unit -> arm as drawn or as given; empty before the draw and where nobody is compared."""
    drawn = assignment(version)
    if drawn is not None:
        return dict(drawn.arms)
    return plans.read(version.text).given_arms


def uploads(pilot: Pilot) -> list[DataUpload]:
    """Newest first; the first one counts."""
    return list(DataUpload.objects.filter(pilot=pilot).select_related("file", "plan"))


def upload(pilot: Pilot, pk: int) -> DataUpload:
    found = DataUpload.objects.filter(pilot=pilot, pk=pk).select_related("file", "plan").first()
    if found is None:
        raise Http404
    return found


def latest_upload(pilot: Pilot) -> DataUpload | None:
    return DataUpload.objects.filter(pilot=pilot).select_related("file", "plan").first()


def latest_answer(pilot: Pilot) -> Result | None:
    """The newest estimate or refusal."""
    return Result.objects.filter(pilot=pilot).select_related("upload__file", "plan").first()


def answers(pilot: Pilot) -> list[Result]:
    """Every estimate and refusal, newest first: an earlier one stays readable, so that nobody can upload until the result pleases."""
    return list(Result.objects.filter(pilot=pilot).select_related("upload__file", "plan"))


def latest_result(pilot: Pilot) -> Result | None:
    """The newest estimate; None where there is none or the newest answer is a refusal."""
    found = latest_answer(pilot)
    return None if found is None or found.refusal else found


def latest_decision(pilot: Pilot) -> Decision | None:
    return Decision.objects.filter(pilot=pilot).select_related("result").first()


def decisions(pilot: Pilot) -> list[Decision]:
    return list(Decision.objects.filter(pilot=pilot))


def pilots(of: Territory | None = None, *, inside: bool = False, state: str = "") -> PilotQuerySet:
    """Newest first; without `of` over all territories (then what strangers see)."""
    found = Pilot.objects.all() if inside and of is not None else Pilot.objects.public()
    if of is not None:
        found = found.filter(territory=of)
    if state:
        found = found.filter(state=state)
    return _with_thread(found).order_by("-created_at", "-pk")


def pilots_of(*, team_of: str = "", **thread: Any) -> list[Pilot]:
    """Pilots a challenge or solution led to: `challenge=` or `solution=`. `team_of`: also what this territory's team is planning."""
    base = Pilot.objects.seen_from(team_of) if team_of else Pilot.objects.public()
    return list(_with_thread(base).filter(**{f"adaptation__{name}": value for name, value in thread.items()})[:20])


def counts() -> dict[str, int]:
    """Territory -> pilots everybody may see."""
    return dict(Pilot.objects.public().values_list("territory__slug").annotate(n=Count("pk")).order_by())


def search(words: str) -> list[Pilot]:
    found = Pilot.objects.public().filter(Q(title__icontains=words) | Q(adaptation__solution__name__icontains=words))
    return list(found.select_related("territory", "adaptation__solution")[:20])


# The chain over all frozen plans


def chain() -> Any:
    """Every frozen plan in the order of freezing; hashes tell nothing of what they stand for."""
    return PlanVersion.objects.select_related("pilot__territory", "pilot__adaptation").order_by("pk")


def links() -> QuerySet[PlanVersion]:
    """The chain as a file needs it."""
    return PlanVersion.objects.only("sha256", "frozen_at", "before", "chain").order_by("pk")


def chain_before(version: PlanVersion) -> str:
    """The chain hash this link must continue, as it stands in the link before, not as it says itself."""
    found = PlanVersion.objects.filter(pk__lt=version.pk).order_by("-pk").values_list("chain", flat=True).first()
    return found or ""


def broken_links(found: Iterable[PlanVersion], before: str = "") -> list[PlanVersion]:
    """Versions whose text, hash or place in the chain no longer fit. `before`: the chain hash the first one must continue."""
    broken, last = [], before
    for version in found:
        link = plans.chained(last, version.sha256, version.frozen_at_utc)
        if version.before != last or version.chain != link or plans.sha256(version.text) != version.sha256:
            broken.append(version)
        last = version.chain
    return broken


def history(of: Any) -> list[AuditEntry]:
    return list(audit.history(of)[:100])


def adaptation_history(of: Adaptation) -> list[AuditEntry]:
    """What happened to an adaptation and to its parts, newest first."""
    own = Q(subject_type=Adaptation._meta.label_lower, subject_id=str(of.pk))
    theirs = Q(subject_type=AdaptationPart._meta.label_lower, subject_id__in=[str(one.pk) for one in of.parts.all()])
    return list(AuditEntry.objects.filter(own | theirs)[:200])
