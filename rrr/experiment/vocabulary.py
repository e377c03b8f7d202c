"""The closed lists of step 4."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartKind(TextChoices):
    CORE = "core", _("Core part")
    ADAPTABLE = "adaptable", _("Part that can be adapted")


class PartDecision(TextChoices):
    """What happens to a part of the solution here."""

    OPEN = "", _("Not decided")
    KEEP = "keep", pgettext_lazy("part of a solution", "Keep")
    CHANGE = "change", pgettext_lazy("part of a solution", "Change")
    DROP = "drop", pgettext_lazy("part of a solution", "Drop")


class PilotState(TextChoices):
    """Where a pilot stands; each state follows the one before and none goes back."""

    PLANNING = "planning", _("Planning")
    FROZEN = "frozen", _("Plan frozen")
    DATA = "data", _("Data in")
    ESTIMATED = "estimated", _("Result there")
    DECIDED = "decided", _("Decided")


ORDER = list(PilotState)
OPEN_PLAN = (PilotState.PLANNING, PilotState.FROZEN)


class Direction(TextChoices):
    """Which way of the outcome is better."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class ArmsBy(TextChoices):
    """Who draws the lot."""

    RRR = "rrr", _("RRR draws the lot after the freezing")
    GIVEN = "given", _("The lot is drawn already: each unit comes with its arm")
    NONE = "none", _("There is no comparison group")


class Arm(TextChoices):
    TREATED = "treated", _("Begins now")
    CONTROL = "control", _("Comparison")


class Period(TextChoices):
    BEFORE = "before", _("Before")
    AFTER = "after", _("After")


class Ethics(TextChoices):
    """What a pilot with people owes them. Each is true, or the note says why it does not apply."""

    INFORMED = "informed", _("Everybody who takes part is told what it is for, and can ask somebody by name.")
    LEAVE = "leave", _("Everybody can leave at any time without losing anything.")
    RIGHTS = "rights", _("Nobody loses a service they have a right to because of the lot.")
    APART = "apart", _("Names are kept apart from these data, by somebody who is responsible for them.")
    STOP = "stop", _("We have said when we stop early because somebody is harmed.")


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
