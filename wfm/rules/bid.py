"""Points spread over wishes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._request import DaysAsked
from wfm.rules.example import example
from wfm.schedule import Schedule

OFF = "off"


class BidItem(DaysAsked):
    """Points for what some days bring.

    Parameters
    ----------
    points : int
        Points for each of the days.
    templates : tuple of str
        Ids of shift templates, and "off" for no shift.
    wanted : bool
        Whether one of them is asked for, or all are asked to be spared.
    days : tuple of str
        Weekdays.
    weeks : {"every", "even", "odd"} or tuple of int
        ISO weeks of those weekdays: all, alternate ones, or listed ones.
    anchor : datetime.date, optional
        A date of an even week, from which even and odd ones are counted instead.
    dates : tuple of datetime.date
        Dates, instead of weekdays.
    """

    points: int = Field(ge=1, le=10_000)
    templates: tuple[str, ...] = Field(min_length=1)
    wanted: bool = True

    def __str__(self) -> str:
        named = " or ".join("no shift" if t == OFF else f"a shift {t!r}" for t in self.templates)
        when = ", ".join(map(str, self.dates)) or " ".join(self.days)
        weeks = self.weeks if isinstance(self.weeks, str) else ", ".join(map(str, self.weeks))
        weeks = "" if self.weeks == "every" else f" of weeks {weeks}"
        weeks += f" counted from {self.anchor}" if self.anchor else ""
        return f"{'' if self.wanted else 'neither '}{named} on {when}{weeks}"


class Bid(AgentRule):
    """Someone spreads points over shifts and days off.

    The unit of breach is a point lost: on each day for which an item asks, its points are lost if
    it is not met. An item counts on each of its days that the horizon has, for the breach and for
    the budget alike. A shift belongs to the day on which it starts.

    Parameters
    ----------
    bids : tuple of BidItem
        What the points are for.
    budget : int
        Points that may be spread over the days of a horizon.
    tiers : tuple of (str, float)
        Factors of the budgets of tiers; others have 1.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "wish"

    weight: float | None = Field(default=10.0, gt=0)
    bids: tuple[BidItem, ...] = Field(min_length=1)
    budget: int = Field(default=100, ge=1)
    tiers: tuple[tuple[str, float], ...] = ()

    @model_validator(mode="after")
    def _of_one(self) -> Bid:
        if len(self.agents) != 1 or self.contracts or self.teams or self.sites or self.skills:
            raise InputError("Bid.agents", "be one, named by id", self.agents)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` for unknown people or templates, or more points than there are."""
        super().check(problem)
        for item in self.bids:
            templates = (template for template in item.templates if template != OFF)
            problem.must_know("shifts", templates, f"rule {self.name()}.templates")
        tiers = sorted({agent.tier for agent in problem.agents if agent.tier})
        odd = next((tier for tier, _ in self.tiers if tier not in tiers), None)
        if odd is not None:
            must = f"name tiers of agents ({', '.join(tiers)})"
            raise InputError(f"rule {self.name()}.tiers", must, odd)
        days = range(problem.horizon.days)
        spent = sum(
            i.points * sum(i.asks_for(problem.horizon, day) for day in days) for i in self.bids
        )
        budget = round(self.budget * dict(self.tiers).get(problem.agent(self.agents[0]).tier, 1.0))
        if spent > budget:
            must = f"spread at most {budget} points over the horizon"
            raise InputError(f"rule {self.name()} of {self.agents[0]!r}", must, spent)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day of each item: its points, less those for what is asked <= 0."""
        agents = tuple((agent,) for agent in self.who(x.problem))
        for item in self.bids:
            off = (OFF in item.templates) == item.wanted
            worked = [(t.id in item.templates) == item.wanted for t in x.options.templates]
            lost = item.points * (int(off) - np.array(worked, dtype=np.int64))
            for day in item.stated_days(x):
                cells = Cells(day, lost[x.options.template][None, :])
                yield Limit((cells,), 0 if off else -item.points, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look up what each day brings."""
        horizon = problem.horizon
        for agent in self.who(problem):
            for item in self.bids:
                for day in filter(lambda day: item.asks_for(horizon, day), range(horizon.days)):
                    shift = schedule.on(agent, day)
                    found = OFF if shift is None else shift.template
                    if (found in item.templates) is not item.wanted:
                        told = "no shift" if shift is None else f"a shift {found!r}"
                        sentence = (
                            f"{problem.agent(agent)} has {told} on {horizon.day_label(day)} and "
                            f"loses {item.points} points."
                        )
                        yield self.breach((agent,), day, item.points, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        items = "; ".join(f"{item} ({item.points} points)" for item in self.bids)
        return f"{self.whom(problem)} has {items}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Win and lose points for shifts, for days off, and for what is to be spared."""
        free = BidItem(points=15, templates=("off",), days=("Sat", "Sun"), weeks="even")
        early = BidItem(points=20, templates=("early", "day"), days=("Mon",))
        no_night = BidItem(points=5, templates=("night",), wanted=False, days=("Fri", "Sun"))
        work = BidItem(points=3, templates=("off",), wanted=False, dates=(date(2026, 12, 9),))
        some = cls(agents=("anna",), bids=(early, free, no_night), budget=200)
        tight = cls(agents=("anna",), bids=(early, work), budget=50, tiers=(("senior", 0.5),))
        hard = cls(agents=("ben",), bids=(no_night,), weight=None)
        return [
            example("all won", some, {"anna": "E---L--"}),
            example("two lost", some, {"anna": "L---N--"}, 25),
            example("off where a shift is asked for", some, {"anna": "-------"}, 20),
            example("at the horizon's end", some, {"anna": "D-----N"}, 20),
            example("even weeks", some, {"anna": "D----EED----SN"}, 35),
            example("a night ends on the day off", some, {"anna": "D------D---L--"}),
            example("any shift on a date", tight, {"anna": "E-S----"}),
            example("no shift on a date", tight, {"anna": "E------"}, 3),
            example("of the previous period", some, {"anna": "N"}, 20, before={"anna": "N"}),
            example("hard", hard, {"ben": "----N-E"}, 5),
        ]
