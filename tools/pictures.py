"""The pictures of the README: walks the thread in Turin on a running demonstration server and takes one at each step.

    ./dev run                                        # in one terminal
    python -m tools.pictures http://127.0.0.1:8000   # in another; needs Chromium (RRR_CHROMIUM names it)

Facts are those of the starter content; the units of the pilot are simulated, and every page says so. Writes docs/images/*.png.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
FLAGS = ["--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
TURIN = "/territories/turin/"
CHALLENGE = f"{TURIN}challenges/lost-work-and-short-time-income/"
PLAN = {
    "What do you want to know?": "Does a specialist beside the care team bring people into paid work within a year?",
    "Outcome": "Days in paid work",
    "How it is measured": "Register of the employment office.",
    "When it is measured": "Twelve months after the start.",
    "Smallest effect worth having": "20",
    "Lowest possible value": "0",
    "Highest possible value": "365",
    "What is a unit?": "people",
    "How far does the outcome spread?": "60",
    "A public value nobody knows yet": "Numbers of the national lottery on 3 March 2027",
    "The pilot begins on": "2027-03-08",
    "It ends on": "2028-03-08",
}


class Walk:
    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    def at(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.page.wait_for_load_state("networkidle")

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        found = self.page.locator("main").get_by_role(role, name=name).first  # type: ignore[arg-type] # a role by name
        with self.page.expect_navigation():
            found.click()
        self.page.wait_for_load_state("networkidle")

    def fill(self, values: dict[str, str]) -> None:
        for label, value in values.items():
            self.page.get_by_label(label).first.fill(value)

    def settled(self) -> None:
        """Wait for the job that this page shows."""
        self.page.wait_for_selector("[data-job]", state="detached", timeout=120_000)
        self.page.wait_for_load_state("networkidle")

    def picture(self, name: str, top: Locator | None = None, height: int = 860) -> None:
        """From `top` (else the head of the page) down."""
        box = top.bounding_box() if top is not None else None
        start = max(0.0, (box["y"] if box else 0.0) + float(self.page.evaluate("scrollY")) - 24)
        clip = {"x": 0, "y": start, "width": 1280, "height": height}
        self.page.screenshot(path=str(IMAGES / f"{name}.png"), full_page=True, clip=clip)  # type: ignore[arg-type] # a clip as a mapping
        print(f"docs/images/{name}.png")


def sign_in(walk: Walk, accounts: Path, role: str) -> None:
    line = next(one for one in accounts.read_text(encoding="utf-8").splitlines() if one.startswith(role))
    _role, mail, password = line.split()[:3]
    walk.at("/accounts/login/")
    walk.page.fill("input[name=login]", mail)
    walk.page.fill("input[name=password]", password)
    walk.page.press("input[name=password]", "Enter")
    walk.page.wait_for_load_state("networkidle")


def understand(walk: Walk, folder: Path) -> None:
    walk.at(TURIN)
    walk.page.wait_for_selector("#map[data-ready]", timeout=30_000)
    walk.picture("territory", height=1300)
    given = walk.page.request.get(f"{walk.base}{TURIN}organisations.csv").body()
    file = folder / "organisations-turin.csv"
    file.write_bytes(given)
    walk.at(f"{TURIN}imports/new/")
    walk.fill({"Name of a new register": "Our own download"})
    walk.page.locator("input[type=file]").set_input_files(file)
    walk.press("Upload and look at it")
    walk.picture("understand")


def define(walk: Walk) -> None:
    walk.at(f"{CHALLENGE}evidence/")
    walk.press("Indicator", "link")
    walk.page.get_by_label(re.compile("ages 15 and over")).first.check()
    walk.press("Save")
    walk.picture("define", walk.page.locator("figure.chart").first)


def explore(walk: Walk) -> None:
    walk.at(f"{CHALLENGE}matches/")
    walk.picture("explore")
    walk.at("/solutions/individual-placement-support/")
    if "Page not found" in walk.page.title():
        raise SystemExit("The catalogue has no Individual Placement and Support; load the starter content.")
    walk.press("Add to a shortlist", "link")
    walk.page.get_by_label("For which challenge").select_option(label="Turin: Lost work and short-time income")
    walk.press("Put it on the list")
    walk.press(re.compile("^Choose to adapt"))
    walk.press("Adapt this solution")


def experiment(walk: Walk) -> None:
    walk.press("Plan a pilot", "link")
    walk.fill({"Name of the pilot": "Work first"})
    walk.press("Write the plan")
    walk.fill(PLAN)
    walk.page.locator("#id_outcome_unit").fill("days")
    for label in ("Higher is better", "Individual trial: people drawn by lot", "RRR draws the lot after the freezing"):
        walk.page.get_by_label(label).check()
    walk.page.get_by_label(re.compile("simulated", re.IGNORECASE)).first.check()
    for box in walk.page.locator("input[name=ethics]").all():
        box.check()
    walk.press("Save")
    walk.press("Enter the units", "link")
    walk.fill({"Units, one per line": "\n".join(f"U{number:03}" for number in range(1, 121))})
    walk.page.get_by_label("The keys are no names").check()
    walk.press("Keep the list")
    walk.press("Go to the freezing", "link")
    walk.press("Freeze the plan")
    walk.press("Draw the lot", "link")


def measure(walk: Walk, folder: Path) -> None:
    """From the page of the lot on."""
    today = datetime.now(UTC).date().isoformat()
    walk.fill({"The value": "simulated", "Where everybody can read it": "https://example.org/", "The day it became public": today})
    walk.press("Cast the lot")
    pilot = re.sub(r"(/pilots/[^/]+/).*", r"\1", walk.page.url.removeprefix(walk.base))
    arms = walk.page.request.get(f"{walk.base}{pilot}arms.csv").text().removeprefix("\ufeff")
    chance = random.Random(7)  # noqa: S311 # simulated outcomes, the same each time
    lines = [
        f"{row['unit']};{min(365, max(0, round(chance.gauss(150 if row['arm'] == 'treated' else 110, 60))))}"
        for row in csv.DictReader(io.StringIO(arms))
    ]
    file = folder / "outcomes.csv"
    file.write_text("unit;value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    walk.at(f"{pilot}data/")
    walk.page.locator("input[type=file]").set_input_files(file)
    walk.press("Upload and check")
    walk.press("Estimate the result")
    walk.page.reload()
    walk.picture("experiment", height=1100)
    walk.press("Decide", "link")
    walk.page.get_by_label("Change it and try again").check()
    walk.fill({"Why": "Simulated: shows what a decision looks like."})
    walk.press("Keep the decision")


def exchange(walk: Walk) -> None:
    walk.press("Write the case")
    walk.fill(
        {"Title": "Work first in Turin", "In three sentences": "A case with simulated units, to show what a case holds. Nobody took part."}
    )
    walk.press("Save")
    walk.page.reload()
    walk.picture("exchange", height=1100)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="address of the running demonstration server")
    parser.add_argument("--accounts", type=Path, default=ROOT / ".state" / "demonstration-accounts.txt")
    given = parser.parse_args()
    chromium = os.environ.get("RRR_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=chromium, args=[*FLAGS, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"])
        walk = Walk(browser.new_context(viewport={"width": 1280, "height": 860}).new_page(), given.base.rstrip("/"))
        sign_in(walk, given.accounts, "coordinator")
        understand(walk, Path(folder))
        define(walk)
        explore(walk)
        experiment(walk)
        measure(walk, Path(folder))
        exchange(walk)
        browser.close()


if __name__ == "__main__":
    main()
