"""./dev with wrong words, from another folder, twice at once: one sentence each, and never a Python trace."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def dev(*words: str, **environment: str) -> tuple[int, str]:
    """Exit code, and what it says, from a folder that is not the checkout."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "dev"), *words],
        cwd="/",
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("bogus", 2, "./dev has no command 'bogus'. It has: run, test"),
        ("run --port 9", 2, "./dev run takes no words; '--port' is one."),
        ("clean -a", 1, "./dev clean does not know -a."),
        ("db", 1, "./dev db needs a word."),
        ("db bogus", 1, "./dev db does not know 'bogus'."),
        ("db dump", 1, "./dev db dump takes 1 file."),
        ("db stop now", 1, "./dev db stop takes no file."),
        ("--help", 0, "./dev run "),
    ],
)
def test_wrong_words_get_a_sentence(words: str, code: int, sentence: str) -> None:
    found, said = dev(*words.split())
    assert found == code
    assert sentence in said
    assert "Traceback" not in said


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with nothing to set up."""
    monkeypatch.setenv("RRR_STATE", "somewhere")
    loader = importlib.machinery.SourceFileLoader("dev_script", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.setattr(module, "prepare", lambda *_words: None)
    return module


def test_a_relative_state_folder_is_that_of_the_person(script: ModuleType) -> None:
    assert Path.cwd() / "somewhere" == script.STATE
    assert os.environ["RRR_STATE"] == str(script.STATE)


@pytest.mark.parametrize("given", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(script: ModuleType, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("RRR_PORT", given)
    with pytest.raises(script.Stop, match="which is no port"):
        script.wanted_port()


def test_two_runs_never_share_a_port(script: ModuleType) -> None:
    """Nobody listens yet, and still the second gets another one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        first = probe.getsockname()[1]
    one, held = script.free_port(first)
    two, other = script.free_port(first)
    assert one != two
    held.close()
    again, third = script.free_port(first)
    assert again == one
    for each in (other, third):
        each.close()


def test_an_unknown_check_or_benchmark_is_named(script: ModuleType) -> None:
    for call, word, sentence in ((script.check, "typos", "There is no check typos"), (script.bench, "nope", "There is no benchmark nope")):
        with pytest.raises(script.Stop, match=sentence):
            call([word])


def test_a_system_refusal_is_a_sentence(script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def refuse(_words: list[str]) -> None:
        raise PermissionError(13, "Permission denied", "/closed/folder")

    monkeypatch.setitem(script.COMMANDS, "shell", refuse)
    monkeypatch.setattr(sys, "argv", ["dev", "shell"])
    assert script.main() == 1
    assert "/closed/folder: Permission denied." in capsys.readouterr().err


def test_files_of_the_database_are_named_from_where_the_person_stands(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(script, "make_venv", lambda: None)
    monkeypatch.setattr(script, "install_python", lambda _lock: None)
    monkeypatch.setattr(script.subprocess, "run", lambda command, **_more: called.append(command) or subprocess.CompletedProcess([], 0))
    with pytest.raises(SystemExit):
        script.db(["dump", "kept.dump"])
    assert str(Path.cwd() / "kept.dump") in called[0]
