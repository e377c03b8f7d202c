"""Shape of the code: file and function length, no `.objects` in views, no logic in save, no `utils`, short templates.

    python -m tools.shape

The rules are in CONTRIBUTING.md. Each fault is one line: where, what, how to mend.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 50, 120
BANNED_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def python_faults(path: Path, source: str) -> Iterator[str]:
    lines = source.count("\n")
    if lines > FILE_LINES:
        yield f"{path}: {lines} lines; split it by subject (at most {FILE_LINES})"
    if BANNED_NAMES & {path.stem, *path.parts}:
        yield f"{path}: no module is called {path.stem}; name it after its subject"
    in_views = path.stem == "views" or "views" in path.parts
    for node in _functions(ast.parse(source)):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > FUNCTION_LINES:
            yield f"{path}:{node.lineno}: {node.name} has {length} lines; split it (at most {FUNCTION_LINES})"
        if node.name == "save" and path.stem == "models":
            yield f"{path}:{node.lineno}: no logic in save; write an action"
    if in_views:
        for number, line in enumerate(source.splitlines(), 1):
            if re.search(r"\.objects\b", line):
                yield f"{path}:{number}: a view asks a query or an action, not .objects"


def template_faults(path: Path, source: str) -> Iterator[str]:
    lines = source.count("\n")
    if lines > TEMPLATE_LINES:
        yield f"{path}: {lines} lines; take a part out (at most {TEMPLATE_LINES})"
    if re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"|href=\"javascript:", source):
        yield f"{path}: inline script or style is refused by the content security policy; use static/"
    if re.search(r"(?:src|action)=\"(?:https?:)?//", source):
        yield f"{path}: no page asks another host for anything"


def faults() -> list[str]:
    found: list[str] = []
    for path in sorted(ROOT.glob("rrr/**/*.py")):
        if "migrations" not in path.parts:
            found += python_faults(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    for path in sorted(ROOT.glob("templates/**/*.html")):
        found += template_faults(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    lines = faults()
    print("\n".join(lines))
    sys.exit(1 if lines else 0)
