"""Cluster-robust regression written with matrices as the papers write it: slow, general, and independent of the engine's closed forms.

CR2 and Satterthwaite degrees of freedom of Pustejovsky & Tipton 2018, weighted least squares, working covariance `target` (variances).
"""

from __future__ import annotations

from typing import Any

import numpy as np


def root(matrix: Any) -> Any:
    """Symmetric inverse square root; directions without variance stay out (Moore-Penrose)."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    kept = values > 1e-10 * max(values.max(), 1e-300)
    inverse = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)
    return vectors @ np.diag(inverse) @ vectors.T


def cr2(x: Any, y: Any, cluster: Any, weight: Any, target: Any) -> tuple[Any, Any, Any]:
    """Coefficients, their covariance and the degrees of freedom of each."""
    w, phi = np.diag(weight), np.diag(target)
    bread = np.linalg.inv(x.T @ w @ x)
    beta = bread @ x.T @ w @ y
    residual = y - x @ beta
    shrink = np.eye(len(y)) - x @ bread @ x.T @ w
    spread = shrink @ phi @ shrink.T
    meat = np.zeros((x.shape[1], x.shape[1]))
    parts = []
    for one in np.unique(cluster):
        at = np.flatnonzero(cluster == one)
        half = np.diag(np.sqrt(target[at]))
        adjust = half @ root(half @ spread[np.ix_(at, at)] @ half) @ half
        left = bread @ x[at].T @ w[np.ix_(at, at)] @ adjust
        score = left @ residual[at]
        meat += np.outer(score, score)
        parts.append(left @ shrink[at])
    degrees = []
    for place in range(x.shape[1]):
        p = np.array([part[place] for part in parts])
        gram = p @ phi @ p.T
        degrees.append(np.trace(gram) ** 2 / (gram**2).sum())
    return beta, meat, np.array(degrees)
