"""The database gives the score that memory gives."""

from __future__ import annotations

import pytest

from rrr.engines import search

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_inner_product_of_the_database_is_our_score() -> None:
    from django.db import connection

    index = search.build(
        [
            search.Document("a", "A food bank gives food to families", "en"),
            search.Document("b", "Young people repair bikes for families", "en"),
        ]
    )
    asked = search.query("food for families", index.statistics, "en")
    with connection.cursor() as cursor:
        for weights in index.weights:
            cursor.execute("SELECT -(%s::sparsevec <#> %s::sparsevec)", [search.sparsevec(weights), search.sparsevec(asked.weights)])
            assert cursor.fetchone()[0] == pytest.approx(search.score(asked.weights, weights), rel=1e-5)
