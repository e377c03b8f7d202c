"""Take in a file with outcome data, row by row against the frozen plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit, rawfiles
from rrr.core.audit import Actor
from rrr.core.models import RawFile
from rrr.experiment import bridge, data_check, queries, sentences
from rrr.experiment import plan as plans
from rrr.experiment.models import DataUpload, Pilot, PlanVersion
from rrr.experiment.vocabulary import ORDER, ArmsBy, PilotState


@transaction.atomic
def upload(*, by: Actor, pilot: Pilot, chunks: Iterable[bytes], name: str) -> DataUpload:
    """Keep the file by its hash, check every row, keep good and rejected rows. A later file replaces an earlier one; both are kept.

    Raises ValidationError where the whole file is of no use. The file itself is kept all the same only if a row was read.
    """
    fresh = Pilot.objects.select_for_update().get(pk=pilot.pk)
    version = queries.frozen_plan(fresh)
    if version is None:
        raise ValidationError(_("The plan is not frozen yet. Data come after the plan, so that nobody can fit the plan to them."))
    plan = plans.read(version.text)
    arms = queries.arms(version)
    if plan.arms_by == ArmsBy.RRR and not arms:
        raise ValidationError(_("The lot is not cast yet. Draw it first: data before the draw belong to nobody."))
    kept = rawfiles.store(chunks)
    found, facts = _read(plan, arms, kept, name)
    made = DataUpload.objects.create(
        pilot=pilot,
        plan=version,
        file=kept,
        file_name=name[:300],
        rows=found.rows,
        rejected=found.rejected,
        facts=facts,
        by_id=by.pk if by else None,
    )
    _forward(fresh, pilot)
    _record(by, pilot, made, version)
    return made


def _read(plan: plans.Plan, arms: Mapping[str, str], kept: RawFile, name: str) -> tuple[data_check.Checked, dict[str, Any]]:
    found = data_check.Checked()
    try:
        table = bridge.table(kept.path, name)
        missing = data_check.missing_columns(plan, table.columns)
        if missing:
            given = {"missing": ", ".join(missing), "found": ", ".join(table.columns[:20])}
            raise ValidationError(
                _("The file has no column called %(missing)s, which the plan names. It has: %(found)s. Rename the column and upload again.")
                % given
            )
        data_check.check(plan, arms, _rows(table, found), found)
    except bridge.FileFault as fault:
        raise ValidationError(sentences.file(fault.reason.value, fault.facts)) from fault
    seen = {row["unit"] for row in found.rows}
    facts = {
        "columns": list(table.columns[:50]),
        "encoding": table.encoding,
        "decimal_commas": found.decimal_commas,
        "without_row": sum(1 for one in plan.units if one.key not in seen),
    }
    return found, facts


def _rows(table: bridge.Table, found: data_check.Checked) -> Iterator[tuple[int, Mapping[str, str]]]:
    for place, row in enumerate(table.rows):
        if place >= data_check.LIMIT:
            limit = {"limit": sentences.number(data_check.LIMIT)}
            raise ValidationError(_("The file has more than %(limit)s rows. Upload one row per unit (and period) of the plan.") % limit)
        if isinstance(row, bridge.Rejected):
            found.rejected.append({"line": row.line, "text": row.text, "code": row.reason.value, "facts": dict(row.facts)})
        else:
            yield row.line, row.values


def _forward(fresh: Pilot, pilot: Pilot) -> None:
    if ORDER.index(PilotState(fresh.state)) < ORDER.index(PilotState.DATA):
        fresh.state = PilotState.DATA
        fresh.save(update_fields=["state", "updated_at"])
    pilot.state = fresh.state


def _record(by: Actor, pilot: Pilot, made: DataUpload, version: PlanVersion) -> None:
    after = {
        "file": made.file.sha256,
        "accepted": len(made.rows),
        "rejected": len(made.rejected),
        "missing": made.missing,
        "plan": version.sha256,
    }
    audit.record(by=by, action="pilots.upload", subject=pilot, after=after, territory=pilot.territory.slug)
