"""Erlang C, vectorised, for whole and fractional numbers of servers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from wfm.errors import InputError

Floats = NDArray[np.float64]
SLACK = 1e-9


def erlang_c(load: ArrayLike, agents: ArrayLike) -> Floats:
    """Probability that a contact waits in M/M/n.

    Parameters
    ----------
    load : array_like
        Offered load in erlangs, at least 0.
    agents : array_like
        Servers, at least 0; may be fractional. Broadcasts against `load`.

    Returns
    -------
    ndarray of float
        In [0, 1]; 1 where the load is not below the number of agents, 0 where there is no load.

    Raises
    ------
    InputError
        If a value is negative or not finite.

    Notes
    -----
    1/C = 1 + W (n - a)/n with W = Q(n, a)/D(n, a) = 1/B - 1, Q the regularised upper incomplete
    gamma function and D(n, a) = a^n e^-a / Gamma(n + 1), which holds for real n: Jagerman (1974),
    "Some properties of the Erlang loss function".
    """
    a, n = np.broadcast_arrays(_checked(load, "load"), _checked(agents, "agents"))
    waits = np.where((a >= n) & (a > 0), 1.0, 0.0)
    stable = (a < n) & (a > 0)
    a, n = a[stable], n[stable]
    with np.errstate(over="ignore", divide="ignore"):
        ratio = special.gammaincc(n, a) * np.exp(-_log_poisson(n, a))
        waits[stable] = 1.0 / (1.0 + ratio * (n - a) / n)
    return waits


def service_level(load: ArrayLike, agents: ArrayLike, aht: ArrayLike, threshold: float) -> Floats:
    """Share of contacts answered within the threshold in M/M/n.

    Parameters
    ----------
    load, agents : array_like
        Erlangs and servers, as in :func:`erlang_c`.
    aht : array_like
        Average handle time in seconds, above 0.
    threshold : float
        Seconds within which an answer is in time.

    Returns
    -------
    ndarray of float
        1 - C exp(-(n - a) T/AHT), 0 where the load is not below the number of agents, 1 where
        there is no load.
    """
    a, n, service_time = np.broadcast_arrays(
        _checked(load, "load"), _checked(agents, "agents"), _checked(aht, "aht")
    )
    spare = np.maximum(n - a, 0.0)
    level = 1.0 - erlang_c(a, n) * np.exp(-spare * threshold / service_time)
    return np.where((spare > 0) | (a == 0), level, 0.0)


def required_agents(
    load: ArrayLike,
    aht: ArrayLike,
    target: float = 0.8,
    threshold: float = 20.0,
    max_occupancy: float = 1.0,
) -> NDArray[np.int64]:
    """Fewest whole agents that meet a service level and keep an occupancy.

    Parameters
    ----------
    load : array_like
        Offered load in erlangs.
    aht : array_like
        Average handle time in seconds.
    target : float
        Share of contacts to answer in time, in (0, 1).
    threshold : float
        Seconds within which an answer is in time.
    max_occupancy : float
        Largest share of their time that agents may be busy, in (0, 1].

    Returns
    -------
    ndarray of int
        0 where there is no load.
    """
    return least_scheduled(load, aht, target, threshold, max_occupancy, share=1.0)


def least_scheduled(
    load: ArrayLike,
    aht: ArrayLike,
    target: float,
    threshold: float,
    max_occupancy: float,
    share: float,
) -> NDArray[np.int64]:
    """Fewest scheduled agents, each worth `share` servers, that meet a service level.

    `share` is (1 - shrinkage) x concurrency; the load is in servers. The search starts from the
    square-root rule c^2/4 + (1.2533 + T/AHT sqrt(a)) c = -ln(1 - SL) of the Erlang C tail, then
    steps to the exact minimum.
    """
    if not 0 < target < 1:
        raise InputError("target", "be between 0 and 1", target)
    a, service_time = np.broadcast_arrays(_checked(load, "load"), _checked(aht, "aht"))
    busy = a > 0
    slope = 1.2533 + threshold / service_time * np.sqrt(a)
    margin = 2 * (np.sqrt(slope**2 - np.log1p(-target)) - slope)
    fewest = np.floor(a / (share * max_occupancy) * (1 - SLACK) + 1 - SLACK).astype(np.int64)
    agents = np.maximum(np.ceil((a + margin * np.sqrt(a)) / share).astype(np.int64), fewest)
    meets = service_level(a, agents * share, service_time, threshold) >= target - SLACK
    rising, falling = busy & ~meets, busy & meets
    while rising.any():
        agents = agents + rising
        rising &= service_level(a, agents * share, service_time, threshold) < target - SLACK
    while falling.any():
        falling &= agents > fewest
        lower = service_level(a, (agents - falling) * share, service_time, threshold)
        falling &= lower >= target - SLACK
        agents = agents - falling
    return np.where(busy, agents, 0)


def _log_poisson(n: Floats, a: Floats) -> Floats:
    """Ln D(n, a) in the saddle-point form of Loader (2000), which does not cancel for large n."""
    excess = (a - n) / n
    stirling = special.gammaln(n + 1) - (n * np.log(n) - n + 0.5 * np.log(2 * np.pi * n))
    stirling = np.where(n > 100, (1 - (1 - 2 / (7 * n * n)) / (30 * n * n)) / (12 * n), stirling)
    deviance = n * (excess - np.log1p(excess))
    return np.asarray(-deviance - stirling - 0.5 * np.log(2 * np.pi * n))


def _checked(values: ArrayLike, name: str) -> Floats:
    array = np.asarray(values, dtype=float)
    bad = np.argwhere(~(np.isfinite(array) & (array >= 0)))
    if len(bad):
        where = f"{name}[{', '.join(map(str, bad[0]))}]" if array.ndim else name
        raise InputError(where, "be a finite number of at least 0", float(array[tuple(bad[0])]))
    return array
