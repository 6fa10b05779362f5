"""How many weekends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.horizon import Horizon
from wfm.limit import Grid, Limit, each
from wfm.number import Number
from wfm.problem import Previous, Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_weekends import saturday, saturdays_of, saturdays_worked
from wfm.rules._weekends import still_open, worked_before
from wfm.rules.example import SUNDAY, example
from wfm.schedule import Schedule
from wfm.window import Clock


class MaxWeekends(AgentRule):
    """At most so many weekends worked, in every so many weeks or in the whole horizon.

    The unit of breach is a weekend too many; of stretches that overlap, each counts for itself.
    A weekend is worked if a shift starts on its Saturday or Sunday. Weekends that the horizon's
    start or end cuts count as far as they are known, with the previous period's shifts; what the
    past alone has broken is not counted again. Stretches lie in the weeks from the first of the
    previous period's shifts, or of the horizon, to the horizon's last; if these are fewer than
    `weeks`, they are one stretch.

    Parameters
    ----------
    most : int
        Weekends that may be worked.
    weeks : int, optional
        Length of a stretch in ISO weeks; the whole horizon, without the past, if left out.
    from_friday : str, optional
        Wall-clock ``HH:MM``: a shift that starts on Friday and ends later than this counts too.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("most", 1),)

    most: int = Field(ge=0)
    weeks: int | None = Field(default=None, ge=1, le=53)
    from_friday: Clock | None = None

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch and what the past took of it: the count of worked weekends."""
        past = {a: worked_before(x, a, self.from_friday) for a in self.who(x.problem)}
        for mondays in self._stretches(x):
            for done, agents, any_of in still_open(x, mondays, past, self.from_friday):
                most = max(0, self.most - done)
                if len(any_of) > most:
                    yield Limit((x.nothing,), most, each(agents), any_of=any_of)

    def _stretches(self, x: Grid) -> Iterator[range]:
        first, last = x.weeks()[0][0], x.weeks()[-1][0]
        if self.weeks is None:
            yield range(first, last + 1, 7)
            return
        reach = 7 * (self.weeks - 1)
        known = min((shift.day for shift in x.problem.previous.shifts), default=first)
        begin = max(first - reach, min(first, known - x.horizon.weekday(known)))
        for monday in range(begin, max(begin, last - reach) + 1, 7):
            yield range(monday, min(last, monday + reach) + 1, 7)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count the Saturdays of worked weekends, stretch by stretch."""
        past = Schedule.of_shifts(problem.previous.shifts)
        horizon = problem.horizon
        stretches = self._judged(horizon, problem.previous)
        for agent in self.who(problem):
            before = saturdays_worked(past.of(agent), horizon, self.from_friday)
            worked = saturdays_worked(schedule.of(agent), horizon, self.from_friday) | before
            for stretch in stretches:
                inside = sorted(worked.intersection(stretch))
                over = min(len(inside) - self.most, len(set(inside) - before))
                if over > 0:
                    label, last = horizon.day_label, horizon.day(stretch[-1]) + 1
                    sentence = (
                        f"{problem.agent(agent)} works {_weekends(len(inside))} in the weeks from "
                        f"{label(horizon.day(stretch[0]) - 5)} to {label(last)}; "
                        f"at most {self.most} may be."
                    )
                    day = max(0, min(horizon.days - 1, horizon.day(inside[-1])))
                    yield self.breach((agent,), day, over, sentence)

    def _judged(self, horizon: Horizon, previous: Previous) -> list[list[date]]:
        planned = saturdays_of(horizon)
        if self.weeks is None:
            return [planned]
        days = [shift.day for shift in previous.shifts]
        one = saturday(horizon.date_of(min(days))) if days else planned[0]
        known = [one]
        while known[-1] < planned[-1]:
            known.append(known[-1] + timedelta(weeks=1))
        if len(known) <= self.weeks:
            return [known]
        found = [known[n : n + self.weeks] for n in range(len(known) - self.weeks + 1)]
        return [stretch for stretch in found if stretch[-1] >= planned[0]]

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        stretch = "over the horizon" if self.weeks is None else f"in any {self.weeks} weeks"
        late = f", from Friday {self.from_friday} on" if self.from_friday else ""
        return f"{self.whom(problem)} works at most {_weekends(self.most)} {stretch}{late}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count weekends that the horizon holds, cuts, and shares with the previous period."""
        one = cls(most=1)
        two_weeks = cls(most=1, weeks=2)
        friday = cls(most=1, from_friday="22:30")
        off, sat, both = "-------", "-----E-", "-----EE"
        return [
            example("one weekend", one, {"anna": both + off}),
            example("two weekends", one, {"anna": sat + "------E", "ben": both + both}, 2),
            example("three weekends", one, {"anna": both + both + sat}, 2),
            example("at the horizon's end", one, {"anna": sat + off + sat[:6]}, 1),
            example("none", cls(most=0), {"anna": "EEEEE-N", "ben": "EEEEEN-"}, 2),
            example("a night before Saturday", one, {"anna": "----N--" + both}),
            example("into Saturday", friday, {"anna": "----N--" + both, "ben": "----L--" + sat}, 1),
            example("every other", two_weeks, {"anna": both + off + both + off}),
            example("not every other", two_weeks, {"anna": both + both + off + sat}, 1),
            example("across the seam", two_weeks, {"anna": both + sat}, 2, before={"anna": sat}),
            example("kept across the seam", two_weeks, {"anna": off}, before={"anna": sat}),
            *cls._at_the_seam(),
        ]

    @classmethod
    def _at_the_seam(cls) -> list[Example]:
        one, none, on = cls(most=1), cls(most=0), SUNDAY
        friday = cls(most=1, from_friday="22:30")
        after = {"anna": "E-----E-"}
        early, night = {"anna": "E"}, {"anna": "N"}
        sat = SUNDAY - timedelta(days=1)
        return [
            example("a weekend worked already", one, {"anna": "E-----"}, before=early, start=on),
            example("and another one", one, after, 1, before=early, start=on),
            example("the past alone", none, {"anna": "E"}, before=early, start=on),
            example("the Friday before", friday, {"anna": "-------E"}, 1, before=night, start=sat),
        ]


def _weekends(count: int) -> str:
    return "1 weekend" if count == 1 else f"{count} weekends"
