"""Reads for the network of ties: what runs today, without what has ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rrr.places.models import Territory
from rrr.understand.models import Organisation, OrganisationQuerySet, Relation, Status
from rrr.understand.queries.organisations import organisations


@dataclass(frozen=True)
class Tied:
    """Stated ties within a territory; `others` counts its organisations without one, `ended` those left out because they ended."""

    relations: tuple[Relation, ...]
    organisations: dict[str, Organisation]  # by short name, only those with a tie
    others: int
    ended: int

    @property
    def ends(self) -> list[tuple[str, str]]:
        return [(one.source.slug, one.target.slug) for one in self.relations]


def running(of: Territory, *, hidden: bool = False) -> OrganisationQuerySet:
    return organisations(of, hidden=hidden).exclude(status=Status.CLOSED)


def tied(of: Territory, *, hidden: bool = False) -> Tied:
    """`hidden`: also what only the team sees."""
    here = running(of, hidden=hidden)
    inside = here.order_by()
    relations = tuple(
        Relation.objects.filter(source__in=inside, target__in=inside)
        .select_related("source", "target")
        .order_by("source__slug", "target__slug", "kind")
    )
    found = {one.slug: one for relation in relations for one in (relation.source, relation.target)}
    number = here.count()
    return Tied(relations, found, number - len(found), organisations(of, hidden=hidden).count() - number)


def nodes(of: Territory) -> Iterator[tuple[str, str, str]]:
    """Short name, kind and name of every organisation a stranger may see and that has not ended."""
    return running(of).order_by("slug").values_list("slug", "kind", "name").iterator()
