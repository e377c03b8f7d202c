"""What can be set, checked at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    k1: float = 1.2  # how fast repeats of a word stop counting
    b: float = 0.75  # how much long documents are held back: 0 not at all, 1 fully
    lexical: float = 0.7  # share of the words in the score of a document in the language of the query; the rest is meaning
    top: int = 100  # candidates taken from each of the two rankings

    def __post_init__(self) -> None:
        if self.k1 < 0:
            raise ValueError(f"k1 is 0 or more; it is {self.k1}.")
        for name, value in (("b", self.b), ("lexical", self.lexical)):
            if not 0 <= value <= 1:
                raise ValueError(f"{name} lies between 0 and 1; it is {value}.")
        if self.top < 1:
            raise ValueError(f"top is at least 1; it is {self.top}.")
