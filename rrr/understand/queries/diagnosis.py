"""Reads about diagnosis rounds. Rounds are read without their counts where a list needs none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from rrr.core import pseudonyms
from rrr.core.numbers import row_number
from rrr.places.models import Territory
from rrr.understand.models import BlockAnswer, BlockReason, BuildingBlock, DiagnosisRound, ReasonState, Respondent, RoundState

ORDER: list[str] = [str(code) for code in BuildingBlock.values]


@dataclass(frozen=True)
class Given:
    """One block with this respondent's answer: `answered` tells "not yet" from "does not know" (`value` None)."""

    block: str
    answered: bool = False
    value: int | None = None
    reason: str = ""


def rounds(of: Territory, *, inside: bool = False) -> QuerySet[DiagnosisRound]:
    """Rounds of a territory, the latest first: published ones, and all of them for its team."""
    found = DiagnosisRound.objects.filter(territory=of).select_related("territory").order_by("-closed_at", "-created_at")
    return found if inside else found.filter(published_at__isnull=False)


def shown_on_page(slug: str, *, team: bool) -> tuple[DiagnosisRound | None, list[DiagnosisRound]]:
    """For the page of a territory: the latest published round, and open ones that this reader is to see."""
    found = DiagnosisRound.objects.filter(territory__slug=slug).exclude(state=RoundState.DRAFT).select_related("territory").defer("tally")
    every = list(found.order_by("-closed_at", "-created_at"))
    published = next((one for one in every if one.published_at), None)
    return published, [one for one in every if one.takes_answers and (one.listed or team)]


def round_(slug: str, key: str, *, drafts: bool = False, unpublished: bool = False) -> DiagnosisRound:
    """One round by its key. A draft is Http404 unless `drafts`, a round of a territory that is not published unless `unpublished`."""
    found = DiagnosisRound.objects.select_related("territory").filter(key=key, territory__slug=slug)
    if not drafts:
        found = found.exclude(state=RoundState.DRAFT)
    if not unpublished:
        found = found.filter(territory__status="published")
    one = found.first()
    if one is None:
        raise Http404
    return one


def earlier(than: DiagnosisRound) -> list[DiagnosisRound]:
    """Published rounds of the territory that closed before, the latest first."""
    found = DiagnosisRound.objects.filter(territory=than.territory_id, published_at__isnull=False, closed_at__lt=than.closed_at)
    return list(found.exclude(pk=than.pk).select_related("territory").order_by("-closed_at")[:10])


def peers(of: DiagnosisRound) -> list[DiagnosisRound]:
    """The latest published round of each other published territory that lets its own be compared; none unless this one lets it too."""
    if not (of.compared and of.published_at):
        return []
    found = DiagnosisRound.objects.filter(compared=True, published_at__isnull=False, territory__status="published")
    latest = found.exclude(territory=of.territory_id).order_by("territory__name", "territory_id", "-closed_at")
    return list(latest.distinct("territory__name", "territory_id").select_related("territory")[:8])


def respondent(of: DiagnosisRound, token: str) -> Respondent | None:
    """Who holds this token; None for an unknown or withdrawn one."""
    return Respondent.objects.filter(round=of, digest=pseudonyms.digest(token)).first() if token else None


def given(who: Respondent) -> list[Given]:
    """The nine blocks in their order, with what this respondent said."""
    values = dict(BlockAnswer.objects.filter(respondent=who).values_list("block", "value"))
    reasons = dict(BlockReason.objects.filter(respondent=who).values_list("block", "text"))
    return [Given(block, block in values, values.get(block), reasons.get(block, "")) for block in ORDER]


def people(of: DiagnosisRound) -> int:
    """Browsers with at least one answer."""
    return Respondent.objects.filter(round=of, answers__isnull=False).distinct().count()


def answers(of: DiagnosisRound) -> list[tuple[int, str, str, int | None]]:
    """(respondent, sector, block, value) of every answer."""
    found = BlockAnswer.objects.filter(respondent__round=of).order_by("respondent_id", "block")
    return list(found.values_list("respondent_id", "respondent__sector", "block", "value"))


def reasons(of: DiagnosisRound, *, published: bool = False) -> list[BlockReason]:
    found = BlockReason.objects.filter(round=of)
    listed = list(found.filter(state=ReasonState.PUBLISHED) if published else found)
    return sorted(listed, key=lambda one: (ORDER.index(one.block), one.text))  # not in the order in which they came


def reason(of: DiagnosisRound, pk: Any) -> BlockReason:
    found = BlockReason.objects.filter(round=of, pk=row_number(pk)).first()
    if found is None:
        raise Http404
    return found


def waiting(of: DiagnosisRound) -> int:
    return Counter(BlockReason.objects.filter(round=of).values_list("state", flat=True))[ReasonState.WAITING]


def of_person(user: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in DiagnosisRound.objects.filter(author=user).values("title", "territory__slug", "created_at")]
