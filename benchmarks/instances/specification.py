"""What an instance is drawn from, and the files that keep it."""

from __future__ import annotations

from datetime import date
from math import comb
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.io.place import at
from wfm.io.toml import read_toml
from wfm.value import MOST_MONEY, Value

FOLDER = Path(__file__).parent / "families"
WEEK, MONTH = 7, 28
MOST_QUEUES = 4


class Specification(Value):
    """A family of instances: equal specifications are built into equal problems.

    Parameters
    ----------
    agents : int
        People.
    seed : int
        Of everything drawn.
    load : float
        Hours that the queues need by their targets in every interval, over the capacity: what all
        contracts give, less breaks.
    start : datetime.date
        First day, a Monday.
    days : int
        Days of whole weeks. From four weeks on rules of four weeks take part.
    interval : {5, 15}
        Minutes of a slot.
    queues : int
        Queues, the third of which is chat.
    round_the_clock : int
        How many of them, the first ones, are open day and night; the others from 07:00 to 22:00.
    groups : int
        Sets of queues that people answer: each queue alone, then pairs, the last one all of them.
    full_share : float
        Share of the people with 40 hours a week; the others have 30, or, fewer, 20.
    family_share : float
        Share of the people with promises to their family, couples included.
    couple_share : float
        Share of the people who live with another of them.
    wish_share : float
        Share of those with promises who have a wish for each week, too.
    step : {30, 60}
        Minutes between two possible starts of a shift, around the clock.
    wages : tuple of float
        Cost of an hour by contract: 40, 30 and 20 hours.
    night_premium : float
        Share of the wage added from 22:00 to 06:00.
    prices : tuple of float
        Cost of each contact that a queue falls short of its target, by queue.
    floor : float
        Share that no interval of a queue may fall below.
    floor_price : float
        Cost of each contact that an interval falls short of the floor, on top.
    """

    agents: int = Field(ge=2, le=20_000)
    seed: int = Field(default=1, ge=0)
    load: float = Field(default=1.0, gt=0, le=3)
    start: date = date(2026, 12, 7)
    days: int = Field(default=WEEK, ge=7, le=56, multiple_of=7)
    interval: Literal[5, 15] = 15
    queues: int = Field(default=4, ge=1, le=MOST_QUEUES)
    round_the_clock: int = Field(default=4, ge=0)
    groups: int = Field(default=8, ge=1)
    full_share: float = Field(default=0.6, ge=0, le=1)
    family_share: float = Field(default=0.30, ge=0, le=1)
    couple_share: float = Field(default=0.06, ge=0, le=1)
    wish_share: float = Field(default=0.5, ge=0, le=1)
    step: Literal[30, 60] = 30
    wages: tuple[float, float, float] = (24.0, 22.5, 21.0)
    night_premium: float = Field(default=0.25, ge=0, le=10)
    prices: tuple[float, float, float, float] = (4.0, 5.0, 3.0, 4.5)
    floor: float = Field(default=0.5, ge=0, lt=1)
    floor_price: float = Field(default=6.0, ge=0, le=MOST_MONEY)

    @model_validator(mode="after")
    def _fits_together(self) -> Specification:
        if self.couple_share > self.family_share:
            must = f"be at most family_share ({self.family_share})"
            raise InputError("Specification.couple_share", must, self.couple_share)
        if self.round_the_clock > self.queues:
            must = f"be at most the number of queues ({self.queues})"
            raise InputError("Specification.round_the_clock", must, self.round_the_clock)
        most = self.queues if self.queues < 3 else self.queues + comb(self.queues, 2)
        most += self.queues > 1
        if not self.queues <= self.groups <= most:
            must = f"be from {self.queues} to {most} with so many queues"
            raise InputError("Specification.groups", must, self.groups)
        if self.start.weekday():
            raise InputError("Specification.start", "be a Monday", self.start)
        return self

    @property
    def weeks(self) -> int:
        """Weeks of the horizon."""
        return self.days // WEEK

    @property
    def by_month(self) -> bool:
        """Whether rules of four weeks take part."""
        return self.days >= MONTH


def read_specification(path: Path) -> Specification:
    """Read a family from a TOML file.

    Raises
    ------
    InputError
        Naming the file and the key, or the file that is missing.
    """
    file = read_toml(path)
    with at(file.name):
        return Specification(**file.data)


def family(agents: int, days: int = WEEK) -> Specification:
    """The family of so many people and days: a stored one, or the nearest smaller one enlarged.

    Parameters
    ----------
    agents : int
        People.
    days : int
        Days, whole weeks.

    Raises
    ------
    InputError
        If there cannot be such a family.
    """
    kind = "month" if days >= MONTH else "week"
    stored = sorted(map(read_specification, FOLDER.glob("*.toml")), key=lambda each: each.agents)
    exact = FOLDER / f"{kind}_{agents}.toml"
    if exact.is_file():
        return read_specification(exact).model_copy(update={"days": days})
    smaller = [each for each in stored if each.agents <= agents and each.days == WEEK]
    base = smaller[-1] if smaller else stored[0]
    return base.model_copy(update={"agents": agents, "days": days})
