"""Long work of step 1 as the worker does it: each kind calls one action with the import it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from rrr.core.jobs import JobError, Progress, job
from rrr.understand import sentences
from rrr.understand.actions import imports
from rrr.understand.models import RegisterImport

Action = Callable[..., RegisterImport]
KINDS: dict[str, Action] = {
    "understand.read_register": imports.read,
    "understand.compare_register": imports.compare,
    "understand.publish_import": imports.publish,
    "understand.undo_import": imports.undo,
}


def _work(action: Action) -> Callable[..., str]:
    def work(progress: Progress, *, register_import: int) -> str:
        one = RegisterImport.objects.select_related("territory").get(pk=register_import)
        try:
            action(by=progress.job.by, register_import=one, step=progress.step)
        except ValidationError as error:
            raise JobError(" ".join(error.messages)) from error
        except Exception as error:
            raise _told(error) from error
        return reverse("understand:import", args=[one.territory.slug, one.pk])

    return work


def _told(error: Exception) -> Exception:
    """A fault of the file as a sentence; anything else as it is."""
    fault: dict[str, Any] | None = imports.fault_of(error)
    return JobError(sentences.fault(fault)) if fault else error


def register() -> None:
    for kind, action in KINDS.items():
        job(kind)(_work(action))
