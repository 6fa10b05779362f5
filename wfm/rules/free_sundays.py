"""Free Sundays of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.horizon import Horizon
from wfm.limit import AnyOf, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._named import check_counter
from wfm.rules.example import SUNDAY, example
from wfm.schedule import Schedule, Shift

SUNDAYS_WORKED = "sundays worked"
"""Name of the counter, unless another one is given."""
REACH = 2
"""Days after its own on which a shift may still be on duty: one of 24 h that starts at 24:00."""


class FreeSundays(AgentRule):
    """At least so many free Sundays a calendar year, of which the horizon leaves enough.

    The unit of breach is a Sunday worked too many. A Sunday is worked if a shift, breaks included,
    is on duty at some time between its two midnights, so that a night from Saturday takes it. How
    many Sundays the year has is known: those worked before the horizon, of the year in which it
    begins, come from the counter; for an agent without a value there, they are those of the
    previous period's shifts in that year. All other Sundays can still be free. A Sunday into which
    the previous period's shifts reach is theirs; one after the horizon's end into which a shift
    of the horizon reaches belongs to the horizon. What the past alone has broken is not counted
    again.

    Parameters
    ----------
    least : int
        Free Sundays a year.
    counter : str
        Name of a counter of the previous period: Sundays already worked this year, by agent. It
        has to be there, but for the one of the usual name.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("least", -1),)

    least: int = Field(default=15, ge=1, le=52)
    counter: str = SUNDAYS_WORKED

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone whom it names, or the counter, is not in the problem."""
        super().check(problem)
        if self.counter != SUNDAYS_WORKED:
            check_counter(problem, f"rule {self.name()}.counter", self.counter)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each year: a bound on the Sundays of the horizon that any shift touches."""
        everyone = self.who(x.problem)
        first = 6 - x.horizon.weekday(0)
        sundays = range(first, x.horizon.days + REACH, 7)
        for year in sorted({x.horizon.date_of(day).year for day in sundays}):
            open_days = [day for day in sundays if x.horizon.date_of(day).year == year]
            past = {agent: self._past(x, agent, year) for agent in everyone}
            for (done, taken), agents in by_value(everyone, past.__getitem__).items():
                touched = [
                    x.overlaps(x.horizon.midnight(day), x.horizon.midnight(day + 1))
                    for day in open_days
                    if day not in taken
                ]
                any_of = tuple(AnyOf((cells,)) for cells in touched if cells is not None)
                most = max(0, _sundays(year) - self.least - done)
                if len(any_of) > most:
                    yield Limit((x.nothing,), most, each(agents), any_of=any_of)

    def _past(self, x: Grid, agent: str, year: int) -> tuple[int, frozenset[int]]:
        """Sundays worked before the horizon, and the days of the horizon that they reach."""
        touched = {
            day
            for shift in x.before(agent)
            for day in range(shift.day, shift.day + REACH + 1)
            if x.horizon.weekday(day) == 6
            and shift.overlap(x.horizon.midnight(day), x.horizon.midnight(day + 1))
            and x.horizon.date_of(day).year == year
        }
        done = len(touched)
        if year == x.horizon.start.year:
            done = x.problem.previous.counters.get(self.counter, {}).get(agent, done)
        return done, frozenset(day for day in touched if day >= 0)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """List the dates of the Sundays worked and set them against the year's."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        carried = problem.previous.counters.get(self.counter, {})
        for agent in self.who(problem):
            before = {day for shift in past.of(agent) for day in _on_duty(shift, horizon)}
            worked = {day for shift in schedule.of(agent) for day in _on_duty(shift, horizon)}
            for year in sorted({day.year for day in worked}):
                fresh = sorted(day for day in worked - before if day.year == year)
                done = len([day for day in before if day.year == year])
                if year == horizon.date_of(0).year and agent in carried:
                    done = carried[agent]
                free = _sundays_of(year) - done - len(fresh)
                over = min(len(fresh), self.least - free)
                if over > 0:
                    sentence = (
                        f"{problem.agent(agent)} works {_counted(len(fresh))} of {year} in the "
                        f"horizon and {done} before it, which leaves {free} free; "
                        f"at least {self.least} must be."
                    )
                    day = min(horizon.day(fresh[-1]), horizon.days - 1)
                    yield self.breach((agent,), day, over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} has at least {self.least} free Sundays a year"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count Sundays with those worked before, at the turn of the year, and into nights."""
        rule = cls()
        many = cls(least=51, agents=("anna",))
        own = cls(least=20, counter="Sundays", agents=("anna",))
        worked = {"sundays worked": {"anna": 36, "ben": 35, "cleo": 38}}
        some = {"Sundays": {"anna": 32}}
        off, sun = "-------", "------E"
        both = {"anna": sun + sun, "ben": sun + sun}
        late = {"cleo": sun + "------S"}
        return [
            example("one more may be", rule, {"anna": sun + off}, counters=worked),
            example("one too many", rule, both, 1, counters=worked),
            example("the past has taken too many", rule, late, 2, counters=worked),
            example("another counter", own, {"anna": sun + off}, 1, counters=some),
            example("at the horizon's end", many, {"anna": sun + sun}, 1),
            example("a night from Saturday", many, {"anna": "-----N-" + sun}, 1),
            example("a Saturday night at the end", many, {"anna": sun + "-----N"}, 1),
            *cls._at_the_seam(many),
        ]

    @classmethod
    def _at_the_seam(cls, rule: FreeSundays) -> list[Example]:
        sun, night = {"anna": "------E"}, {"anna": "N"}
        on, last, turn = SUNDAY, date(2026, 12, 21), date(2026, 12, 28)
        return [
            example("across the seam", rule, sun, 1, before=sun),
            example("a Sunday begun before", rule, {"anna": "L"}, before=night, start=on),
            example("the last of the year", rule, sun, 1, before=sun, start=last),
            example("the next year is new", rule, sun, before=sun, start=turn),
        ]


def _counted(count: int) -> str:
    return "1 Sunday" if count == 1 else f"{count} Sundays"


def _sundays(year: int) -> int:
    first = date(year, 1, 1)
    ahead = 6 - first.weekday()
    return ((date(year, 12, 31) - first).days - ahead) // 7 + 1


def _sundays_of(year: int) -> int:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return sum(day.isoweekday() == 7 and day.year == year for day in days)


def _on_duty(shift: Shift, horizon: Horizon) -> Iterator[date]:
    when = horizon.local(shift.start).date()
    last = horizon.local(shift.end - 1).date()
    while when <= last:
        if when.isoweekday() == 7:
            yield when
        when += timedelta(days=1)
