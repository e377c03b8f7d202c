"""Files as they came: streamed to disk, named by their SHA-256, stored once, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rrr.core.models import RawFile
from rrr.core.outages import no_room


def store(chunks: Iterable[bytes]) -> RawFile:
    """Keep a file. It is on disk, whole and under its name, before the row exists.

    Raises ValidationError when it is too large or empty, or the disk is full.
    """
    try:
        return _store(chunks)
    except OSError as error:
        if not no_room(error):
            raise
        text = _("The disk of this site is full, so the file was not kept. Tell the people who run this site, then send it again.")
        raise ValidationError(text) from error


def _store(chunks: Iterable[bytes]) -> RawFile:
    folder = settings.STATE / "files"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder, prefix="part-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.UPLOAD_MAX_BYTES:
                    limit = settings.UPLOAD_MAX_BYTES // 2**20
                    raise ValidationError(
                        _("The file is larger than %(limit)s MB. Split it, or ask the people who run this site.") % {"limit": limit}
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise ValidationError(_("The file is empty. Choose the file again."))
        made = RawFile(sha256=digest.hexdigest(), size=size)
        made.path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(name, made.path)
    finally:
        if os.path.exists(name):
            os.unlink(name)
    return RawFile.objects.get_or_create(sha256=made.sha256, defaults={"size": size})[0]


def sweep(older: float = 24 * 3600) -> int:
    """Delete files that no row names: what a refused or interrupted upload left behind. Returns how many.

    `older`: seconds since a file was written. A file comes before its row, so a younger one may still be on its way.
    """
    old = [path for path in (settings.STATE / "files").rglob("*") if path.is_file() and path.stat().st_mtime < time.time() - older]
    ours = [path for path in old if path.name.startswith("part-") or len(path.name) == 64]  # anything else was laid there by somebody
    known = set(RawFile.objects.values_list("sha256", flat=True))
    gone = [path for path in ours if path.name not in known]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
