"""The codes of a match as sentences: why it stands here, and why not higher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rrr.define.models import Challenge
from rrr.define.vocabulary import Horizon
from rrr.explore.vocabulary import GRADES, TOPICS_OF, Topic

if TYPE_CHECKING:
    from rrr.explore.bridge.searching import Shown
    from rrr.explore.queries import Facts

MOST_WORDS = 5


def part(name: str) -> str:
    return {"relevance": _("Relevance"), "evidence": _("Evidence"), "fit": _("Fit")}.get(name, name)


def found_by(shown: Shown | None) -> str:
    """One sentence: which words, and whether the meaning is near."""
    if shown is None:
        return ""
    if shown.by_words:
        words = get_text_list([_("“%(word)s”") % {"word": word} for word in shown.words[:MOST_WORDS]], _("and"))
        if shown.by_meaning:
            return _("Speaks of %(words)s, and is near in meaning.") % {"words": words}
        return _("Speaks of %(words)s.") % {"words": words}
    if shown.by_meaning and "other_language" in shown.reasons:
        return _("Near in meaning; it is written in another language than your words.")
    return _("Near in meaning; it shares no word with yours.") if shown.by_meaning else ""


def why(codes: Sequence[str], facts: Facts, shown: Shown | None, challenge: Challenge) -> list[str]:
    sentences = [found_by(shown)]
    if "lots" in codes:
        number = facts.trials
        text = ngettext(
            "%(number)s stated effect was measured by drawing lots.", "%(number)s stated effects were measured by drawing lots.", number
        )
        sentences.append(text % {"number": number})
    elif "grade" in codes and facts.grade is not None and facts.grade >= 2:
        sentences.append(_("Its sources' grade of evidence is %(grade)s of 4: %(words)s.") % _grade(facts.grade))
    if "topic" in codes:
        shared = [topic for topic in facts.topics if topic in _topics(challenge)]
        sentences.append(_("It is about %(topics)s, as your challenge is.") % {"topics": _list(_label(Topic, one) for one in shared)})
    if "horizon" in codes and challenge.horizon in facts.horizons:
        sentences.append(_("It has the same horizon: %(horizon)s.") % {"horizon": _label(Horizon, challenge.horizon).lower()})
    if "groups" in codes:
        sentences.append(_("It is made for people you name: %(groups)s.") % {"groups": _list(facts.groups[:3])})
    return [sentence for sentence in sentences if sentence]


def why_not(lacks: Sequence[tuple[str, float]], facts: Facts, challenge: Challenge, like: str = "", most: int = 3) -> list[str]:
    """The heaviest reasons for missing points; below one point nothing is worth a sentence."""
    sentences = [_lack(str(code), facts, challenge, like) for code, points in lacks if points >= 1]
    return [sentence for sentence in sentences if sentence][:most]


def _lack(code: str, facts: Facts, challenge: Challenge, like: str) -> str:
    given: dict[str, Any] = {
        "like": like,
        "topics": _list(_label(Topic, one) for one in facts.topics),
        "horizons": _list(_label(Horizon, one).lower() for one in facts.horizons),
        "horizon": _label(Horizon, challenge.horizon).lower(),
        "groups": _list(facts.groups[:3]),
        **_grade(facts.grade or 0),
    }
    texts = {
        "alike": _("It resembles %(like)s, which stands above."),
        "less_relevant": _("Others say more of what your challenge says."),
        "low_grade": _("Its sources' grade of evidence is %(grade)s of 4: %(words)s."),
        "no_lots": _("No effect measured by drawing lots is known to us."),
        "no_grade": _("Its evidence has not been graded."),
        "topic_part": _("It covers only a part of what your challenge touches."),
        "topic_other": _("It is about something else: %(topics)s."),
        "topic_unknown": _("It is not known what it or your challenge is about."),
        "horizon_other": _("It has another horizon: %(horizons)s, not %(horizon)s."),
        "horizon_unknown": _("Its horizon is not known."),
        "groups_part": _("It is made for only some of the people you name."),
        "groups_other": _("It is made for others: %(groups)s."),
        "groups_unknown": _("Whether it is for the people you name is not known: one side names none, or in another language."),
    }
    return str(texts[code]) % given if code in texts else ""


def _grade(grade: int) -> dict[str, Any]:
    return {"grade": grade, "words": str(GRADES[grade]).lower()}


def _topics(challenge: Challenge) -> set[str]:
    return {str(topic) for system in challenge.systems for topic in TOPICS_OF.get(system, ())}


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


def _list(items: Any) -> str:
    found = [str(one) for one in items]
    return get_text_list(found, _("and")) if found else _("not known")
