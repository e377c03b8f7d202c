"""`manage.py prepare`: tables, starter content and, for `./dev run`, demonstration accounts. Quick when nothing changed."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from rrr.core.pulse import own_connection

LOCK = 0x525252  # of the database: two that begin at once would both make the tables


class Command(BaseCommand):
    help = "Bring the database up to date, load the starter content and, if asked, make demonstration accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demonstration", action="store_true", help="make one account per role with random passwords")
        parser.add_argument("--without-starter", action="store_true", help="leave the starter content out")

    def handle(self, *args: Any, **options: Any) -> None:
        with own_connection() as alone:
            if not alone.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()[0]:  # type: ignore[index] # always one row
                self.stdout.write("Another process prepares this database; waiting for it.")
                alone.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            self._prepare(options)

    def _prepare(self, options: dict[str, Any]) -> None:
        call_command("migrate", verbosity=0)
        if not options["without_starter"]:
            call_command("starter", "load")
        if options["demonstration"]:
            call_command("demonstration", "--territory", "turin")
