"""Terms of RDF as Turtle writes them (W3C RDF 1.1 Turtle), so that no text can break out of its place."""

from __future__ import annotations

from urllib.parse import quote

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LETTERS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '<>"{}|^`\\')


def text(value: str, language: str = "") -> str:
    """A literal, tagged with its language where that is known."""
    inside = "".join(_ESCAPES.get(letter, letter if letter >= " " else f"\\u{ord(letter):04X}") for letter in value)
    return f'"{inside}"@{language}' if language else f'"{inside}"'


def address(value: str) -> str:
    """An IRI; what may not stand in one is written as its bytes."""
    return f"<{quote(value, safe=_LETTERS)}>"
