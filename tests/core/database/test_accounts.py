"""Root hands the server to an account without rights; closed folders, and an ordinary user beside it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from rrr.core import database
from rrr.core.database import accounts, programs
from rrr.core.database.place import find
from tests.core.database.conftest import ROOT, command

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.getuid() != 0, reason="only root can hand over to another account")]


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="rrr-t-", dir="/var/tmp"))  # mode 0700, as /root has
    yield made
    shutil.rmtree(made)


def _works(state: Path) -> bool:
    with psycopg.connect(database.ensure(state).url) as client:
        return client.execute("SELECT unaccent('Łódź')").fetchone() == ("Lodz",)


def test_the_server_runs_without_rights(state: Path) -> None:
    database.ensure(state)
    place = find(state)
    assert place.account
    assert place.account.name in accounts.NAMES
    pid = (place.data / "postmaster.pid").read_text().split("\n")[0]
    assert Path(f"/proc/{pid}").stat().st_uid == place.account.uid


def test_a_closed_folder_sends_the_data_elsewhere_and_says_so(closed_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = closed_folder / "state"
    assert _works(state)
    base = find(state).base
    try:
        assert not base.is_relative_to(closed_folder)
        assert f"the database lies in {base}" in capsys.readouterr().err
        assert str(base) in database.status(state)
        shutil.rmtree(state)
        assert _works(state), "the cluster is found again when the state folder was cleared"
    finally:
        database.remove(state)
    assert not base.exists()


def test_a_state_folder_closed_later_keeps_its_database(state: Path) -> None:
    with psycopg.connect(database.ensure(state).url) as client:
        client.execute("CREATE TABLE kept (id int)")
    database.stop(state)
    state.chmod(0o700)
    with pytest.raises(database.DatabaseError, match="can no longer reach its database"):
        database.ensure(state)
    state.chmod(0o755)
    with psycopg.connect(database.ensure(state).url) as client:
        assert client.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_programs_in_a_closed_folder_are_copied(
    state: Path, closed_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = programs.for_cluster(None).parent
    for part in ("bin", "lib", "share"):
        shutil.copytree(wheel / part, closed_folder / wheel.parent.name / wheel.name / part)
    for libraries in wheel.parent.parent.glob(f"{wheel.parent.name}.libs"):
        shutil.copytree(libraries, closed_folder / libraries.name)
    monkeypatch.setenv("RRR_PG_BIN", str(closed_folder / wheel.parent.name / wheel.name / "bin"))
    assert _works(state)
    assert "they are copied to" in capsys.readouterr().err
    database.stop(state)
    assert _works(state)
    assert capsys.readouterr().err == "", "copied once"


def _imports(account: accounts.Account, python: str) -> bool:
    try:
        return accounts.run(account, [python, "-c", "import rrr.core.database"], env={"PYTHONPATH": str(ROOT)}).code == 0
    except OSError:
        return False


@pytest.fixture
def as_nobody() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command line as an ordinary user: with this Python, or the system's where this one lies in a closed folder."""
    entry = pwd.getpwnam("nobody")
    account = accounts.Account(entry.pw_uid, entry.pw_gid)
    pythons = [path for path in (sys.executable, "/usr/bin/python3") if _imports(account, path)]
    if not pythons:
        pytest.skip("the account nobody cannot reach this checkout")
    binaries = {"PATH": "/usr/bin:/bin", "RRR_PG_BIN": str(programs.for_cluster(None))}

    def call(*words: str, state: Path) -> subprocess.CompletedProcess[str]:
        whole = [pythons[0], *command(*words, state=state)[1:]]
        return subprocess.run(
            whole, cwd=ROOT, env=binaries, user=account.uid, group=account.gid, extra_groups=[], capture_output=True, text=True
        )

    return call


def test_an_ordinary_user(open_folder: Path, as_nobody: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    os.chown(open_folder, pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
    state = open_folder / "state"
    try:
        started = as_nobody("start", state=state)
        assert started.stdout.startswith("The embedded database in "), started.stderr
        assert _works(state), "root uses the cluster of an ordinary user as that user"
        database.stop(state)
        assert _works(state)
        assert "answers" in as_nobody("status", state=state).stdout
        assert as_nobody("dump", str(open_folder / "a.dump"), state=state).returncode == 0
        assert as_nobody("stop", state=state).stdout == "The embedded database is stopped.\n"
    finally:
        database.remove(state)


def test_an_ordinary_user_is_told_about_roots_cluster(state: Path, as_nobody: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    database.ensure(state)
    account = find(state).account
    if account and account.name == "nobody":
        pytest.skip("this machine has no account but nobody")
    told = as_nobody("start", state=state)
    assert told.returncode == 2
    assert "since root made it; run this as root too" in told.stderr
