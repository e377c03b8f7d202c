"""Counts of one territory beside others: by type, activity, legal form, role and time of founding, with how many nobody knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from rrr.places.models import Territory
from rrr.text.legal_forms import identify
from rrr.understand import vocabularies
from rrr.understand.models import ActorRole, Kind, Organisation, OrganisationQuerySet, Status

MOST_OTHERS = 3
MOST_FORMS = 20
UNKNOWN, OTHER = "", "other"
PERIODS = (1900, 1950, 1970, 1980, 1990, 2000, 2010, 2020)  # the last runs on
Numbers = Mapping[int, Counter[str]]  # territory -> code -> organisations


@dataclass(frozen=True)
class Cell:
    """Of the organisations known in a territory, those of one word."""

    territory: str
    number: int
    of: int

    @property
    def share(self) -> float:
        """Per cent."""
        return 100 * self.number / self.of if self.of else 0.0

    @property
    def percent(self) -> str:
        """As the reader's language writes it; what is there but rounds to nothing is under one."""
        if 0 < self.share < 0.5:
            return gettext("under %(value)s%%") % {"value": 1}
        return gettext("%(value)s%%") % {"value": number_format(round(self.share), use_l10n=True)}


@dataclass(frozen=True)
class Line:
    """One word and its number in each territory, in their order. `unknown`: no source says."""

    code: str
    label: str
    language: str
    cells: tuple[Cell, ...]

    @property
    def unknown(self) -> bool:
        return self.code == UNKNOWN


@dataclass(frozen=True)
class Table:
    code: str
    title: str | Promise
    note: str | Promise
    lines: list[Line]


def tables(places: Sequence[Territory]) -> list[Table]:
    """Organisations everybody may see and nobody has closed."""
    found = Organisation.objects.filter(territory__in=[one.pk for one in places]).public().exclude(status=Status.CLOSED)
    totals = Counter(dict(found.values_list("territory").annotate(n=Count("pk")).order_by()))
    countries = {one.pk: one.country for one in places}

    def table(code: str, title: Promise, note: Promise | str, numbers: Numbers, words: Iterable[tuple[str, str, str]]) -> Table:
        lines = [
            Line(word, label, language, tuple(Cell(one.name, numbers[one.pk][word], totals[one.pk]) for one in places))
            for word, label, language in words
        ]
        return Table(code, title, note, [line for line in lines if line.unknown or any(cell.number for cell in line.cells)])

    forms = _grouped(found, "legal_form", lambda text, place: _form(text, countries[place]))
    return [
        table("type", _("By type"), "", _grouped(found, "kind", lambda kind, _place: kind), _kinds()),
        table(
            "activity",
            _("By activity"),
            _("Read from codes of registers. Words are not guessed."),
            _grouped(found, "activity", lambda text, place: _section(text, countries[place])),
            _activities(),
        ),
        table("legal_form", _("By legal form"), _("Forms of different countries are not the same."), forms, _forms(forms)),
        table("role", _("By role"), _("One organisation can have several roles, so shares add up to more than 100%."), _roles(found), _role_words()),
        table("founded", _("By time of founding"), "", _grouped(found, "founded", lambda year, _place: _period(year)), _periods()),
    ]  # fmt: skip


def _grouped(found: OrganisationQuerySet, field: str, word: Callable[..., str]) -> Numbers:
    numbers: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for place, value, number in found.values_list("territory", field).annotate(n=Count("pk")).order_by():
        numbers[place][word(value, place)] += number
    return numbers


def _roles(found: OrganisationQuerySet) -> Numbers:
    numbers: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for place, roles, number in found.values_list("territory", "roles").annotate(n=Count("pk")).order_by():
        for role in set(roles) or {UNKNOWN}:
            numbers[place][role] += number
    return numbers


def _section(text: str, country: str) -> str:
    return (vocabularies.section(text, country) or OTHER) if text.strip() else UNKNOWN


def _form(text: str, country: str) -> str:
    if not text.strip():
        return UNKNOWN
    form = identify(text, country)
    return f"{form.country}-{form.form}" if form and vocabularies.own(form.country, country) else OTHER


def _period(year: int | None) -> str:
    if year is None:
        return UNKNOWN
    return str(max((start for start in PERIODS if start <= year), default=0))


def _kinds() -> list[tuple[str, str, str]]:
    return [(str(code), str(label), _reader()) for code, label in Kind.choices]


def _role_words() -> list[tuple[str, str, str]]:
    return [*((code, str(label), _reader()) for code, label in ActorRole.choices), _nobody()]


def _activities() -> list[tuple[str, str, str]]:
    other = (OTHER, str(_("In words, or in several sections")), _reader())
    return [*((one.code, *one.label(_reader())) for one in vocabularies.activities()), other, _nobody()]


def _forms(numbers: Numbers) -> list[tuple[str, str, str]]:
    """The most frequent forms; the rest are counted with those stated in other words."""
    known = {f"{one.country}-{one.code}": one for one in vocabularies.legal_forms()}
    overall = sum(numbers.values(), Counter[str]())
    frequent = [code for code, _number in sorted(overall.items(), key=lambda one: (-one[1], one[0])) if code in known]
    for counted in numbers.values():
        for code in frequent[MOST_FORMS:]:
            counted[OTHER] += counted.pop(code, 0)
    shown = [(code, f"{known[code].name} ({known[code].country})", known[code].language) for code in frequent[:MOST_FORMS]]
    return [*shown, (OTHER, str(_("Stated in other words")), _reader()), _nobody()]


def _periods() -> list[tuple[str, str, str]]:
    words = [("0", str(_("before %(year)s") % {"year": PERIODS[0]}), _reader())]
    for start, following in zip(PERIODS, (*PERIODS[1:], None), strict=True):
        words.append((str(start), f"{start}–{following - 1}" if following else str(_("since %(year)s") % {"year": start}), _reader()))
    return [*words, _nobody()]


def _nobody() -> tuple[str, str, str]:
    return UNKNOWN, str(_("Not known")), _reader()


def _reader() -> str:
    return get_language() or "en"
