"""Power and the smallest effect a trial can see, before it begins."""

from __future__ import annotations


def power_individual(n_treated: int, n_control: int, sd: float, effect: float, alpha: float = 0.05) -> float:
    raise NotImplementedError


def mde_individual(n_treated: int, n_control: int, sd: float, power: float = 0.80, alpha: float = 0.05) -> float:
    raise NotImplementedError


def power_cluster(
    clusters_treated: int, clusters_control: int, size: float, icc: float, sd: float, effect: float, alpha: float = 0.05
) -> float:
    raise NotImplementedError


def mde_cluster(
    clusters_treated: int, clusters_control: int, size: float, icc: float, sd: float, power: float = 0.80, alpha: float = 0.05
) -> float:
    raise NotImplementedError


def power_paired(n: int, sd: float, correlation: float, effect: float, alpha: float = 0.05) -> float:
    raise NotImplementedError


def mde_paired(n: int, sd: float, correlation: float, power: float = 0.80, alpha: float = 0.05) -> float:
    raise NotImplementedError


def individuals_needed(sd: float, effect: float, power: float = 0.80, alpha: float = 0.05) -> int:
    """Units in each arm."""
    raise NotImplementedError


def clusters_needed(size: float, icc: float, sd: float, effect: float, power: float = 0.80, alpha: float = 0.05) -> int:
    """Clusters in each arm."""
    raise NotImplementedError
