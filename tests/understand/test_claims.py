"""Who speaks for an organisation: proof, seven days, objection, decision, and what the entry's own words survive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rrr.core import privacy
from rrr.core.models import AuditEntry, OutboxMessage
from rrr.people.models import User
from rrr.people.permissions import Permission, allowed
from rrr.places.models import Territory
from rrr.understand import domains
from rrr.understand.actions import claims, imports, organisations
from rrr.understand.models import Claim, ClaimState, Organisation, Visibility
from rrr.understand.queries import claims as queries
from tests.factories import people, places, registers

pytestmark = pytest.mark.django_db
WITH_MAIL = "id,name,type,street,city,lon,lat,website,email\n"
SOLE = "1,Cooperativa Sole,cooperativa,Via Roma 1,Torino,7.68,45.07,https://www.sole.example/,info@sole.example\n"
MAPPING = {**registers.MAPPING, "email": "email"}


@pytest.fixture
def turin() -> Territory:
    return places.territory("turin")


@pytest.fixture
def sole(turin: Territory) -> Organisation:
    registers.published(turin, WITH_MAIL + SOLE, mapping=MAPPING)
    return Organisation.objects.get(name="Cooperativa Sole")


@pytest.fixture
def coordinator(turin: Territory) -> User:
    return people.user("coordinator@city.example", role="coordinator", territory=turin)


def verified(address: str) -> User:
    made = people.user(address)
    EmailAddress.objects.update_or_create(user=made, email=address, defaults={"verified": True, "primary": True})
    return made


def holding(organisation: Organisation, coordinator: User, address: str = "chair@elsewhere.example") -> User:
    """Somebody whose claim was granted and whose seven days are over."""
    somebody = people.user(address)
    claim = claims.ask(by=somebody, organisation=organisation, position="Chair")
    claims.decide(by=coordinator, claim=claim, yes=True)
    Claim.objects.filter(pk=claim.pk).update(holds_from=timezone.now() - timedelta(minutes=1))
    return somebody


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.sole.coop/chi-siamo", "sole.coop"),
        ("http://shop.sole.co.uk:8080", "sole.co.uk"),
        ("www.sole.it", "sole.it"),
        ("https://sole.github.io/", "sole.github.io"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://192.168.0.1/", ""),
        ("https://[::1", ""),
        ("it", ""),
        ("", ""),
        ("https://" + "a" * 300 + ".it", ""),
    ],
)
def test_the_part_somebody_registered(address: str, domain: str) -> None:
    """As the public suffix list says: co.uk and github.io belong to everybody, what stands before them to one."""
    assert domains.of_website(address) == domain


@pytest.mark.parametrize("address", ["a@gmail.com", "b@libero.it", "c@pec.it", "d@facebook.com", "e@wp.pl"])
def test_a_providers_domain_proves_nothing(address: str, sole: Organisation) -> None:
    domain = domains.of_mail(address)
    assert domains.is_provider(domain)
    sole.register_records.update(values={"website": f"https://{domain}/sole", "name": "Cooperativa Sole"})
    assert queries.proof(verified(address), sole) == ""


def test_mail_under_the_registers_website_is_proof_enough(
    sole: Organisation, coordinator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        claim = claims.ask(by=verified("maria@mail.sole.example"), organisation=sole, position="Director")
    assert (claim.state, claim.basis, claim.domain) == (ClaimState.GRANTED, "website", "sole.example")
    assert claim.announced
    assert not claim.holds
    assert timedelta(days=6, hours=23) < claim.holds_from - timezone.now() <= timedelta(days=7)
    told = OutboxMessage.objects.get(to=coordinator, kind="claim")
    assert claims.claim_of(told.url.split("/")[2]) == claim.pk
    [letter] = mail.outbox[-1:]
    assert letter.to == ["info@sole.example"]
    assert "maria" in letter.body.lower()
    assert told.url in letter.body


def test_no_proof_without_a_confirmed_address(sole: Organisation) -> None:
    somebody = people.user("maria@sole.example")
    EmailAddress.objects.filter(user=somebody).update(verified=False)
    assert queries.proof(somebody, sole) == ""


def test_no_proof_where_two_organisations_share_the_domain(sole: Organisation, turin: Territory, coordinator: User) -> None:
    somebody = verified("maria@sole.example")
    assert queries.proof(somebody, sole) == "sole.example"
    draft = organisations.Draft(values={"name": "Other", "website": "https://other.sole.example/"})
    organisations.add(by=None, territory=places.territory("bilbao"), drafts=[draft])
    assert queries.proof(somebody, sole) == ""
    assert claims.ask(by=somebody, organisation=sole, position="Director").state == ClaimState.ASKED


def test_no_proof_from_a_website_somebody_typed(turin: Territory) -> None:
    [typed] = organisations.add(
        by=None, territory=turin, drafts=[organisations.Draft(values={"name": "Typed", "website": "https://typed.example"})]
    )
    assert queries.proof(verified("me@typed.example"), typed) == ""


def test_it_holds_after_a_coordinators_yes_and_seven_days(sole: Organisation, turin: Territory, coordinator: User) -> None:
    somebody = people.user("chair@elsewhere.example")
    claim = claims.ask(by=somebody, organisation=sole, position="Chair", words="See the page of the board.")
    assert OutboxMessage.objects.filter(to=coordinator, kind="claim").count() == 1
    claim = claims.decide(by=coordinator, claim=claim, yes=True)
    assert not allowed(somebody, Permission.ORGANISATION_SPEAK, turin, sole)
    Claim.objects.update(holds_from=timezone.now())
    assert allowed(somebody, Permission.ORGANISATION_SPEAK, turin, sole)
    assert not allowed(coordinator, Permission.ORGANISATION_SPEAK, turin, sole)
    claims.end(by=coordinator, claim=claim, reason="Left the board.")
    assert not allowed(somebody, Permission.ORGANISATION_SPEAK, turin, sole)
    actions = list(AuditEntry.objects.filter(action__startswith="claims.").order_by("pk").values_list("action", flat=True))
    assert actions == ["claims.ask", "claims.decide", "claims.end"]


def test_an_objection_stops_it_until_a_coordinator_has_looked(sole: Organisation, coordinator: User, client: Client) -> None:
    claim = claims.ask(by=verified("maria@sole.example"), organisation=sole, position="Director")
    address = reverse("understand:claim_object", args=[claims.token(claim)])
    assert b"Director" in client.get(address).content
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "She left in May."}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == (ClaimState.OBJECTED, "She left in May.")
    assert b"Thank you" in client.get(address).content
    assert b"Director" not in client.get(address).content
    claim = claims.decide(by=coordinator, claim=claim, yes=True)
    assert claim.holds
    with pytest.raises(ValidationError, match="over"):
        claims.object_to(claim=claim, reason="Again")


@pytest.mark.parametrize("token", ["x", "1:abc:def", "eyJ9"])
def test_a_link_somebody_made_up_leads_nowhere(client: Client, token: str) -> None:
    assert client.get(reverse("understand:claim_object", args=[token])).status_code == 404


def test_nobody_decides_about_their_own_claim(sole: Organisation, coordinator: User) -> None:
    claim = claims.ask(by=coordinator, organisation=sole, position="Member")
    with pytest.raises(ValidationError, match="your own"):
        claims.decide(by=coordinator, claim=claim, yes=True)


def test_one_claim_each_and_not_too_many(sole: Organisation, turin: Territory) -> None:
    somebody = people.user()
    claims.ask(by=somebody, organisation=sole, position="Chair")
    with pytest.raises(ValidationError, match="already"):
        claims.ask(by=somebody, organisation=sole, position="Chair")
    drafts = [organisations.Draft(values={"name": f"Number {n}"}) for n in range(claims.MOST_WAITING)]
    made = organisations.add(by=None, territory=turin, drafts=drafts)
    for one in made[:-1]:
        claims.ask(by=somebody, organisation=one, position="Chair")
    with pytest.raises(ValidationError, match="Wait until"):
        claims.ask(by=somebody, organisation=made[-1], position="Chair")


@pytest.mark.slow
def test_its_own_words_win_over_the_next_import(sole: Organisation, turin: Territory, coordinator: User) -> None:
    somebody = holding(sole, coordinator)
    changes = {"activity": "We mend bicycles.", "website": "", "offers": ["A hall for 80 people"]}
    organisations.speak(by=somebody, organisation=sole, changes=changes, visibility="published")
    again = registers.compared(turin, WITH_MAIL + SOLE.replace("Via Roma 1", "Via Roma 2"), mapping=MAPPING)
    imports.publish(by=None, register_import=again)
    sole.refresh_from_db()
    assert (sole.activity, sole.website, sole.offers) == ("We mend bicycles.", "", ["A hall for 80 people"])
    assert sole.owned == ["activity", "offers", "website"]
    assert (sole.status, sole.last_seen) == ("confirmed", timezone.localdate().year)
    imports.undo(by=None, register_import=again)
    sole.refresh_from_db()
    assert (sole.activity, sole.website) == ("We mend bicycles.", "")


def test_an_undone_import_leaves_a_claimed_organisation(sole: Organisation, coordinator: User) -> None:
    holding(sole, coordinator)
    imports.undo(by=None, register_import=sole.register_records.get().register_import)
    assert Organisation.objects.filter(pk=sole.pk).exists()


def test_they_may_show_less_and_the_team_cannot_show_it_again(sole: Organisation, coordinator: User, client: Client) -> None:
    somebody = holding(sole, coordinator)
    organisations.speak(by=somebody, organisation=sole, changes={}, visibility=Visibility.HIDDEN)
    assert client.get(f"/territories/turin/organisations/{sole.slug}/").status_code == 404
    with pytest.raises(ValidationError, match="own people"):
        organisations.show(by=coordinator, organisation=sole, visibility=Visibility.PUBLISHED)
    organisations.speak(by=somebody, organisation=sole, changes={}, visibility=Visibility.BLURRED)
    assert client.get(f"/territories/turin/organisations/{sole.slug}/").status_code == 200


def test_what_the_team_took_back_they_cannot_show(sole: Organisation, coordinator: User) -> None:
    somebody = holding(sole, coordinator)
    organisations.hide(by=coordinator, organisation=sole, reason="Under threat")
    with pytest.raises(ValidationError, match="for a reason"):
        organisations.speak(by=somebody, organisation=sole, changes={}, visibility=Visibility.PUBLISHED)


@pytest.mark.parametrize("field", ["name", "kind", "confidence", "last_seen", "visibility", "owned"])
def test_they_write_no_field_that_is_not_theirs(sole: Organisation, coordinator: User, field: str) -> None:
    somebody = holding(sole, coordinator)
    with pytest.raises(ValidationError, match="no field"):
        organisations.speak(by=somebody, organisation=sole, changes={field: "x"}, visibility="published")


@pytest.mark.slow
def test_the_pages_from_claim_to_entry(sole: Organisation, turin: Territory, coordinator: User, client: Client) -> None:
    somebody = people.user("chair@elsewhere.example", name="Chair Person")
    client.force_login(somebody)
    page = f"/territories/turin/organisations/{sole.slug}/"
    assert b"This is our organisation" in client.get(page).content
    assert client.get(page + "own/").status_code == 403
    assert client.post(page + "claim/", {"position": "", "words": ""}).status_code == 200
    assert client.post(page + "claim/", {"position": "Chair", "words": "<b>call</b>"}).status_code == 302
    assert b"waits for a coordinator" in client.get(page + "claim/").content
    other = Client()
    other.force_login(coordinator)
    assert b"Claims that wait for you" in other.get("/territories/turin/").content
    pk = Claim.objects.get().pk
    content = other.get(f"/territories/turin/claims/{pk}/").content
    assert b"&lt;b&gt;call" in content
    assert other.post(f"/territories/turin/claims/{pk}/", {"answer": "no", "reason": ""}).status_code == 200
    assert other.post(f"/territories/turin/claims/{pk}/", {"answer": "yes", "reason": ""}).status_code == 302
    Claim.objects.update(holds_from=timezone.now())
    assert b"Organisations I speak for" in client.get(reverse("people:me")).content
    sent = {"activity": "Bicycles", "offers": "A hall\n\nA hall\nTools", "needs": "=1+1", "visibility": "published", "roles": []}
    assert client.post(page + "own/", sent).status_code == 302
    content = client.get(page).content.decode()
    assert "A hall" in content
    assert "The organisation itself" in content
    assert "The organisation wrote it itself on" in content
    assert "Chair Person" not in Client().get(page).content.decode()
    assert "'=1+1" in Client().get("/territories/turin/organisations.csv").content.decode()
    assert client.post(page + "claim/").status_code == 200  # a second one is not asked
    assert Claim.objects.count() == 1
    assert client.post(page + "leave/").status_code == 302
    assert client.get(page + "own/").status_code == 403


def test_too_many_or_too_long_lines_are_said(sole: Organisation, coordinator: User, client: Client) -> None:
    client.force_login(holding(sole, coordinator))
    address = f"/territories/turin/organisations/{sole.slug}/own/"
    sent = {"visibility": "published", "offers": "\n".join(f"Thing {n}" for n in range(11)), "needs": "x" * 161, "lat": "45"}
    content = client.post(address, sent).content.decode()
    assert "At most 10 lines; these are 11." in content
    assert "at most 160 letters" in content
    assert "both longitude and latitude" in content
    sole.refresh_from_db()
    assert sole.offers == []


def test_a_founding_after_the_closing_is_said_not_a_fault(sole: Organisation, coordinator: User, client: Client) -> None:
    """The year of closing is not theirs to write, yet the two must fit."""
    organisations.close(by=coordinator, organisation=sole, year=2010)
    client.force_login(holding(sole, coordinator))
    answer = client.post(f"/territories/turin/organisations/{sole.slug}/own/", {"visibility": "published", "founded": "2015"})
    assert answer.status_code == 200
    assert "It cannot close before it was founded." in answer.content.decode()


def test_the_list_of_claims_asks_as_much_for_many(
    sole: Organisation, turin: Territory, coordinator: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        claims.ask(by=people.user(), organisation=sole, position="Chair")
    client.force_login(coordinator)
    with django_assert_max_num_queries(13):
        assert client.get("/territories/turin/claims/").status_code == 200


def test_what_is_kept_can_be_taken_away_and_ends(sole: Organisation, coordinator: User) -> None:
    somebody = people.user("chair@elsewhere.example")
    claim = claims.ask(by=somebody, organisation=sole, position="Chair", words="Call 011")
    assert privacy.export(somebody)["understand"]["claims"][0]["words"] == "Call 011"
    claims.decide(by=coordinator, claim=claim, yes=False, reason="Not known there.")
    assert claims.forget(now=timezone.now() + timedelta(days=89)) == 0
    assert claims.forget(now=timezone.now() + timedelta(days=91)) == 1
    claims.ask(by=somebody, organisation=sole, position="Chair")
    privacy.erase(user=somebody, by=somebody)
    assert Claim.objects.count() == 0
