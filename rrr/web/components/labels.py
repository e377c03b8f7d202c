"""Small parts beside a title or a result: tags, horizon, evidence, notes, simulated, sealed, provenance, key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext as _

register = template.Library()
KINDS = {"success": "ok", "warning": "warn", "error": "bad", "debug": "info"}
SHAPES = ("line", "dashed", "band", "dot", "ring", "square", "diamond", "triangle", "hatch")


@register.inclusion_tag("_components/tag_list.html")
def tag_list(items: Sequence[str | tuple[str, str]]) -> dict[str, Any]:
    """`{% tag_list items %}`: facts in a row under a title, no filled pills. An item is a text or a pair (name, text)."""
    return {"items": [{"text": one} if isinstance(one, str) else {"name": one[0], "text": one[1]} for one in items]}


@register.inclusion_tag("_components/horizon.html")
def horizon(code: str) -> dict[str, Any]:
    """`{% horizon "rebuild" %}`: respond, rebuild or reinvent as one to three dots with the word."""
    labels = {"respond": _("Respond"), "rebuild": _("Rebuild"), "reinvent": _("Reinvent")}
    number = list(labels).index(code) + 1 if code in labels else 0
    return {"label": labels.get(code, code), "dots": [(6 + 14 * place, place < number) for place in range(3)]}


@register.inclusion_tag("_components/evidence.html")
def evidence_level(level: int | None) -> dict[str, Any]:
    """`{% evidence_level 3 %}`: zero to four squares with the words; None shows the hatch."""
    return {"level": level, "squares": [(1 + 11 * place, level is not None and place < level) for place in range(4)]}


@register.inclusion_tag("_components/note.html")
def note(text: str, kind: str = "info", title: str = "") -> dict[str, Any]:
    """`{% note "Saved." kind="ok" %}`: one interrupting thought. Kinds: info, ok (success), warn (warning), bad (error)."""
    return {"text": text, "kind": KINDS.get(kind, kind or "info"), "title": title}


@register.inclusion_tag("_components/simulated.html")
def simulated(text: str, kind: str = "simulated") -> dict[str, Any]:
    """`{% simulated "Votes were drawn at random." %}`: above anything that is not a fact of this place. Kinds: simulated, borrowed."""
    return {"text": text, "word": _("Borrowed.") if kind == "borrowed" else _("Simulated.")}


@register.inclusion_tag("_components/sealed.html")
def sealed(title: str, digest: str, at: Any) -> dict[str, Any]:
    """`{% sealed "Plan sealed before the data" plan.sha256 plan.frozen_at %}`: what cannot be changed any more; on every page that uses it."""
    return {"title": title, "digest": digest, "at": at}


@register.inclusion_tag("_components/provenance.html")
def provenance(rows: Sequence[tuple[str, Any]] | Mapping[str, Any], title: str = "") -> dict[str, Any]:
    """`{% provenance rows %}`: closed, under every figure. Rows in order: source, read on, data version, settings, seed, code version, command.

    Rows are pairs (name, value) or a mapping; a value that is an address becomes a link; None shows the hatch.
    """
    pairs = list(rows.items()) if isinstance(rows, Mapping) else rows
    shown = [{"name": name, "value": value, "link": str(value).startswith(("http://", "https://"))} for name, value in pairs]
    return {"rows": shown, "title": title or _("Where this comes from")}


@register.inclusion_tag("_components/key.html")
def key(items: Sequence[tuple[str, int, str]]) -> dict[str, Any]:
    """`{% key items %}`: above a chart, never inside. An item is (shape, number of the data colour 1 to 5, words).

    Shapes: line, dashed, band, dot, ring, square, diamond, triangle, hatch.
    """
    unknown = [shape for shape, _colour, _words in items if shape not in SHAPES]
    if unknown:
        raise template.TemplateSyntaxError(f"The key knows no shape called {unknown[0]}; it knows {', '.join(SHAPES)}.")
    return {"items": items}


@register.filter
def host(url: str) -> str:
    """`{{ url|host }}`: the site's name, for links that would be too long."""
    return urlsplit(url).netloc.removeprefix("www.")
