"""Add evidence cards and take them away. The trail names cards, never the words of a quote: consent can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.define import bridge
from rrr.define.models import Challenge, Evidence
from rrr.define.vocabulary import EvidenceKind
from rrr.places import queries as places


@transaction.atomic
def add(*, by: Actor, challenge: Challenge, kind: str, values: Mapping[str, Any]) -> Evidence:
    """A document or a quote, with what its kind needs: address and day, or person in general terms and consent."""
    made = Evidence(challenge=challenge, kind=kind, author_id=by.pk if by else None, **values)
    made.clean_fields(exclude=["challenge", "author", "indicator", "figures"])
    made.validate_constraints()
    made.save()
    _record(by, "evidence.add", made)
    return made


@transaction.atomic
def add_indicator(*, by: Actor, challenge: Challenge, code: str, text: str = "", language: str = "en") -> Evidence:
    """An indicator of the territory's country against the path it was on. What it shows is frozen with the card."""
    country = challenge.territory.country if challenge.territory else ""
    series = places.series(code, country=country)
    if series is None:
        raise ValidationError(_("There are no values of this indicator for the country. Choose one from the list."))
    figures = bridge.figures(series, country)
    made = Evidence(
        challenge=challenge,
        kind=EvidenceKind.INDICATOR,
        title=series.indicator.name[:200],
        text=text,
        language=language,
        indicator=series.indicator,
        figures=figures,
        author_id=by.pk if by else None,
    )
    made.clean_fields(exclude=["challenge", "author", "indicator"])
    made.save()
    _record(by, "evidence.add", made, data_version=figures["data_version"], indicator=code)
    return made


@transaction.atomic
def remove(*, by: Actor, evidence: Evidence, reason: str) -> None:
    """Take a card away, words and all."""
    _record(by, "evidence.remove", evidence, reason=reason, gone=True)
    evidence.delete()


def _record(by: Actor, action: str, card: Evidence, *, reason: str = "", gone: bool = False, **more: Any) -> None:
    challenge = card.challenge
    shown = {"evidence": card.pk, "kind": card.kind, **more}
    if card.kind != EvidenceKind.QUOTE:
        shown["title"] = card.title
    before, after = (shown, None) if gone else (None, shown)
    place = challenge.territory.slug if challenge.territory else ""
    audit.record(by=by, action=action, subject=challenge, before=before, after=after, territory=place, reason=reason)
