"""Mail: written into the database with what caused it, sent after that stands, at most once.

A message is claimed with a row lock that lives until its state is written. A mail server that accepted a message just before
the process was killed is the one case in which a message can be sent again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rrr.core.models import NoticeChoice, OutboxMessage

ATTEMPTS = 6
SALT = "rrr.unsubscribe"


@transaction.atomic
def queue(*, to: Any, kind: str, subject: str, text: str, url: str = "", link_label: str = "") -> OutboxMessage | None:
    """Queue one message to a person, as they chose for this kind of news: at once, in the daily digest, or not at all (None).

    `text` is plain; `url` is a path on this site. Rolls back with the caller's transaction.
    """
    choice = NoticeChoice.objects.filter(user=to, kind=kind).values_list("pace", flat=True).first()
    if choice == NoticeChoice.Pace.NEVER:
        return None
    digest = choice == NoticeChoice.Pace.DAILY
    made = OutboxMessage.objects.create(to=to, kind=kind, subject=subject, text=text, url=url, link_label=link_label, digest=digest)
    if not digest:
        _wake_worker()
    return made


def _wake_worker() -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    from rrr.core.tasks import send_mail

    def defer() -> None:
        try:
            with transaction.atomic():
                send_mail.defer()
        except AlreadyEnqueued:
            pass  # one waiting task sends everything that is due

    transaction.on_commit(defer)


def unsubscribe_token(user_id: int, kind: str) -> str:
    return signing.dumps([user_id, kind], salt=SALT, compress=True)


def read_token(token: str) -> tuple[int, str] | None:
    try:
        user_id, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return int(user_id), str(kind)


def send_due() -> int:
    """Send what is due, one transaction per message. Returns how many were sent."""
    sent = 0
    while True:
        with transaction.atomic():
            due = OutboxMessage.objects.select_for_update(skip_locked=True).select_related("to").order_by("pk")
            message = due.filter(state=OutboxMessage.State.WAITING, digest=False, not_before__lte=timezone.now()).first()
            if message is None:
                return sent
            sent += _deliver(message.to, message.kind, [message])


def send_digests() -> int:
    """One mail per person and kind with everything that waits for the daily digest."""
    waiting = OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING, digest=True, not_before__lte=timezone.now())
    sent = 0
    for user_id, kind in waiting.order_by("to_id", "kind").values_list("to_id", "kind").distinct():
        with transaction.atomic():
            held = waiting.select_for_update(skip_locked=True).select_related("to")
            messages = list(held.filter(to_id=user_id, kind=kind).order_by("pk"))
            if messages:
                sent += _deliver(messages[0].to, kind, messages)
    return sent


def _deliver(to: Any, kind: str, messages: list[OutboxMessage]) -> int:
    """Write and send one mail; a failure is kept and tried again with growing pauses."""
    if not to.is_active:
        _mark(messages, OutboxMessage.State.DROPPED)
        return 0
    with translation.override(to.language):
        mail = _write(to, kind, messages)
        try:
            mail.send()
        except OSError as error:  # smtplib's and the socket's errors are OSErrors
            _postpone(messages, str(error))
            return 0
    _mark(messages, OutboxMessage.State.SENT)
    return 1


def _write(to: Any, kind: str, messages: list[OutboxMessage]) -> EmailMultiAlternatives:
    subject = messages[0].subject if len(messages) == 1 else _("%(number)s messages from RRR") % {"number": len(messages)}
    stop = settings.SITE_URL + reverse("core:unsubscribe", args=[unsubscribe_token(to.pk, kind)])
    context = {"messages": messages, "site": settings.SITE_URL, "stop": stop, "language": to.language}
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),  # a line break would start a new header
        body=render_to_string("core/mail/message.txt", context),
        to=[to.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("core/mail/message.html", context), "text/html")
    return mail


def _mark(messages: Iterable[OutboxMessage], state: str) -> None:
    OutboxMessage.objects.filter(pk__in=[m.pk for m in messages]).update(state=state, sent_at=timezone.now(), error="")


def _postpone(messages: Iterable[OutboxMessage], error: str) -> None:
    for message in messages:
        message.attempts += 1
        message.error = error[:500]
        message.not_before = timezone.now() + timedelta(minutes=2**message.attempts)
        if message.attempts >= ATTEMPTS:
            message.state = OutboxMessage.State.FAILED
        message.save(update_fields=["attempts", "error", "not_before", "state", "updated_at"])
