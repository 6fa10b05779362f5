"""From contacts and agents to the service that they get."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from wfm.errors import InputError
from wfm.forecast.erlang.compiled import over_arrays
from wfm.forecast.erlang.measures import MEASURES, measure, measure_servers
from wfm.forecast.erlang.values import ALONE, Floats, are_plain, checked, growths
from wfm.queue import Definition

LEVELS: dict[Definition, str] = {
    "offered": "service_level",
    "offered_less_abandoned": "service_level_less_abandoned",
    "answered": "service_level_of_answered",
    "answered_or_abandoned": "service_level_with_abandoned",
}
DEFINITIONS = tuple(LEVELS)


class Performance(NamedTuple):
    """Service in the steady state: floats, or arrays of one shape.

    Attributes
    ----------
    wait_probability : float or ndarray
        Share of contacts that find everybody busy.
    service_level : float or ndarray
        Answered within the threshold, over offered.
    service_level_less_abandoned : float or ndarray
        Answered within the threshold, over offered less those abandoned within it; 0 where nobody
        else is left.
    service_level_of_answered : float or ndarray
        Answered within the threshold, over answered; 0 where nobody is answered.
    service_level_with_abandoned : float or ndarray
        Answered or abandoned within the threshold, over offered.
    asa : float or ndarray
        Mean wait in seconds of all contacts, those who hang up and those who do not wait included.
    wait_of_waiting : float or ndarray
        Mean wait in seconds of those who find everybody busy.
    abandonment : float or ndarray
        Share of contacts that hang up.
    occupancy : float or ndarray
        Share of their time that agents are busy.
    mean_queue : float or ndarray
        Mean number of contacts waiting.
    """

    wait_probability: float | Floats
    service_level: float | Floats
    service_level_less_abandoned: float | Floats
    service_level_of_answered: float | Floats
    service_level_with_abandoned: float | Floats
    asa: float | Floats
    wait_of_waiting: float | Floats
    abandonment: float | Floats
    occupancy: float | Floats
    mean_queue: float | Floats

    def level(self, definition: Definition) -> float | Floats:
        """Service level by one of the `DEFINITIONS`."""
        if definition not in LEVELS:
            raise InputError("definition", f"be one of {', '.join(LEVELS)}", definition)
        found: float | Floats = getattr(self, LEVELS[definition])
        return found


def performance(
    arrivals_per_hour: ArrayLike,
    aht: ArrayLike,
    agents: ArrayLike,
    threshold: ArrayLike = 20.0,
    patience: ArrayLike = math.inf,
    growth: ArrayLike = ALONE,
) -> Performance:
    """Service that so many agents give: Erlang C, or Erlang A where callers lose patience.

    All arguments broadcast against each other. Without arrivals every level is 1 and all else 0.
    Erlang C without spare agents has no steady state: everybody waits without end.

    Parameters
    ----------
    arrivals_per_hour : float or array_like
        Contacts offered in an hour, from 0 up.
    aht : float or array_like
        Mean handle time in seconds, above 0.
    agents : float or array_like
        Agents available, from 0 up, whole or not.
    threshold : float or array_like
        Seconds within which an answer is in time, from 0 up.
    patience : float or array_like
        Mean seconds that callers are willing to wait; infinite for Erlang C, 0 for Erlang B, where
        nobody waits.
    growth : sequence of float
        For chat: handle times with 1, 2, ... contacts in an agent's hand, as multiples of `aht`.
        Its length is how many they handle at once.

    Raises
    ------
    InputError
        Naming the first index of a value that is out of bounds or not a number.

    Notes
    -----
    M/M/n+M, or for chat a birth-death chain with contacts spread evenly over the agents; the
    formulas, with their sources, are in :mod:`wfm.forecast.erlang.waiting`. Relative errors are
    below 1e-10 from 1e-9 to 100,000 erlangs; of probabilities below one in a million, the absolute
    ones are below 1e-14.
    """
    if growth is ALONE and are_plain(arrivals_per_hour, aht, agents, threshold, patience):
        numbers = map(float, (arrivals_per_hour, aht, agents, threshold, patience))  # type: ignore[arg-type]
        return Performance._make(measure_servers(*numbers))
    given = {
        "arrivals_per_hour": arrivals_per_hour,
        "aht": aht,
        "agents": agents,
        "threshold": threshold,
        "patience": patience,
    }
    arrays = checked(given)
    multiples = growths(growth)
    with np.errstate(all="ignore"):
        found = _measure_each(*arrays, multiples, np.empty(MEASURES))
    if found.ndim == 1:
        return Performance(*found.tolist())
    return Performance(*np.moveaxis(found, -1, 0).copy())


@over_arrays(
    "float64, float64, float64, float64, float64, float64[:], float64[:], float64[:]",
    "(),(),(),(),(),(c),(m)->(m)",
)
def _measure_each(
    arrivals: float,
    aht: float,
    agents: float,
    threshold: float,
    patience: float,
    growth: Floats,
    _: Floats,
    found: Floats,
) -> None:
    values = measure(arrivals, aht * growth, agents, threshold, patience)
    for index in range(MEASURES):
        found[index] = values[index]
