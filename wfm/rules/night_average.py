"""How long the days of night workers are on average."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.limit import AnyOf, Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._average import Stretch, ends, stretch
from wfm.rules._judge_average import averaged
from wfm.rules._judge_nights import night_shifts
from wfm.rules._night_rule import NightRule
from wfm.rules._nights import night_options, nights_before
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule


class NightAverage(NightRule):
    """Night workers have at most so many paid hours per 24 hours, on average over some weeks.

    The law averages over each 24 hours of a reference period and leaves the weekly rest day out.
    So a week counts as six working days: with 8 hours and 4 weeks, at most 8 x 6 x 4 = 192 hours
    are paid in any 4 weeks. The unit of breach is a minute of paid time beyond that; of stretches
    that overlap, each counts for itself.

    Who is bound is a night worker, if `nights` is 0; else in those stretches only in which so many
    night shifts start, the previous period's shifts among them. The stretches, the weeks before
    the horizon, their counters (``"paid minutes 2026-W48"``), and weeks that are unknown are as in
    `AverageHours`. What the past alone has taken beyond the average is not counted again.

    Parameters
    ----------
    most : float
        Paid hours of a working day.
    weeks : int
        Length of a stretch in ISO weeks.
    nights : int
        Night shifts in a stretch from which on someone is a night worker; with 0, everyone bound.
    days_a_week : int
        Working days of a week.
    window : Window
        The night, by the day on which it begins.
    at_least_minutes : int
        Minutes, breaks included, that a shift has inside the window if it is a night shift.
    """

    answers: ClassVar[tuple[str, ...]] = ("nights", "hours", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("most", 1, "hours"),)

    most: float = Field(default=8, gt=0, le=24)
    weeks: int = Field(default=4, ge=1, le=53)
    nights: int = Field(default=0, ge=0)
    days_a_week: int = Field(default=6, ge=1, le=7)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch and each past: a ceiling, lifted unless enough nights are worked."""
        everyone = self.who(x.problem)
        night = night_options(x, self)
        before = {agent: nights_before(x, self, agent) for agent in everyone}
        for end in ends(x):
            found = {agent: self._past(x, agent, end, before[agent]) for agent in everyone}
            for (some, nights), agents in by_value(everyone, found.__getitem__).items():
                if some is not None:
                    yield from self._ceiling(x, some, self.nights - nights, night, agents)

    def _past(
        self, x: Grid, agent: str, end: int, nights: frozenset[int]
    ) -> tuple[Stretch | None, int]:
        some = stretch(x, agent, self.weeks, end)
        return some, 0 if some is None else sum(day >= some.monday for day in nights)

    def _ceiling(
        self, x: Grid, some: Stretch, missing: int, night: NDArray[np.bool_], agents: list[str]
    ) -> Iterator[Limit]:
        minutes = x.minutes(some.first, some.last)
        most = round(60 * self.most) * self.days_a_week * some.known
        most = max(0, most - some.past)
        room = int(x.options.paid.max()) * len(minutes.grid) - most
        if room <= 0:
            return
        if missing <= 0:
            yield Limit((minutes,), most, each(agents))
            return
        # Nights of a week that is unknown count, too; its minutes do not.
        first = max(0, some.monday)
        nights = Cells(first, night[first : some.last + 1].astype(np.int64))
        worker = AnyOf((nights,), over=missing - 1, factor=room)
        yield Limit((minutes,), most + room, each(agents), any_of=(worker,))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Add up the paid time and the nights of each stretch."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            shifts = [*past.of(agent), *schedule.of(agent)]
            nights = [horizon.date_of(s.day) for s in night_shifts(shifts, self, horizon)]
            for some in averaged(problem, schedule, agent, self.weeks):
                after = some.mondays[-1] + timedelta(weeks=1)
                if sum(some.mondays[0] <= night < after for night in nights) < self.nights:
                    continue
                days = self.days_a_week * len(some.known)
                over = min(some.paid, some.carried + some.paid - round(60 * self.most) * days)
                if over > 0:
                    mean = (some.carried + some.paid) / 60 / days
                    sentence = (
                        f"{problem.agent(agent)} has {round(mean, 2):g} h of paid time on each of "
                        f"{days} working days on average until "
                        f"{horizon.day_label(horizon.day(after) - 1)}; "
                        f"at most {self.most:g} h are allowed."
                    )
                    yield self.breach((agent,), horizon.day(after) - 1, over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        told = f", with {self.nights} night shifts or more in them," if self.nights else ""
        weeks = "any week" if self.weeks == 1 else f"any {self.weeks} weeks"
        return (
            f"{self.whom(problem)}{told} has at most {self.most:g} paid hours a working day on "
            f"average over {weeks} of {self.days_a_week} working days each"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Average over one week and two, with and without enough nights."""
        one, two = cls(weeks=1), cls(weeks=2, agents=("anna",))
        three = cls(weeks=1, nights=3)
        five = cls(weeks=2, nights=5, most=7, days_a_week=5, at_least_minutes=60, agents=("anna",))
        six, seven, off = "NNNNNN-", "NNNNNNN", "-------"
        carried = {"paid minutes 2026-W49": {"anna": 3360}}
        four, on, cut = {"anna": "NNNN"}, FRIDAY, date(2026, 12, 12)
        return [
            example("six days of eight hours", one, {"anna": six}),
            example("seven days of eight hours", one, {"anna": seven}, 480),
            example("more, then less", two, {"anna": seven + "-EEEEE-"}),
            example("no more, then more", two, {"anna": six + seven}, 480),
            example("at the horizon's end", one, {"anna": "EEEEEEE"}, 480),
            example("too few nights", three, {"anna": "EEEEENN"}),
            example("enough nights", three, {"anna": "EEEENNN", "ben": "NNN----"}, 480),
            example("with a counter", two, {"anna": seven}, 960, counters=carried),
            example("with shifts before", two, {"anna": seven}, 480, before={"anna": six}),
            example("nights before", three, {"anna": "EEN"}, 480, before=four, start=on),
            example("five days a week", five, {"anna": "NN-NNEE" + seven}, 2040),
            example("five days, few nights", five, {"anna": "NN-NNEE" + "EEEEEEE"}),
            example("nights of a cut week", five, {"anna": "NN-NNN-EE"}, 300, start=cut),
            example("unknown past", two, {"anna": "NNN"}, start=on),
            example("the past alone", two, {"anna": off}, before={"anna": seven + seven}),
        ]
