"""Arguments of functions, checked where they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf
from numbers import Integral, Real
from types import UnionType

from wfm.errors import InputError


def number(place: str, value: object, must: str, sound: Callable[[float], bool]) -> float:
    """A number that holds what it must; raises InputError for anything else."""
    if not isinstance(value, Real) or isinstance(value, bool) or not sound(float(value)):
        raise InputError(place, must, value)
    return float(value)


def above(place: str, value: object, least: float = 0.0) -> float:
    """A finite number above another; raises InputError for anything else."""
    return number(place, value, f"be above {least:g}", lambda found: least < found < inf)


def share(place: str, value: object) -> float:
    """A number between 0 and 1, without both; raises InputError for anything else."""
    return number(place, value, "be between 0 and 1", lambda found: 0 < found < 1)


def whole(place: str, value: object, least: int) -> int:
    """A whole number from `least` up; raises InputError for anything else."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise InputError(place, "be a whole number", value)
    if int(value) < least:
        raise InputError(place, f"be at least {least}", value)
    return int(value)


def numbers(
    place: str, values: object, must: str, sound: Callable[[float], bool]
) -> tuple[float, ...]:
    """Several of what `number` takes; raises InputError for anything else."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InputError(place, must, values)
    return tuple(number(place, value, must, sound) for value in values)


def instance(place: str, value: object, kind: type | UnionType, must: str) -> None:
    """Raise InputError for what is not of a kind."""
    if not isinstance(value, kind):
        raise InputError(place, must, value)


def able(place: str, value: object, method: str, arguments: str) -> None:
    """Raise InputError for what lacks a method, or is a class in place of one of its objects."""
    if isinstance(value, type) or not callable(getattr(value, method, None)):
        raise InputError(place, f"have a method {method}({arguments})", value)
