"""The closed lists of step 3."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


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
