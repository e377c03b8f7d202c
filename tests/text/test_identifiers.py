"""Numbers against examples of their keepers and of python-stdnum's documentation."""

from __future__ import annotations

import pytest

from rrr.text.identifiers import CHECKS, fits, restored

RIGHT = {
    "br_cnpj": ["16.727.230/0001-97", "16727230000197"], "ca_bn": ["12302 6635", "123026635RR0001", "123026635 RC 0001"],
    "es_nif": ["A58818501", "B-58378431"], "fr_siren": ["552 008 443"], "fr_siret": ["73282932000074"],
    "gb_charity": ["202918", "1143143", "1053467-2"], "gb_company": ["SC123456", "01234567", "IP12345R"], "ie_chy": ["CHY 5496", "5496"],
    "ie_cro": ["12345"], "ie_rcn": ["20009502"], "it_codice_fiscale": ["00743110157"], "mx_cluni": ["EJE24092021ABC"],
    "mx_rfc": ["GODE561231GR8", "MAB9307148T4"], "nl_kvk": ["12345678"], "nl_rsin": ["1112.22.333"], "pl_krs": ["0000123456"],
    "pl_nip": ["PL 8567346215"], "pl_regon": ["192598184", "12345678512347"], "qc_neq": ["1142345678", "8812345678"],
    "us_ein": ["91-1144442"], "wikidata": ["Q42", "http://www.wikidata.org/entity/Q42"],
}  # fmt: skip
WRONG = {
    "br_cnpj": "16.727.230.0001-98", "ca_bn": "123026635 RX 0001", "es_nif": "B64717839", "fr_siren": "552008442", "fr_siret": "73282932000079",
    "gb_charity": "12", "gb_company": "A1", "ie_chy": "CHY123456", "ie_cro": "1234567", "ie_rcn": "19009502",
    "it_codice_fiscale": "00743110158", "mx_cluni": "SHORT", "mx_rfc": "X", "nl_kvk": "1234567", "nl_rsin": "1112.52.333", "pl_krs": "12345678901",
    "pl_nip": "PL 8567346216", "pl_regon": "192598183", "qc_neq": "9942345678", "us_ein": "07-1144442", "wikidata": "42",
}  # fmt: skip


@pytest.mark.parametrize(("name", "number"), [(name, number) for name, numbers in RIGHT.items() for number in numbers])
def test_right(name: str, number: str) -> None:
    assert fits(name, number)


@pytest.mark.parametrize(("name", "number"), WRONG.items())
def test_wrong(name: str, number: str) -> None:
    assert not fits(name, number)


def test_each_check_is_tried() -> None:
    assert set(RIGHT) == set(WRONG) == set(CHECKS)


def test_zeros_come_back_only_where_few_are_missing() -> None:
    assert restored("us_ein", "10000001") == "010000001"
    assert restored("us_ein", "12") == "12"
    assert restored("qc_neq", "12") == "12"
