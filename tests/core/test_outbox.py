"""Mail: with its cause or not at all, once, as people choose."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from rrr.core import notices, outbox
from rrr.core.models import NoticeChoice, OutboxMessage
from tests.factories.people import user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_message_is_sent_once_in_plain_and_html() -> None:
    person = user()
    outbox.queue(to=person, kind="group", subject="A meeting", text="On <Monday>", url="/jobs/")
    assert (outbox.send_due(), outbox.send_due()) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == [person.email]
    assert "On <Monday>" in sent.body
    html = str(sent.alternatives[0][0])
    assert "On &lt;Monday&gt;" in html
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_rolled_back_cause_sends_nothing() -> None:
    person = user()
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.queue(to=person, kind="group", subject="A meeting", text="On Monday")
        raise RuntimeError
    assert outbox.send_due() == 0


def test_choices_hold_never_and_daily() -> None:
    person = user()
    notices.choose(user=person, kind="group", pace="never", by=person)
    assert outbox.queue(to=person, kind="group", subject="A", text="a") is None
    notices.choose(user=person, kind="challenge", pace="daily", by=person)
    for subject in ("One", "Two"):
        outbox.queue(to=person, kind="challenge", subject=subject, text="text")
    assert outbox.send_due() == 0
    assert outbox.send_digests() == 1
    assert mail.outbox[0].subject == "2 messages from RRR"
    assert "One" in mail.outbox[0].body
    assert "Two" in mail.outbox[0].body
    assert outbox.send_digests() == 0


def test_a_line_break_in_a_subject_makes_no_header() -> None:
    person = user()
    outbox.queue(to=person, kind="group", subject="A\nBcc: x@example.org", text="a")
    outbox.send_due()
    assert mail.outbox[0].subject == "A Bcc: x@example.org"


def test_a_failing_server_is_tried_again_later(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    message = outbox.queue(to=user(), kind="group", subject="A", text="a")
    assert message is not None
    assert outbox.send_due() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (OutboxMessage.State.WAITING, 1)
    assert message.error


def test_unsubscribing_needs_a_post_and_no_account(client: Client) -> None:
    person = user()
    url = f"/unsubscribe/{outbox.unsubscribe_token(person.pk, 'group')}/"
    assert client.get(url).status_code == 200
    assert not NoticeChoice.objects.filter(user=person).exists()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoticeChoice.objects.get(user=person, kind="group").pace == "never"
    assert client.post("/unsubscribe/forged:token/").status_code == 404
