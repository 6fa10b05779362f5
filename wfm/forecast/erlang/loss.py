"""The chance of finding everybody busy: Erlang's first two formulas."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from wfm.forecast.erlang.compiled import compiled, over_arrays
from wfm.forecast.erlang.gamma import idle_ratio
from wfm.forecast.erlang.measures import NOTHING
from wfm.forecast.erlang.values import Floats, are_plain, checked


def erlang_b(load: ArrayLike, agents: ArrayLike) -> float | Floats:
    """Share of contacts that are turned away where nobody can wait (M/M/n/n).

    Parameters
    ----------
    load : float or array_like
        Offered load in erlangs, from 0 up.
    agents : float or array_like
        Servers, from 0 up, whole or not. Broadcasts against `load`.

    Returns
    -------
    float or ndarray of float
        In [0, 1], a float for plain numbers; 0 where there is no load.

    Raises
    ------
    InputError
        Naming the first index of a value that is negative, not finite or not a number.

    Notes
    -----
    1/B = 1 + W(n, a), with W of :mod:`wfm.forecast.erlang.gamma`, which continues Erlang's sum to
    real n: Jagerman (1974), "Some properties of the Erlang loss function", theorem 3.
    """
    if are_plain(0, 1, agents, load, 0):
        return float(_erlang_b(float(load), float(agents)))  # type: ignore[arg-type]
    return _each(_erlang_b_each, load, agents)


def erlang_c(load: ArrayLike, agents: ArrayLike) -> float | Floats:
    """Share of contacts that wait where everybody waits as long as it takes (M/M/n).

    Parameters
    ----------
    load : float or array_like
        Offered load in erlangs, from 0 up.
    agents : float or array_like
        Servers, from 0 up, whole or not. Broadcasts against `load`.

    Returns
    -------
    float or ndarray of float
        In [0, 1], a float for plain numbers; 1 where the load is not below the number of agents,
        0 where there is no load.

    Raises
    ------
    InputError
        Naming the first index of a value that is negative, not finite or not a number.

    Notes
    -----
    1/C = 1 + W(n, a) (n - a)/n, with W as in :func:`erlang_b`.
    """
    if are_plain(0, 1, agents, load, 0):
        return float(_erlang_c(float(load), float(agents)))  # type: ignore[arg-type]
    return _each(_erlang_c_each, load, agents)


@compiled
def _erlang_b(load: float, agents: float) -> float:
    if load < NOTHING:
        return 0.0
    if agents < NOTHING:
        return 1.0
    return 1 / (1 + idle_ratio(agents, (load - agents) / agents, load / agents))


@compiled
def _erlang_c(load: float, agents: float) -> float:
    if load < NOTHING:
        return 0.0
    if load >= agents:
        return 1.0
    r = (load - agents) / agents
    return 1 / (1 - idle_ratio(agents, r, load / agents) * r)


@over_arrays("float64, float64, float64[:]", "(),()->()")
def _erlang_b_each(load: float, agents: float, found: Floats) -> None:
    found[0] = _erlang_b(load, agents)


@over_arrays("float64, float64, float64[:]", "(),()->()")
def _erlang_c_each(load: float, agents: float, found: Floats) -> None:
    found[0] = _erlang_c(load, agents)


def _each(formula: np.ufunc, load: ArrayLike, agents: ArrayLike) -> float | Floats:
    with np.errstate(all="ignore"):
        found = formula(*checked({"load": load, "agents": agents}))
    return float(found) if np.ndim(found) == 0 else np.asarray(found)
