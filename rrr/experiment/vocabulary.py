"""The closed lists of step 4."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PartKind(TextChoices):
    CORE = "core", _("Core part")
    ADAPTABLE = "adaptable", _("Part that can be adapted")


class PartDecision(TextChoices):
    """What happens to a part of the solution here."""

    OPEN = "", _("Not decided")
    KEEP = "keep", _("Keep")
    CHANGE = "change", _("Change")
    DROP = "drop", _("Drop")


class PilotState(TextChoices):
    """Where a pilot stands; each state follows the one before and none goes back."""

    PLANNING = "planning", _("Planning")
    FROZEN = "frozen", _("Plan frozen")
    DATA = "data", _("Data in")
    ESTIMATED = "estimated", _("Result there")
    DECIDED = "decided", _("Decided")


class PilotDesign(TextChoices):
    """How the pilot finds out what would have been without it."""

    INDIVIDUAL = "individual", _("Individual trial: people drawn by lot")
    CLUSTER = "cluster", _("Cluster trial: groups drawn by lot")
    BEFORE_AFTER = "before_after", _("Before and after, no comparison")


PILOT_DESIGN_SENTENCES: dict[str, str | Promise] = {
    PilotDesign.INDIVIDUAL: _("Chance decides who begins; the others are the comparison. The strongest design there is here."),
    PilotDesign.CLUSTER: _("Chance decides which schools, streets or groups begin. Needs many groups, not only many people."),
    PilotDesign.BEFORE_AFTER: _("Weak: whatever else changed in the meantime is counted as if the pilot had done it."),
}


class Verdict(TextChoices):
    """What a territory decides after a pilot."""

    SCALE = "scale", _("Go on and grow")
    CONTINUE = "continue", _("Go on as it is")
    CHANGE = "change", _("Change it and try again")
    STOP = "stop", _("Stop")
