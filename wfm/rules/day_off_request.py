"""A wish for a day off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wfm.limit import Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._request import DayRequest
from wfm.rules.example import example
from wfm.schedule import Schedule


class DayOffRequest(DayRequest):
    """Some days are asked to be off.

    The unit of breach is a day worked. A day is off if no shift starts on it; a night shift of the
    day before may end on it.

    Parameters
    ----------
    days, weeks, dates
        The days: weekdays in some weeks, or dates.
    """

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day asked for: no shift."""
        agents = each(self.who(x.problem))
        for day in self.stated_days(x):
            yield Limit((x.works(day, day),), 0, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look for shifts that start on a day asked for."""
        for agent in self.who(problem):
            worked = {shift.day: shift for shift in schedule.of(agent)}
            for day, shift in worked.items():
                if self.asks_for(problem.horizon, day):
                    sentence = (
                        f"{problem.agent(agent)} starts a shift at "
                        f"{problem.horizon.label(shift.start)}, on a day asked to be off."
                    )
                    yield self.breach((agent,), day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} is off {self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Ask for weekdays, alternate weekends and dates."""
        sundays = cls(agents=("anna",), days=("Sun",))
        odd = cls(agents=("anna", "ben"), days=("Sat", "Sun"), weeks="odd")
        dates = cls(contracts=("full",), dates=(date(2026, 12, 7), date(2027, 1, 1)))
        hard = cls(agents=("cleo",), weight=None, days=("Wed",), weeks=(51, 53))
        turn = odd.model_copy(update={"anchor": date(2026, 12, 28)})
        return [
            example("off as asked", sundays, {"anna": "EEEEEE-", "ben": "------E"}),
            example("at the horizon's end", sundays, {"anna": "------E"}, 1),
            example("a night ends on the day off", sundays, {"anna": "-----N-"}),
            example(
                "worked in an odd week", odd, {"anna": "-----EE-----EE", "ben": "------------EE"}, 4
            ),
            example(
                "alternate weeks over the turn of the year",
                turn,
                {"anna": "-----E------E-", "ben": "-----EE"},
                1,
                start=date(2026, 12, 28),
            ),
            example("everyone of a contract", dates, {"anna": "E------", "ben": "L------"}, 2),
            example(
                "a night from the day before", dates, {"anna": "-------"}, before={"anna": "N"}
            ),
            example("hard, in a listed week", hard, {"cleo": "--E------E----"}, 1),
        ]
