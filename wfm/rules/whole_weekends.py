"""Whole weekends, worked or free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_weekends import saturdays_of
from wfm.rules.example import SUNDAY, example
from wfm.schedule import Schedule


class WholeWeekends(AgentRule):
    """Both days of a weekend are worked, or none of them.

    The unit of breach is a weekend of which one day alone is worked. A day is worked if a shift
    starts on it. If the horizon begins on a Sunday, the Saturday is known if the previous period's
    shifts are given, and the weekend is left alone if not; a weekend of which the horizon holds
    the Saturday only is not judged yet.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each weekend: neither day is worked more than the other."""
        everyone = self.who(x.problem)
        for saturday in (first + 5 for first, _ in x.weeks()):
            sunday = saturday + 1
            if not 0 <= sunday < x.horizon.days:
                continue
            if saturday >= 0:
                grid = x.works(saturday, sunday)
                grid.grid[1] *= -1
                for cells in (grid, -grid):
                    yield Limit((cells,), 0, each(everyone), f"weekend {saturday}")
            elif x.problem.previous.shifts:
                worked = by_value(everyone, lambda a: any(s.day == -1 for s in x.before(a)))
                second = x.works(sunday, sunday)
                if True in worked:
                    yield Limit((-second,), -1, each(worked[True]))
                if False in worked:
                    yield Limit((second,), 0, each(worked[False]))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look at each Saturday and the day after it."""
        horizon = problem.horizon
        known = 0 if problem.previous.shifts == () else -1
        shifts = (*problem.previous.shifts, *schedule.shifts)
        worked = {(shift.agent, horizon.date_of(shift.day)) for shift in shifts}
        for agent in self.who(problem):
            for saturday in saturdays_of(horizon):
                sunday = saturday + timedelta(days=1)
                if horizon.day(saturday) < known or horizon.day(sunday) >= horizon.days:
                    continue
                days = [day for day in (saturday, sunday) if (agent, day) in worked]
                if len(days) == 1:
                    label = horizon.day_label
                    other = sunday if days == [saturday] else saturday
                    sentence = (
                        f"{problem.agent(agent)} works on {label(horizon.day(days[0]))} and not "
                        f"on {label(horizon.day(other))}; both days are to be worked or none."
                    )
                    yield self.breach((agent,), horizon.day(sunday), 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} works on both days of a weekend or on none"

    @classmethod
    def examples(cls) -> list[Example]:
        """Work both days, one, none, and one beyond either end of the horizon."""
        rule = cls()
        anna = cls(agents=("anna",))
        on = SUNDAY
        other = {"ben": "E"}
        return [
            example(
                "both days and none", rule, {"anna": "-----EE-------", "ben": "DDDDD--DDDDDEN"}
            ),
            example("Saturday alone", rule, {"anna": "-----E-"}, 1),
            example("Sunday alone", rule, {"anna": "------E-----E-", "ben": "-----E--------"}, 3),
            example("at the horizon's end", rule, {"anna": "-----EE-----EE", "ben": "------N"}, 1),
            example("nights into a day", rule, {"anna": "----NN-"}, 1),
            example("cut by the end", rule, {"anna": "-----E"}),
            example("cut by the start, unseen", rule, {"anna": "E-----"}, start=on),
            example("across the seam", anna, {"anna": "-"}, 1, before={"anna": "E"}, start=on),
            example("kept across the seam", anna, {"anna": "N"}, before={"anna": "E"}, start=on),
            example("free at the seam", anna, {"anna": "E-----EE"}, 1, before=other, start=on),
        ]
