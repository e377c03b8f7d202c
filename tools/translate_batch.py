"""Hands out what is not translated yet and takes translations back.

    python -m tools.translate_batch out LANGUAGE > open.json     # [{"id": 0, "text": "…", "plural": "…", "context": "…", "place": "…"}]
    python -m tools.translate_batch in LANGUAGE done.json        # {"0": "…", "7": ["one", "few", "many"]}

The numbers are those of one `out`; run `in` before the catalogue is updated again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polib

from tools.translations import catalogue


def _open(language: str) -> tuple[polib.POFile, list[polib.POEntry]]:
    file = polib.pofile(str(catalogue(language)), wrapwidth=0)
    return file, [e for e in file if not e.translated() or "fuzzy" in e.flags]


def hand_out(language: str) -> None:
    _file, entries = _open(language)
    rows = [
        {
            "id": n,
            "text": e.msgid,
            "plural": e.msgid_plural,
            "context": e.msgctxt or "",
            "place": str(e.occurrences[0][0]) if e.occurrences else "",
        }
        for n, e in enumerate(entries)
    ]
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=0)


def take_back(language: str, path: Path) -> None:
    file, entries = _open(language)
    for key, value in json.loads(path.read_text(encoding="utf-8")).items():
        entry = entries[int(key)]
        if isinstance(value, list):
            entry.msgstr_plural = dict(enumerate(value))
        else:
            entry.msgstr = value
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    file.save()
    print(f"{language}: {len(file.untranslated_entries())} left")


if __name__ == "__main__":
    if sys.argv[1:2] == ["out"] and len(sys.argv) == 3:
        hand_out(sys.argv[2])
    elif sys.argv[1:2] == ["in"] and len(sys.argv) == 4:
        take_back(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(__doc__)
