"""Take a file in, correct how it is read, name its columns, choose which records belong here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rrr.core import audit, rawfiles
from rrr.core.audit import Actor
from rrr.places.models import Territory
from rrr.understand.actions.imports.work import held, not_while_published
from rrr.understand.bridge import files
from rrr.understand.models import ImportSource, ImportState, Kind, RegisterImport, Scope


@dataclass(frozen=True)
class SourceDraft:
    """A register as a person names it; `source` is one the territory imported before."""

    name: str
    licence: str = ""
    licence_words: str = ""
    url: str = ""
    source: ImportSource | None = None


def fields() -> tuple[str, ...]:
    """What a column may be mapped to."""
    return files.fields()


def registers() -> list[tuple[str, str]]:
    """Public registers whose columns and codes are known: slug and name."""
    return files.registers()


def upload(
    *, by: Actor, territory: Territory, source: SourceDraft, chunks: Iterable[bytes], file_name: str, file_date: date
) -> RegisterImport:
    """Keep the file under its hash, look at it, and remember the register. The file stays even where it cannot be read.

    Raises ValidationError for a file that is empty or too large.
    """
    raw = rawfiles.store(chunks)
    with transaction.atomic():
        known = _source(by, territory, source)
        one = RegisterImport(
            territory=territory, source=known, file=raw, file_name=file_name[:200], file_date=file_date, by_id=by.pk if by else None
        )
        one.options, one.scope = known.options, known.scope or Scope.INSIDE
        _look(one)
        one.save()
        after = {"source": known.name, "file": raw.sha256, "file_name": one.file_name}
        audit.record(by=by, action="imports.upload", subject=one, after=after, territory=territory.slug)
    return one


def _source(by: Actor, territory: Territory, draft: SourceDraft) -> ImportSource:
    known = draft.source or ImportSource.objects.filter(territory=territory, name__iexact=draft.name.strip()).first()
    values = {"licence": draft.licence, "licence_words": draft.licence_words, "url": draft.url}
    if known is None:
        made = ImportSource(territory=territory, name=draft.name.strip(), **values)
        made.full_clean()
        made.save()
        audit.record(by=by, action="imports.name_source", subject=made, after=audit.snapshot(made), territory=territory.slug)
        return made
    before = {name: getattr(known, name) for name in values}
    changed = {name: value for name, value in values.items() if value and value != before[name]}
    if changed:
        for name, value in changed.items():
            setattr(known, name, value)
        known.save(update_fields=[*changed, "updated_at"])
        audit.record(by=by, action="imports.change_source", subject=known, before=before, after=changed, territory=territory.slug)
    return known


def _look(one: RegisterImport) -> None:
    """Recognise the file; the columns get the fields this register was taught, else those of the known register or a guess."""
    one.inspection = files.recognise(one)
    one.kinds = {**(one.inspection.get("register") or {}).get("kinds", {}), **one.source.kinds}
    columns = one.inspection.get("columns", [])
    taught = one.source.mapping
    one.mapping = {column["name"]: taught.get(column["name"], "" if taught else column["guess"]) for column in columns}


@transaction.atomic
def read_as(*, by: Actor, register_import: RegisterImport, options: Mapping[str, Any]) -> RegisterImport:
    """Correct what was recognised: encoding, separator, sheet, header line, coordinate system, decimal comma, register."""
    one = held(register_import)
    not_while_published(one)
    before, one.options = one.options, {name: value for name, value in options.items() if value not in ("", None, 0)}
    _look(one)
    one.state = ImportState.UPLOADED
    one.save(update_fields=["options", "inspection", "mapping", "kinds", "state", "updated_at"])
    audit.record(by=by, action="imports.read_as", subject=one, before=before, after=one.options, territory=one.territory.slug)
    return one


@transaction.atomic
def map_columns(*, by: Actor, register_import: RegisterImport, mapping: Mapping[str, str]) -> RegisterImport:
    """Say which of our fields each column is; the register remembers it for its next delivery."""
    one = held(register_import)
    not_while_published(one)
    columns = {column["name"] for column in one.inspection.get("columns", [])}
    chosen = {column: name for column, name in mapping.items() if column in columns}
    unknown = set(chosen.values()) - set(files.fields())
    if unknown:
        raise ValidationError(_("There is no field %(name)s.") % {"name": ", ".join(sorted(unknown))})
    if "name" not in chosen.values():
        raise ValidationError(_("Choose the column that holds the name of the organisation. Without a name a row cannot be used."))
    before, one.mapping = one.mapping, chosen
    one.save(update_fields=["mapping", "updated_at"])
    one.source.mapping, one.source.options = chosen, one.options
    one.source.save(update_fields=["mapping", "options", "updated_at"])
    audit.record(by=by, action="imports.map_columns", subject=one, before=before, after=chosen, territory=one.territory.slug)
    return one


@transaction.atomic
def choose_scope(*, by: Actor, register_import: RegisterImport, scope: str, kinds: Mapping[str, str]) -> RegisterImport:
    """Say which records belong to the territory and what the register's words for kinds mean; the register remembers both."""
    one = held(register_import)
    not_while_published(one)
    unknown = set(kinds.values()) - set(Kind.values)
    if unknown:
        raise ValidationError(_("There is no kind %(name)s.") % {"name": ", ".join(sorted(unknown))})
    before = {"scope": one.scope, "kinds": one.kinds}
    one.scope, one.kinds = Scope(scope).value, {**one.kinds, **one.source.kinds, **kinds}
    one.save(update_fields=["scope", "kinds", "updated_at"])
    one.source.scope, one.source.kinds = one.scope, one.kinds
    one.source.save(update_fields=["scope", "kinds", "updated_at"])
    after = {"scope": one.scope, "kinds": one.kinds}
    audit.record(by=by, action="imports.choose_scope", subject=one, before=before, after=after, territory=one.territory.slug)
    return one
