"""The nine building blocks of the OECD Recommendation on the Social and Solidarity Economy and Social Innovation (2022), as we ask about them.

The blocks are the Recommendation's; question and anchors are our own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECOMMENDATION = "https://legalinstruments.oecd.org/en/instruments/OECD-LEGAL-0472"
Text = str | Promise


class BuildingBlock(TextChoices):
    CULTURE = "culture", _("Social economy culture")
    INSTITUTIONS = "institutions", _("Institutional frameworks")
    LAW = "law", _("Legal and regulatory frameworks")
    FINANCE = "finance", _("Access to finance")
    MARKETS = "markets", _("Access to markets")
    SKILLS = "skills", _("Skills and business support")
    IMPACT = "impact", _("Measuring impact")
    DATA = "data", _("Producing data")
    INNOVATION = "innovation", _("Social innovation")


@dataclass(frozen=True)
class Asked:
    """A question and what 0, 5 and 10 mean for it."""

    question: Text
    low: Text
    middle: Text
    high: Text


ASKED: dict[str, Asked] = {
    BuildingBlock.CULTURE: Asked(
        _("Do people here know what the social economy is, and do its organisations see themselves as part of it?"),
        _("Hardly anybody knows the word."),
        _("Those inside know each other; the public does not."),
        _("Schools, media and citizens know it, and it speaks with one voice."),
    ),
    BuildingBlock.INSTITUTIONS: Asked(
        _("Does the authority have a plan, a person in charge and a table at which the social economy decides with it?"),
        _("Nobody is in charge."),
        _("There is a contact or a plan, but little is decided together."),
        _("A plan with money, an office, and decisions made together."),
    ),
    BuildingBlock.LAW: Asked(
        _("Do laws and rules let social economy organisations be founded, work and grow?"),
        _("Rules stand in the way."),
        _("The legal forms exist; rules and taxes fit them badly."),
        _("Clear forms and rules made with those they concern."),
    ),
    BuildingBlock.FINANCE: Asked(
        _("Can social economy organisations find the money they need, at each stage?"),
        _("There is none to be had."),
        _("Grants for beginnings, little for growth."),
        _("Grants, loans and investment for every stage, known and used."),
    ),
    BuildingBlock.MARKETS: Asked(
        _("Can they sell to the public sector, to business and to citizens on fair terms?"),
        _("They are shut out."),
        _("Some public contracts reserve a place for them."),
        _("Social clauses are usual, and buyers know whom to ask."),
    ),
    BuildingBlock.SKILLS: Asked(
        _("Do they find training, advice and support that fit them?"),
        _("Nothing fits them."),
        _("Some courses and advice, mostly for beginnings."),
        _("Training, incubators and advice for every stage, run by people who know them."),
    ),
    BuildingBlock.IMPACT: Asked(
        _("Do they and their funders measure what changes for people, and use it?"),
        _("Nobody measures."),
        _("Some report to funders; few learn from it."),
        _("A shared, affordable way of measuring that decisions rest on."),
    ),
    BuildingBlock.DATA: Asked(
        _("Are there figures on the social economy here that are sound, public and up to date?"),
        _("No figures."),
        _("A register or a study, old or partial."),
        _("Yearly figures by kind and field, open to all."),
    ),
    BuildingBlock.INNOVATION: Asked(
        _("Are new answers to social needs tried here, tested, and taken up where they work?"),
        _("Nothing new is tried."),
        _("Pilots begin and end with their funding."),
        _("Trials are supported, tested, and the good ones become policy."),
    ),
}
