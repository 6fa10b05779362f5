"""No more than what the contract says, between two dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._dated import DatedRule
from wfm.rules._judge import iso_weeks
from wfm.rules._judge_paid import in_the_week, paid_on, told
from wfm.rules._paid import bounded, paid_before
from wfm.rules.example import FRIDAY, MONDAY, SUNDAY, example
from wfm.schedule import Schedule


class NoOvertime(DatedRule):
    """Between two dates, no paid time beyond the contract's weekly hours, nor beyond some a day.

    The unit of breach is a minute of paid time; what is beyond the week's hours and beyond the
    day's counts for both. A shift belongs to the day on which it starts, and to the ISO week of
    that day. A week is bound as a whole if any of its days lies between the dates; a day if it
    lies between them itself. Cut weeks are bound as far as they are known, with the previous
    period's shifts, and what these alone have taken beyond the hours is not counted again.

    Parameters
    ----------
    daily : float, optional
        Paid hours that a day may have; no bound if left out.
    since, until : datetime.date, optional
        First and last date; without bound if left out.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    answers: ClassVar[tuple[str, ...]] = ("states", "hours")
    numbers: ClassVar[tuple[Number, ...]] = (Number("daily", 1, "hours"),)

    daily: float | None = Field(default=None, gt=0, le=24)

    def clipped(self, problem: Problem) -> Rule | None:
        """The same without dates outside; days outside may bind the weeks that the horizon cuts."""
        found = super().clipped(problem)
        if found is not None:
            return found
        horizon = problem.horizon
        first, last = 0, horizon.days - 1
        monday, sunday = first - horizon.weekday(first), last + 6 - horizon.weekday(last)
        if self.until is not None and monday <= horizon.day(self.until) < first:
            dates = {"since": None, "until": horizon.start}
        elif self.since is not None and last < horizon.day(self.since) <= sunday:
            dates = {"since": horizon.date_of(last), "until": None}
        else:
            return None
        return self.model_copy(update={**dates, "daily": None})

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone is not in the problem, or has no weekly hours."""
        super().check(problem)
        for agent in self.who(problem):
            contract = problem.contract_of(agent)
            if contract.weekly_hours is None:
                place = f"contract {contract.id!r}.weekly_hours"
                raise InputError(place, f"be given, for {agent!r} is bound by {self.name()}")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each week, the contract's hours; for each day, the most of a day."""
        everyone = self.who(x.problem)
        first_day = 0 if self.since is None else x.horizon.day(self.since)
        last_day = x.horizon.days if self.until is None else x.horizon.day(self.until)
        contracts = by_value(everyone, lambda a: x.problem.contract_of(a).weekly_hours)
        for first, last in x.weeks():
            if first <= last_day and (last >= first_day or self.since is None):
                for hours, agents in contracts.items():
                    past = {agent: paid_before(x, agent, first) for agent in agents}
                    yield from bounded(x, (first, last), past, most=round(60 * (hours or 0)))
        if self.daily is not None:
            over = np.maximum(0, x.options.paid - round(60 * self.daily))[None, :]
            for day in range(max(0, first_day), min(last_day + 1, x.horizon.days)):
                if over.any():
                    yield Limit((Cells(day, over),), 0, each(everyone))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Add up the weeks that have a day between the dates, and look at each such day."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            weekly = problem.contract_of(agent).weekly_hours or 0
            for days in iso_weeks(horizon):
                carried, paid = paid_on(past, schedule, agent, days)
                over = min(paid, carried + paid - round(60 * weekly))
                if over > 0 and any(self._binds(horizon.date_of(day)) for day in days):
                    sentence = told(problem, agent, (carried, paid), in_the_week(problem, days))
                    sentence += f"; at most the {weekly:g} h of the contract are allowed."
                    yield self.breach((agent,), min(days[-1], horizon.days - 1), over, sentence)
            for shift in schedule.of(agent):
                beyond = shift.paid_minutes - round(60 * (24 if self.daily is None else self.daily))
                if beyond > 0 and self._binds(horizon.date_of(shift.day)):
                    when = f"on {horizon.day_label(shift.day)}"
                    sentence = told(problem, agent, (0, shift.paid_minutes), when)
                    sentence += f"; at most {self.daily:g} h are allowed."
                    yield self.breach((agent,), shift.day, beyond, sentence)

    def _binds(self, when: date) -> bool:
        return (self.since or when) <= when <= (self.until or when)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        since = f" from {self.since}" if self.since else ""
        until = f" until {self.until}" if self.until else ""
        daily = f", and at most {self.daily:g} a day" if self.daily is not None else ""
        paid = f"no more than the contract's paid hours a week{daily}"
        return f"{self.whom(problem)} has {paid}{since}{until}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Keep to the contract's 40 hours, by the day too, and between dates only."""
        always = cls(agents=("anna", "ben"))
        short = cls(daily=7, agents=("anna",), weight=2)
        monday = cls(agents=("anna",), daily=6, since=date(2026, 12, 14), until=date(2026, 12, 15))
        first_week = cls(daily=4, until=MONDAY)
        later = cls(daily=4, since=date(2026, 12, 20))
        six, on, four = "EEEEEE-", FRIDAY, {"anna": "EEEE"}
        return [
            example("forty hours", always, {"anna": "EEEEE--", "cleo": six}),
            example("six days", always, {"anna": six, "ben": "EEEEES-"}, 720),
            example("an hour a day", short, {"anna": "NN-SS--"}, 120),
            example("both", short, {"anna": six}, 840),
            example("between the dates", monday, {"anna": six + "SES-E--"}, 120),
            example("any day binds the week", monday, {"anna": six + "SSEEEEE"}, 480),
            example("until a date", first_week, {"anna": "SEEEEE-" + six}, 240),
            example("since a date", later, {"anna": six + "EEEE--E"}, 240),
            example("at the horizon's end", always, {"anna": "-EEEEEN"}, 480),
            example("across the seam", always, {"anna": "EE-"}, 480, before=four, start=on),
            example("a night of last week", always, {"anna": "EEEEE--"}, before={"anna": "N"}),
            example("the past alone", always, {"anna": "-"}, before={"anna": six}, start=SUNDAY),
        ]
