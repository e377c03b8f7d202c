"""Registers for tests, taken through the same actions a person and the worker use."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from rrr.understand.actions import imports
from rrr.understand.models import RegisterImport

HEADER = "id,name,type,street,city,lon,lat,website\n"
THREE = (
    HEADER
    + "1,Cooperativa Sole,cooperativa,Via Roma 1,Torino,7.68,45.07,https://sole.example.org\n"
    + "2,Banco Alimentare,associazione,Via Po 2,Torino,7.69,45.06,\n"
    + "3,Far Away,associazione,Calle 1,Madrid,-3.7,40.4,\n"
)
MAPPING = {
    "id": "key", "name": "name", "type": "kind", "street": "street", "city": "city", "lon": "lon", "lat": "lat", "website": "website",
}  # fmt: skip


def upload(
    territory: Any, content: str | bytes | Path = THREE, *, by: Any = None, register: str = "Chamber", file_name: str = ""
) -> RegisterImport:
    data = content.read_bytes() if isinstance(content, Path) else content.encode() if isinstance(content, str) else content
    name = file_name or (content.name if isinstance(content, Path) else "register.csv")
    draft = imports.SourceDraft(register, "cc_by")
    return imports.upload(by=by, territory=territory, source=draft, chunks=[data], file_name=name, file_date=date(2026, 11, 1))


def compared(
    territory: Any, content: str | bytes | Path = THREE, *, by: Any = None, scope: str = "inside", mapping: Any = None, **fields: Any
) -> RegisterImport:
    """Uploaded, read and compared."""
    one = upload(territory, content, by=by, **fields)
    columns = {column["name"] for column in one.inspection["columns"]}
    given = mapping if mapping is not None else {name: field for name, field in MAPPING.items() if name in columns}
    one = imports.map_columns(by=by, register_import=one, mapping=given)
    one = imports.read(by=by, register_import=one)
    one = imports.choose_scope(by=by, register_import=one, scope=scope, kinds={"cooperativa": "cooperative", "associazione": "association"})
    return imports.compare(by=by, register_import=one)


def published(territory: Any, content: str | bytes | Path = THREE, **fields: Any) -> RegisterImport:
    one = compared(territory, content, **fields)
    return imports.publish(by=fields.get("by"), register_import=one)
