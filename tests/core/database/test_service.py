"""Starting, stopping, and standing aside for a server of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from rrr.core import database
from rrr.core.database import accounts, server
from rrr.core.database.__main__ import COMMANDS
from rrr.core.database.connection import Connection
from rrr.core.database.place import find
from tests.core.database.conftest import ROOT, call, command

pytestmark = pytest.mark.slow


def _answers(connection: Connection) -> bool:
    with psycopg.connect(connection.url) as client:
        return client.execute("SELECT 1").fetchone() == (1,)


def test_asking_changes_nothing(open_folder: Path) -> None:
    nowhere = open_folder / "nowhere"
    assert "no embedded database yet" in database.status(nowhere)
    assert "nothing to stop" in database.stop(nowhere)
    assert "nothing to remove" in database.remove(nowhere)
    assert not nowhere.exists()


def test_stopping_twice_and_starting_again(state: Path) -> None:
    first = database.ensure(state)
    assert database.stop(state) == "The embedded database is stopped."
    assert database.stop(state) == "The embedded database was stopped already."
    assert "is stopped" in database.status(state)
    assert database.ensure(state) == first
    assert _answers(first)


def test_four_processes_race_to_start_a_fresh_cluster(fresh: Path) -> None:
    racers = [
        subprocess.Popen(command("url", state=fresh), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    told = [racer.communicate(timeout=60) for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * 4, told
    assert len({said for said, _ in told}) == 1
    assert _answers(database.ensure(fresh))


@pytest.mark.parametrize("folder", ["a" * 120, "with spaces, commas and 'quotes'", "żółć-łódź"], ids=["long", "signs", "accents"])
def test_folders_a_socket_cannot_lie_in(open_folder: Path, folder: str) -> None:
    state = open_folder / folder / "state"
    connection = database.ensure(state)
    try:
        assert len(os.fsencode(connection.host)) + len("/.s.PGSQL.5432") < 90
        assert _answers(connection)
    finally:
        database.remove(state)
    assert not Path(connection.host).exists()


def test_a_folder_a_shell_would_misread_is_refused(open_folder: Path) -> None:
    with pytest.raises(database.DatabaseError, match=r"has the character '\$' in its name; set RRR_STATE"):
        database.ensure(open_folder / "a$HOME" / "state")


def test_a_pid_file_whose_number_another_process_bears_now(state: Path) -> None:
    connection = database.ensure(state)
    place = find(state)
    files = [place.data / "postmaster.pid", place.sockets / ".s.PGSQL.5432.lock"]
    whole = [path.read_text() for path in files]
    database.stop(state)
    account = place.account
    bystander = subprocess.Popen(
        ["sleep", "60"], user=account.uid if account else None, group=account.gid if account else None, extra_groups=[] if account else None
    )
    try:
        for stale, content in zip(files, whole, strict=True):
            stale.write_text("\n".join([str(bystander.pid), *content.split("\n")[1:]]))
            stale.chmod(0o600)
            accounts.hand_over(stale, account)
        assert "stopped already" in database.stop(state), "the bystander is not taken for a server"
        assert database.ensure(state) == connection
        assert _answers(connection)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_socket_swept_away_is_made_again(state: Path) -> None:
    connection = database.ensure(state)
    for path in find(state).sockets.iterdir():
        path.unlink()
    assert server.ask(find(state)) is server.Answer.NONE
    assert _answers(database.ensure(state))
    assert database.ensure(state) == connection


def test_database_url_wins(state: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = database.ensure(state)
    monkeypatch.setenv("DATABASE_URL", other.url + "?connect_timeout=5")
    unused = open_folder / "unused"
    assert database.ensure(unused) == Connection(*other_fields(other), (("connect_timeout", "5"),))
    assert "which answers" in database.status(unused)
    assert "not stopped from here" in database.stop(unused)
    with psycopg.connect(other.url) as client:
        client.execute("CREATE TABLE kept (id int)")
        client.execute("INSERT INTO kept VALUES (7)")
    database.dump(unused, open_folder / "own.dump")
    with psycopg.connect(other.url) as client:
        client.execute("DELETE FROM kept")
    database.restore(unused, open_folder / "own.dump")
    with psycopg.connect(other.url) as client:
        assert client.execute("SELECT id FROM kept").fetchall() == [(7,)]
    assert not unused.exists(), "no embedded cluster is made beside a server of one's own"


def other_fields(connection: Connection) -> tuple[str, int, str, str, str]:
    return connection.host, connection.port, connection.user, connection.password, connection.name


def test_the_command_line(state: Path, open_folder: Path) -> None:
    assert call("start", state=state).stdout.startswith("The embedded database in ")
    assert call("url", state=state).stdout.strip() == database.ensure(state).url
    dumped = call("dump", str(open_folder / "a.dump"), state=state)
    assert (dumped.returncode, dumped.stdout) == (0, f"The database is in {open_folder / 'a.dump'}.\n")
    assert call("stop", state=state).stdout == "The embedded database is stopped.\n"


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (["restore", "nothing.dump"], {}, "There is no file"),
        (["start"], {"RRR_PG_BIN": "/usr/share"}, "RRR_PG_BIN is /usr/share, which lacks"),
        (["url"], {"DATABASE_URL": "mysql://a@h/b"}, "DATABASE_URL does not name"),
    ],
    ids=["no file", "no programs", "another make"],
)
def test_the_command_line_says_in_one_sentence_what_is_wrong(
    open_folder: Path, words: list[str], environment: dict[str, str], sentence: str
) -> None:
    told = call(*words, state=open_folder / "state", **environment)
    assert told.returncode == 2
    assert told.stderr.startswith(sentence)
    assert told.stderr.count("\n") == 1


def test_a_file_in_place_of_the_folder(open_folder: Path) -> None:
    (open_folder / "state").write_text("a file")
    told = call("start", state=open_folder / "state")
    assert told.returncode == 2
    assert "mend that, or set RRR_STATE" in told.stderr


@pytest.mark.parametrize("word", [*COMMANDS, "DATABASE_URL", "RRR_PG_BIN", "RRR_STATE"])
def test_the_reference_page_names_every_command_and_setting(word: str) -> None:
    page = (ROOT / "docs" / "reference" / "database.md").read_text(encoding="utf-8")
    assert f"| `{word}" in page


def test_needs_the_standard_library_only() -> None:
    probe = "import sys; import rrr.core.database; print(sorted({n.split('.')[0] for n in sys.modules} - set(sys.stdlib_module_names)))"
    told = subprocess.run([sys.executable, "-S", "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['__main__', 'rrr']"
