"""What the formulas take: plain numbers or arrays, each checked once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.errors import InputError

Floats = NDArray[np.float64]
ONE = np.ones(1)
ALONE = (1.0,)
"""The growth of those who handle one contact at a time."""
LARGEST = 1e9
"""Of loads, agents, rates and seconds: nothing in this world comes near it."""
SHORTEST = 1e-9
"""Handle time in seconds."""
ABOVE_ZERO = math.ulp(0.0)
BELOW_ONE = 1.0 - 2.0**-53
PLAIN = frozenset((float, int))


class Need(NamedTuple):
    """Between which bounds a value must lie, in numbers and in words."""

    low: float
    high: float
    words: str

    def met(self, value: Any) -> Any:
        """Whether a number lies between the bounds, or each one of an array; NaN does not."""
        return (value >= self.low) & (value <= self.high)


_AMOUNT = Need(0.0, LARGEST, "be a number from 0 to 1e9")
_SECONDS = Need(0.0, LARGEST, "be a number of seconds from 0 to 1e9")
_SHARE = Need(ABOVE_ZERO, 1.0, "be above 0 and at most 1")
NEEDS = {
    "load": _AMOUNT,
    "agents": _AMOUNT,
    "arrivals_per_hour": _AMOUNT,
    "aht": Need(SHORTEST, LARGEST, "be a number of seconds above 0, up to 1e9"),
    "threshold": _SECONDS,
    "patience": Need(0.0, math.inf, "be a number of seconds from 0 up, or infinite"),
    "interval": Need(SHORTEST, LARGEST, "be a number of minutes above 0"),
    "target": Need(0.0, BELOW_ONE, "be from 0 up and below 1, which no number of agents reaches"),
    "growth": _AMOUNT,
    "reserve": _AMOUNT,
    "probability": Need(0.0, BELOW_ONE, "be from 0 up and below 1"),
    "max_asa": Need(ABOVE_ZERO, math.inf, "be a number of seconds above 0"),
    "max_abandonment": _SHARE,
    "max_occupancy": _SHARE,
}


def are_plain(
    arrivals: object, aht: object, agents: object, threshold: object, patience: object
) -> bool:
    """Whether all are numbers of Python's own within their bounds, so that none needs a look."""
    kinds = (type(arrivals), type(aht), type(agents), type(threshold), type(patience))
    return PLAIN.issuperset(kinds) and (
        0 <= arrivals <= LARGEST  # type: ignore[operator]
        and SHORTEST <= aht <= LARGEST  # type: ignore[operator]
        and 0 <= agents <= LARGEST  # type: ignore[operator]
        and 0 <= threshold <= LARGEST  # type: ignore[operator]
        and patience >= 0  # type: ignore[operator]
    )


def checked(given: Mapping[str, ArrayLike]) -> list[Floats]:
    """Take values by the names of their `NEEDS` as arrays that broadcast against each other.

    Raises
    ------
    InputError
        Naming the first index whose value is out of bounds, or the shapes that do not fit.
    """
    arrays = [array(name, value) for name, value in given.items()]
    try:
        np.broadcast_shapes(*(found.shape for found in arrays))
    except ValueError:
        shapes = zip(given, arrays, strict=True)
        named = ", ".join(f"{name} {found.shape}" for name, found in shapes if found.ndim)
        raise InputError("shapes", "broadcast against each other", named) from None
    return arrays


def array(name: str, value: ArrayLike) -> Floats:
    """Take anything array-like as an array of float.

    Raises
    ------
    InputError
        Naming the first index whose value lies outside the bounds of what `name` stands for.
    """
    try:
        found = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(name, "be numbers, or an array of numbers", value) from None
    need = NEEDS[name]
    good = need.met(found)
    if not np.all(good):
        first = tuple(int(index) for index in np.argwhere(~good)[0])
        where = f"{name}[{', '.join(map(str, first))}]" if first else name
        raise InputError(where, need.words, float(found[first]))
    return found


def plain(name: str, value: float) -> float:
    """Take one number, with the errors of :func:`array`."""
    found = array(name, value)
    if found.ndim:
        raise InputError(name, "be one number", value)
    return float(found)


def growths(value: ArrayLike) -> Floats:
    """Take handle times with 1, 2, ... contacts in hand, up to a common factor.

    Raises
    ------
    InputError
        If they fall, or rise faster than the number in hand, so that less gets done by more.
    """
    if value is ALONE:
        return ONE
    found = np.atleast_1d(array("growth", value))
    if found.ndim != 1 or not found.size or found[0] <= 0:
        raise InputError("growth", "be a list of numbers above 0", value)
    done = np.arange(1, found.size + 1) / found
    if (np.diff(found) < 0).any() or (np.diff(done) < -1e-12).any():
        raise InputError("growth", "rise, but no faster than the number in hand", value)
    return found
