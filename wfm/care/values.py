"""What promises cost, as values: two schedules beside each other, and what is proven of both."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wfm.judge.report import Costs
from wfm.schedule import SCHEMA_VERSION
from wfm.value import Value


class Standing(Value):
    """The best schedule known for some promises.

    Parameters
    ----------
    costs : Costs
        Its cost, without promises that are not made.
    bound : float
        No schedule that keeps these promises costs less.
    answers : dict
        Queue's id -> contacts answered in time over the horizon, by the formulas.
    levels : dict
        Queue's id -> share of its contacts answered in time; None where nobody calls.
    """

    costs: Costs
    bound: float
    answers: dict[str, float]
    levels: dict[str, float | None]

    @property
    def cost(self) -> float:
        """Its whole cost, in money."""
        return self.costs.total


class Price(Value):
    """What some promises cost: the same centre with and without them.

    Parameters
    ----------
    label : str
        What is promised.
    rules : tuple of int
        Places of these promises among the problem's rules.
    keeping, dropping : Standing
        With all promises, and without these and those that were dropped before them.
    before : float
        What those cost together that were dropped before them, in money; 0 if none were.
    """

    label: str
    rules: tuple[int, ...]
    keeping: Standing
    dropping: Standing
    before: float = 0.0

    @property
    def together(self) -> float:
        """What all promises cost that are dropped, in money: the difference of the two costs."""
        return self.keeping.cost - self.dropping.cost

    @property
    def money(self) -> float:
        """What these promises cost, in money."""
        return self.together - self.before

    @property
    def least(self) -> float:
        """What all that is dropped costs at least, by the bound of the schedule that keeps it."""
        return max(0.0, self.keeping.bound - self.dropping.cost)

    @property
    def most(self) -> float:
        """What all that is dropped costs at most, by the bound of the schedule without it."""
        return self.keeping.cost - self.dropping.bound

    @property
    def answers(self) -> dict[str, float]:
        """Queue's id -> contacts more that are answered in time where it is all dropped."""
        kept = self.keeping.answers
        return {queue: more - kept[queue] for queue, more in self.dropping.answers.items()}


class Prices(Value):
    """What each of some promises costs, and all of them together.

    Parameters
    ----------
    way : {"apart", "steps"}
        Whether each alone is dropped and all others are kept, so that prices need not add up; or
        one after the other, so that they add up to the whole.
    each : tuple of Price
        A price for each.
    whole : Price
        That of all of them.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    way: Literal["apart", "steps"]
    each: tuple[Price, ...]
    whole: Price

    @property
    def total(self) -> float:
        """The prices added up, in money."""
        return sum(price.money for price in self.each)

    def __str__(self) -> str:
        # The text is laid out elsewhere, since it reads these values.
        from wfm.care.text import prices_text  # noqa: PLC0415

        return prices_text(self)
