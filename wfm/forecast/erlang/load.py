"""The load that agents feel, which follows the contacts with a delay where these take long."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from wfm.errors import InputError
from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.measures import HOUR
from wfm.forecast.erlang.values import Floats, array, plain


def modified_load(arrivals_per_hour: ArrayLike, aht: ArrayLike, interval: float) -> Floats:
    """Mean number of contacts in hand in each interval, if nobody had to wait.

    The mean of a queue with as many agents as it likes, M_t/M/infinity: m' = lambda(t) - m/AHT.
    It lags behind ``arrivals * aht`` and is flatter. Where the first interval has contacts, those
    before it are taken to have been the same; a queue that opens later starts empty.

    Parameters
    ----------
    arrivals_per_hour : array_like, shape (..., intervals)
        Contacts offered in an hour.
    aht : array_like, broadcastable to the same shape
        Mean handle time in seconds.
    interval : float
        Minutes of each interval.

    Returns
    -------
    ndarray, shape (..., intervals)
        Erlangs.

    Raises
    ------
    InputError
        Naming the first index of a value that is out of bounds.

    Notes
    -----
    Jennings, Mandelbaum, Massey and Whitt (1996), "Server staffing to meet time-varying demand".
    """
    rates, times = np.broadcast_arrays(
        array("arrivals_per_hour", arrivals_per_hour), array("aht", aht)
    )
    if not rates.ndim:
        raise InputError("arrivals_per_hour", "hold one number for each interval", rates.item())
    rows = np.ascontiguousarray(rates).reshape(-1, rates.shape[-1])
    found = _in_hand(
        rows, np.ascontiguousarray(times).reshape(rows.shape), plain("interval", interval) * 60
    )
    return np.asarray(found.reshape(rates.shape))


@compiled
def _in_hand(rates: Floats, times: Floats, width: float) -> Floats:
    found = np.zeros(rates.shape)
    for row in range(rates.shape[0]):
        held = rates[row, 0] * times[row, 0] / HOUR if rates.shape[1] else 0.0
        for slot in range(rates.shape[1]):
            load = rates[row, slot] * times[row, slot] / HOUR
            passed = width / times[row, slot]
            gone = -math.expm1(-passed)
            found[row, slot] = load + (held - load) * gone / passed
            held = load + (held - load) * (1 - gone)
    return found
