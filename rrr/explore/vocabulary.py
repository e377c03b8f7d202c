"""The closed lists of step 3."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rrr.define.vocabulary import System


class Topic(TextChoices):
    """What a solution is about."""

    HEALTH_AND_CARE = "health_and_care", _("Health and care")
    EMPLOYMENT_AND_YOUTH = "employment_and_youth", _("Employment and youth")
    GOVERNANCE_AND_FINANCE = "governance_and_finance", _("Governance and finance")
    EDUCATION = "education", _("Education")
    HOUSING = "housing", _("Housing")
    LOCAL_ECONOMY_AND_COMMERCE = "local_economy_and_commerce", _("Local economy and commerce")
    FOOD = "food", _("Food")
    VIOLENCE = "violence", _("Violence and safety")
    DIGITAL_INCLUSION = "digital_inclusion", _("Digital inclusion")
    CULTURE = "culture", _("Culture")
    MIGRATION_INCLUSION = "migration_inclusion", _("Migration and inclusion")
    MOBILITY = "mobility", _("Mobility")
    ENVIRONMENT = "environment", _("Environment")
    ENERGY = "energy", _("Energy")


class SolutionStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("solution", "Draft")
    PUBLISHED = "published", pgettext_lazy("solution", "Published")


class Design(TextChoices):
    """How a study was made, from the strongest to the weakest."""

    REVIEW = "review", _("Review of several studies")
    RANDOMISED = "randomised", _("Randomised trial")
    CLUSTER_RANDOMISED = "cluster_randomised", _("Cluster randomised trial")
    CONTROLLED = "controlled", _("Comparison without drawing lots")
    BEFORE_AFTER = "before_after", _("Before and after, no comparison")
    MODEL = "model", _("Model or forecast")


class Measure(TextChoices):
    """The scale an effect is stated on."""

    STANDARDISED_DIFFERENCE = "standardised_difference", _("Standardised difference")
    PERCENTAGE_POINTS = "percentage_points", _("Percentage points")
    DIFFERENCE = "difference", _("Difference in units")
    PERCENT_CHANGE = "percent_change", _("Change in percent")
    RISK_RATIO = "risk_ratio", _("Risk ratio")
    ODDS_RATIO = "odds_ratio", _("Odds ratio")
    RATE_RATIO = "rate_ratio", _("Rate ratio")
    RATIO = "ratio", _("Ratio")
    NOT_STATED = "", _("Not stated as a number")


class ShortlistState(TextChoices):
    LISTED = "listed", _("On the shortlist")
    CHOSEN = "chosen", _("Chosen to adapt")
    DROPPED = "dropped", _("Taken off")


GRADES = {
    0: _("Described only"),
    1: _("Its own output figures"),
    2: _("A survey, before and after, or a weak comparison"),
    3: _("A controlled comparison"),
    4: _("A randomised trial, or a review of such"),
}
RATIOS = frozenset({Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.RATE_RATIO, Measure.RATIO})
LOTS = frozenset({Design.RANDOMISED, Design.CLUSTER_RANDOMISED})  # designs that draw lots
WEAK = frozenset({Design.BEFORE_AFTER, Design.MODEL})

# Which topics of the catalogue answer a system of a challenge. Judged by us; the reasons of a match show what was taken for what.
TOPICS_OF: dict[str, tuple[Topic, ...]] = {
    System.LOCAL_ECONOMY: (Topic.LOCAL_ECONOMY_AND_COMMERCE,),
    System.EMPLOYMENT: (Topic.EMPLOYMENT_AND_YOUTH,),
    System.SOCIAL_PROTECTION: (Topic.GOVERNANCE_AND_FINANCE,),
    System.FOOD: (Topic.FOOD,),
    System.CULTURE: (Topic.CULTURE,),
    System.EDUCATION: (Topic.EDUCATION,),
    System.HOUSING: (Topic.HOUSING,),
    System.GOVERNANCE: (Topic.GOVERNANCE_AND_FINANCE,),
    System.INCLUSION: (Topic.MIGRATION_INCLUSION,),
    System.CARE: (Topic.HEALTH_AND_CARE,),
    System.COMMUNITY_LIFE: (Topic.CULTURE,),
    System.HEALTH: (Topic.HEALTH_AND_CARE,),
    System.DIGITAL: (Topic.DIGITAL_INCLUSION,),
    System.ENVIRONMENT: (Topic.ENVIRONMENT, Topic.ENERGY),
    System.FINANCE: (Topic.GOVERNANCE_AND_FINANCE,),
    System.PUBLIC_SPACE: (Topic.MOBILITY,),
    System.TOURISM: (Topic.LOCAL_ECONOMY_AND_COMMERCE,),
    System.PROCUREMENT: (Topic.LOCAL_ECONOMY_AND_COMMERCE,),
    System.MOBILITY: (Topic.MOBILITY,),
}
