"""What a record of a register says in the terms of an organisation: kind, address, numbers within their bounds. No database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rrr.text.fold import words
from rrr.text.legal_forms import identify
from rrr.understand.vocabulary import Kind, Precision

LIMITS = {"name": 300, "legal_form": 200, "website": 500, "address": 300, "district": 200}  # as the database keeps them
YEARS = range(1, 2101)
# Words of registers for a kind, folded; the first that a cell contains wins. Legal forms are read before (rrr.text.legal_forms).
KIND_WORDS: tuple[tuple[str, Kind], ...] = (
    ("work integration", Kind.WISE), ("insercion", Kind.WISE), ("insertion", Kind.WISE), ("wise", Kind.WISE),
    ("social cooperative", Kind.SOCIAL_COOPERATIVE), ("cooperativa sociale", Kind.SOCIAL_COOPERATIVE),
    ("community interest", Kind.COMMUNITY_ENTERPRISE), ("community enterprise", Kind.COMMUNITY_ENTERPRISE),
    ("social enterprise", Kind.SOCIAL_ENTERPRISE), ("impresa sociale", Kind.SOCIAL_ENTERPRISE), ("empresa social", Kind.SOCIAL_ENTERPRISE),
    ("entreprise sociale", Kind.SOCIAL_ENTERPRISE), ("sozialunternehmen", Kind.SOCIAL_ENTERPRISE),
    ("credit union", Kind.ETHICAL_FINANCE), ("ethical bank", Kind.ETHICAL_FINANCE), ("banca etica", Kind.ETHICAL_FINANCE),
    ("housing association", Kind.HOUSING_PROVIDER), ("cooperative", Kind.COOPERATIVE), ("cooperativa", Kind.COOPERATIVE),
    ("cooperatie", Kind.COOPERATIVE), ("spoldzielnia", Kind.COOPERATIVE), ("genossenschaft", Kind.COOPERATIVE), ("coop", Kind.COOPERATIVE),
    ("mutual", Kind.MUTUAL), ("mutua", Kind.MUTUAL), ("mutuelle", Kind.MUTUAL), ("foundation", Kind.FOUNDATION), ("fundacion", Kind.FOUNDATION),
    ("fondazione", Kind.FOUNDATION), ("fondation", Kind.FOUNDATION), ("fundacja", Kind.FOUNDATION), ("fundacao", Kind.FOUNDATION),
    ("stichting", Kind.FOUNDATION), ("stiftung", Kind.FOUNDATION), ("association", Kind.ASSOCIATION), ("associazione", Kind.ASSOCIATION),
    ("asociacion", Kind.ASSOCIATION), ("associacao", Kind.ASSOCIATION), ("vereniging", Kind.ASSOCIATION), ("verein", Kind.ASSOCIATION),
    ("stowarzyszenie", Kind.ASSOCIATION), ("charity", Kind.ASSOCIATION), ("ngo", Kind.ASSOCIATION), ("nonprofit", Kind.ASSOCIATION),
    ("consortium", Kind.CONSORTIUM), ("consorzio", Kind.CONSORTIUM), ("network", Kind.NETWORK), ("federation", Kind.NETWORK),
    ("rete", Kind.NETWORK), ("platform", Kind.PLATFORM), ("incubator", Kind.INCUBATOR), ("university", Kind.RESEARCH),
    ("research", Kind.RESEARCH), ("municipality", Kind.PUBLIC_BODY), ("public", Kind.PUBLIC_BODY), ("comune", Kind.PUBLIC_BODY),
    ("company", Kind.BUSINESS), ("business", Kind.BUSINESS), ("informal", Kind.INFORMAL), ("initiative", Kind.INFORMAL),
)  # fmt: skip


def guess_kind(text: str, country: str = "") -> str:
    """The kind a register's own word means; "" where nothing tells."""
    form = identify(text, country)
    if form is not None:
        return Kind.BUSINESS.value if form.type == "company" else form.type if form.type in Kind.values else ""
    folded = f" {' '.join(words(text))} "
    return next((kind.value for word, kind in KIND_WORDS if f" {word} " in folded or (len(word) > 5 and f" {word}s " in folded)), "")


def stated_kind(values: Mapping[str, Any], kinds: Mapping[str, str], country: str = "") -> str:
    """The kind of a record: as its word was taught, else as the legal form in its column or name says."""
    taught = kinds.get(str(values.get("kind", "")))
    if taught:
        return taught
    form = identify(str(values.get("legal_form", "")), country) or identify(str(values.get("name", "")), country)
    return form.type if form is not None and form.type in Kind.values else ""


def organisation_values(values: Mapping[str, Any], kinds: Mapping[str, str], country: str = "") -> dict[str, Any]:
    """The fields of an organisation that a record fills; what it does not say is not named."""
    made: dict[str, Any] = {"name": values.get("name", ""), "kind": stated_kind(values, kinds, country)}
    for name in ("legal_form", "activity", "website", "district"):
        made[name] = values.get(name, "")
    made["address"] = address(values)
    made["local_names"] = [part.strip()[:300] for part in str(values.get("local_names", "")).split(";") if part.strip()]
    for name in ("founded", "closed", "last_seen"):
        year = values.get(name)
        made[name] = year if isinstance(year, int) and year in YEARS else None
    if made["founded"] and made["closed"] and made["closed"] < made["founded"]:
        made["closed"] = None
    if values.get("lon") is not None and values.get("lat") is not None:
        precision = Precision.ADDRESS if values.get("street") or values.get("address") else Precision.APPROXIMATE
        made |= {"lon": values["lon"], "lat": values["lat"], "precision": precision.value}
    for name, limit in LIMITS.items():
        made[name] = cut(str(made[name]), limit) if name != "website" or len(made[name]) <= limit else ""
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def pattern_of(candidate: Mapping[str, Any]) -> str:
    """The levels of a pair as one word list, the same for all pairs that agree and differ in the same way."""
    return " ".join(f"{name}={level}" for name, level, _weight in candidate.get("bars", []))


def address(values: Mapping[str, Any]) -> str:
    """Street, then postcode and city, in one line; the register's own line where it has one."""
    if values.get("address"):
        return str(values["address"])
    town = " ".join(str(values[name]) for name in ("postcode", "city") if values.get(name))
    return ", ".join(part for part in (str(values.get("street", "")), town) if part) if values.get("street") else ""


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
