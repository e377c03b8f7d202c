"""Check digits and shapes of public numbers. A check tells whether a number can be one; it never says that the body exists.

Where a number has check digits python-stdnum computes them; the others have a shape only, taken from the keeper's public description.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol


class _Module(Protocol):
    def is_valid(self, number: str) -> bool: ...


@dataclass(frozen=True)
class Check:
    """`modules` of python-stdnum, any of which may accept the number; else the `shape` it must have. `width`: digits, where leading
    zeros count and spreadsheets drop them."""

    says: str
    modules: tuple[str, ...] = ()
    shape: str = ""
    width: int = 0


CHECKS: dict[str, Check] = {
    "br_cnpj": Check("CNPJ of Brazil: 14 signs, two check digits", ("br.cnpj",), width=14),
    "ca_bn": Check("Canadian business number: nine digits with a check digit, a program and its account such as RR0001", ("ca.bn",)),
    "es_nif": Check("NIF of Spain: letter, seven digits, check digit or letter", ("es.cif", "es.nif")),
    "fr_siren": Check("SIREN of France: nine digits, the last a check digit", ("fr.siren",), width=9),
    "fr_siret": Check("SIRET of France: 14 digits, the last a check digit", ("fr.siret",), width=14),
    "gb_charity": Check("charity number of England and Wales: six or seven digits, a subsidiary after a hyphen", shape=r"\d{6,7}(-\d{1,4})?"),
    "gb_company": Check("company number of the United Kingdom: eight digits, or two letters and six", shape=r"\d{6,8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]"),
    "ie_chy": Check("Irish tax number of a charity: CHY and up to five digits", shape=r"(CHY)?\d{1,5}"),
    "ie_cro": Check("Irish company number: up to six digits", shape=r"\d{1,6}"),
    "ie_rcn": Check("Irish registered charity number: eight digits, beginning with 20", shape=r"20\d{6}"),
    "it_codice_fiscale": Check("codice fiscale of a body: eleven digits, the last a check digit", ("it.iva", "it.codicefiscale"), width=11),
    "mx_cluni": Check("CLUNI of Mexico: 14 letters and digits", shape=r"[A-ZÑ&0-9]{14}"),
    "mx_rfc": Check("RFC of a body in Mexico: three letters, a date, three signs", ("mx.rfc",)),
    "nl_kvk": Check("KVK number of the Netherlands: eight digits", shape=r"\d{8}", width=8),
    "nl_rsin": Check("RSIN of the Netherlands: nine digits, weighted sum divisible by 11", ("nl.bsn",), width=9),
    "pl_krs": Check("KRS number of Poland: ten digits", shape=r"\d{10}", width=10),
    "pl_nip": Check("NIP of Poland: ten digits, the last a check digit", ("pl.nip",), width=10),
    "pl_regon": Check("REGON of Poland: 9 or 14 digits, the last a check digit", ("pl.regon",)),
    "qc_neq": Check("NEQ of Québec: ten digits, beginning with 11, 22, 33 or 88", shape=r"(11|22|33|88)\d{8}"),
    "us_ein": Check("EIN of the United States: nine digits, beginning with a prefix in use", ("us.ein",), width=9),
    "wikidata": Check("Wikidata item: Q and digits", shape=r"Q[1-9]\d*"),
}  # fmt: skip
_CHARITY = re.compile(r"RR\d{4}")


def restored(name: str, text: str) -> str:
    """The number with the leading zeros a spreadsheet dropped."""
    width = CHECKS[name].width
    return text.zfill(width) if width and text.isascii() and text.isdigit() and width > len(text) >= width - 3 else text


def fits(name: str, text: str) -> bool:
    """Whether a number can be one of its sort; marks between its signs do not count."""
    check = CHECKS[name]
    plain = text.strip().upper()
    if check.shape:
        return bool(re.fullmatch(check.shape, re.sub(r"[\s.]", "", plain.rsplit("/", 1)[-1])))
    if name == "us_ein":  # only the prefix can be wrong, and stdnum looks through a table for each number
        digits = plain.replace("-", "").replace(" ", "")
        return bool(re.fullmatch(r"\d{9}", digits)) and _ein_prefix(digits[:2])
    if name == "ca_bn":  # stdnum knows the accounts of taxes, not RR of registered charities
        compact = re.sub(r"[\s-]", "", plain)
        plain = compact[:9] if _CHARITY.fullmatch(compact[9:]) else compact
    return any(_module(one).is_valid(plain) for one in check.modules)


@lru_cache(maxsize=100)
def _ein_prefix(two: str) -> bool:
    return _module("us.ein").is_valid(f"{two}0000000")


@lru_cache(maxsize=32)
def _module(name: str) -> _Module:
    module: _Module = importlib.import_module(f"stdnum.{name}")
    return module
