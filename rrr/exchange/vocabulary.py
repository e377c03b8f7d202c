"""The closed lists of step 5."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise


class CaseStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("case", "Draft")
    PUBLISHED = "published", pgettext_lazy("case", "Published")


class Licence(TextChoices):
    """Under which terms others may reuse the text of a case. The codes are those of SPDX."""

    CC_BY = "CC-BY-4.0", _("CC BY 4.0: reuse with the name of the authority")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: reuse with the name of the authority, under the same terms")
    CC0 = "CC0-1.0", _("CC0 1.0: reuse without conditions")


LICENCE_URLS: dict[str, str] = {
    Licence.CC_BY.value: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA.value: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0.value: "https://creativecommons.org/publicdomain/zero/1.0/",
}


@dataclass(frozen=True)
class Section:
    """A part of a case. `fixed` names the figures that stand beside its text, "" for a part of text only."""

    code: str
    title: StrOrPromise
    asks: StrOrPromise
    fixed: str = ""


SECTIONS = (
    Section("place", _("The place"), _("What should a stranger know about the place and who worked together?"), "place"),
    Section("challenge", _("The challenge"), _("Who felt the problem, and why was it taken up now?"), "challenge"),
    Section(
        "adaptation", _("The solution, and what we made of it"), _("How did you come to keep, change or drop its parts?"), "adaptation"
    ),
    Section("plan", _("How we wanted to find out"), _("Why this question, this outcome and this design?"), "plan"),
    Section("result", _("What we found"), _("What do people who were part of it say about the figure?"), "result"),
    Section("decision", _("What we decided"), _("What happened after the decision?"), "decision"),
    Section("cost", _("What it cost"), _("Money, hours, premises, favours. Say which costs you do not know.")),
    Section("limits", _("What this does not say"), _("For whom, where and how long does the result hold, and what was not measured?")),
    Section("differently", _("What we would do differently"), _("What would you tell a city that begins tomorrow?")),
)
