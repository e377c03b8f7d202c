"""Files that are no table whatever their name says: PDF, web pages, old Excel, OpenDocument, images, archives, databases."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

_SIGNS = (
    (b"%PDF", "pdf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\0", "image"), (b"MM\0*", "image"),
    (b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf", "archive"), (b"Rar!", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"),
    (b"SQLite format 3", "sqlite"), (b"{\\rtf", "doc"), (b"\x09\x08\x10\0", "xls"), (b"\x09\x08\x08\0", "xls"),
    (b"\0\0'\x0a", "shapefile"), (b"\x7fELF", "program"), (b"MZ\x90", "program"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_DIRECTORY = 8 * 2**20  # bytes of a zip's table of contents; tens of thousands of entries


def disguise(path: Path, head: bytes) -> str:
    """What the file is, "" when nothing speaks against a table."""
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(b"PK"):
        return _zip(path)
    for sign, what in _SIGNS:
        if head.startswith(sign):
            return what
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2000].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<table", b"<body", b"<script")) or b"<html" in start:
        return "html"
    return "xml" if start.startswith((b"<?xml", b"<kml", b"<osm", b"<gpx")) else ""


def _ole(path: Path) -> str:
    """Old Office files, and new ones under a password, share a container; the names of its parts tell them apart."""
    with path.open("rb") as file:
        head = file.read(2**20)
        file.seek(max(0, path.stat().st_size - 2**20))
        both = head + file.read()
    if "EncryptedPackage".encode("utf-16-le") in both:
        return "encrypted"
    return "doc" if "WordDocument".encode("utf-16-le") in both else "xls"


def _zip(path: Path) -> str:
    """ "" for XLSX. The table of contents is measured before it is read."""
    if directory_size(path) > MOST_DIRECTORY:
        return "zip"
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 and b"opendocument" in archive.read("mimetype"):
                return "ods"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ""  # a broken XLSX: its reader says so
    if "[Content_Types].xml" not in names:
        return "zip"
    if any(name.startswith("word/") or name.startswith("ppt/") for name in names):
        return "doc"
    return "xlsb" if "xl/workbook.bin" in names else ""


def directory_size(path: Path) -> int:
    """Bytes of the table of contents as the end of the archive states them; 0 when there is no end."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return 0
    entries, size = struct.unpack("<HI", tail[at + 10 : at + 16])
    return MOST_DIRECTORY + 1 if entries == 0xFFFF else int(size)
