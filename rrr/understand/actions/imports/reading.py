"""Read a file wholly: accepted rows become records, the others are kept with their reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rrr.core import audit
from rrr.core.audit import Actor
from rrr.places import queries as places
from rrr.places.models import Territory
from rrr.text.fold import words
from rrr.understand.actions.imports.work import Step, batches, held, not_while_published, quiet
from rrr.understand.bridge import files
from rrr.understand.models import Group, ImportState, Presence, RegisterImport, RejectedRow
from rrr.understand.queries import imports as queries

BATCH = 1000
DOUBLE = "double"  # our own reason beside those of the connectors
# The rows of one key after the first leave the records and join the refused ones. Done in the database: two million keys need no memory
# here. Without fresh statistics PostgreSQL takes the new rows for few and joins them row by row, for hours: hence ANALYZE.
DOUBLES = """
WITH twice AS MATERIALIZED (
  SELECT id, first FROM (
    SELECT id, first_value(line) OVER w AS first, row_number() OVER w AS place FROM understand_registerrecord
    WHERE register_import_id = %(pk)s WINDOW w AS (PARTITION BY key ORDER BY line, id)
  ) ranked WHERE place > 1
), gone AS (
  DELETE FROM understand_registerrecord record USING twice WHERE record.id = twice.id RETURNING record.line, record.raw, twice.first
)
INSERT INTO understand_rejectedrow (register_import_id, line, text, reason, facts)
SELECT %(pk)s, line, (SELECT coalesce(string_agg(value, ' | '), '') FROM jsonb_each_text(raw)), %(reason)s, jsonb_build_object('first', first) FROM gone
"""


@transaction.atomic
def read(*, by: Actor, register_import: RegisterImport, step: Step = quiet) -> RegisterImport:
    """Read every row. It begins by forgetting an earlier reading, so it can be repeated. Raises FileFault for a file that cannot be read."""
    one = held(register_import)
    not_while_published(one)
    _forget(one)
    total, done, accepted = int(one.inspection.get("rows") or 0), 0, 0
    cities = queries.city_names(one.territory)
    for batch in batches(files.rows(one), BATCH):
        good = [row for row in batch if isinstance(row, files.Accepted)]
        bad = [row for row in batch if isinstance(row, files.Refused)]
        _keep(one, good, cities)
        RejectedRow.objects.bulk_create(
            RejectedRow(register_import=one, line=row.line, text=row.text, reason=row.reason, facts=row.facts) for row in bad
        )
        done, accepted = done + len(batch), accepted + len(good)
        step(done, max(total, done), _("%(done)s rows read, %(accepted)s can be used") % {"done": done, "accepted": accepted})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE understand_registerrecord")
        cursor.execute(DOUBLES, {"pk": one.pk, "reason": DOUBLE})
    one.state = ImportState.READ
    one.save(update_fields=["state", "updated_at"])
    after = {"rows": done, "accepted": one.records.count(), "rejected": one.rejected.count()}
    audit.record(by=by, action="imports.read", subject=one, after=after, territory=one.territory.slug)
    return one


def _forget(one: RegisterImport) -> None:
    """Without loading the rows: nothing that must live hangs on records which were never published."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM understand_registerrecord WHERE register_import_id = %s", [one.pk])
        cursor.execute("DELETE FROM understand_rejectedrow WHERE register_import_id = %s", [one.pk])


COPY = """COPY understand_registerrecord
(register_import_id, line, key, name, values, raw, problems, presence, "group", candidates, verdict, published) FROM STDIN"""


def _keep(one: RegisterImport, rows: Sequence[files.Accepted], cities: frozenset[str]) -> None:
    """By COPY: two million rows through `bulk_create` take twice the time, most of it spent on quoting JSON."""
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row, presence in zip(rows, presences(one.territory, rows, cities), strict=True):
            stored = [json.dumps(given, ensure_ascii=False) for given in (row.values, row.raw, row.problems)]
            name = str(row.values.get("name", ""))[:300]
            group = Group.OUT if presence == Presence.OUTSIDE else Group.WAITING  # most of a national register: not to be written twice
            copy.write_row([one.pk, row.line, row.key, name, *stored, presence.value, group.value, "[]", "", False])


def presences(of: Territory, rows: Sequence[files.Accepted], cities: frozenset[str]) -> list[Presence]:
    """Where each row lies. Without a boundary or a box every place counts as inside."""
    placed = [at for at, row in enumerate(rows) if row.values.get("lon") is not None and row.values.get("lat") is not None]
    beyond = places.outside(of, [(rows[at].values["lon"], rows[at].values["lat"]) for at in placed])
    outside = {placed[position] for position in beyond}
    inside = set(placed) - outside
    found = []
    for at, row in enumerate(rows):
        city = " ".join(words(str(row.values.get("city", ""))))
        unplaced = Presence.CITY if city and city in cities else Presence.ELSEWHERE if city else Presence.NOWHERE
        found.append(Presence.INSIDE if at in inside else Presence.OUTSIDE if at in outside else unplaced)
    return found


def fault_of(error: Exception) -> dict[str, Any] | None:
    """Code and facts of a file that turned out unreadable in the middle; None for any other error."""
    return files.fault_of(error)
