"""Atom feeds (RFC 4287): cases of the site and of a territory, and newly frozen plans with the head of their chain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from rrr.exchange import queries, words
from rrr.exchange.actions.cases import address
from rrr.exchange.models import Case
from rrr.exchange.views.cases import seen_territory
from rrr.exchange.vocabulary import LICENCE_URLS
from rrr.experiment.models import PlanVersion
from rrr.places.models import Territory

NEWEST = 50
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(path: str, day: datetime | str) -> str:
    """A tag: address (RFC 4151) that stays the same whatever becomes of the page."""
    on = day if isinstance(day, str) else f"{day:%Y-%m-%d}"
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{on}:{path}"


def _xml(text: str) -> str:
    """Without characters that XML does not know: one in one title would stop the whole feed."""
    return _NOT_XML.sub("", text)


class Atom(Atom1Feed):
    """Every entry says its language; an empty feed was updated when the site was made, not now."""

    def write(self, outfile: Any, encoding: Any) -> None:
        for part in (self.feed, *self.items):
            part.update({name: _xml(value) for name, value in part.items() if isinstance(value, str)})
        super().write(outfile, encoding)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]} if item.get("language") else {}

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime.fromisoformat("2026-01-01T00:00:00+00:00")


class CaseFeed(Feed[Case, Any]):
    feed_type = Atom

    def title(self, of: Any) -> str:
        return _("RRR: cases")

    def subtitle(self, of: Any) -> str:
        return _("What territories tried, what came out, and what they decided.")

    def link(self, of: Any) -> str:
        return reverse("exchange:cases")

    def feed_url(self, of: Any) -> str:
        return reverse("exchange:feed")

    def feed_guid(self, of: Any) -> str:
        return tag(self.link(of), "2026-01-01")

    def author_name(self, of: Any) -> str:
        return "RRR"

    def items(self, of: Any) -> Iterable[Case]:
        return queries.cases().order_by("-published_at")[:NEWEST]

    def item_title(self, item: Case) -> str:
        return _("Simulated: %(title)s") % {"title": item.title} if item.simulated else item.title

    def item_description(self, item: Case) -> str:
        simulated = _("The units of this pilot are simulated: the figure says nothing about a place.") if item.simulated else ""
        return " ".join(part for part in (simulated, item.summary, words.sentence(item.figures)) if part)

    def item_link(self, item: Case) -> str:
        return address(item)

    def item_guid(self, item: Case) -> str:
        return tag(address(item), item.created_at)

    def item_author_name(self, item: Case) -> str:
        return item.territory.authority_name

    def item_pubdate(self, item: Case) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Case) -> datetime | None:
        return max(filter(None, (item.published_at, item.edited_at)))

    def item_categories(self, item: Case) -> list[str]:
        simulated = ["simulated"] if item.simulated else []
        return [
            *simulated,
            item.figures["challenge"]["horizon"],
            *item.figures["challenge"]["systems"],
            *item.figures["solution"]["topics"],
        ]

    def item_copyright(self, item: Case) -> str:
        return LICENCE_URLS.get(item.licence, item.licence)

    def item_extra_kwargs(self, item: Case) -> dict[str, Any]:
        return {"language": item.language}


class TerritoryCaseFeed(CaseFeed):
    def get_object(self, request: HttpRequest, territory: str) -> Territory:
        return seen_territory(request, territory)

    def title(self, of: Territory) -> str:
        return _("RRR: cases of %(name)s") % {"name": of.name}

    def link(self, of: Territory) -> str:
        return reverse("exchange:territory_cases", args=[of.slug])

    def feed_url(self, of: Territory) -> str:
        return reverse("exchange:territory_feed", args=[of.slug])

    def items(self, of: Territory) -> Iterable[Case]:
        return queries.cases(of).order_by("-published_at")[:NEWEST]


class PlanFeed(Feed[PlanVersion, Any]):
    """Whoever keeps these entries can prove later which plan stood when: nobody can slip a plan in between without breaking the chain."""

    feed_type = Atom

    def title(self) -> str:
        return _("RRR: frozen plans of pilots")

    def subtitle(self) -> str:
        head = queries.chain_head()
        return _("Head of the chain of all frozen plans: %(hash)s") % {"hash": head} if head else _("No plan is frozen yet.")

    def link(self) -> str:
        return reverse("experiment:pilots")

    def feed_url(self) -> str:
        return reverse("exchange:plan_feed")

    def feed_guid(self) -> str:
        return tag(self.feed_url(), "2026-01-01")

    def author_name(self) -> str:
        return "RRR"

    def items(self) -> Iterable[PlanVersion]:
        return queries.frozen_plans()[:NEWEST]

    def item_title(self, item: PlanVersion) -> str:
        given = {"title": item.pilot.title, "number": item.number}
        words_for = _("Simulated: %(title)s, plan %(number)s") if item.pilot.simulated else _("%(title)s, plan %(number)s")
        return words_for % given

    def item_description(self, item: PlanVersion) -> str:
        given = {"sha": item.sha256, "before": item.before or "-", "chain": item.chain}
        said = _("SHA-256 of the plan: %(sha)s. Chain before: %(before)s. Chain: %(chain)s.") % given
        return f"{said} {item.reason}".strip()

    def item_link(self, item: PlanVersion) -> str:
        return reverse("experiment:pilot", args=[item.pilot.territory.slug, item.pilot.slug])

    def item_guid(self, item: PlanVersion) -> str:
        return tag(f"/plans/{item.chain}", item.frozen_at)

    def item_author_name(self, item: PlanVersion) -> str:
        return item.pilot.territory.authority_name

    def item_pubdate(self, item: PlanVersion) -> datetime:
        return item.frozen_at

    def item_updateddate(self, item: PlanVersion) -> datetime:
        return item.frozen_at
