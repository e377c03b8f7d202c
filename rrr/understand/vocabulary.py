"""The closed lists of step 1, each member with one sentence. Shown to readers in docs/reference/vocabularies.md and on the pages."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Sentences = dict[str, str | Promise]


class Kind(TextChoices):
    """What an organisation is, in the terms of the social and solidarity economy."""

    ASSOCIATION = "association", _("Association")
    COOPERATIVE = "cooperative", _("Cooperative")
    SOCIAL_COOPERATIVE = "social_cooperative", _("Social cooperative")
    MUTUAL = "mutual", _("Mutual")
    FOUNDATION = "foundation", _("Foundation")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    WISE = "wise", _("Work integration social enterprise")
    COMMUNITY_ENTERPRISE = "community_enterprise", _("Community enterprise")
    HOUSING_PROVIDER = "housing_provider", _("Housing provider")
    ETHICAL_FINANCE = "ethical_finance", _("Ethical finance")
    CONSORTIUM = "consortium", _("Consortium")
    NETWORK = "network", _("Network or federation")
    PLATFORM = "platform", _("Platform")
    INCUBATOR = "incubator", _("Incubator or support body")
    RESEARCH = "research", _("University or research")
    PUBLIC_BODY = "public_body", _("Public body")
    BUSINESS = "business", _("Business")
    INFORMAL = "informal", _("Informal group")
    UNKNOWN = "", _("Not known")


KIND_SENTENCES: Sentences = {
    Kind.ASSOCIATION: _("People who pursue a purpose together and share no profit."),
    Kind.COOPERATIVE: _("Owned and run by its members, one member one vote."),
    Kind.SOCIAL_COOPERATIVE: _("A cooperative whose purpose in law is care, or work for people who find none."),
    Kind.MUTUAL: _("Insures or helps its members, who own it."),
    Kind.FOUNDATION: _("Property given to a purpose, run by a board."),
    Kind.SOCIAL_ENTERPRISE: _("Sells goods or services, and puts its purpose before profit."),
    Kind.WISE: _("Trades in order to employ people whom others do not."),
    Kind.COMMUNITY_ENTERPRISE: _("Run by and for the people of a neighbourhood."),
    Kind.HOUSING_PROVIDER: _("Builds or lets homes without seeking profit."),
    Kind.ETHICAL_FINANCE: _("Lends or invests by social criteria."),
    Kind.CONSORTIUM: _("Several organisations that work or bid as one."),
    Kind.NETWORK: _("Joins organisations and speaks for them."),
    Kind.PLATFORM: _("Brings bodies of several sectors to one table or one market."),
    Kind.INCUBATOR: _("Helps organisations to start, grow and find money."),
    Kind.RESEARCH: _("Studies the social economy or teaches it."),
    Kind.PUBLIC_BODY: _("An authority or what it owns; part of the ecosystem, not of the social economy."),
    Kind.BUSINESS: _("A company for profit that takes part in the ecosystem."),
    Kind.INFORMAL: _("People who act together without a legal form."),
    Kind.UNKNOWN: _("No source says what it is."),
}
# The five families the OECD names; other kinds belong to the ecosystem around them or cut across them.
SOCIAL_ECONOMY = frozenset({
    Kind.ASSOCIATION, Kind.COOPERATIVE, Kind.SOCIAL_COOPERATIVE, Kind.MUTUAL, Kind.FOUNDATION, Kind.SOCIAL_ENTERPRISE, Kind.WISE,
    Kind.COMMUNITY_ENTERPRISE, Kind.CONSORTIUM,
})  # fmt: skip


class Standing(TextChoices):
    """Who an organisation stands for in the network of ties; read from its kind."""

    SOCIAL = "social", _("Social economy and others")
    SUPPORT = "support", _("Networks and support bodies")
    PUBLIC = "public", _("Public bodies and research")
    FINANCE = "finance", _("Foundations and finance")
    UNKNOWN = "", _("Not known")


_SECTORS = {
    Kind.NETWORK: Standing.SUPPORT, Kind.PLATFORM: Standing.SUPPORT, Kind.INCUBATOR: Standing.SUPPORT, Kind.PUBLIC_BODY: Standing.PUBLIC,
    Kind.RESEARCH: Standing.PUBLIC, Kind.FOUNDATION: Standing.FINANCE, Kind.ETHICAL_FINANCE: Standing.FINANCE, Kind.UNKNOWN: Standing.UNKNOWN,
}  # fmt: skip


def sector(kind: str) -> Standing:
    return _SECTORS.get(Kind(kind), Standing.SOCIAL)


class ActorRole(TextChoices):
    """What an organisation does in the ecosystem; it may have several roles."""

    PROVIDER = "provider", _("Provides goods or services")
    NETWORK = "network", _("Joins others")
    FUNDER = "funder", _("Funds")
    INCUBATOR = "incubator", _("Helps to start and grow")
    PUBLIC = "public", _("Public")
    RESEARCH = "research", _("Researches")


ROLE_SENTENCES: Sentences = {
    ActorRole.PROVIDER: _("Serves people directly: care, work, food, homes, culture."),
    ActorRole.NETWORK: _("Joins others, represents them, makes them meet."),
    ActorRole.FUNDER: _("Gives, lends or invests money."),
    ActorRole.INCUBATOR: _("Advises, trains, houses organisations that begin or grow."),
    ActorRole.PUBLIC: _("Governs, buys or runs services for the public."),
    ActorRole.RESEARCH: _("Studies, measures, teaches."),
}


class Status(TextChoices):
    """Whether somebody has vouched for the organisation."""

    UNVERIFIED = "unverified", _("Not verified")
    CLAIMED = "claimed", pgettext_lazy("organisation", "Claimed")
    CONFIRMED = "confirmed", pgettext_lazy("organisation", "Confirmed")
    CLOSED = "closed", pgettext_lazy("organisation", "Closed")


STATUS_SENTENCES: Sentences = {
    Status.UNVERIFIED: _("Nobody has claimed or confirmed it yet; sources name it."),
    Status.CLAIMED: _("Somebody says they speak for it; the territory has not confirmed that yet."),
    Status.CONFIRMED: _("The territory's team or the organisation itself has confirmed it."),
    Status.CLOSED: _("It ended, or was merged into another."),
}


class Confidence(TextChoices):
    """How sure the reading of the sources is."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


CONFIDENCE_SENTENCES: Sentences = {
    Confidence.HIGH: _("A source names it, and what it is and does is plain."),
    Confidence.MEDIUM: _("A source names it; some of what is said here was read between the lines."),
    Confidence.LOW: _("It is named once, in passing or long ago."),
}


class Precision(TextChoices):
    """How exact a place is. Even an address is drawn as approximate: 100 to 500 metres."""

    ADDRESS = "address", _("To the address")
    DISTRICT = "district", _("To the district")
    APPROXIMATE = "approximate", _("Roughly")


PRECISION_SENTENCES: Sentences = {
    Precision.ADDRESS: _("Placed by a street address."),
    Precision.DISTRICT: _("Placed somewhere in its district."),
    Precision.APPROXIMATE: _("Placed by hand, from what a source says."),
}


class Visibility(TextChoices):
    """Who sees an organisation and its place: pages, maps, downloads and counts follow it at once."""

    PUBLISHED = "published", _("Everybody sees it")
    BLURRED = "blurred", _("Everybody sees it, nobody its place")
    HIDDEN = "hidden", _("Only the team sees it")


VISIBILITY_SENTENCES: Sentences = {
    Visibility.PUBLISHED: _("Name, activity and place are public."),
    Visibility.BLURRED: _("Name and activity are public; address, district, coordinates and the sources of the place are not."),
    Visibility.HIDDEN: _("It is on no public page, in no map, download or count."),
}


class RelationKind(TextChoices):
    """Each is read from the first organisation to the second."""

    PARTNERS = "partners", _("works with")
    MEMBER_OF = "member_of", _("is a member of")
    BRANCH_OF = "branch_of", _("is a branch of")
    SUPPORTS = "supports", _("supports")
    FUNDS = "funds", _("funds")
    FOUNDED = "founded", pgettext_lazy("tie between organisations", "founded")


RELATION_SENTENCES: Sentences = {
    RelationKind.PARTNERS: _("They run something together; which way round does not matter."),
    RelationKind.MEMBER_OF: _("The first belongs to the second."),
    RelationKind.BRANCH_OF: _("The first is another site of the second, not an organisation of its own."),
    RelationKind.SUPPORTS: _("The first helps the second with advice, rooms or its name."),
    RelationKind.FUNDS: _("Money goes from the first to the second."),
    RelationKind.FOUNDED: _("The first set up the second."),
}


class Sector(TextChoices):
    """For whom somebody speaks: in a diagnosis, in a vote, at the table of a challenge."""

    AUTHORITY = "authority", _("Public authority")
    SSE = "sse", _("Social and solidarity economy")
    BUSINESS = "business", _("Business")
    UNIVERSITY = "university", _("University or research")
    CITIZENS = "citizens", _("Citizens")
    FUNDER = "funder", _("Funder")
    OTHER = "other", _("Others")


class Goal(IntegerChoices):
    """The Sustainable Development Goals, by their short names."""

    POVERTY = 1, _("No poverty")
    HUNGER = 2, _("Zero hunger")
    HEALTH = 3, _("Good health and well-being")
    EDUCATION = 4, _("Quality education")
    GENDER = 5, _("Gender equality")
    WATER = 6, _("Clean water and sanitation")
    ENERGY = 7, _("Affordable and clean energy")
    WORK = 8, _("Decent work and economic growth")
    INDUSTRY = 9, _("Industry, innovation and infrastructure")
    INEQUALITIES = 10, _("Reduced inequalities")
    CITIES = 11, _("Sustainable cities and communities")
    CONSUMPTION = 12, _("Responsible consumption and production")
    CLIMATE = 13, _("Climate action")
    SEAS = 14, _("Life below water")
    LAND = 15, _("Life on land")
    PEACE = 16, _("Peace, justice and strong institutions")
    PARTNERSHIPS = 17, _("Partnerships for the goals")
