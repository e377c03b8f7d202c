"""The tool that watches the shape of the code finds what it should, and the registry of the thread is complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from rrr.core import thread
from tools import shape

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("rrr/x/views.py", "def a():\n    return Thing.objects.all()\n", "not .objects"),
        ("rrr/x/utils.py", "", "no module is called utils"),
        ("rrr/x/a.py", "def long():\n" + "    pass\n" * 51, "split it"),
        ("rrr/x/a.py", "x = 1\n" * 401, "401 lines"),
        ("rrr/x/models.py", "class A:\n    def save(self):\n        pass\n", "no logic in save"),
    ],
    ids=["objects in a view", "utils", "long function", "long file", "save"],
)
def test_python_faults_are_found(path: str, source: str, found: str) -> None:
    assert any(found in fault for fault in shape.python_faults(Path(path), source))


@pytest.mark.parametrize(
    "source", ['<p style="color:red">', "<script>alert(1)</script>", '<img src="https://other.example/a.png">', '<a onclick="x()">']
)
def test_template_faults_are_found(source: str) -> None:
    assert list(shape.template_faults(Path("templates/x.html"), source))


def test_every_step_with_data_is_on_the_thread_and_answers_for_people() -> None:
    """A step that stores something offers a knot, an export and an erase hook."""
    for step in thread.STEPS:
        if not list(apps.get_app_config(step.code).get_models()):
            continue
        entry = thread.registrations().get(step.code)
        assert entry is not None, f"{step.code} keeps data and is not registered: call thread.register_step in its AppConfig.ready."
        missing = [name for name in ("knot", "export", "erase") if getattr(entry, name) is None]
        assert not missing, f"{step.code} registered no {', '.join(missing)} hook; add it in {step.code}/hooks.py."


def test_engines_know_no_django() -> None:
    code = "import sys, pkgutil, importlib, rrr.engines, rrr.text, rrr.records\n"
    code += "for p in (rrr.engines, rrr.text, rrr.records):\n"
    code += "    for m in pkgutil.iter_modules(p.__path__, p.__name__ + '.'): importlib.import_module(m.name)\n"
    code += "sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
