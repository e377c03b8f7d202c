"""Parquet and GeoParquet: tables with types, as open data portals and maps publish them. One row of the table is one row here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rrr.connectors.parquet.cells import Cells
from rrr.records.register import Account, Box, FileFault, Format, Inspection, Note, NoteCode, Options, RawRow, Reason, Rejected
from rrr.text.columns import Survey, unique

if TYPE_CHECKING:
    import duckdb

MEMORY = "512MB"  # more is refused by the reader: a small file can hold one huge cell
MOST_COLUMNS = 1000
_BATCH = 1000
_DEGREES = ("OGC:CRS84", "EPSG:4326")


@dataclass(frozen=True)
class _Plan:
    names: tuple[str, ...]
    geometry: int | None  # place of the column with the geometry
    rows: int
    notes: tuple[Note, ...]


def _recognise(path: Path, head: bytes, name: str) -> int:
    return 100 if head.startswith(b"PAR1") else 0


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A reader that may open this file and nothing else, load nothing and change none of that."""
    import duckdb

    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    try:
        quoted = str(path).replace("'", "''")
        for line in (
            f"SET memory_limit='{MEMORY}'",
            "SET threads=1",
            "SET enable_geoparquet_conversion=false",  # it refuses the file for one geometry it cannot read; cells.py leaves that one out
            f"SET allowed_paths=['{quoted}']",
            "SET enable_external_access=false",
            "SET lock_configuration=true",
        ):
            connection.execute(line)
        yield connection
    except duckdb.OutOfMemoryException:
        raise FileFault(Reason.TOO_LARGE, megabytes=f"> {MEMORY[:-2]}", limit=MEMORY[:-2]) from None
    except duckdb.Error:
        raise FileFault(Reason.BROKEN_FILE, what="parquet") from None
    finally:
        connection.close()


def _plan(connection: duckdb.DuckDBPyConnection, path: Path) -> _Plan:
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    if len(described) > MOST_COLUMNS:
        raise FileFault(Reason.TOO_MANY_COLUMNS, found=len(described), limit=MOST_COLUMNS)
    counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
    names, notes = unique([str(row[0]) for row in described])
    if not counted or not counted[0]:
        raise FileFault(Reason.NO_ROWS, columns=len(names))
    primary, told = _geometry(connection, path)
    places = [str(row[0]) for row in described]
    return _Plan(names, places.index(primary) if primary in places else None, int(counted[0]), (*notes, *told))


def _geometry(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[str, tuple[Note, ...]]:
    """The column of GeoParquet 1.1's metadata, if its coordinates are degrees; "" without one. No system named means CRS84."""
    rows = connection.execute("SELECT value FROM parquet_kv_metadata(?) WHERE key = 'geo'::BLOB", [str(path)]).fetchall()
    try:
        stated = json.loads(bytes(rows[0][0])) if rows else {}
        primary = str(stated.get("primary_column", ""))
        column = stated.get("columns", {}).get(primary, {})
        identity = (column.get("crs") or {}).get("id") or {}
    except (ValueError, AttributeError, TypeError):
        return "", ()
    if not primary or str(column.get("encoding", "WKB")).upper() != "WKB":
        return "", ()
    crs = f"{identity.get('authority', '')}:{identity.get('code', '')}" if identity else _DEGREES[0]
    return (primary, ()) if crs in _DEGREES else ("", (Note(NoteCode.PROJECTED, {"value": crs}),))


def _rows(connection: duckdb.DuckDBPyConnection, path: Path, plan: _Plan, account: Account, cells: Cells) -> Iterator[RawRow | Rejected]:
    found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
    line = 0
    while batch := found.fetchmany(_BATCH):
        for row in batch:
            line += 1
            account.lines += 1
            account.accepted += 1
            yield RawRow(line, _values(plan, row, cells))


def _values(plan: _Plan, row: tuple[Any, ...], cells: Cells) -> Mapping[str, str]:
    made: dict[str, str] = {}
    for place, (name, value) in enumerate(zip(plan.names, row, strict=True)):
        if place == plan.geometry:
            made |= cells.place(value)
        else:
            cells.add(made, name, value)
    return made


def _inspect(path: Path, options: Options, country: str, near: Box | None) -> Inspection:
    with _opened(path) as connection:
        plan, cells = _plan(connection, path), Cells()
        survey, account = Survey(), Account()
        for row in _rows(connection, path, plan, account, cells):
            if isinstance(row, RawRow):
                survey.add(row.values)
    return Inspection(format="parquet", columns=survey.columns(), rows=plan.rows, notes=(*plan.notes, *cells.notes()), account=account)


def _read(path: Path, options: Options, country: str, near: Box | None, account: Account) -> Iterator[RawRow | Rejected]:
    with _opened(path) as connection:
        yield from _rows(connection, path, _plan(connection, path), account, Cells())


FORMAT = Format("parquet", _recognise, _inspect, _read)
