"""What an XLSX file would unpack to, before anything of it is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from rrr.records.register import FileFault, Reason

MOST_ENTRIES = 5_000
MOST_BYTES = 2**30  # unpacked, all parts together
MOST_TEXTS = 256 * 2**20  # unpacked, shared strings and styles, which are held in memory
LIGHT_BYTES = 32 * 2**20  # up to here any ratio is harmless
MOST_RATIO = 200  # real sheets reach 5 to 60


def guard(path: Path) -> None:
    """Raises FileFault for a bomb or a broken archive. Python's zip reader never gives out more than an entry states, so stated sizes bind."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileFault(Reason.BROKEN_FILE, what="xlsx") from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileFault(Reason.ENCRYPTED)
    total = sum(entry.file_size for entry in entries)
    kept = sum(entry.file_size for entry in entries if "worksheets/" not in entry.filename and "media/" not in entry.filename)
    packed = max(path.stat().st_size, 1)
    bomb = len(entries) > MOST_ENTRIES or total > MOST_BYTES or kept > MOST_TEXTS
    if bomb or (total > LIGHT_BYTES and total > MOST_RATIO * packed):
        raise FileFault(Reason.ZIP_BOMB, megabytes=total // 2**20, limit=min(MOST_BYTES, max(LIGHT_BYTES, MOST_RATIO * packed)) // 2**20)
