"""Remembers what the starter content wrote, so that a later load updates its own values and leaves those that people changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from rrr.places.content import Counts
from rrr.places.models import StarterRow

_FILES = "files"


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(values, default=str))
    return plain


def _hash(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Ledger:
    """The rows of one kind. Ask `changes` for each object, write what it says through the actions, then `save`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.counts = Counts()
        self._known = {row.key: row for row in StarterRow.objects.filter(kind=kind)}
        self._written: list[StarterRow] = []

    def changes(self, key: str, wanted: Mapping[str, Any], current: Mapping[str, Any] | None) -> dict[str, Any]:
        """What to write: everything for a new object, else the fields that nobody touched since our last load.

        `current` are the object's values now, None where it does not exist. An object that people deleted, or made
        themselves under the same key, is left alone.
        """
        plain = _plain(wanted)
        digest = _hash(plain)
        known = self._known.get(key)
        if known is None and current is None:
            self.counts.new += 1
            self._remember(key, plain, digest)
            return dict(wanted)
        if known is None or current is None:
            self.counts.kept += 1
            return {}
        if known.digest == digest:
            self.counts.unchanged += 1
            return {}
        now = _plain(current)
        differing = {name for name, value in plain.items() if known.values.get(name) != value}
        ours = {name: wanted[name] for name in differing if now.get(name) == known.values.get(name)}
        self._remember(key, plain, digest)
        if ours:
            self.counts.updated += 1
        else:
            self.counts.kept += 1
        return ours

    def _remember(self, key: str, values: dict[str, Any], digest: str) -> None:
        self._written.append(StarterRow(kind=self.kind, key=key, digest=digest, values=values))

    def save(self) -> Counts:
        """Call it in the transaction of the writes."""
        StarterRow.objects.bulk_create(
            self._written, update_conflicts=True, unique_fields=["kind", "key"], update_fields=["digest", "values"], batch_size=500
        )
        self._known.update({row.key: row for row in self._written})
        self._written = []
        return self.counts


def loaded(step: str) -> str:
    """The digest of the files that a step loaded last; empty where it never did."""
    return StarterRow.objects.filter(kind=_FILES, key=step).values_list("digest", flat=True).first() or ""


def mark_loaded(step: str, digest: str) -> None:
    StarterRow.objects.update_or_create(kind=_FILES, key=step, defaults={"digest": digest})
