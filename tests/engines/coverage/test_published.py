"""Figures other people published, and another solver on the same tables.

Expected figures of log-linear models: Bruno et al. 1994, Darroch et al. 1993, Rivest 2011 and Cormack, Chang & Smith 2000, as the tests of the R package
Rcapture state them. Chapman's: output of the R package CARE1 (Chao et al. 2001) on the pairs of lists of Casale Monferrato.
"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from rrr.engines.coverage import Method, loglinear
from rrr.engines.coverage.links import Audit
from rrr.engines.coverage.two import count
from tests.engines.coverage.made import CASALE, CORMACK, DARROCH, by_bits, figure, named

ALL_BUT_FIRST_AND_LAST = (3, 5, 6, 10, 12)


def fitted(counts: tuple[int, ...], terms: tuple[int, ...]) -> tuple[float, float, float]:
    """Total, its standard error (Fienberg 1972: those in none are a draw too), deviance."""
    table = np.array([by_bits(counts)])
    columns = loglinear.design(terms, len(counts).bit_length())
    found = loglinear.fit(columns, table)
    assert found.determined[0]
    none = float(found.none[0])
    variance = np.linalg.inv(columns.T @ (found.expected[0][:, None] * columns))[0, 0]
    return sum(counts) + none, (none + none**2 * variance) ** 0.5, float(found.aic[0]) - 2 * columns.shape[1]


@pytest.mark.parametrize(
    ("counts", "terms", "total", "error", "deviance"),
    [
        (CASALE, ALL_BUT_FIRST_AND_LAST, 2771, 145, 7.62),
        (CASALE, (5, 10, 12), 2472, 53, 21.97),
        (DARROCH, (3, 5, 6), 1240, 451, 0.0),
        (DARROCH, (3, 6), 850, 186, 3.79),
        (CORMACK, (), 209, None, 75.1),
        (CORMACK, (5, 6), 233, None, None),
    ],
    ids=["casale-bruno", "casale-rivest", "darroch-all", "darroch-two", "cormack-independent", "cormack-two"],
)
def test_published_models(
    counts: tuple[int, ...], terms: tuple[int, ...], total: float, error: float | None, deviance: float | None
) -> None:
    found = fitted(counts, terms)
    assert round(found[0]) == total
    assert error is None or round(found[1]) == error
    assert deviance is None or found[2] == pytest.approx(deviance, abs=0.05)


def test_published_model_of_casale_has_the_lowest_aic_of_all_113() -> None:
    found = figure(named(CASALE), 4, draws=100)
    assert found.method is Method.LOG_LINEAR
    assert found.models[0].terms == (("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("c", "d"))
    assert round(found.models[0].value) == 2771
    assert (found.total.low or 0) < 2771 < (found.total.high or 0)


@pytest.mark.parametrize(
    ("first", "second", "total", "low", "high"),
    [(0, 1, 2351, 2250, 2478), (0, 2, 2185, 2146, 2233), (0, 3, 2261, 2117, 2468), (1, 2, 2057, 1922, 2224), (2, 3, 1555, 1445, 1712)],
)
def test_chapman_on_pairs_of_casale(first: int, second: int, total: int, low: int, high: int) -> None:
    """The interval to 1: CARE1 takes it around Petersen's estimate."""
    table = by_bits(CASALE)
    sizes = [sum(value for place, value in enumerate(table, 1) if place >> one & 1) for one in (first, second)]
    both = sum(value for place, value in enumerate(table, 1) if place >> first & 1 and place >> second & 1)
    found = count(sizes[0], sizes[1], both, Audit(1.0, 1.0, 0.0, 0.0), 0.95)
    assert int(found.total) == total
    assert found.low == pytest.approx(low, abs=2.5)
    assert found.high == pytest.approx(high, abs=2.5)


@pytest.mark.filterwarnings("ignore:.*:Warning")  # statsmodels, of models without degrees of freedom
@pytest.mark.parametrize(("counts", "lists"), [(CASALE, 4), (DARROCH, 3), (CORMACK, 3)], ids=["casale", "darroch", "cormack"])
def test_every_model_agrees_with_statsmodels(counts: tuple[int, ...], lists: int) -> None:
    table = np.array(by_bits(counts))
    for terms in loglinear.models(lists)[:: 4 if lists == 4 else 1]:
        columns = loglinear.design(terms, lists)
        own, other = loglinear.fit(columns, table[None, :]), sm.GLM(table, columns, family=sm.families.Poisson()).fit(tol=1e-10)
        assert own.none[0] == pytest.approx(np.exp(other.params[0]), rel=1e-6)
        assert own.aic[0] - 2 * columns.shape[1] == pytest.approx(other.deviance, abs=1e-6)


def test_number_of_hierarchical_models() -> None:
    """8 and 113: the numbers of labelled simplicial complexes on three and four points, less the one with all together."""
    assert (len(loglinear.models(3)), len(loglinear.models(4))) == (8, 113)
