"""Every acknowledged write is found again after the web server is killed with SIGKILL while writing."""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from rrr.people.models import ContentReport

ROOT = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(port: int) -> subprocess.Popen[bytes]:
    environment = dict(os.environ, RRR_DATABASE_NAME=str(connection.settings_dict["NAME"]), DJANGO_SETTINGS_MODULE="rrr.web.settings")
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ws",
        "rrr.web.wsgi:application",
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    raise AssertionError("the server did not answer")


def _kill(server: subprocess.Popen[bytes]) -> None:
    os.killpg(server.pid, 9)  # granian and its worker processes
    server.wait()


class _Writer:
    """A visitor who reports content; `acknowledged` are the reports the server said yes to."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.acknowledged: list[str] = []
        jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open

    def write(self, text: str) -> None:
        page = self.open(f"{self.base}/about/report/", timeout=10).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        form = {"csrfmiddlewaretoken": token[1], "url": "/territories/", "reason": "wrong", "text": text, "email": ""}
        answer = self.open(f"{self.base}/about/report/", urllib.parse.urlencode(form).encode(), timeout=10)
        if answer.status == 200 and "errorlist" not in answer.read().decode():
            self.acknowledged.append(text)


@pytest.mark.durability
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_acknowledged_reports_survive_a_killed_web_server() -> None:
    port = _free_port()
    server, acknowledged = _serve(port), []
    for round_number in range(2):
        writer = _Writer(f"http://127.0.0.1:{port}")
        for number in range(4):
            writer.write(f"round {round_number} report {number}")
        _kill(server)  # no farewell: what was acknowledged a moment ago must be on disk
        with pytest.raises((urllib.error.URLError, ConnectionError)):
            writer.write("to a dead server")
        acknowledged += writer.acknowledged
        server = _serve(port)
    _kill(server)
    assert len(acknowledged) == 8
    kept = set(ContentReport.objects.values_list("text", flat=True))
    assert set(acknowledged) <= kept
