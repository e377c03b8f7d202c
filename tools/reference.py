"""Generated reference pages: `write` makes them, `check` says which are out of date.

    python -m tools.reference write|check

Every module in tools/pages/ with `PATH` (below docs/reference) and `text() -> str` is a page; nothing here is edited to add one.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

from tools import pages

ROOT = Path(__file__).resolve().parents[1]


def generated() -> dict[Path, str]:
    """Path below docs/reference -> its text as the code says now."""
    made = {}
    for entry in pkgutil.iter_modules(pages.__path__):
        module = importlib.import_module(f"tools.pages.{entry.name}")
        made[ROOT / "docs" / "reference" / module.PATH] = module.text()
    return made


def main(words: list[str]) -> int:
    if words not in (["write"], ["check"]):
        print(__doc__)
        return 2
    old = [(path, text) for path, text in generated().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path, text in old:
        if words == ["write"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'written' if words == ['write'] else 'out of date'}")
    return 1 if old and words == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
