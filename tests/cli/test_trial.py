"""The subcommands trial and verify on small files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from rrr.cli.__main__ import main
from rrr.cli.trial_sentences import ADVICE, REFUSALS, VERDICTS
from rrr.engines.trial import Code, RefusalCode, Verdict
from tests.cli.test_engines import document, written

SCORES = "id;group;school;score\n" + "".join(f"{n};{'new' if n % 2 else 'old'};s{n % 8};{3 + n % 5 + n % 2},5\n" for n in range(24))
SEED = "00" * 32


def test_estimate_with_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "scores.csv", SCORES)
    words = ["trial", "estimate", file, "--outcome", "score", "--arm", "group", "--treated-value", "new", "--smallest", "2"]
    found = document(capsys, *words)
    estimation = found["estimation"]
    assert isinstance(estimation, dict)
    assert (estimation["n_treated"], estimation["n_control"], estimation["method"]) == (12, 12, "hc2_bell_mccaffrey")
    assert found["verdict"] == "undecided"
    assert main([*words, "--design", "cluster", "--cluster", "school"]) == 0
    shown = capsys.readouterr().out
    assert "(12) in 4 and 4 clusters" in shown
    assert "Few clusters (4 treated, 4 control)" in shown


def test_estimate_before_and_after_with_bounds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"u{n},{time},{value}" for n in range(5) for time, value in (("before", n), ("After", n + 1 if n < 4 else ""))]
    file = written(tmp_path, "panel.csv", "who,period,days\n" + "\n".join(rows))
    assert main(["trial", "estimate", file, "--design", "before_after", "--outcome", "days", "--unit", "who", "--range", "0", "7"]) == 0
    shown = capsys.readouterr().out
    assert "Difference 1 (no interval" in shown
    assert "Whatever the missing outcomes were" in shown
    assert "Weak: whatever else changed" in shown


@pytest.mark.parametrize(
    ("content", "more", "sentence"),
    [
        ("arm,y\ntreated,1\ntreated,2\n", [], "everybody is treated"),
        ("arm,y\ntreated,1\nboth,2\n", [], "unit 3 has the arm 'both'"),
        ("arm,y\n1,1\n0,many\n", [], "row 3, y: 'many' is not a number"),
        ("arm,y\n1,1\n0,2\n", ["--level", "2"], "level of an interval"),
        ("arm,y\n1,1\n1,2\n0,2\n0,5\n", ["--range", "0", "4"], "unit 5 has the outcome 5, outside --range"),
        ("arm,y\n1,1\n1,2\n0,2\n0,5\n", ["--smallest", "0"], "smallest worthwhile effect is above 0"),
        ("arm,y\n1,1\n", ["--design", "cluster"], "no column cluster"),
    ],
)
def test_what_cannot_be_estimated_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, more: list[str], sentence: str
) -> None:
    file = written(tmp_path, "a.csv", content)
    assert main(["trial", "estimate", file, "--outcome", "y", *more]) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_power(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "trial", "power", "--treated", "64", "--control", "64", "--sd", "10", "--effect", "5")
    assert found["power"] == pytest.approx(0.80, abs=0.005)
    assert found["advice"] == []
    assert main(["trial", "power", "--treated", "1", "--sd", "0"]) == 2
    assert "standard deviation is above 0" in capsys.readouterr().err
    assert main(["trial", "power", "--treated", "9", "--control", "9", "--sd", "10", "--effect", "5"]) == 0
    assert "Too small to see what matters" in capsys.readouterr().out


def test_assign_writes_a_table_that_another_run_repeats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "units.csv", "key,school,town\na,s1,n\nb,s1,n\nc,s2,n\nd,s3,s\ne,s4,s\n")
    assert main(["trial", "assign", file, "--seed", SEED, "--cluster", "school", "--stratum", "town"]) == 0
    table = capsys.readouterr().out
    assert table.splitlines()[0] == "key,arm"
    arms = dict(line.split(",") for line in table.splitlines()[1:])
    assert arms["a"] == arms["b"] != arms["c"]
    assert arms["d"] != arms["e"]
    assert main(["trial", "assign", file, "--seed", SEED, "--cluster", "school", "--stratum", "town"]) == 0
    assert capsys.readouterr().out == table
    for wrong in (["--seed", "zz"], ["--seed", SEED, "--share", "half"], ["--seed", SEED, "--share", "2"]):
        assert main(["trial", "assign", file, *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_every_code_has_a_sentence() -> None:
    assert (set(REFUSALS), set(ADVICE), set(VERDICTS)) == (set(RefusalCode), set(Code), set(Verdict))


def test_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "plan.json", '{"b": 1.0,\n "a": ["\\u0141", true]}\n')
    wanted = hashlib.sha256('{"a":["Ł",true],"b":1}'.encode()).hexdigest()
    assert main(["verify", file, "--sha256", wanted.upper()]) == 0
    assert "is the plan that was frozen" in capsys.readouterr().out
    assert json.loads(json.dumps(document(capsys, "verify", file)))["sha256"] == wanted
    assert main(["verify", file, "--sha256", "00" * 32]) == 2
    assert "is not the plan that was frozen" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": 1e400}', "no infinity"),
        ('{"a": ', "no valid JSON"),
        ("[" * 100_000, "nested too deeply"),
    ],
    ids=["twice", "nan", "infinite", "cut off", "deep"],
)
def test_a_file_that_is_no_plan_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, sentence: str) -> None:
    assert main(["verify", written(tmp_path, "plan.json", content)]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
