"""`manage.py createmanager`: the first account of an instance, with the role of programme manager."""

from __future__ import annotations

import getpass
import os
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from rrr.people import queries
from rrr.people.actions import accounts, memberships
from rrr.people.models import User
from rrr.people.roles import Role

VARIABLE = "RRR_MANAGER_PASSWORD"


class Command(BaseCommand):
    help = "Make the account of a programme manager, or give the role to an account there is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="e-mail address, which is the login; asked for when left out")
        parser.add_argument("--name", help="name that others see; asked for when left out")
        parser.add_argument("--language", default="en", help="language of the account (default: en)")

    def handle(self, *args: Any, **options: Any) -> None:
        email = (options["email"] or self._ask("E-mail address: ", "--email")).strip()
        known = queries.person_by_email(email)
        try:
            person = known or self._make(email, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if known:
            memberships.grant_programme(user=known, role=Role.MANAGER, by=None)
        word = "is now" if known else "is made as"
        self.stdout.write(f"{person.email} {word} a programme manager and can sign in.")

    @transaction.atomic
    def _make(self, email: str, options: dict[str, Any]) -> User:
        name = (options["name"] or self._ask("Name: ", "--name")).strip()
        if not name:
            raise CommandError("The name is empty; give one with --name.")
        made = accounts.create(email=email, name=name, password=self._password(), by=None, language=options["language"])
        memberships.grant_programme(user=made, role=Role.MANAGER, by=None)
        return made

    def _password(self) -> str:
        given = os.environ.get(VARIABLE)
        if given:
            return given
        try:
            first, second = getpass.getpass("Password: "), getpass.getpass("Password again: ")
        except (EOFError, OSError) as error:
            raise CommandError(f"No password was given; set {VARIABLE} where nobody can type one.") from error
        if first != second:
            raise CommandError("The two passwords differ; run the command again.")
        return first

    def _ask(self, question: str, option: str) -> str:
        try:
            return input(question)
        except (EOFError, OSError) as error:
            raise CommandError(f"Nobody is there to answer; give {option}.") from error
