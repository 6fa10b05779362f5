"""What the formulas take: plain numbers or arrays, each checked once."""

from __future__ import annotations

import math
from typing import Any, NamedTuple, TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.errors import InputError

Floats = NDArray[np.float64]
ONE = np.ones(1)
ALONE = (1.0,)
"""The growth of those who handle one contact at a time."""
LARGEST = 1e9
"""Of loads, agents and rates: nothing in this world comes near it."""


class Need(NamedTuple):
    """Between which bounds a value must lie, in numbers and in words."""

    low: float
    high: float
    words: str

    def met(self, value: Any) -> Any:
        """Whether a number lies between the bounds, or each one of an array; NaN does not."""
        return (value >= self.low) & (value <= self.high)


ABOVE_ZERO = math.ulp(0.0)
BELOW_ONE = 1.0 - 2.0**-53
_AMOUNT = Need(0.0, LARGEST, "be a number from 0 to 1e9")
_SECONDS = Need(0.0, LARGEST, "be a number of seconds from 0 to 1e9")
_SHARE = Need(ABOVE_ZERO, 1.0, "be above 0 and at most 1")
NEEDS = {
    "load": _AMOUNT,
    "agents": _AMOUNT,
    "arrivals_per_hour": _AMOUNT,
    "aht": Need(1e-9, LARGEST, "be a number of seconds above 0, up to 1e9"),
    "threshold": _SECONDS,
    "patience": Need(0.0, math.inf, "be a number of seconds from 0 up, or infinite"),
    "target": Need(0.0, BELOW_ONE, "be from 0 up and below 1, which no number of agents reaches"),
    "growth": _AMOUNT,
    "reserve": _AMOUNT,
    "probability": Need(0.0, BELOW_ONE, "be from 0 up and below 1"),
    "max_asa": Need(ABOVE_ZERO, math.inf, "be a number of seconds above 0"),
    "max_abandonment": _SHARE,
    "max_occupancy": _SHARE,
}


def is_plain(value: object) -> TypeGuard[float | int]:
    """Whether a value is a number of Python's own or a scalar of numpy's, not an array."""
    return isinstance(value, float | int | np.number) and not isinstance(value, bool)


def plain(name: str, value: float) -> float:
    """Take a plain number as a float.

    Raises
    ------
    InputError
        If it lies outside the bounds of what `name` stands for.
    """
    found = float(value)
    need = NEEDS[name]
    if not need.low <= found <= need.high:
        raise InputError(name, need.words, found)
    return found


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


def broadcast(values: dict[str, Floats]) -> None:
    """Raise `InputError` unless the shapes of the arrays fit together."""
    try:
        np.broadcast_shapes(*(value.shape for value in values.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {value.shape}" for name, value in values.items() if value.ndim)
        raise InputError("shapes", "broadcast against each other", shapes) from None


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
