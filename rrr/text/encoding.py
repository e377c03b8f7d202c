"""Which encoding a text file is in: a byte-order mark, else UTF-8 if it fits, else the old code page whose letters make European words.

Old code pages cannot be told apart for certain (ñ and ń are one byte in CP1252 and CP1250), so a guess is always said and can be put right.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 2**20
_SAMPLE = 2**18
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOST = re.compile("[\udc80-\udcff]")
# The letters outside ASCII that words of these languages are written with, lower case.
_ALPHABETS = {
    "western": ("àâæçéèêëîïôœùûü", "áéíóúñü", "ãõáéíóúâêôàç", "àèéìòù", "äöüß", "àçèéíïòóúü·", "éëïóöü"),
    "central": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "čšž", "äöüß"),
    "cyrillic": ("абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",),
}
# Tried in this order; an earlier one wins when a later reads no better.
_PAGES = (
    ("cp1252", "western"), ("cp1250", "central"), ("iso-8859-2", "central"), ("mac-roman", "western"), ("cp850", "western"),
    ("cp1251", "cyrillic"),
)  # fmt: skip
_CENTRAL = frozenset({"PL", "CZ", "SK", "HU", "SI", "HR"})
_SYMBOLS = "°«»“”‘’–—…€£§©®ªº¿¡·\xa0\u2022'" + "№"
CHOICES = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "iso-8859-1", "iso-8859-2", "iso-8859-15", "mac-roman", "cp850", "cp1251")


@dataclass(frozen=True)
class Encoding:
    """`certain` when a mark or the shape of the bytes leaves no doubt."""

    name: str
    certain: bool


def named(name: str) -> str:
    """The encoding a person names, as `open` takes it. ValueError for one Python does not know or that is no text encoding."""
    plain = name.strip().lower().replace("_", "-")
    plain = {"utf-16": "utf-16-le", "latin-1": "cp1252", "latin1": "cp1252", "ansi": "cp1252", "windows-1250": "cp1250"}.get(plain, plain)
    try:
        found = codecs.lookup(plain)
    except LookupError:
        raise ValueError(f"{name} is no encoding") from None
    if not found._is_text_encoding:
        raise ValueError(f"{name} is no encoding of texts")
    return "utf-8" if found.name == "utf-8-sig" else plain


def guess(path: Path, country: str = "") -> Encoding:
    """Reads the file once, but keeps only the lines that tell. `country` (alpha-2) decides between equals."""
    good = bad = 0
    sample = bytearray()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        for mark, name in _MARKS:
            if chunk.startswith(mark):
                return Encoding(name, True)
        wide = without_mark(chunk[:4096])
        if wide:
            return Encoding(wide, True)
        while chunk:
            if not chunk.isascii():
                text = decoder.decode(chunk)
                lost = len(_LOST.findall(text))
                bad += lost
                good += len(text) - len(text.encode("ascii", "ignore")) - lost
                if len(sample) < _SAMPLE:
                    sample += b"\n".join(line for line in chunk[:_SAMPLE].splitlines() if not line.isascii())
            chunk = file.read(_CHUNK)
    if good >= 20 * bad:
        return Encoding("utf-8", not bad)
    return Encoding(_page(bytes(sample), country), False)


def without_mark(head: bytes) -> str:
    """The UTF-16 a head without a mark is in, else "": in texts of Europe every second byte is zero."""
    pairs = len(head) // 2
    if pairs < 8:
        return ""
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * 0.6 and odd < pairs * 0.1 else ""


def _page(sample: bytes, country: str) -> str:
    best, most = "cp1252", float("-inf")
    for name, region in _PAGES:
        score = max(_fit(sample.decode(name, "replace"), letters) for letters in _ALPHABETS[region])
        if region == "central" and country in _CENTRAL:
            score += 0.5
        if score > most + 1e-9:
            best, most = name, score
    if most <= 0:
        best = _by_statistics(sample) or best
    return best


def _fit(text: str, letters: str) -> float:
    """Letters of the alphabet less what no word holds, per character outside ASCII. A capital inside a word counts against it, and two scripts in one."""
    outside = [character for character in text if ord(character) > 127]
    known = set(letters) | set(letters.upper()) | set(_SYMBOLS)
    fits = sum(1 if c in known and c.isalpha() else 0 if c in known else -1 for c in outside)
    odd = len(re.findall(r"(?<=[a-zà-ÿ])[A-ZÀ-Þ¹³¿£¥¼¾]|[¹³¿¥¼¾](?=[a-z])", text))
    odd += len(re.findall(r"(?<=[A-Za-z])[Ѐ-ӿ]|[Ѐ-ӿ](?=[A-Za-z])", text))  # no word mixes Latin and Cyrillic letters
    return (fits - odd) / max(len(outside), 1)


def _by_statistics(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(sample[:20_000]).best()
    return found.encoding.replace("_", "-") if found else ""
