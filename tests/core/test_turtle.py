"""No text leaves its place in a Turtle file."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rrr.core import turtle

# Grammar of RDF 1.1 Turtle: STRING_LITERAL_QUOTE and IRIREF.
LITERAL = re.compile(r'"(?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-F]{4})*"(?:@[a-zA-Z]+)?')
IRI = re.compile(r'<[^\x00-\x20<>"{}|^`\\]*>')


@given(st.text())
def test_a_literal_is_one(value: str) -> None:
    assert LITERAL.fullmatch(turtle.text(value))
    assert LITERAL.fullmatch(turtle.text(value, "it"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_address_is_one(value: str) -> None:
    assert IRI.fullmatch(turtle.address(value))


def test_known_answers() -> None:
    assert turtle.text('a"b\\c\nd') == '"a\\"b\\\\c\\nd"'
    assert turtle.address("https://example.org/a b>c?x=1#y") == "<https://example.org/a%20b%3Ec?x=1#y>"
    assert turtle.address("https://example.org/%20") == "<https://example.org/%20>"
