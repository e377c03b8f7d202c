"""The Canadian list: designation tells the kind, the business number has a check digit, the contact is nobody's business."""

from __future__ import annotations

from pathlib import Path

from tests.connectors.reading import sample, spoiled

SLUG = "ca_cra_charities"


def test_the_sample_reads_as_its_columns_say() -> None:
    assert sample(SLUG).only("tax_id", "name", "kind", "legal_form", "city", "country", "activity") == [
        (
            "123026635RR0001",
            "EXAMPLE FOOD BANK OF MONTREAL",
            "association",
            "Charitable organisation",
            "MONTREAL",
            "CA",
            "Community resource",
        ),
        ("100000009RR0001", "EXAMPLE FAMILY FOUNDATION", "foundation", "Private foundation", "TORONTO", "CA", "0215"),
        ("100000017RR0002", "FONDATION EXEMPLE DE QUÉBEC", "foundation", "Public foundation", "QUÉBEC", "CA", "Arts"),
    ]


def test_a_wrong_check_digit_is_noted(tmp_path: Path) -> None:
    assert spoiled(tmp_path, SLUG, "123026635RR0001", "123026636RR0001", "cp1252") == [("ca_bn", "123026636RR0001")]
