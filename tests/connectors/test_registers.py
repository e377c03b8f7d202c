"""Every register of rrr/connectors: complete, recognised by its own sample and by nothing else, without persons, every line accounted for."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

import rrr.connectors
from rrr.connectors import registers
from rrr.connectors._front import profiles
from rrr.records.profile import Profile, Use
from rrr.records.register import FileFault, NoteCode, Options, Reason
from rrr.text.identifiers import CHECKS
from rrr.understand.models import Kind, Licence
from tests.connectors.reading import sample, whole, written

HERE = Path(rrr.connectors.__path__[0])
TESTS = Path(__file__).parent
ALL = pytest.mark.parametrize("one", registers(), ids=lambda one: one.slug)


@ALL
def test_a_register_brings_readme_sample_and_tests(one: Profile) -> None:
    readme = (HERE / one.slug / "README.md").read_text(encoding="utf-8")
    assert "**Licence.**" in readme
    assert "**Persons.**" in readme
    assert one.verified or "not checked against a live file" in readme
    assert one.verified or "not checked against a live file" in one.note
    assert list((TESTS / one.slug).glob("test_*.py"))
    assert one.page.startswith("https://")


@ALL
def test_its_words_are_ours(one: Profile) -> None:
    assert {*one.kinds, *one.words.values()} <= set(Kind.values)
    assert one.licence in Licence.values
    assert set(one.words.values()) <= set(one.kinds)
    assert one.dated_by


@ALL
def test_its_sample_is_recognised_and_read_whole(one: Profile) -> None:
    read = sample(one.slug)
    assert len(read.values) >= 3
    assert read.whole.rejected == []
    assert read.whole.inspection.register_fit >= 80
    guesses = read.whole.guesses
    assert "name" in guesses.values()
    known = profiles.found(one, guesses)
    assert set(guesses) == set(known), "the sample has columns that columns.csv does not explain"
    assert {name: column.field for name, column in known.items()} == guesses
    people = {name for name, column in known.items() if column.use == Use.PERSON}
    assert people == {note.facts["name"] for note in read.whole.inspection.notes if note.code == NoteCode.PERSON_COLUMN}
    assert read.problems == []


@pytest.mark.parametrize(("one", "other"), list(combinations(registers(), 2)), ids=lambda one: one.slug)
def test_two_registers_are_not_taken_for_each_other(one: Profile, other: Profile) -> None:
    required = [
        {profiles.folded(name) for column in its.columns if column.use == Use.REQUIRED for name in column.names} for its in (one, other)
    ]
    assert required[0] - required[1]
    assert required[1] - required[0]


def test_an_ordinary_table_is_no_register() -> None:
    assert whole(HERE / "table/sample.csv").inspection.register == ""


def test_a_person_may_say_that_it_is_none_or_another(tmp_path: Path) -> None:
    path = next((HERE / "us_irs_eo_bmf").glob("sample.*"))
    plain = whole(path, Options(register="none"))
    assert plain.inspection.register == ""
    assert plain.guesses["EIN"] == "tax_id"
    with pytest.raises(FileFault) as caught:
        whole(path, Options(register="nowhere"))
    assert (caught.value.reason, caught.value.facts["option"]) == (Reason.BAD_OPTION, "register")
    own = written(tmp_path, "EIN,NAME\n010000001,Example\n")
    assert whole(own).inspection.register == ""
    assert whole(own, Options(register="us_irs_eo_bmf")).inspection.register == "us_irs_eo_bmf"


@pytest.mark.parametrize("folder", [path.parent for path in HERE.glob("*/columns.csv")], ids=lambda path: path.name)
def test_every_folder_with_columns_is_a_register(folder: Path) -> None:
    assert folder.name in {one.slug for one in registers()}


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("profile.toml", "name = 'x'\n", "missing"),
        ("columns.csv", "column,field,use,meaning\nA,nonsense,required,x\n", "columns.csv"),
        ("columns.csv", "column,field,use,meaning\nA,name,,x\n", "unknown"),
        ("codes.csv", "column,code,label,kind\nEIN,1,Word,association\nEIN,2,Word,mutual\n", "means two kinds"),
    ],
)
def test_a_folder_that_does_not_hold_together_is_refused(tmp_path: Path, file: str, content: str, said: str) -> None:
    for name in ("profile.toml", "columns.csv", "codes.csv"):
        (tmp_path / name).write_text((HERE / "us_irs_eo_bmf" / name).read_text())
    (tmp_path / file).write_text(content)
    with pytest.raises(profiles.ProfileFault, match=said):
        profiles.load(tmp_path)


def test_every_check_is_explained() -> None:
    assert all(check.says and (check.modules or check.shape) for check in CHECKS.values())
