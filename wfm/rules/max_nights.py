"""How many nights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge import iso_weeks
from wfm.rules._judge_nights import night_shifts
from wfm.rules._named import check_counter
from wfm.rules._night_rule import NightRule
from wfm.rules._nights import night_options, nights_before
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule
from wfm.window import Window


class MaxNights(NightRule):
    """At most so many night shifts in a week or in the whole horizon.

    The unit of breach is a night shift too many. A night shift is one with at least so many
    minutes inside the night window; it belongs to the week of the day on which it starts. Weeks
    are ISO weeks, cut ones included, and the previous period's shifts in the first of them count.
    What the past alone has taken beyond the maximum is not counted again.

    Parameters
    ----------
    most : int
        Night shifts.
    per : {"week", "horizon"}
        The stretch over which they are counted.
    counter : str, optional
        Name of a counter of the previous period: night shifts already worked, by agent, which
        count towards the horizon's.
    window : Window
        The night, by the day on which it begins.
    at_least_minutes : int
        Minutes, breaks included, that a shift has inside the window if it is a night shift.
    """

    answers: ClassVar[tuple[str, ...]] = ("nights", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("most", 1),)

    most: int = Field(ge=0)
    per: Literal["week", "horizon"] = "week"
    counter: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> MaxNights:
        if self.counter is not None and self.per == "week":
            raise InputError("MaxNights.counter", "be left out when nights are counted per week")
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone whom it names, or the counter, is not in the problem."""
        super().check(problem)
        check_counter(problem, f"rule {self.name()}.counter", self.counter)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch and each number of nights already worked: a ceiling."""
        everyone = self.who(x.problem)
        night = night_options(x, self)
        if self.per == "horizon":
            carried = x.problem.previous.counters.get(self.counter or "", {})
            done = {agent: carried.get(agent, 0) for agent in everyone}
            yield from self._stretch(night, 0, done)
            return
        before = {agent: nights_before(x, self, agent) for agent in everyone}
        for first, last in x.weeks():
            done = {agent: sum(day >= first for day in before[agent]) for agent in everyone}
            yield from self._stretch(night[max(0, first) : last + 1], max(0, first), done)

    def _stretch(
        self, night: NDArray[np.bool_], first: int, done: dict[str, int]
    ) -> Iterator[Limit]:
        days = np.flatnonzero(night.any(axis=1))
        if not len(days):
            return
        cells = Cells(first + int(days[0]), night[days[0] : days[-1] + 1].astype(np.int64))
        for count, agents in by_value(done, done.__getitem__).items():
            most = max(0, self.most - count)
            if len(days) > most:
                yield Limit((cells,), most, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count each agent's night shifts, stretch by stretch."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        carried = problem.previous.counters[self.counter] if self.counter else {}
        for agent in self.who(problem):
            planned = [s.day for s in night_shifts(schedule.of(agent), self, horizon)]
            before = [s.day for s in night_shifts(past.of(agent), self, horizon)]
            if self.per == "horizon":
                counts = (carried.get(agent, 0), len(planned))
                yield from self._judge(problem, agent, "in the horizon", None, counts)
                continue
            for days in iso_weeks(horizon):
                counts = (
                    len([d for d in before if d in days]),
                    len([d for d in planned if d in days]),
                )
                label = horizon.day_label
                when = f"in the week from {label(days[0])} to {label(days[-1])}"
                yield from self._judge(
                    problem, agent, when, min(days[-1], horizon.days - 1), counts
                )

    def _judge(
        self, problem: Problem, agent: str, when: str, day: int | None, counts: tuple[int, int]
    ) -> Iterator[Violation]:
        carried, planned = counts
        over = min(planned, carried + planned - self.most)
        if over > 0:
            told = f"{problem.agent(agent)} has {_nights(carried + planned)} {when}"
            told += f", {carried} of them before the horizon" if carried else ""
            yield self.breach((agent,), day, over, f"{told}; at most {self.most} may be.")

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        stretch = "a week" if self.per == "week" else "over the horizon"
        past = f", with those of counter {self.counter!r}" if self.counter else ""
        return f"{self.whom(problem)} has at most {_nights(self.most)} {stretch}{past}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count nights by the week, over the horizon, and at either end of it."""
        two = cls(most=2)
        all_in_all = cls(most=3, per="horizon", counter="nights")
        evening = cls(most=0, window=Window(start="20:00", end="06:00"), at_least_minutes=150)
        dawn = cls(most=1, window=Window(days=("Sun",), start="00:00", end="06:00"))
        carried = {"nights": {"anna": 2, "ben": 5}}
        night, nights = {"anna": "N"}, {"anna": "NNNN"}
        on = FRIDAY
        return [
            example("two nights", two, {"anna": "NN-LLLE"}),
            example("three nights", two, {"anna": "N-N-N--"}, 1),
            example("in two weeks", two, {"anna": "NNNN---NNN----", "ben": "-----NNNN-----"}, 3),
            example("at the horizon's end", two, {"anna": "----NNN"}, 1),
            example("late is a night as well", evening, {"anna": "L-D---N"}, 2),
            example("only nights into Sunday", dawn, {"anna": "NNNNNNN"}),
            example("over the horizon", all_in_all, {"anna": "N-----NN"}, 2, counters=carried),
            example("too many before", all_in_all, {"ben": "L-----N"}, 1, counters=carried),
            example("one more may be", all_in_all, {"anna": "L-----N"}, counters=carried),
            example(
                "across the seam", two, {"anna": "N--N---"}, 1, before={"anna": "NN-"}, start=on
            ),
            example("a night of last week", two, {"anna": "N-----N"}, before=night),
            example("the past alone", two, {"anna": "D--"}, before=nights, start=on),
            example("too many from the past on", two, {"anna": "--N"}, 1, before=nights, start=on),
        ]


def _nights(count: int) -> str:
    return "1 night shift" if count == 1 else f"{count} night shifts"
