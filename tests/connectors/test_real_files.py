"""Two real registers, beside the checkout: every row accounted for, names and places recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from rrr.records.register import Draft
from tests.connectors.reading import whole

pytestmark = [pytest.mark.slow, pytest.mark.verification]


def test_susy(shared_data: Path) -> None:
    found = whole(shared_data / "registers/susy/initiatives.geojson")
    assert (found.inspection.format, len(found.rows), found.rejected) == ("geojson", 1794, [])
    guesses = found.guesses
    wanted = {"name": "name", "addr:city": "city", "addr:country": "country", "addr:postcode": "postcode", "addr:street": "street"}
    wanted |= {"addr:housenumber": "street", "geometry.lon": "lon", "geometry.lat": "lat", "contact:website": "website", "_id": "key"}
    assert {name: guesses[name] for name in wanted} == wanted
    drafts = [draft for draft in found.drafts() if isinstance(draft, Draft)]
    assert len(drafts) == 1794
    assert sum("lon" in draft.values for draft in drafts) == 1794
    assert sum("website" in draft.values for draft in drafts) > 1500
    assert {draft.values["country"] for draft in drafts if "country" in draft.values} >= {"AT", "GB", "ES", "BG", "PL"}


def test_organize_directory(shared_data: Path) -> None:
    found = whole(shared_data / "registers/organize_directory/initiatives_flat.csv")
    assert (found.inspection.format, len(found.rows), found.rejected) == ("csv", 2534, [])
    assert found.account.lines == 2592
    guesses = found.guesses
    assert (guesses["name"], guesses["url"], guesses["place"], guesses["description"]) == ("name", "website", "city", "activity")
    drafts = [draft for draft in found.drafts() if isinstance(draft, Draft)]
    assert len(drafts) == 2534
    assert sum(bool(draft.problems) for draft in drafts) < 60
