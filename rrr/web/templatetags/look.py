"""Components: `{% load look %}`. Each is shown, with when to use it, on the gallery page (/components/).

The tags live by subject in `rrr/web/components/`; this library loads them all.
"""

from __future__ import annotations

from django import template

from rrr.web.components import actions, figures, icons, labels, lines, pages, signs

LIBRARIES = (icons, signs, labels, figures, lines, pages, actions)
register = template.Library()
for library in LIBRARIES:
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)
