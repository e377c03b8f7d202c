"""Ask the worker for long work on an import; short work is done at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy

from rrr.core import jobs
from rrr.core.audit import Actor
from rrr.core.models import Job
from rrr.understand.actions.imports.publishing import publish
from rrr.understand.actions.imports.undoing import undo
from rrr.understand.actions.imports.work import held, under_way
from rrr.understand.models import RegisterImport
from rrr.understand.queries import imports as queries

FEW = 200  # records that are published or taken back while the person waits: about two seconds
TITLES = {
    "understand.read_register": gettext_lazy("Reading %(name)s"),
    "understand.compare_register": gettext_lazy("Comparing %(name)s"),
    "understand.publish_import": gettext_lazy("Publishing %(name)s"),
    "understand.undo_import": gettext_lazy("Undoing %(name)s"),
}


@transaction.atomic
def ask(*, by: Actor, register_import: RegisterImport, kind: str) -> Job:
    """Queue one kind of work. Refused while another job is at work on the same import."""
    one = held(register_import)
    free(one)
    title = str(TITLES[kind]) % {"name": one.file_name}
    one.job = jobs.enqueue(by=by, kind=kind, title=title, args={"register_import": one.pk}, territory=one.territory.slug)
    one.save(update_fields=["job", "updated_at"])
    return one.job


def free(one: RegisterImport) -> None:
    if one.busy:
        raise under_way()


def publish_or_ask(*, by: Actor, register_import: RegisterImport) -> Job | None:
    """Publish at once where it is little, else queue it."""
    if queries.tally(register_import)["to_publish"] > FEW:
        return ask(by=by, register_import=register_import, kind="understand.publish_import")
    free(register_import)
    publish(by=by, register_import=register_import)
    return None


def undo_or_ask(*, by: Actor, register_import: RegisterImport) -> Job | None:
    if register_import.changes.count() > FEW:
        return ask(by=by, register_import=register_import, kind="understand.undo_import")
    free(register_import)
    undo(by=by, register_import=register_import)
    return None
