"""Sentence vectors."""

from __future__ import annotations

import numpy as np
import pytest

from rrr.text import vectors

pytestmark = pytest.mark.slow  # loads the encoder


def test_shape_length_and_empty_texts() -> None:
    found = vectors.encode(["food bank for families", "", "  … "])
    assert found.shape == (3, vectors.SIZE)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1).tolist() == pytest.approx([1.0, 0.0, 0.0])
    assert vectors.encode([]).shape == (0, vectors.SIZE)


def test_a_translation_is_nearer_than_another_subject() -> None:
    english, polish, other = vectors.encode(
        ["housing for homeless people", "mieszkania dla osób bezdomnych", "quarterly tax return of a bank"]
    )
    assert english @ polish > english @ other + 0.2


def test_a_text_has_the_same_vector_alone_and_in_company() -> None:
    alone = vectors.encode(["urban garden"])[0]
    assert np.allclose(alone, vectors.encode(["something much longer than that, here", "urban garden"])[1], atol=1e-5)
