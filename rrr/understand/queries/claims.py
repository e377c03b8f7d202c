"""Reads about who speaks for an organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404

from rrr.people.models import Membership, User
from rrr.people.roles import Role
from rrr.places.models import Territory
from rrr.understand import domains
from rrr.understand.models import Claim, ClaimState, Organisation, RegisterRecord


def proof(user: User, organisation: Organisation) -> str:
    """The domain that proves the claim: of a verified mail address and of the website a register states, of no provider, of nobody else."""
    mail = {domains.of_mail(address) for address in EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)}
    rows = RegisterRecord.objects.filter(organisation=organisation, published=True).values_list("values__website", flat=True)
    shared = mail & {domains.of_website(str(website)) for website in rows if website} - {""}
    return next((one for one in sorted(shared) if not domains.is_provider(one) and not _others(organisation, one)), "")


def _others(organisation: Organisation, domain: str) -> bool:
    """Whether a website of another organisation, hidden ones and all territories included, lies under the domain."""
    kept = Organisation.objects.exclude(pk=organisation.pk).filter(website__icontains=domain).values_list("website", flat=True)
    stated = RegisterRecord.objects.filter(published=True, organisation__isnull=False, values__website__icontains=domain)
    said = stated.exclude(organisation=organisation).values_list("values__website", flat=True)
    return any(domains.of_website(str(address)) == domain for address in [*kept, *said])


def contacts(organisation: Organisation) -> list[str]:
    """Mail addresses that registers state for it."""
    rows = RegisterRecord.objects.filter(organisation=organisation, published=True, values__email__gt="")
    return sorted({str(address).strip().lower() for address in rows.values_list("values__email", flat=True)})


def coordinators(of: Territory) -> list[User]:
    held = Membership.objects.filter(territory=of, role=Role.COORDINATOR, user__is_active=True).select_related("user")
    return [one.user for one in held]


def mine(user: Any, organisation: Organisation) -> Claim | None:
    """The live claim of a person, None without one."""
    return Claim.objects.live().filter(user_id=user.pk, organisation=organisation).first() if user.pk else None


def spoken_for(user: Any) -> list[Claim]:
    return list(Claim.objects.live().filter(user=user).select_related("organisation__territory"))


def kept_since(organisation: Organisation) -> datetime | None:
    """Since when its own people keep the entry; None while nobody does."""
    return Claim.objects.holding().filter(organisation=organisation).order_by("holds_from").values_list("holds_from", flat=True).first()


def of_territory(of: Territory) -> QuerySet[Claim]:
    """What waits comes first."""
    first = Case(When(state__in=[ClaimState.ASKED, ClaimState.OBJECTED], then=Value(0)), default=Value(1))
    return Claim.objects.filter(organisation__territory=of).select_related("organisation__territory", "user").order_by(first, "-updated_at")


def waiting(slug: str) -> list[Claim]:
    return list(Claim.objects.waiting().filter(organisation__territory__slug=slug).select_related("organisation__territory")[:10])


def claim(pk: int, territory: str = "") -> Claim:
    found = Claim.objects.select_related("organisation__territory", "user").filter(pk=pk)
    one = (found.filter(organisation__territory__slug=territory) if territory else found).first()
    if one is None:
        raise Http404
    return one


def of_person(user: Any) -> list[dict[str, Any]]:
    fields = ("organisation__name", "position", "words", "state", "domain", "reason", "created_at")
    return [dict(row) for row in Claim.objects.filter(user=user).values(*fields)]
