"""Begin a pilot, write its plan, give it units, freeze it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.experiment import bridge, checks, queries, sentences, unit_list
from rrr.experiment import plan as plans
from rrr.experiment.models import Adaptation, Assignment, Pilot, PlanVersion
from rrr.experiment.vocabulary import ArmsBy, PilotState
from rrr.records import canonical

RESERVED = frozenset({"new", "chain"})
CHAIN_LOCK = 0x5252_5250  # one chain: two freezings wait for each other


@transaction.atomic
def begin(*, by: Actor, adaptation: Adaptation, title: str) -> Pilot:
    """A pilot with an empty plan; its address is made of its title."""
    territory = adaptation.territory
    Adaptation.objects.select_for_update().get(pk=adaptation.pk)
    taken = set(Pilot.objects.filter(territory=territory).values_list("slug", flat=True)) | RESERVED
    made = Pilot(territory=territory, adaptation=adaptation, title=title.strip(), slug=_free(title, taken))
    made.full_clean(exclude=["territory", "adaptation", "draft"])
    made.save()
    audit.record(by=by, action="pilots.begin", subject=made, after=audit.snapshot(made, "title", "slug"), territory=territory.slug)
    return made


def _free(title: str, taken: set[str]) -> str:
    base = slugify(title)[:110].strip("-") or "pilot"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _open(pilot: Pilot) -> Pilot:
    """The pilot, locked, if its plan may still change. Data or a draw close it for good."""
    fresh = Pilot.objects.select_for_update().get(pk=pilot.pk)
    if queries.plan_closed(fresh):
        raise ValidationError(_("The lot is cast or there are data: the plan stands as it is. Start a new pilot for a new plan."))
    return fresh


@transaction.atomic
def write(*, by: Actor, pilot: Pilot, values: Mapping[str, Any], simulated: bool) -> Pilot:
    """Keep the plan as far as it is written; nothing needs to be complete before the freezing."""
    fresh = _open(pilot)
    given = {name: value for name, value in values.items() if name in plans.NAMES}
    draft = {**fresh.draft, **given}
    differing = {name: value for name, value in given.items() if fresh.draft.get(name) != value}
    before = {name: fresh.draft.get(name) for name in differing}
    if fresh.state == PilotState.PLANNING:
        _mark(fresh, simulated, before, differing)
    _keep(pilot, fresh, draft)
    if differing:
        audit.record(by=by, action="pilots.write", subject=fresh, before=before, after=differing, territory=fresh.territory.slug)
    return pilot


def _mark(fresh: Pilot, simulated: bool, before: dict[str, Any], differing: dict[str, Any]) -> None:
    if fresh.simulated != simulated:
        before["simulated"], differing["simulated"] = fresh.simulated, simulated
        fresh.simulated = simulated


def _keep(pilot: Pilot, fresh: Pilot, draft: Mapping[str, Any]) -> None:
    fresh.draft = dict(draft)
    fresh.save(update_fields=["draft", "simulated", "updated_at"])
    pilot.draft, pilot.simulated = fresh.draft, fresh.simulated


@transaction.atomic
def set_units(*, by: Actor, pilot: Pilot, units: Sequence[plans.Unit]) -> Pilot:
    """Replace the list of units. The trail keeps how many, not which: keys of people do not belong there."""
    fresh = _open(pilot)
    kept = [{name: value for name, value in asdict(one).items() if value} for one in units]
    before = {"units": len(fresh.draft.get("units", ()))}
    _keep(pilot, fresh, {**fresh.draft, "units": kept})
    audit.record(by=by, action="pilots.set_units", subject=fresh, before=before, after={"units": len(kept)}, territory=fresh.territory.slug)
    return pilot


@transaction.atomic
def freeze(*, by: Actor, pilot: Pilot, reason: str = "") -> PlanVersion:
    """Seal the plan: canonical text, SHA-256, time, next link of the chain. A later version needs a reason and comes before data."""
    fresh = _open(pilot)
    plan = plans.from_draft(fresh.draft, simulated=fresh.simulated)
    faults = checks.faults(plan)
    if faults:
        raise ValidationError([fault.sentence for fault in faults])
    number = fresh.plans.count() + 1
    if number > 1 and not reason.strip():
        raise ValidationError({"reason": _("Say why the frozen plan changes. Everybody can read it.")})
    secret = secrets.token_hex(32) if plan.arms_by == ArmsBy.RRR else ""
    text = canonical.canonical(_document(fresh, plan, number, secret)).decode()
    if number > 1 and _same(fresh, text):
        raise ValidationError(_("The plan is the same as the frozen one. There is nothing to freeze anew."))
    made = _append(fresh, number, text, by, reason.strip())
    if secret:
        Assignment.objects.create(plan=made, secret=secret, secret_sha256=bridge.commitment(secret))
    fresh.state = PilotState.FROZEN
    fresh.save(update_fields=["state", "updated_at"])
    pilot.state = fresh.state
    after = {"number": number, "sha256": made.sha256, "chain": made.chain}
    audit.record(by=by, action="pilots.freeze", subject=fresh, after=after, territory=fresh.territory.slug, reason=reason)
    return made


def _document(pilot: Pilot, plan: plans.Plan, number: int, secret: str) -> dict[str, Any]:
    whose = {
        "territory": pilot.territory.slug,
        "pilot": pilot.slug,
        "title": pilot.title,
        "solution": pilot.adaptation.solution.slug,
        "challenge": pilot.adaptation.challenge.slug,
    }
    return plans.document(plan, pilot=whose, version=number, secret_sha256=bridge.commitment(secret) if secret else "")


def _same(pilot: Pilot, text: str) -> bool:
    """Whether the new text says the same as the last: version and secret differ always, so plans are compared, not texts."""
    last = pilot.plans.order_by("-number").first()
    return last is not None and plans.read(last.text) == plans.read(text)


def _append(pilot: Pilot, number: int, text: str, by: Actor, reason: str) -> PlanVersion:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = PlanVersion.objects.order_by("-pk").first()
    before, digest, at = (last.chain if last else ""), plans.sha256(text), timezone.now()
    return PlanVersion.objects.create(
        pilot=pilot,
        number=number,
        text=text,
        sha256=digest,
        before=before,
        chain=plans.chained(before, digest, at.astimezone(UTC).isoformat()),
        frozen_at=at,
        frozen_by_id=by.pk if by else None,
        reason=reason,
    )


def read_units(*, chunks: Iterable[bytes], name: str) -> unit_list.Read:
    """A list of units from an uploaded file. The file itself is not kept: it is a list of people's keys, and the plan holds them."""
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        try:
            table = bridge.table(Path(file.name), name)
            heads = {column.strip().casefold(): column for column in table.columns}
            key = next((heads[one] for one in ("unit", "key", "id") if one in heads), None)
            if key is None:
                given = {"found": ", ".join(table.columns[:20])}
                raise ValidationError(
                    _("The file has no column called “unit”. It has: %(found)s. Rename the column and upload again.") % given
                )
            return unit_list.from_rows(_cells(table, key, heads))
        except bridge.FileFault as fault:
            raise ValidationError(sentences.file(fault.reason.value, fault.facts)) from fault


def _cells(table: bridge.Table, key: str, heads: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    for row in table.rows:
        if isinstance(row, bridge.Rejected):
            raise ValidationError(
                _("Line %(line)s cannot be read: %(why)s") % {"line": row.line, "why": sentences.row(row.reason.value, row.facts)}
            )
        others = {name: row.values.get(heads[name], "") for name in unit_list.COLUMNS[1:] if name in heads}
        yield row.line, {"unit": row.values.get(key, ""), **others}
