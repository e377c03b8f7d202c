"""Search a table of texts, and say why each was found."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.engines.search import Document

HELP = "Search the texts of a table by words and meaning, across languages, with the reason of each match."
EXAMPLE = 'rrr search solutions.csv "vivienda para personas sin hogar" --key slug --text name --text summary'


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="table with one text a row (CSV); - reads standard input")
    parser.add_argument("question", help="what to look for, in any language")
    parser.add_argument("--key", default="", help="column that names a row (the number of the row)")
    parser.add_argument("--text", action="append", help="column to search; repeat for several (every column)")
    parser.add_argument("--language-column", default="", help="column with the language code of a row (guessed)")
    parser.add_argument("--language", help="language code of the question (guessed)")
    parser.add_argument("--top", type=int, default=10, help="how many to list (10)")
    parser.add_argument("--words-only", action="store_true", help="rank by words alone: quick, within one language")


def run(given: Namespace) -> Result:
    from rrr.engines import search
    from rrr.text import vectors

    if given.top < 1:
        raise CommandError(f"--top is at least 1; it is {given.top}.")
    needed = tuple(name for name in (given.key, given.language_column, *(given.text or ())) if name)
    rows = tables.read(given.file, needed=needed)
    documents = [_document(number, row, given) for number, row in enumerate(rows, start=1)]
    if not given.words_only:
        print(f"Reading the meaning of {len(documents)} texts …", file=sys.stderr)
    try:
        index = search.build(documents, encode=None if given.words_only else vectors.encode)
    except ValueError as error:
        raise CommandError(f"{given.file}: {error}") from None
    asked = search.query(given.question, index.statistics, given.language)
    found = search.search(index, asked, vector=None if given.words_only else vectors.encode([given.question])[0], limit=given.top)
    matches = []
    lines = [f"{len(found)} of {len(rows)} texts, best first. Question read as: {asked.language or 'language unknown'}."]
    for match in found:
        told = search.explain(match, asked, index.weights[index.at(match.key)])
        matches.append({"match": match, "why": told})
        words = ", ".join(f"{term.word} {term.weight:.2f}" for term in told.terms) or "no shared word"
        near = "" if told.cosine is None else f"; cosine {told.cosine:.2f}"
        lines.append(f"{match.score:5.2f}  {match.key}  [{match.language or '?'}]  {words}{near}")
    return Result({"language": asked.language, "documents": len(rows), "matches": matches}, lines)


def _document(number: int, row: dict[str, str], given: Namespace) -> Document:
    from rrr.engines.search import Document

    columns = given.text or [name for name in row if name not in (given.key, given.language_column)]
    text = "\n".join(row[name] for name in columns if row[name])
    language = row[given.language_column].lower()[:2] or None if given.language_column else None
    return Document(row[given.key] if given.key else str(number), text, language)
