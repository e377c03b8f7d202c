"""What the long actions share: how far they are, the import they hold, batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils.translation import gettext as _

from rrr.understand.models import RegisterImport

Step = Callable[[int, int, str], None]  # done, total (0: not known), message
Thing = TypeVar("Thing")
LOCKED = "55P03"  # PostgreSQL: another transaction holds the row


def quiet(done: int, total: int, message: str) -> None:
    """For callers who do not watch."""


def held(one: RegisterImport) -> RegisterImport:
    """The import as it stands now, locked until the transaction ends: two people never publish it at once.

    Whoever comes second is told so at once: the first may be a job of many minutes, and a page cannot wait for it.
    """
    found = RegisterImport.objects.select_for_update(of=("self",), nowait=True).select_related("territory", "source", "file")
    try:
        return found.get(pk=one.pk)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == LOCKED:
            raise under_way() from error
        raise


def under_way() -> ValidationError:
    return ValidationError(_("Work on this import is under way. Wait until it has ended, or cancel it."))


def not_while_published(one: RegisterImport) -> None:
    """Reading or comparing again would cut the tie between organisations and their rows."""
    if one.changes.exists() or one.records.filter(published=True).exists():
        raise ValidationError(_("This import is published. Undo it first, then you can read it again."))


def batches(found: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    batch: list[Thing] = []
    for one in found:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
