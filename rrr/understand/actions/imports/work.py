"""What the long actions share: how far they are, the import they hold, batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rrr.understand.models import RegisterImport

Step = Callable[[int, int, str], None]  # done, total (0: not known), message
Thing = TypeVar("Thing")


def quiet(done: int, total: int, message: str) -> None:
    """For callers who do not watch."""


def held(one: RegisterImport) -> RegisterImport:
    """The import as it stands now, locked until the transaction ends: two people never publish it at once."""
    found = RegisterImport.objects.select_for_update(of=("self",)).select_related("territory", "source", "file")
    return found.get(pk=one.pk)


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
