"""Begin a case, write its text, publish it with its figures frozen, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.exchange import evidence, queries
from rrr.exchange.models import Case, CaseStatus
from rrr.exchange.vocabulary import SECTIONS
from rrr.experiment.models import Pilot
from rrr.explore.actions import effects

FIELDS = ("title", "summary", "language", "licence")
CODES = frozenset(section.code for section in SECTIONS)


@transaction.atomic
def start(*, by: Actor, pilot: Pilot) -> Case:
    """The draft of a pilot's case; the one there is, if there is one. Raises ValidationError before there is anything to tell."""
    locked = Pilot.objects.select_for_update().get(pk=pilot.pk)
    if not locked.results.exists() and not locked.decisions.exists():
        raise ValidationError(
            _("A case tells what came out. Estimate the result of the pilot, or decide what follows, then write its case.")
        )
    known = Case.objects.filter(pilot=locked).first()
    if known:
        return known
    made = Case(territory=locked.territory, pilot=locked, slug=locked.slug, title=locked.title, made_by_id=by.pk if by else None)
    made.language = locked.adaptation.language
    made.save()
    place = made.territory.slug
    audit.record(by=by, action="cases.start", subject=made, after=audit.snapshot(made, "slug", *FIELDS), territory=place)
    return made


@transaction.atomic
def edit(*, by: Actor, case: Case, changes: Mapping[str, Any], text: Mapping[str, str] | None = None) -> Case:
    """Change title, summary, language, licence and the text of sections. There is no way to change a figure."""
    unknown = (set(changes) - set(FIELDS)) | (set(text or {}) - CODES)
    if unknown:
        raise ValidationError(_("A case has no part %(name)s.") % {"name": ", ".join(sorted(unknown))})
    locked = Case.objects.select_for_update().get(pk=case.pk)
    before, after = _differences(locked, changes, text or {})
    if not after:
        return locked
    for name in changes:
        setattr(locked, name, changes[name])
    locked.text = {**locked.text, **(text or {})}
    locked.edited_at = timezone.now()
    if locked.published:
        _complete(locked)
    locked.full_clean(exclude=["territory", "pilot", "made_by", "figures", "text"])
    locked.save(update_fields=[*changes, "text", "edited_at", "updated_at"])
    audit.record(by=by, action="cases.edit", subject=locked, before=before, after=after, territory=locked.territory.slug)
    return locked


def _differences(case: Case, changes: Mapping[str, Any], text: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    was = {name: getattr(case, name) for name in changes} | {f"text.{code}": case.text.get(code, "") for code in text}
    now = dict(changes) | {f"text.{code}": words for code, words in text.items()}
    changed = [name for name in now if now[name] != was[name]]
    return {name: was[name] for name in changed}, {name: now[name] for name in changed}


@transaction.atomic
def publish(*, by: Actor, case: Case) -> Case:
    """Freeze the figures as the thread says them now, show the case to everybody, and put its result among the evidence of the solution.

    A result of simulated units, or one without a number, stays on the case and is no evidence.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("pilot__adaptation__solution", "territory").get(pk=case.pk)
    if locked.published:
        return locked
    _complete(locked)
    locked.figures = queries.assemble(locked.pilot)
    locked.figures_sha256 = queries.sha256(locked.figures)
    locked.status = CaseStatus.PUBLISHED
    locked.published_at = timezone.now()
    locked.save(update_fields=["figures", "figures_sha256", "status", "published_at", "updated_at"])
    if evidence.counts(locked.figures):
        effects.record(
            by=by,
            solution=locked.pilot.adaptation.solution,
            key=evidence.key(locked.figures),
            values=evidence.values(locked, address(locked)),
        )
    audit.record(by=by, action="cases.publish", subject=locked, after={"figures": locked.figures_sha256}, territory=locked.territory.slug)
    return locked


@transaction.atomic
def take_back(*, by: Actor, case: Case, reason: str) -> Case:
    """Make it a draft again; its result is no evidence any more. The trail keeps the hash of the figures that were public."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("territory").get(pk=case.pk)
    if not locked.published:
        return locked
    if not reason.strip():
        raise ValidationError(_("Say why the case is taken back: whoever followed a link to it will ask."))
    if evidence.counts(locked.figures):
        effects.withdraw(by=by, key=evidence.key(locked.figures))
    before = {"figures": locked.figures_sha256}
    locked.status = CaseStatus.DRAFT
    locked.figures, locked.figures_sha256 = {}, ""
    locked.save(update_fields=["status", "figures", "figures_sha256", "updated_at"])
    place = locked.territory.slug
    audit.record(by=by, action="cases.take_back", subject=locked, before=before, territory=place, reason=reason)
    return locked


def erase(user: Any) -> None:
    """A case is the territory's; who began it is forgotten."""
    Case.objects.filter(made_by=user).update(made_by=None)


def address(case: Case) -> str:
    return reverse("exchange:case", args=[case.territory.slug, case.slug])


def _complete(case: Case) -> None:
    if not case.summary.strip() or not case.title.strip():
        raise ValidationError(_("A case needs a title and its three sentences before everybody reads it. Write them, then publish."))
