"""Who may open the pages of the site itself."""

from __future__ import annotations

from tests.people.url_cases import EVERYONE, Case

CASES: dict[str, Case] = {
    "web:home": Case(get=EVERYONE),
    "web:gallery": Case(get=EVERYONE),
    "web:choose_territory": Case(get=EVERYONE),
    "web:open_data": Case(get=EVERYONE),
    "web:choose_language": Case(get=EVERYONE),
}
