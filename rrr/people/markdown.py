"""Text people write, as HTML: Markdown without raw HTML, cleaned once more, without pictures (no page asks another host for anything)."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
MOST = 100_000  # letters; above, a text is shown as written, since text made for it could hold a page up for minutes
_SCHEMES = {"http", "https", "mailto", "tel"}


def render(text: str) -> SafeString:
    """Headings begin at h2 (the page's own title is the only h1) and go down one level at a time, whatever was written."""
    if len(text) > MOST:
        return format_html('<pre class="text-wrap">{}</pre>', text)
    return _rendered(text, get_language() or "en")


@lru_cache(maxsize=256)  # a page's text changes far less often than it is read
def _rendered(text: str, language: str) -> SafeString:
    tokens = _PARSER.parse(text)
    level = 1
    opened: list[int] = []  # the written levels above the present heading
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            while opened and opened[-1] >= written:
                opened.pop()
            opened.append(written)
            level = min(6, len(opened) + 1)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="nofollow noopener")
    return mark_safe(_framed(clean))  # noqa: S308 # cleaned one line above


def _framed(html: str) -> str:
    """Each table in a region of its own that scrolls and can be reached by keyboard: a phone is narrower than most tables."""
    first, *rest = html.split("<table>")
    frames = [
        f'<div class="scroll" role="region" tabindex="0" aria-label="{_("Table %(number)s") % {"number": n}}"><table class="table">'
        for n in range(1, len(rest) + 1)
    ]
    framed = first + "".join(frame + part for frame, part in zip(frames, rest, strict=True))
    return framed.replace("</table>", "</table></div>")
