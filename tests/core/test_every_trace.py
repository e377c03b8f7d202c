"""Every tie of every table to an account is in the person's export and gone after erasing, whichever step made the table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from rrr.core import notices, outbox, privacy, tokens
from rrr.people.models import ContentReport, Invitation, Membership, ProgrammeRole, Task, User
from tests.factories import people
from tests.people import world

# Column -> where the export lists its rows. A new table with an account in it fails below until it is named here and in the hooks.
EXPORTED = {
    "account.EmailAddress.user": ("people", "addresses"),
    "core.ApiToken.user": ("core", "tokens"),
    "core.AuditEntry.by": ("core", "actions"),
    "core.Job.by": ("core", "jobs"),
    "core.NoticeChoice.user": ("core", "mail_choices"),
    "core.OutboxMessage.to": ("core", "mail"),
    "define.Challenge.author": ("define", "challenges"),
    "define.Evidence.author": ("define", "evidence"),
    "define.Poll.author": ("define", "polls"),
    "define.Statement.author": ("define", "statements"),
    "exchange.Case.made_by": ("exchange", "cases_begun"),
    "experiment.Adaptation.made_by": ("experiment", "adaptations"),
    "experiment.Assignment.by": ("experiment", "draws"),
    "experiment.DataUpload.by": ("experiment", "uploads"),
    "experiment.Decision.by": ("experiment", "decisions"),
    "experiment.PlanVersion.frozen_by": ("experiment", "plans_frozen"),
    "experiment.Result.by": ("experiment", "estimates"),
    "explore.ShortlistItem.added_by": ("explore", "shortlisted"),
    "explore.ShortlistNote.by": ("explore", "shortlist_notes"),
    "mfa.Authenticator.user": ("people", "second_factors"),
    "people.BodyMember.user": ("people", "bodies"),
    "people.Invitation.by": ("people", "invitations_sent"),
    "people.Membership.user": ("people", "memberships"),
    "people.ProgrammeRole.user": ("people", "programme_roles"),
    "people.Task.who": ("people", "tasks"),
    "people.WorkingGroup_members.user": ("people", "working_groups"),
    "understand.AuditSample.by": ("understand", "audit_samples"),
    "understand.Claim.user": ("understand", "claims"),
    "understand.EnteredRecall.by": ("understand", "recalls_entered"),
    "understand.RegisterReach.by": ("understand", "registers_described"),
    "understand.DiagnosisRound.author": ("understand", "diagnosis_rounds"),
    "understand.Portrait.author": ("understand", "portraits"),
    "understand.Portrait.published_by": ("understand", "portraits_published"),
    "understand.LinkDecision.by": ("understand", "decisions"),
    "understand.RegisterImport.by": ("understand", "imports"),
}


def _ties() -> Iterator[tuple[str, Any, Any]]:
    """Name, model and field of every foreign key to an account, those of tables in between included."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                yield f"{model._meta.label}.{field.name}", model, field


def test_every_tie_to_an_account_is_named() -> None:
    assert {name for name, _model, _field in _ties()} == set(EXPORTED)


@pytest.fixture
def person(db: None) -> Any:
    """Somebody who did everything one can do: one row at least behind each tie."""
    made = world.build()
    owner: User = made["owner"]
    User.objects.filter(pk=owner.pk).update(name="Zenobia Quattrocchi", email="zenobia@example.org")
    owner.refresh_from_db()
    owner.emailaddress_set.update(email=owner.email)
    Task.objects.filter(pk=made["task"].pk).update(who=owner)
    ProgrammeRole.objects.create(user=owner, role="curator")
    notices.choose(user=owner, kind="job", pace="now", by=owner)
    outbox.queue(to=owner, kind="group", subject="Dear Zenobia Quattrocchi", text="zenobia@example.org")
    tokens.issue(by=owner, name="export", scopes=["read"], expires_at=None)
    for name, model, field in _ties():
        if name in ("mfa.Authenticator.user", "core.Job.by"):
            more = {"type": "totp", "data": {}} if name.startswith("mfa") else {"kind": "k", "title": "t"}
            model._default_manager.create(**{field.name: owner}, **more)
        elif not model._default_manager.filter(**{field.name: owner}).exists():
            _lay_hands_on(model, field, owner)
    people.report(email=owner.email, text="I am zenobia@example.org no longer.")
    Invitation.objects.create(
        territory=made["turin"], role="member", email="Zenobia@example.org", digest="d" * 64, expires_at=owner.created_at
    )
    return owner


def _lay_hands_on(model: Any, field: Any, owner: User) -> None:
    """A tie no helper of the tests makes: the first row of the table becomes this person's. Rules of the database are off for it."""
    row = model._default_manager.first()
    if row is None and model._meta.label == "explore.ShortlistNote":
        row = model._default_manager.create(item_id=apps.get_model("explore", "ShortlistItem")._default_manager.first().pk, text="look")
    if row is None and model._meta.label == "understand.LinkDecision":
        record = apps.get_model("understand", "RegisterRecord")._default_manager.first()
        one = record.register_import
        model._default_manager.create(
            source_id=one.source_id, register_import_id=one.pk, record_id=record.pk, key=record.key, verdict="new", by=owner
        )
        return
    assert row is not None, f"the world has no {model._meta.label}"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        model._default_manager.filter(pk=row.pk).update(**{field.name: owner})
        cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")


@pytest.mark.slow
def test_the_export_lists_every_row_with_the_person_in_it(person: User) -> None:
    found = privacy.export(person)
    for name, model, field in _ties():
        step, part = EXPORTED[name]
        number = model._default_manager.filter(**{field.name: person}).count()
        assert number > 0, f"no row to try {name} with"
        assert len(found[step][part]) == number, name
    assert found["people"]["reports"]
    json.dumps(found, default=str)


@pytest.mark.slow
def test_nothing_of_the_person_is_left_in_any_table(person: User) -> None:
    pk = person.pk
    memberships = Membership.objects.count()
    privacy.erase(user=person, by=person)
    for name, model, field in _ties():
        assert not model._default_manager.filter(**{field.attname: pk}).exists(), name
    assert Membership.objects.count() < memberships
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            kept = json.dumps(row, default=str).casefold()
            assert "zenobia@example.org" not in kept or model is ContentReport, f"{model._meta.label}: {kept[:400]}"
            assert "quattrocchi" not in kept, f"{model._meta.label}: {kept[:400]}"
