"""How many weekends in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_weekends import saturdays_of, saturdays_worked
from wfm.rules._weekends import still_open, worked_before
from wfm.rules.example import SUNDAY, example
from wfm.schedule import Schedule
from wfm.window import Clock


class MaxWeekendsInARow(AgentRule):
    """At most so many weekends worked in a row; with 1, every other weekend is free at least.

    The unit of breach is a weekend too many in a row. A weekend is worked if a shift starts on its
    Saturday or Sunday. The previous period's weekends count, and so do weekends that the horizon's
    start or end cuts, as far as they are known; what the past alone has broken is not counted
    again.

    Parameters
    ----------
    weekends : int
        The most that may follow each other.
    from_friday : str, optional
        Wall-clock ``HH:MM``: a shift that starts on Friday and ends later than this counts too.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("weekends", 1),)

    weekends: int = Field(default=1, ge=1, le=52)
    from_friday: Clock | None = None

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch of one weekend more, by its last: not all of them worked."""
        past = {a: worked_before(x, a, self.from_friday) for a in self.who(x.problem)}
        for last, _ in x.weeks():
            mondays = range(last - 7 * self.weekends, last + 1, 7)
            for done, agents, any_of in still_open(x, mondays, past, self.from_friday):
                if any_of and len(any_of) + done > self.weekends:
                    most = self.weekends - done
                    yield Limit((x.nothing,), most, each(agents), any_of=any_of)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Walk through each agent's weekends and measure every run."""
        past = Schedule.of_shifts(problem.previous.shifts)
        horizon, week = problem.horizon, timedelta(weeks=1)
        for agent in self.who(problem):
            before = saturdays_worked(past.of(agent), horizon, self.from_friday)
            worked = saturdays_worked(schedule.of(agent), horizon, self.from_friday) | before
            for last in saturdays_of(horizon):
                if last not in worked or last + week in worked:
                    continue
                run = [last]
                while run[0] - week in worked:
                    run.insert(0, run[0] - week)
                over = min(len(run) - self.weekends, len(set(run) - before))
                if over > 0:
                    label = horizon.day_label
                    sentence = (
                        f"{problem.agent(agent)} works {len(run)} weekends in a row from "
                        f"{label(horizon.day(run[0]))} to {label(horizon.day(last) + 1)}; "
                        f"the limit is {self.weekends}."
                    )
                    day = max(0, min(horizon.days - 1, horizon.day(last)))
                    yield self.breach((agent,), day, over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        most = "1 weekend" if self.weekends == 1 else f"{self.weekends} weekends"
        late = f", from Friday {self.from_friday} on" if self.from_friday else ""
        return f"{self.whom(problem)} works at most {most} in a row{late}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure runs inside the horizon, at its end, and from the previous period."""
        one, two = cls(), cls(weekends=2)
        friday = cls(from_friday="22:30")
        off, sat, sun = "-------", "-----E-", "------E"
        anna, night = {"anna": sat}, {"anna": "N"}
        on, from_saturday = SUNDAY, SUNDAY - timedelta(days=1)
        return [
            example("every other", one, {"anna": sat + off + sun + off}),
            example("two in a row", one, {"anna": "-----EE" + off, "ben": sat + sun}, 1),
            example("three in a row", one, {"anna": sat + sat + sat + off}, 2),
            example("at most two in a row", two, {"anna": sun + sun + sun, "ben": sat + sun}, 1),
            example("at the horizon's end", one, {"anna": off + sun + sat[:6]}, 1),
            example("a night before Saturday", one, {"anna": "----N--" + sat}),
            example("into Saturday", friday, {"anna": "----N--" + sat, "ben": "----L--" + sat}, 1),
            example("across the seam", one, anna, 1, before=anna),
            example("free at the seam", one, anna, before={"anna": sat + off}),
            example("a cut weekend", one, {"anna": "E-----E"}, 1, before={"anna": "E"}, start=on),
            example(
                "cut by the past alone",
                one,
                {"anna": "E"},
                before={"anna": sat + "-----E"},
                start=on,
            ),
            example(
                "the Friday before",
                friday,
                {"anna": "-------E"},
                1,
                before=night,
                start=from_saturday,
            ),
        ]
