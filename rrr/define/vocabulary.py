"""The closed lists of step 2."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rrr.understand.vocabulary import Sector as Sector  # who sits at the table


class Horizon(TextChoices):
    """How far a challenge reaches: the programme's three aims."""

    RESPOND = "respond", _("Respond")
    REBUILD = "rebuild", _("Rebuild")
    REINVENT = "reinvent", _("Reinvent")


HORIZON_SENTENCES: dict[str, str | Promise] = {
    Horizon.RESPOND: _("Lessen the immediate effects of the crisis."),
    Horizon.REBUILD: _("Rebuild a social system in the middle and long term."),
    Horizon.REINVENT: _("Change the system itself, so that it does not break the same way again."),
}


class System(TextChoices):
    """The part of life a challenge belongs to."""

    LOCAL_ECONOMY = "local_economy", _("Local economy")
    EMPLOYMENT = "employment", _("Employment")
    SOCIAL_PROTECTION = "social_protection", _("Social protection")
    FOOD = "food", _("Food")
    CULTURE = "culture", _("Culture")
    EDUCATION = "education", _("Education")
    HOUSING = "housing", _("Housing")
    GOVERNANCE = "governance", _("Governance")
    INCLUSION = "inclusion", _("Inclusion")
    CARE = "care", _("Care")
    COMMUNITY_LIFE = "community_life", _("Community life")
    HEALTH = "health", _("Health")
    DIGITAL = "digital", _("Digital life")
    ENVIRONMENT = "environment", _("Environment")
    FINANCE = "finance", _("Finance")
    PUBLIC_SPACE = "public_space", _("Public space")
    TOURISM = "tourism", _("Tourism")
    PROCUREMENT = "procurement", _("Public procurement")
    MOBILITY = "mobility", _("Mobility")


class Commitment(TextChoices):
    """What somebody at the table has agreed to do."""

    LEADS = "leads", _("Leads")
    CONTRIBUTES = "contributes", _("Contributes")
    CONSULTED = "consulted", _("Is consulted")
    INFORMED = "informed", _("Is informed")


class CovidLink(TextChoices):
    DIRECT = "direct", _("Caused or made worse by Covid-19")
    INDIRECT = "indirect", _("Older, and seen again in Covid-19")
    UNKNOWN = "", _("Not known")


class State(TextChoices):
    """Where a challenge stands."""

    DRAFT = "draft", pgettext_lazy("challenge", "Draft")
    OPEN = "open", pgettext_lazy("challenge", "Open")
    ADOPTED = "adopted", pgettext_lazy("challenge", "Adopted")
    CLOSED = "closed", pgettext_lazy("challenge", "Closed")


STATE_SENTENCES: dict[str, str | Promise] = {
    State.DRAFT: _("Only the team of the territory sees it."),
    State.OPEN: _("Everybody can read it; evidence and votes are being gathered."),
    State.ADOPTED: _("The authority and its partners have taken it up."),
    State.CLOSED: _("Nobody works on it any more; the reason is given."),
}


class EvidenceKind(TextChoices):
    """What an evidence card shows."""

    INDICATOR = "indicator", _("Indicator")
    DOCUMENT = "document", _("Document")
    QUOTE = "quote", _("Quote")


class PollState(TextChoices):
    """Where a vote on statements stands."""

    DRAFT = "draft", pgettext_lazy("vote", "Draft")
    OPEN = "open", pgettext_lazy("vote", "Open")
    CLOSED = "closed", pgettext_lazy("vote", "Closed")


class StatementState(TextChoices):
    """Whether people can vote on a statement."""

    WAITING = "waiting", _("Waiting for a decision")
    PUBLISHED = "published", pgettext_lazy("statement", "Published")
    REJECTED = "rejected", pgettext_lazy("statement", "Not published")


class Answer(IntegerChoices):
    """What a person can say to a statement."""

    AGREE = 1, _("Agree")
    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass")
