"""An organisation as one register states it: what connectors hand on and the linkage engine compares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationRecord:
    """Texts as the source wrote them ("" where it says nothing); `key` is unique within its source."""

    key: str
    name: str
    legal_form: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""  # ISO 3166-1 alpha-2, upper case
    lon: float | None = None
    lat: float | None = None
    website: str = ""
    phone: str = ""
    email: str = ""
    tax_id: str = ""
    register_id: str = ""
    activity: str = ""
    source: str = ""
    territory: str = ""  # links are sought within a territory only, where several lists are linked at once

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("A record needs a key of its own.")
        if (self.lon is None) != (self.lat is None):
            raise ValueError(f"Record {self.key}: longitude and latitude come together or not at all.")
