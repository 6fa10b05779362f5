"""The least change of a number of a rule after which it is loose enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.number import Number
from wfm.rule import Rule

FARTHEST = 1 << 14
"""Steps that are tried at most."""
FEW = 7
"""Values of a list that are tried one by one."""


@dataclass(frozen=True, eq=False)
class Loosening:
    """A number of a rule, by more and more steps.

    Attributes
    ----------
    rule : Rule
        Whose number.
    number : Number
        Which.
    places : tuple of int
        Which values of its list change, if it is in one.
    interval : int
        Minutes of a planning interval.
    """

    rule: Rule
    number: Number
    places: tuple[int, ...]
    interval: int

    @property
    def field(self) -> str:
        """Name of the number."""
        if len(self.places) != 1:
            return self.number.field
        return f"{self.number.outer}[{self.places[0]}].{self.number.inner}"

    @property
    def value(self) -> float | None:
        """The number as it is; of several the largest."""
        found = getattr(self.rule, self.number.outer)
        if self.number.inner:
            return float(max(getattr(found[n], self.number.inner) for n in self.places))
        return None if found is None else float(found)

    def loosened(self, value: float, steps: int) -> float:
        """The number after some steps."""
        return self.number.loosened(value, steps, self.interval)

    def after(self, steps: int, *, alone: bool = False) -> Rule | None:
        """The rule after some steps, without other values of its list if `alone`; None if none."""
        outer, inner = self.number.outer, self.number.inner
        found = getattr(self.rule, outer)
        try:
            if not inner:
                return self.rule.model_copy(update={outer: self.loosened(found, steps)})
            values = [
                each.model_copy(update={inner: self.loosened(getattr(each, inner), steps)})
                if place in self.places
                else each
                for place, each in enumerate(found)
                if place in self.places or not alone
            ]
            return self.rule.model_copy(update={outer: tuple(values)})
        except InputError:
            return None


@dataclass(frozen=True, eq=False)
class Way:
    """A number that is loose enough.

    Attributes
    ----------
    field : str
        Its name.
    value, needed : float
        As it is, and the nearest to it that is enough.
    told : Rule
        The rule with it, to be put in words.
    """

    field: str
    value: float
    needed: float
    told: Rule


def ways(
    rule: Rule, horizon: Horizon, days: list[int], enough: Callable[[Rule], bool]
) -> Iterator[Way]:
    """The least change of each number of a rule that is enough.

    Of a list those of some days change, one by one; if no single one is enough, all together.

    Parameters
    ----------
    rule : Rule
        Whose numbers.
    horizon : Horizon
        The days, and the length of a step of time.
    days : list of int
        Of values that have a day, those on these change.
    enough : callable
        Whether a rule is loose enough; if it is, so is a looser one.
    """
    for number in rule.numbers:
        if not number.inner:
            yield from _way(Loosening(rule, number, (), horizon.interval), enough)
            continue
        values = enumerate(getattr(rule, number.outer))
        places = tuple(place for place, each in values if horizon.day(each.day) in days)
        single = [(place,) for place in places] if len(places) <= FEW else []
        found = False
        for some in [*single, places]:
            if some and not (found and some == places):
                for way in _way(Loosening(rule, number, some, horizon.interval), enough):
                    found = True
                    yield way


def _way(loosening: Loosening, enough: Callable[[Rule], bool]) -> Iterator[Way]:
    value = loosening.value
    steps = None if value is None else least_steps(loosening.after, enough)
    told = None if steps is None else loosening.after(steps, alone=True)
    if value is not None and steps is not None and told is not None:
        yield Way(loosening.field, value, loosening.loosened(value, steps), told)


def least_steps(after: Callable[[int], Rule | None], enough: Callable[[Rule], bool]) -> int | None:
    """Least number of steps after which a rule is loose enough; None if none is."""
    low, high = 0, 1
    while (rule := after(high)) is not None and not enough(rule):
        low, high = high, 2 * high
        if low >= FARTHEST:
            return None
    if rule is None:
        high = _last(after, low, high)
        if high == low or not enough(_made(after, high)):
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if enough(_made(after, middle)):
            high = middle
        else:
            low = middle
    return high


def _last(after: Callable[[int], Rule | None], low: int, high: int) -> int:
    """Most steps that there are, at least `low` and fewer than `high`."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if after(middle) is None else (middle, high)
    return low


def _made(after: Callable[[int], Rule | None], steps: int) -> Rule:
    rule = after(steps)
    if rule is None:
        raise AssertionError(f"{steps} steps are fewer than there are")
    return rule
