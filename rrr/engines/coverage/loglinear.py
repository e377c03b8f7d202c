"""Hierarchical log-linear models of which registers list an organisation (Fienberg 1972; Bishop, Fienberg & Holland 1975, chapter 6)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Terms = tuple[int, ...]  # bit sets of registers that go together, two or more of them, each with all its parts
_STEPS, _CLOSE, _MOST = 25, 1e-4, 30.0  # steps of Newton: below 1e-4 the next would be below 1e-8
_VAGUE = 4.0  # variance of the log of the number in no register: beyond, 95% span more than a factor of 50 either way


@cache
def models(registers: int) -> tuple[Terms, ...]:
    """Every hierarchical model but the one with all registers together, which cannot be fitted: 8 for three, 113 for four."""
    full = 2**registers - 1
    inner = sorted((one for one in range(1, full) if one.bit_count() >= 2), key=lambda one: (one.bit_count(), one))
    found: list[Terms] = [()]
    for term in inner:
        parts = [one for one in inner if one != term and one & term == one]
        found += [(*model, term) for model in found if all(part in model for part in parts)]
    return tuple(sorted(found, key=lambda model: (len(model), model)))


@cache
def design(terms: Terms, registers: int) -> Floats:
    """One row a history from 1, columns: 1, the registers, the terms. The history 0 has only the first column, so exp(intercept) is in no register."""
    columns = (*(1 << place for place in range(registers)), *terms)
    rows = [[1.0, *(float(history & column == column) for column in columns)] for history in range(1, 2**registers)]
    made = np.array(rows)
    made.setflags(write=False)
    return made


@dataclass(frozen=True)
class Fit:
    """For each table: organisations in no register, AIC, whether the table determines them, and expected counts."""

    none: Floats
    aic: Floats
    determined: NDArray[np.bool_]
    expected: Floats


def fit(columns: Floats, counts: Floats) -> Fit:
    """Poisson likelihood by iterated weighted least squares, many tables (rows of `counts`) at once.

    Where counts of zero leave no maximum the steps run off to infinity, and near such tables the number in no register may be anything: such fits are
    marked and must not be used.
    """
    tables, width = counts.shape[0], columns.shape[1]
    eta = np.log(counts + 0.5)
    beta = np.zeros((tables, width))
    moved = np.full(tables, np.inf)
    todo = np.arange(tables)
    for step in range(_STEPS):
        mu = np.exp(eta[todo])
        target = eta[todo] + (counts[todo] - mu) / mu
        new = np.linalg.solve(_information(columns, mu), ((mu * target) @ columns)[..., None])[..., 0]
        moved[todo] = np.abs(new - beta[todo]).max(axis=1) if step else np.inf
        beta[todo] = new
        eta[todo] = np.clip(new @ columns.T, -_MOST, _MOST)
        todo = todo[moved[todo] > _CLOSE]
        if not todo.size:
            break
    mu = np.exp(eta)
    logs = np.where(counts > 0, counts * (np.log(np.where(counts > 0, counts, 1.0)) - eta), 0.0)
    deviance: Floats = 2 * (logs - counts + mu).sum(axis=1)
    first = np.eye(width)[:1].repeat(tables, axis=0)[..., None]
    spread = np.linalg.solve(_information(columns, mu), first)[:, 0, 0]
    none: Floats = np.exp(np.clip(beta[:, 0], -_MOST, _MOST))
    return Fit(none, deviance + 2 * width, (moved <= _CLOSE) & (spread <= _VAGUE), mu)


def _information(columns: Floats, mu: Floats) -> Floats:
    """A trace on the diagonal keeps it solvable where fitted counts vanish; it moves no figure that is used."""
    width = columns.shape[1]
    products = (columns[:, :, None] * columns[:, None, :]).reshape(len(columns), -1)
    made: Floats = (mu @ products).reshape(-1, width, width)
    return made + 1e-9 * np.eye(width)


def heterogeneity(registers: int) -> Floats:
    """Darroch et al. (1993): independence and one term for pairs, the same for all: organisations that are easier to list than others."""
    plain = design((), registers)
    pairs = np.array([[history.bit_count() * (history.bit_count() - 1) / 2] for history in range(1, 2**registers)])
    return np.hstack([plain, pairs])
