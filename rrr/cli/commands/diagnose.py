"""Answers about the building blocks of an ecosystem: means with intervals, sectors compared, change since an earlier round."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rrr.cli import tables
from rrr.cli.output import CommandError, Result

if TYPE_CHECKING:
    from rrr.engines.diagnosis import Answer, Diagnosis, Difference, Tally

HELP = (
    "Sum up answers from 0 to 10 about the building blocks of an ecosystem: means with intervals, sectors, change since an earlier round."
)
EXAMPLE = "rrr diagnose answers.csv --before answers-of-last-year.csv --json"
UNKNOWN = frozenset({"", "?", "unknown", "don't know", "dont know"})


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="one answer a row with the columns person, block, value (0 to 10, or unknown) and perhaps sector; "
                                     "or how many gave each with the columns block, value, count; - reads standard input")  # fmt: skip
    parser.add_argument("--before", metavar="FILE", help="answers of an earlier round, for the change of each block")
    parser.add_argument("--level", type=float, default=0.95, help="confidence of the intervals (0.95)")
    parser.add_argument("--least", type=int, default=5, help="people below whom nothing of a group is shown (5)")


def run(given: Namespace) -> Result:
    from rrr.engines import diagnosis

    try:
        settings = diagnosis.Settings(level=given.level, least=given.least)
    except ValueError as error:
        raise CommandError(str(error)) from None
    tally = _tally(given.file)
    found = diagnosis.diagnose(tally, settings)
    change = diagnosis.changes(_tally(given.before), tally, settings) if given.before else []
    document: dict[str, Any] = {"diagnosis": found}
    if given.before:
        document["changes"] = change
    return Result(document, [*_lines(found), *_compared("since the earlier round", change)])


def _tally(path: str) -> Tally:
    from rrr.engines import diagnosis

    rows = tables.read(path, needed=("block", "value"))
    if "person" in rows[0]:
        return diagnosis.count(_answer(row) for row in rows)
    if "count" not in rows[0]:
        raise CommandError(f"{path} has neither a column person nor a column count; see rrr diagnose --help.")
    return _counted(path, rows)


def _answer(row: dict[str, str]) -> Answer:
    from rrr.engines.diagnosis import Answer

    value = None if row["value"].casefold() in UNKNOWN else row["value"].replace(",", ".")
    return Answer(row["person"], row["block"], value, row.get("sector", ""))


def _counted(path: str, rows: Sequence[dict[str, str]]) -> Tally:
    """`people` is the most who answered one block: who answered which is not in such a file."""
    from rrr.engines.diagnosis import SCALE, BlockCounts, Counts, Tally

    numbers: dict[str, dict[int | None, int]] = {}
    for place, row in enumerate(rows, start=2):
        where = f"{path}, row {place}"
        score = None if row["value"].casefold() in UNKNOWN else tables.number(row["value"], where=f"{where}, value")
        count = tables.number(row["count"], where=f"{where}, count")
        if (score is not None and score not in SCALE) or count < 0 or count != int(count):
            raise CommandError(f"{where}: a value is a whole number from 0 to 10 or unknown, and a count a whole number; correct the row.")
        block = numbers.setdefault(row["block"], {})
        key = None if score is None else int(score)
        block[key] = block.get(key, 0) + int(count)
    blocks = {key: BlockCounts(Counts(tuple(found.get(score, 0) for score in SCALE), found.get(None, 0))) for key, found in numbers.items()}
    return Tally(blocks, max((one.all.answered for one in blocks.values()), default=0))


def _lines(found: Diagnosis) -> Iterator[str]:
    yield (
        f"{found.people} people; {found.replaced} answers replaced, {len(found.rejected)} rejected; groups under {found.settings.least} are not shown."
    )
    yield f"Mean ({found.settings.level:.0%} interval), median, how many rated it, how many do not know"
    for block in found.blocks:
        for group in filter(None, (block.everybody, *block.sectors)):
            name = f"  {block.key}, {group.key}" if group.key else block.key
            known = f"{group.rated} rated, {group.unknown} do not know"
            if group.mean is None:
                yield f"{name}: too few rated it; {known}"
            else:
                yield f"{name}: {group.mean.value:.2f} ({group.mean.low:.2f}-{group.mean.high:.2f}), {group.median:g}; {known}"
        if block.everybody is None:
            yield f"{block.key}: too few answered"
    yield from _compared("against everybody else", found.differences)
    for one in found.rejected[:10]:
        yield f"row {one.place + 2}: rejected, {one.reason.replace('_', ' ')}"


def _compared(words: str, found: Sequence[Difference]) -> Iterator[str]:
    if found:
        yield f"Difference {words} (interval; all of them hold together)"
    for one in found:
        told = "" if one.apart else ", not told apart"
        name = ", ".join(filter(None, (one.block, one.sector)))
        yield f"  {name}: {one.estimate.value:+.2f} ({one.estimate.low:+.2f} to {one.estimate.high:+.2f}){told}"
