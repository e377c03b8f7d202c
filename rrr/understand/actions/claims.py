"""Say to speak for an organisation, decide about it, object to it, end it.

A claim takes hold seven days after it was granted. Until then whoever has a mail address in a register, the coordinators and those who
already speak for the organisation can object; a coordinator then looks at it. It can be ended at any time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rrr.core import audit, outbox
from rrr.core.audit import Actor
from rrr.people.models import User
from rrr.understand.models import Claim, ClaimBasis, ClaimState, Organisation
from rrr.understand.queries import claims as queries

OBJECTION = timedelta(days=7)
KEPT = timedelta(days=90)  # said in the record of processing (rrr/people/defaults/processing.md)
MOST_WAITING = 5
SALT = "rrr.claim"
FIELDS = ("state", "basis", "domain", "holds_from")


@transaction.atomic
def ask(*, by: User, organisation: Organisation, position: str, words: str = "") -> Claim:
    """Granted at once where mail address and register website prove it; else a coordinator is asked."""
    if Claim.objects.waiting().filter(user=by).count() >= MOST_WAITING:
        raise ValidationError(_("You already have %(number)s claims that wait. Wait until they are decided.") % {"number": MOST_WAITING})
    domain = queries.proof(by, organisation)
    made = Claim(organisation=organisation, user=by, position=position, words=words, state=ClaimState.ASKED, domain=domain)
    if domain:
        made.state, made.basis, made.holds_from = ClaimState.GRANTED, ClaimBasis.WEBSITE, timezone.now() + OBJECTION
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise ValidationError(_("You have claimed this organisation already.")) from None
    _record(by, "claims.ask", made, None)
    if domain:
        _announce(made)
    else:
        _ask_coordinators(made)
    return made


@transaction.atomic
def decide(*, by: User, claim: Claim, yes: bool, reason: str = "") -> Claim:
    """A coordinator's answer. After an objection it holds at once: the seven days have done their work."""
    one, before = _locked(claim)
    if one.state not in (ClaimState.ASKED, ClaimState.OBJECTED):
        raise ValidationError(_("This claim does not wait for a decision any more. Nothing was changed."))
    if one.user_id == by.pk:
        raise ValidationError(_("This claim is your own: another coordinator or a programme manager decides about it."))
    if not yes and not reason:
        raise ValidationError(_("Say why: the person who asked reads it."))
    objected = one.state == ClaimState.OBJECTED
    one.state = ClaimState.GRANTED if yes else ClaimState.REFUSED
    if yes:
        one.basis, one.holds_from = ClaimBasis.COORDINATOR, timezone.now() + (timedelta() if objected else OBJECTION)
    _keep(by, "claims.decide", one, before, reason)
    _tell_claimant(one)
    if yes and not objected:
        _announce(one)
    return one


@transaction.atomic
def object_to(*, claim: Claim, reason: str, by: Actor = None) -> Claim:
    """Somebody who was told says no, within the seven days."""
    one, before = _locked(claim)
    if not one.announced:
        raise ValidationError(_("The days to object to this claim are over, or it was decided. Write to the coordinator of the territory."))
    one.state = ClaimState.OBJECTED
    _keep(by, "claims.object_to", one, before, reason)
    _tell_claimant(one)
    _ask_coordinators(one)
    return one


@transaction.atomic
def end(*, by: User, claim: Claim, reason: str = "") -> Claim:
    """The person no longer speaks for the organisation. What was written stays, as said by the organisation."""
    one, before = _locked(claim)
    if one.state in (ClaimState.REFUSED, ClaimState.ENDED):
        return one
    one.state = ClaimState.ENDED
    _keep(by, "claims.end", one, before, reason)
    if one.user_id != by.pk:
        _tell_claimant(one)
    return one


@transaction.atomic
def forget(*, now: datetime) -> int:
    """Claims that were refused or ended go 90 days later."""
    old = list(
        Claim.objects.filter(state__in=[ClaimState.REFUSED, ClaimState.ENDED], decided_at__lt=now - KEPT).select_related("organisation")
    )
    for one in old:
        audit.record(by=None, action="claims.forget", subject=one, reason=f"{KEPT.days} days after its end")
        one.delete()
    return len(old)


def forget_person(user: Any) -> None:
    """With the account go its claims; what was written in an entry stays as the organisation's own."""
    Claim.objects.filter(user=user).delete()


def token(claim: Claim) -> str:
    return signing.dumps(claim.pk, salt=SALT)


def claim_of(token: str) -> int | None:
    """The claim a link in a mail speaks of; None for one we did not write."""
    try:
        return int(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None


def _locked(claim: Claim) -> tuple[Claim, dict[str, Any]]:
    one = Claim.objects.select_for_update(of=("self",)).select_related("organisation__territory", "user").get(pk=claim.pk)
    return one, audit.snapshot(one, *FIELDS)


def _keep(by: Actor, action: str, one: Claim, before: dict[str, Any], reason: str) -> None:
    one.reason, one.decided_at = reason, timezone.now()
    one.save()
    _record(by, action, one, before, reason)


def _record(by: Actor, action: str, one: Claim, before: dict[str, Any] | None, reason: str = "") -> None:
    now = audit.snapshot(one, *FIELDS)
    audit.record(by=by, action=action, subject=one, before=before, after=now, territory=one.organisation.territory.slug, reason=reason)


def _announce(one: Claim) -> None:
    """Tell everybody who could know better."""
    path = reverse("understand:claim_object", args=[token(one)])
    holders = [held.user for held in Claim.objects.holding().filter(organisation=one.organisation).select_related("user")]
    people = {person.pk: person for person in [*queries.coordinators(one.organisation.territory), *holders] if person.pk != one.user_id}
    for person in people.values():
        with translation.override(person.language):
            subject, text = _notice(one)
            outbox.queue(to=person, kind="claim", subject=subject[:300], text=text, url=path, link_label=_("Look at it, or object"))
    known = {person.email.lower() for person in people.values()} | {one.user.email.lower()}
    spoken = [code for code in one.organisation.territory.languages if code in dict(settings.LANGUAGES)]
    with translation.override(spoken[0] if spoken else settings.LANGUAGE_CODE):
        subject, text = _notice(one)
    line = " ".join(subject.split())  # a line break would start a new header
    strangers = [address for address in queries.contacts(one.organisation) if address not in known]
    body = f"{text}\n\n{settings.SITE_URL}{path}\n"
    transaction.on_commit(lambda: [send_mail(line, body, None, [address], fail_silently=True) for address in strangers])


def _notice(one: Claim) -> tuple[str, str]:
    names = {"organisation": one.organisation.name, "person": str(one.user), "position": one.position}
    names["date"] = date_format(timezone.localtime(one.holds_from), "DATE_FORMAT") if one.holds_from else ""
    subject = _("Who speaks for %(organisation)s on RRR?") % names
    text = _(
        "%(person)s (%(position)s) says to speak for %(organisation)s. From %(date)s on this person can change its public entry. "
        "If that is right, do nothing. If not, object with the link below before that day."
    )
    return subject, text % names


def _ask_coordinators(one: Claim) -> None:
    url = reverse("understand:claims", args=[one.organisation.territory.slug])
    for person in queries.coordinators(one.organisation.territory):
        with translation.override(person.language):
            names = {"organisation": one.organisation.name, "state": one.get_state_display()}
            subject, text = _("A claim of %(organisation)s needs you") % names, _("%(organisation)s: %(state)s.") % names
            outbox.queue(to=person, kind="claim", subject=subject[:300], text=text, url=url, link_label=_("See the claims"))


def _tell_claimant(one: Claim) -> None:
    url = reverse("understand:organisation_claim", args=[one.organisation.territory.slug, one.organisation.slug])
    with translation.override(one.user.language):
        names = {"organisation": one.organisation.name, "state": one.get_state_display()}
        text = _("%(organisation)s: %(state)s.") % names
        if one.reason:
            text = f"{text}\n\n{one.reason}"
        outbox.queue(
            to=one.user,
            kind="claim",
            subject=(_("Your claim of %(organisation)s") % names)[:300],
            text=text,
            url=url,
            link_label=_("See it"),
        )
