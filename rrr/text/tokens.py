"""Index terms of a text: words, stemmed by the rules of their language, then folded.

Stemming comes before folding because the Snowball rules read accents (Spanish -ación). Scripts written without spaces
(Han, Kana) become overlapping pairs of letters. Elided articles (l'économie, dell'acqua, d'una) lose the article.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

from rrr.text.fold import fold
from rrr.text.language import stopwords

ALGORITHMS = {
    "en": "english", "fr": "french", "es": "spanish", "pt": "portuguese", "it": "italian", "nl": "dutch", "pl": "polish",
    "de": "german", "ca": "catalan", "eu": "basque", "ga": "irish", "da": "danish", "sv": "swedish", "no": "norwegian",
    "fi": "finnish", "ro": "romanian", "hu": "hungarian", "cs": "czech", "lt": "lithuanian", "el": "greek", "tr": "turkish",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[’'·][^\W_]+)*")
_PAIRED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_ARTICLES = frozenset({
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "un", "all", "dall", "dell", "nell",
    "sull", "coll", "quell", "quest", "sant", "gl", "dov", "com", "anch",
})  # fmt: skip
_stemmers = threading.local()  # a Stemmer keeps a scratch buffer: one for each thread


def tokens(text: str) -> list[str]:
    """Lower-case words with their accents, in order."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFC", text.casefold())):
        for piece in _pieces(word.replace("’", "'").replace("·", "")):
            found.extend(_pairs(piece))
    return found


def lexemes(text: str, language: str = "") -> list[str]:
    """Index terms in order, with repeats. Stop words of the language are left out unless nothing else remains.

    An unknown language, or one without a stemmer, gives the folded words as they are.
    """
    found = tokens(text)
    common = stopwords(language)
    kept = [word for word in found if word not in common] or found
    if language not in ALGORITHMS:
        return [fold(word) for word in kept]
    return [fold(stem) for stem in _stemmer(language).stemWords(kept)]


def _stemmer(language: str) -> Stemmer.Stemmer:
    kept: dict[str, Stemmer.Stemmer] | None = getattr(_stemmers, "kept", None)
    if kept is None:
        kept = _stemmers.kept = {}
    if language not in kept:
        kept[language] = Stemmer.Stemmer(ALGORITHMS[language])
    return kept[language]


def _pieces(word: str) -> list[str]:
    if "'" not in word:
        return [word]
    head, *rest = word.split("'")
    return [piece for piece in rest if len(piece) > 1] if head in _ARTICLES and rest else [head, *(p for p in rest if len(p) > 1)]


@lru_cache(maxsize=4096)
def _pairs(word: str) -> tuple[str, ...]:
    if not _PAIRED.search(word):
        return (word,)
    found: list[str] = []
    end = 0
    for run in _PAIRED.finditer(word):
        found.append(word[end : run.start()])
        letters = run.group()
        found.extend(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))
        end = run.end()
    found.append(word[end:])
    return tuple(piece for piece in found if piece)
