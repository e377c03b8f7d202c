"""Icons: one stroke each on a 24 x 24 grid, always beside words."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

ICONS = {
    "download": "M12 4v12M6.5 11L12 16.5 17.5 11M4 20h16",
    "upload": "M12 20V8M6.5 13L12 7.5 17.5 13M4 4h16",
    "ok": "M4 12.5l5.5 5.5L20 7",
    "warn": "M12 4L2.5 20h19zM12 10v5M12 17.5v.3",
    "bad": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v6M12 16.2v.3",
    "close": "M6 6l12 12M18 6L6 18",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "flask": "M9 3h6M10 3v6L5 19a1.5 1.5 0 0 0 1.4 2h11.2a1.5 1.5 0 0 0 1.4-2L14 9V3M7.5 15h9",
    "info": "M12 3a9 9 0 1 0 .01 0M12 11v6M12 7.2v.3",
    "next": "M5 12h14M13 6l6 6-6 6",
    "ring": "M12 4a8 8 0 1 0 .01 0z",
    "person": "M12 12a4 4 0 1 0-.01 0zM4 21c.5-4.5 3.5-6.5 8-6.5s7.5 2 8 6.5",
    "pin": "M12 21c-4.5-5-7-8.3-7-11.5a7 7 0 0 1 14 0c0 3.2-2.5 6.5-7 11.5zM12 12a2.5 2.5 0 1 0-.01 0z",
    "search": "M10.5 4a6.5 6.5 0 1 0 .01 0zM15.5 15.5L21 21",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "download" %}`: a picture beside words, never instead of them; screen readers skip it."""
    return format_html('<svg class="ico" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])
