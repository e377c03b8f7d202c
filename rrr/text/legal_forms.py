"""What a name says about the legal form, and the name without it.

The list is ours (`legal_forms.csv`: country, form, type, variants), made from the public law of twelve jurisdictions. Ready lists know few
forms of the social economy, and some damage names (S.A.L. is a Spanish worker-owned company, not Lebanese). A form is looked for at the
end and at the start of a name, longest variant first; short signs of two letters are read at the end only. With a country given its own
forms win; others are tried after it, because bodies work across borders.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rrr.text.fold import words

# Tax statuses and marks that come on top of a form: they name it only when nothing else does.
STATUSES = frozenset({"onlus", "ente_terzo_settore", "esus", "oscip", "charity", "nonprofit_corporation", "approved_housing_body"})


@dataclass(frozen=True)
class LegalForm:
    country: str  # ISO 3166-1 alpha-2, or QC for Québec
    form: str
    type: str  # cooperative, social_cooperative, association, foundation, mutual, social_enterprise, wise ... ; company: not social


@dataclass(frozen=True)
class Name:
    """The folded words of a name without its legal forms, and the forms found, outermost last."""

    core: tuple[str, ...]
    forms: tuple[LegalForm, ...]

    @property
    def text(self) -> str:
        return " ".join(self.core)


def split(name: str, country: str = "") -> Name:
    """Take legal forms off both ends. A name that is nothing but a form keeps its words."""
    left = joined(name)
    found: list[LegalForm] = []
    while found_now := _end(left, country) or _start(left, country):
        form, rest = found_now
        if not rest:
            break
        left = rest
        found.append(form)
    return Name(left, tuple(found))


def identify(text: str, country: str = "") -> LegalForm | None:
    """The form a register's own legal-form column (or a name) states; the social one where several are named."""
    known = _variants()
    whole = known.get(joined(text))
    forms = (_choose(whole, country),) if whole else split(text, country).forms
    social = [form for form in forms if form.type != "company"]
    own = [form for form in social if form.form not in STATUSES]
    return next(iter(own or social or forms), None)


def joined(name: str) -> tuple[str, ...]:
    """Folded words with letters that stand alone put together: S. C. S., S.C.S. and SCS are one."""
    found: list[str] = []
    run = False
    for word in words(name):
        if run and len(word) == 1:
            found[-1] += word
        else:
            found.append(word)
        run = len(word) == 1
    return tuple(found)


def all_forms() -> tuple[LegalForm, ...]:
    return tuple(dict.fromkeys(form for forms in _variants().values() for form in forms))


def _end(left: tuple[str, ...], country: str) -> tuple[LegalForm, tuple[str, ...]] | None:
    for size in range(min(_longest(), len(left)), 0, -1):
        forms = _variants().get(left[-size:])
        if forms and _sure(left[-size:], forms, country):
            return _choose(forms, country), left[:-size]
    return None


def _start(left: tuple[str, ...], country: str) -> tuple[LegalForm, tuple[str, ...]] | None:
    for size in range(min(_longest(), len(left)), 0, -1):
        forms = _variants().get(left[:size])
        if forms and sum(map(len, left[:size])) > 3 and _sure(left[:size], forms, country):
            return _choose(forms, country), left[size:]
    return None


def _sure(variant: tuple[str, ...], forms: tuple[LegalForm, ...], country: str) -> bool:
    """Two letters are a form only in a country that knows them, three also where the country is unknown."""
    letters = sum(map(len, variant))
    return letters > 3 or (letters == 3 and not country) or any(_same(form, country) for form in forms)


def _choose(forms: tuple[LegalForm, ...], country: str) -> LegalForm:
    return next((form for form in forms if _same(form, country)), forms[0])


def _same(form: LegalForm, country: str) -> bool:
    return form.country == country or (form.country, country) == ("QC", "CA")


@lru_cache(maxsize=1)
def _variants() -> dict[tuple[str, ...], tuple[LegalForm, ...]]:
    found: dict[tuple[str, ...], list[LegalForm]] = {}
    with Path(__file__).with_name("legal_forms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            form = LegalForm(row["country"], row["form"], row["type"])
            for variant in row["variants"].split(";"):
                known = found.setdefault(joined(variant), [])
                if form not in known:
                    known.append(form)
    return {variant: tuple(forms) for variant, forms in found.items()}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(variant) for variant in _variants())
