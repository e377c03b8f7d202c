"""`manage.py prepare`: tables, starter content and, for `./dev run`, demonstration accounts. Quick when nothing changed."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command


class Command(BaseCommand):
    help = "Bring the database up to date, load the starter content and, if asked, make demonstration accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demonstration", action="store_true", help="make one account per role with random passwords")
        parser.add_argument("--without-starter", action="store_true", help="leave the starter content out")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if not options["without_starter"]:
            call_command("starter", "load")
        if options["demonstration"]:
            call_command("demonstration", "--territory", "turin")
