"""The vocabularies as pages and files show them: entries with the reader's label, their source, and how many organisations use them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from rrr.text.legal_forms import identify
from rrr.understand import vocabularies as data
from rrr.understand.models import ActorRole, Goal, Kind, Organisation, OrganisationQuerySet
from rrr.understand.vocabulary import KIND_SENTENCES, ROLE_SENTENCES

CODED = r"^[0-9A-Z][0-9A-Z./ -]{0,11}$"  # what can be a code of a register; the rest is words
SYSTEMS = {"isic": "ISIC Rev. 4, NACE Rev. 2, CNAE 2.0", "ntee": "NTEE", "icnpo": "ICNPO"}
MATCHES = {data.SAME: _("the same as"), data.WITHIN: _("lies within"), data.PARTLY: _("lies partly in")}


@dataclass(frozen=True)
class Entry:
    """One line of a vocabulary. `number`: organisations everybody may see that use it, None where that is not counted."""

    code: str
    label: str
    language: str
    note: str
    note_language: str
    source: data.Source
    number: int | None = None
    group: str = ""  # country or classification, for headings
    scope: str = ""  # what makes the code unique where several groups have it

    @property
    def anchor(self) -> str:
        return f"{self.scope}-{self.code}" if self.scope else self.code


@dataclass(frozen=True)
class Vocabulary:
    slug: str
    title: str | Promise
    about: str | Promise
    entries: Callable[[], list[Entry]]


def _types() -> list[Entry]:
    numbers = dict(_public().values_list("kind").annotate(n=Count("pk")).order_by())
    return [
        _worded(row, Kind(row["code"]).label, KIND_SENTENCES[Kind(row["code"])], numbers.get(row["code"], 0)) for row in data.rows("types")
    ]


def _roles() -> list[Entry]:
    return [
        _worded(row, ActorRole(row["code"]).label, ROLE_SENTENCES[ActorRole(row["code"])], number)
        for row in data.rows("roles")
        for number in [_public().filter(roles__contains=[row["code"]]).count()]
    ]


def _goals() -> list[Entry]:
    numbers = Counter(goal for goals in _public().exclude(sdgs=[]).values_list("sdgs", flat=True) for goal in goals)
    return [_worded(row, Goal(int(row["code"])).label, row["same"], numbers[int(row["code"])]) for row in data.rows("goals")]


def _activities() -> list[Entry]:
    numbers: Counter[str] = Counter()
    coded = _public().filter(activity__regex=CODED).values_list("activity", "territory__country")
    for activity, country, number in coded.annotate(n=Count("pk")).order_by():
        numbers[data.section(activity, country)] += number
    found = []
    for one in data.activities():
        label, language = one.label(_reader())
        found.append(Entry(one.code, label, language, one.note, "en", data.sources()[one.source], numbers[one.code]))
    return found


def _legal_forms() -> list[Entry]:
    numbers: Counter[tuple[str, str]] = Counter()
    stated = _public().exclude(legal_form="").values_list("legal_form", "territory__country")
    for text, country, number in stated.annotate(n=Count("pk")).order_by():
        form = identify(text, country)
        if form is not None and data.own(form.country, country):
            numbers[form.country, form.form] += number
    kinds = {code: str(label) for code, label in Kind.choices}
    return [
        Entry(
            one.code,
            one.name,
            one.language,
            kinds[one.type],
            _reader(),
            data.Source(one.law),
            numbers[one.country, one.code],
            one.country,
            one.country,
        )
        for one in data.legal_forms()
    ]


def _crosswalks() -> list[Entry]:
    sections = {one.code: one for one in data.activities()}
    found: dict[tuple[str, str], Entry] = {}
    for one in data.crosswalks():
        label, _language = sections[one.activity].label(_reader())
        says = f"{MATCHES[one.match]} {one.activity}: {label}"
        known = found.get((one.system, one.code))
        if known is not None:
            says = f"{known.note}; {says}"
        source = data.sources()[one.source]
        found[one.system, one.code] = Entry(one.code, one.title, "en", says, _reader(), source, None, SYSTEMS[one.system], one.system)
    return list(found.values())


def _worded(row: Mapping[str, str], label: object, note: object, number: int) -> Entry:
    return Entry(row["code"], str(label), _reader(), str(note), _reader(), data.sources()[row["source"]], number)


def _public() -> OrganisationQuerySet:
    return Organisation.objects.everywhere()


def _reader() -> str:
    return (get_language() or "en")[:2]


VOCABULARIES = {
    one.slug: one
    for one in (
        Vocabulary(
            "types",
            _("Types of organisation"),
            _("What an organisation is. Five families stand in the Recommendation of the OECD; the other words are for what is around them."),
            _types,
        ),
        Vocabulary(
            "legal-forms",
            _("Legal forms by country"),
            _("Each form, the type it makes, and the law. Named from what we know of each law, not checked against its text."),
            _legal_forms,
        ),
        Vocabulary(
            "activities",
            _("Activities"),
            _("The twelve sections of the United Nations classification ICNP/TSO. Translations are ours. Counted where a register gives a code."),
            _activities,
        ),
        Vocabulary(
            "crosswalks",
            _("Other classifications of activity"),
            _("Where codes of registers lie in the twelve sections, by their published titles. A code that lies in several is not counted in any."),
            _crosswalks,
        ),
        Vocabulary("goals", _("Sustainable Development Goals"), _("The seventeen goals of the United Nations, by their short names."), _goals),
        Vocabulary(
            "roles", _("Roles in the ecosystem"), _("What an organisation does for others. One organisation can have several roles."), _roles
        ),
    )
}  # fmt: skip


def vocabulary(slug: str) -> Vocabulary:
    if slug not in VOCABULARIES:
        raise Http404
    return VOCABULARIES[slug]


def labels(slug: str, code: str) -> dict[str, str]:
    """Language -> label, for those of the seven languages that have one."""
    if slug == "activities":
        return {language: label for language, label in next(one for one in data.activities() if one.code == code).labels if label}
    choices: dict[str, object] = {"types": Kind, "roles": ActorRole, "goals": Goal}
    kind = choices[slug]
    found = {}
    for language in data.LANGUAGES:
        with override(language):
            found[language] = str(kind(int(code) if slug == "goals" else code).label)  # type: ignore[operator] # an enum called by value
    return found
