"""From contacts and goals to the agents that it takes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.errors import InputError
from wfm.forecast.erlang.compiled import over_arrays
from wfm.forecast.erlang.least import least_agents
from wfm.forecast.erlang.performance import DEFINITIONS
from wfm.forecast.erlang.values import ALONE, ONE, Floats, are_plain, checked, growths
from wfm.queue import Definition


def required_agents(
    arrivals_per_hour: ArrayLike,
    aht: ArrayLike,
    target: ArrayLike | None = 0.8,
    threshold: ArrayLike = 20.0,
    patience: ArrayLike = math.inf,
    max_asa: ArrayLike | None = None,
    max_abandonment: ArrayLike | None = None,
    max_occupancy: ArrayLike | None = None,
    definition: Definition = "offered",
    fractional: bool = False,
    growth: ArrayLike = ALONE,
) -> int | float | NDArray[np.int64] | Floats:
    """Fewest agents that meet every goal given: Erlang C, or Erlang A where patience is finite.

    All numbers broadcast against each other. In Erlang A the answer may lie below the load; in
    Erlang C it is always above it, or the line would grow without end.

    Parameters
    ----------
    arrivals_per_hour : float or array_like
        Contacts offered in an hour, from 0 up.
    aht : float or array_like
        Mean handle time in seconds, above 0.
    target : float or array_like, optional
        Service level to reach, from 0 up and below 1; None for no such goal.
    threshold : float or array_like
        Seconds within which an answer is in time, from 0 up.
    patience : float or array_like
        Mean seconds that callers are willing to wait, infinite or from 0 up.
    max_asa : float or array_like, optional
        Longest mean wait in seconds of all contacts.
    max_abandonment : float or array_like, optional
        Largest share of contacts that hang up.
    max_occupancy : float or array_like, optional
        Largest share of their time that agents are busy.
    definition : str
        Which service level, one of :data:`DEFINITIONS`.
    fractional : bool
        Whether to find the real number of agents that meets the goals exactly, instead of the
        least whole one.
    growth : sequence of float
        For chat, as in :func:`performance`.

    Returns
    -------
    int, float or ndarray
        Whole numbers, or floats if `fractional`; 0 where nobody arrives.

    Raises
    ------
    InputError
        Naming the first index of a value that is out of bounds or not a number, or if no goal is
        given.

    Notes
    -----
    Goals may be missed by 1e-12, which is what rounding takes from one that is met exactly. Of a
    few goals each number of agents is checked by the formulas of :func:`performance`.
    """
    usual = growth is ALONE and definition == "offered" and type(target) is float and target < 1
    only = max_asa is None and max_abandonment is None and max_occupancy is None
    if usual and only and are_plain(arrivals_per_hour, aht, target, threshold, patience):
        return _one(arrivals_per_hour, aht, (target, threshold, patience), fractional)  # type: ignore[arg-type]
    if definition not in DEFINITIONS:
        raise InputError("definition", f"be one of {', '.join(DEFINITIONS)}", definition)
    if target is None and max_asa is None and max_abandonment is None and max_occupancy is None:
        must = "name a goal: target, max_asa, max_abandonment or max_occupancy"
        raise InputError("required_agents", must)
    which, multiples = DEFINITIONS.index(definition), growths(growth)
    arrays = checked(
        {
            "arrivals_per_hour": arrivals_per_hour,
            "aht": aht,
            "target": 0.0 if target is None else target,
            "threshold": threshold,
            "patience": patience,
            "max_asa": math.inf if max_asa is None else max_asa,
            "max_abandonment": 1.0 if max_abandonment is None else max_abandonment,
            "max_occupancy": 1.0 if max_occupancy is None else max_occupancy,
        }
    )
    with np.errstate(all="ignore"):
        found = _least_each(*arrays, which, fractional, 1.0, multiples, ONE, ONE)
    whole = found if fractional else np.asarray(found).astype(np.int64)
    return whole.item() if np.ndim(whole) == 0 else whole


def _one(
    arrivals: float, aht: float, goal: tuple[float, float, float], fractional: bool
) -> int | float:
    """The short way of plain numbers to the commonest question."""
    goals = (float(goal[0]), float(goal[1]), float(goal[2]), math.inf, 1.0, 1.0)
    found = least_agents(
        float(arrivals), float(aht), ONE, goals, 0, bool(fractional), 1.0, ONE, ONE
    )
    return float(found) if fractional else int(found)


def scheduled_agents(
    arrivals_per_hour: Floats,
    aht: Floats,
    goals: tuple[float, float, float, float, float, float],
    definition: int,
    share: Floats,
    growth: Floats,
    factors: Floats,
    weights: Floats,
) -> NDArray[np.int64]:
    """Fewest scheduled agents, each there for a share of the time, over uncertain arrivals.

    For callers that have checked their values: `goals` as in
    :func:`wfm.forecast.erlang.least.margin`, the rest as in
    :func:`wfm.forecast.erlang.least.least_agents`.
    """
    with np.errstate(all="ignore"):
        each = _least_each(
            arrivals_per_hour, aht, *goals, definition, False, share, growth, factors, weights
        )
    return np.asarray(each).astype(np.int64)


@over_arrays(
    "float64, float64, float64, float64, float64, float64, float64, float64, "
    "int64, boolean, float64, float64[:], float64[:], float64[:], float64[:]",
    "(),(),(),(),(),(),(),(),(),(),(),(c),(f),(f)->()",
)
def _least_each(
    arrivals: float,
    aht: float,
    target: float,
    threshold: float,
    patience: float,
    asa: float,
    abandonment: float,
    occupancy: float,
    definition: int,
    fractional: bool,
    share: float,
    growth: Floats,
    factors: Floats,
    weights: Floats,
    found: Floats,
) -> None:
    goals = (target, threshold, patience, asa, abandonment, occupancy)
    found[0] = least_agents(
        arrivals, aht, growth, goals, definition, fractional, share, factors, weights
    )
