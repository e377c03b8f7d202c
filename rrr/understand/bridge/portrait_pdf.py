"""A portrait as a tagged PDF (PDF/UA-1 where every letter has a glyph in the fonts that typst brings)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from markdown_it import MarkdownIt

from rrr.understand.bridge.portrait import Network

TEMPLATE = Path(__file__).parent.parent / "portrait.typ"
_PARSER = MarkdownIt("commonmark", {"html": False})


def pdf(data: Mapping[str, Any]) -> bytes:
    """`data` as portrait.typ reads it; the same data is set once."""
    return _compiled(json.dumps(data, sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=16)  # the data holds the version's SHA-256 and the names that may be shown
def _compiled(data: str) -> bytes:
    given: dict[str, Any] = {"sys_inputs": {"data": data}, "ignore_system_fonts": True, "format": "pdf"}
    try:
        return bytes(typst.compile(str(TEMPLATE), pdf_standards=["ua-1"], **given))
    except typst.TypstError:  # a letter without a glyph, as an emoji: tagged all the same
        return bytes(typst.compile(str(TEMPLATE), **given))


def blocks(text: str) -> list[dict[str, Any]]:
    """Markdown as headings, items and paragraphs of plain runs."""
    found: list[dict[str, Any]] = []
    kind, depth = "paragraph", 0
    for token in _PARSER.parse(text):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        kind = {"heading_open": "heading", "paragraph_open": "item" if depth else "paragraph"}.get(token.type, kind)
        if token.type == "inline":
            found.append({"kind": kind, "runs": _runs(token.children or [])})
        elif token.type in ("fence", "code_block"):
            found.append({"kind": "paragraph", "runs": [_run(token.content, 0, 0)]})
    return found


def _runs(tokens: list[Any]) -> list[dict[str, Any]]:
    strong = em = 0
    found = []
    for token in tokens:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        em += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        text = " " if token.type.endswith("break") else token.content
        if text:
            found.append(_run(text, strong, em))
    return found


def _run(text: str, strong: int, em: int) -> dict[str, Any]:
    return {"text": text, "strong": strong > 0, "em": em > 0}


def svg(of: Network) -> str:
    """Dots and lines without names: the table beside it names the most tied."""
    xs, ys = [node.x for node in of.nodes], [node.y for node in of.nodes]
    box = f"{min(xs) - 20} {min(ys) - 20} {max(xs) - min(xs) + 40} {max(ys) - min(ys) + 40}"
    lines = "".join(f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" stroke="#999"/>' for a, b, c, d in of.lines)
    dots = "".join(f'<circle cx="{node.x}" cy="{node.y}" r="{node.radius}" fill="#246"/>' for node in of.nodes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{lines}{dots}</svg>'
