"""`manage.py demonstration`: one account per role, with random passwords, for trying RRR out."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from rrr.people import queries
from rrr.people.actions import accounts, memberships
from rrr.people.models import User
from rrr.people.roles import PROGRAMME_ROLES, TERRITORY_ROLES, Role

HOST = "demo.invalid"


class Command(BaseCommand):
    help = "Make one demonstration account per role; they can sign in only where RRR_DEMONSTRATION is 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--territory", default="turin", help="short name of the territory of the local roles (default: turin)")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demonstration accounts are not made where RRR_PRODUCTION is 1; use createmanager.")
        territory = apps.get_model("places", "Territory")._default_manager.filter(slug=options["territory"]).first()
        if territory is None:
            raise CommandError(f"There is no territory “{options['territory']}”; load the starter content first (manage.py starter load).")
        path = Path(settings.STATE) / "demonstration-accounts.txt"
        wanted = [_email(role) for role in Role]
        known = {email for email in wanted if queries.person_by_email(email)}
        if known == set(wanted) and path.is_file():
            self.stdout.write(f"The demonstration accounts are there; their passwords are in {path}.")
            return
        with transaction.atomic():
            rows = [(role, _email(role), self._account(role, territory)) for role in Role]
            table = _table(rows, territory.name)
            _write(path, table)
        self.stdout.write(table)
        self.stdout.write(f"Kept in {path}.")
        if not settings.DEMONSTRATION:
            self.stdout.write("They can sign in once RRR_DEMONSTRATION is 1, as under `./dev run`.")

    def _account(self, role: Role, territory: Any) -> str:
        """A new password each time: an account whose password nobody knows any more would be of no use."""
        password = secrets.token_urlsafe(12)
        person = queries.person_by_email(_email(role))
        if person is None:
            name = f"Demonstration {str(role.label).lower()}"
            person = accounts.create(email=_email(role), name=name, password=password, by=None, demonstration=True)
        else:
            accounts.reset_demonstration_password(user=person, password=password, by=None)
        _grant(person, role, territory)
        return password


def _grant(person: User, role: Role, territory: Any) -> None:
    if role in TERRITORY_ROLES:
        memberships.grant(user=person, territory=territory, role=role, by=None, reason="demonstration")
    elif role in PROGRAMME_ROLES:
        memberships.grant_programme(user=person, role=role, by=None)


def _email(role: Role) -> str:
    return f"{role.value}@{HOST}"


def _table(rows: list[tuple[Role, str, str]], territory: str) -> str:
    lines = [f"{'role':<13} {'e-mail address':<26} {'password':<18} where"]
    for role, email, password in rows:
        lines.append(f"{role.value:<13} {email:<26} {password:<18} {territory if role in TERRITORY_ROLES else 'whole programme'}")
    return "\n".join(lines)


def _write(path: Path, text: str) -> None:
    """Readable by its owner only, from the first byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text + "\n")
