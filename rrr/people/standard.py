"""The pages every instance has, and the English texts that stand until a manager writes others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rrr.people import queries
from rrr.people.models import InstancePage

FOLDER = Path(__file__).parent / "defaults"
PAGES: dict[str, Promise] = {
    "privacy": _("Privacy notice"),
    "processing": _("Record of processing"),
    "accessibility": _("Accessibility statement"),
    "about": _("About this site"),
    "licences": _("Licences"),
}


@dataclass(frozen=True)
class Shown:
    """A page as a reader gets it. `shipped`: nobody has written it here yet, it is the text RRR comes with."""

    slug: str
    title: str
    body: str
    language: str
    shipped: bool


def page(slug: str, language: str) -> Shown | None:
    """The text in the reader's language, else in English, else the one shipped; None for an unknown page."""
    if slug not in PAGES:
        return None
    written = queries.instance_page(slug, language)
    if written:
        return Shown(slug, written.title, written.body, written.language, shipped=False)
    head, _blank, body = (FOLDER / f"{slug}.md").read_text(encoding="utf-8").partition("\n")
    return Shown(slug, head.removeprefix("# ").strip(), body.strip(), "en", shipped=True)


def draft(slug: str, language: str) -> InstancePage:
    """What a manager edits: the stored page of that language, or a new one that begins with the text shown now."""
    written = queries.instance_page(slug, language)
    if written and written.language == language:
        return written
    shown = page(slug, language)
    return InstancePage(slug=slug, language=language, title=shown.title if shown else "", body=shown.body if shown else "")
