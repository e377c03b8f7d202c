"""One spelling for many: case, accents, ligatures and the letters Unicode does not take apart."""

from __future__ import annotations

import re
import unicodedata

# casefold already turns ß into ss; NFKD does not decompose these letters.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k", "·": None}
)
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Casefolded, without accents. Hangul and other scripts that NFKD takes apart are put together again."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits."""
    return _WORD.findall(fold(text))
