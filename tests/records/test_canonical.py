"""Canonical JSON: known bytes of RFC 8785, and what must not change the digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.records.canonical import canonical, digest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e15, 1e15, allow_nan=False)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcdefg_é"), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (4.5, "4.5"),
        (2e-3, "0.002"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (-1.25e-27, "-1.25e-27"),
        (5e-324, "5e-324"),
        (333333333.33333329, "333333333.3333333"),
        (True, "true"),
        (None, "null"),
        ('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        ({"b": 1, "a": [1, "x"]}, '{"a":[1,"x"],"b":1}'),
        ({"\ufb00": 2, "\U0001f600": 1, "\u20ac": 3}, '{"\u20ac":3,"\U0001f600":1,"\ufb00":2}'),
    ],
)
def test_known_bytes(value: Any, written: str) -> None:
    """Numbers and text from RFC 8785; the last case sorts by UTF-16 code units, not by code points."""
    assert canonical(value) == written.encode()


def test_digest_is_sha_256_of_what_json_writes() -> None:
    plan = {"outcome": "Łódź", "arms": ["a", "b"], "alpha": 0.05}
    bytes_by_hand = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert digest(plan) == hashlib.sha256(bytes_by_hand).hexdigest()


def test_composed_and_decomposed_letters_are_one() -> None:
    assert digest({"caf\u00e9": "e\u0301"}) == digest({"cafe\u0301": "\u00e9"})


@pytest.mark.slow
@given(DOCUMENTS)
def test_storing_and_reading_changes_nothing(document: Any) -> None:
    assert canonical(json.loads(canonical(document))) == canonical(document)
    assert canonical(json.loads(json.dumps(document))) == canonical(document)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (float("nan"), "not a number"),
        (2**53, "write it as text"),
        ({1: 2}, "is text"),
        ({"caf\u00e9": 1, "cafe\u0301": 2}, "stands twice"),
        ({"a": {1, 2}}, "JSON has no set"),
        ("\ud800", "half a character"),
    ],
)
def test_what_has_no_one_form_is_refused(value: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        canonical(value)
