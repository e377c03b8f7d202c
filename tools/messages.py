"""Finds every translatable string: Python through its syntax tree, templates through Django's own `templatize`.

GNU gettext is not needed, so `./dev check` works on a bare machine.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy", "ngettext_noop"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
_CALL = re.compile(r"\b(?:_|n?p?gettext)\(")


@dataclass(frozen=True, order=True)
class Message:
    context: str
    text: str
    plural: str
    place: str

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def _texts(call: ast.Call) -> list[str]:
    return [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]


def _from_call(call: ast.Call, place: str, other_names: Mapping[str, str] | None = None) -> Message | None:
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
    name = (other_names or {}).get(name, name)
    texts = _texts(call)
    if name in PLAIN and texts:
        return Message("", texts[0], "", place)
    if name in PLURAL and len(texts) >= 2:
        return Message("", texts[0], texts[1], place)
    if name in CONTEXT and len(texts) >= 2:
        return Message(texts[0], texts[1], "", place)
    if name in CONTEXT_PLURAL and len(texts) >= 3:
        return Message(texts[0], texts[1], texts[2], place)
    return None


def _in_python(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    if "gettext" not in source:
        return
    tree = ast.parse(source)
    names = _other_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (found := _from_call(node, str(path.relative_to(ROOT)), names)):
            yield found


def _other_names(tree: ast.Module) -> dict[str, str]:
    """What a module calls Django's functions: `gettext_lazy as lazy` -> {"lazy": "gettext_lazy"}."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
    return {one.asname: one.name for node in imports for one in node.names if one.asname}


def _in_template(path: Path) -> Iterator[Message]:
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in _CALL.finditer(code):
        call = _balanced(code[match.start() :])
        if call and (found := _from_call(call, str(path.relative_to(ROOT)))):
            yield found


def _balanced(code: str) -> ast.Call | None:
    """The shortest prefix that parses as one call: templatize leaves X's and newlines around it."""
    for end in (m.end() for m in re.finditer(r"\)", code)):
        try:
            tree = ast.parse(code[:end].strip(), mode="eval").body
        except SyntaxError:
            continue
        return tree if isinstance(tree, ast.Call) else None
    return None


def find() -> dict[tuple[str, str], Message]:
    """Every message of the project by (context, text), the first place that names it kept."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    found: dict[tuple[str, str], Message] = {}
    for path in sorted(ROOT.glob("rrr/**/*.py")):
        if "migrations" not in path.parts and "cli" not in path.parts:
            for message in _in_python(path):
                found.setdefault(message.key, message)
    for path in sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("templates/**/*.txt"), *ROOT.glob("rrr/*/templates/**/*.html")]):
        for message in _in_template(path):
            known = found.get(message.key)
            if known is None or (message.plural and not known.plural):
                found[message.key] = message
    return found
