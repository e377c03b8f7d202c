"""The gallery shows every component, and every component tag says how it is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Library
from django.test import Client

from rrr.web.templatetags import look

COMPONENTS = settings.ROOT / "templates" / "_components"


@pytest.fixture
def page(db: None, client: Client) -> tuple[str, set[str]]:
    answer = client.get("/components/")
    assert answer.status_code == 200
    return answer.content.decode(), {template.name for template in answer.templates if template.name}


@pytest.mark.slow
def test_every_component_is_shown(page: tuple[str, set[str]]) -> None:
    _html, rendered = page
    missing = {f"_components/{path.name}" for path in COMPONENTS.glob("*.html")} - rendered
    assert not missing, f"Show these on templates/web/gallery/: {sorted(missing)}"


@pytest.mark.slow
def test_the_gallery_obeys_the_content_security_policy(page: tuple[str, set[str]]) -> None:
    html, _rendered = page
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|javascript:", html)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//(?!example\.org)", html)


@pytest.mark.slow
def test_names_and_labels_hold_together(page: tuple[str, set[str]]) -> None:
    """No name twice; every label, description and link inside the page points at something."""
    html, _rendered = page
    names = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(names) == sorted(set(names))
    pointed = re.findall(r'\s(?:for|aria-labelledby)="([^"]+)"', html) + re.findall(r'href="#([^"]+)"', html)
    described = [name for names in re.findall(r'aria-describedby="([^"]+)"', html) for name in names.split()]
    assert set(pointed) | set(described) <= set(names)


@pytest.mark.slow
def test_example_values_are_called_so(page: tuple[str, set[str]]) -> None:
    assert "Example values: nothing on this page is a fact of a place." in page[0]


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.stem)
def test_components_stay_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") < 60


def _tags(library: Library) -> list[str]:
    return sorted(library.tags)


@pytest.mark.parametrize("name", _tags(look.register))
def test_every_tag_explains_itself_with_an_example(name: str) -> None:
    found = [part for library in look.LIBRARIES for part in [getattr(library, name, None)] if part is not None and part.__doc__ is not None]
    assert found, f"{name} has no docstring"
    assert f"{{% {name} " in found[0].__doc__
