"""Festivals off, in turn from year to year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import AnyOf, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._burdens import dates_touched
from wfm.rules._festivals import touching, worked_before
from wfm.rules.example import MONDAY, example
from wfm.schedule import Schedule
from wfm.value import Value

LONGEST = 31


class Festival(Value):
    """Days that are kept together, such as Christmas.

    Parameters
    ----------
    name : str
        What it is called, this year and in others.
    dates : tuple of datetime.date
        This year's dates, within a month.
    """

    name: str = Field(min_length=1)
    dates: tuple[date, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _within_a_month(self) -> Festival:
        days = (max(self.dates) - min(self.dates)).days
        if days > LONGEST:
            raise InputError(f"Festival {self.name!r}.dates", "lie within a month", f"{days} days")
        return self

    @property
    def counter(self) -> str:
        """Name of the counter of those who worked it the last time."""
        return f"festival {self.name}"


class Festivals(AgentRule):
    """Of the listed festivals at least so many are off, and other ones than the last time.

    The unit of breach is a festival not given: one too many that is worked of all those listed,
    and, for itself, each that is worked by someone who worked it the last time too. A festival is
    worked if a shift, breaks included, is on duty at any time on its dates, so a night that ends on
    the first of them takes it.

    Whether festivals of the list that lie before the horizon were worked is known from counters
    such as "festival Christmas" and from the previous period's shifts; all that lie after it can
    still be off. A festival into which the previous period's shifts reach is taken by them and not
    counted again; turns hold for festivals that begin in the horizon or after it. What the past
    alone has broken is not counted again.

    Parameters
    ----------
    festivals : tuple of Festival
        All of them, of a year for instance.
    least : int
        How many of them are wholly off.
    rotate : bool
        Whether someone who worked a festival the last time has it off this time.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    answers: ClassVar[tuple[str, ...]] = ("seam",)
    numbers: ClassVar[tuple[Number, ...]] = (Number("least", -1),)

    festivals: tuple[Festival, ...] = Field(min_length=1)
    least: int = Field(default=0, ge=0)
    rotate: bool = True

    @model_validator(mode="after")
    def _consistent(self) -> Festivals:
        names = [festival.name for festival in self.festivals]
        if len(set(names)) < len(names):
            raise InputError("Festivals.festivals", "have names of their own", names)
        if self.least > len(names):
            raise InputError("Festivals.least", f"be at most the {len(names)} listed", self.least)
        if not self.least and not self.rotate:
            raise InputError("Festivals.least", "be given, or rotate")
        return self

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each past: a bound on the festivals worked, and none of those worked last time."""
        everyone = self.who(x.problem)
        found = ((k, touching(x, festival)) for k, festival in enumerate(self.festivals))
        touched = {k: AnyOf((cells,)) for k, cells in found if cells is not None}
        past = worked_before(x, everyone, self.festivals)
        for (worked, last), agents in by_value(everyone, past.__getitem__).items():
            free = [k for k in touched if k not in worked]
            most = max(0, len(self.festivals) - self.least - len(worked))
            if len(free) > most:
                any_of = tuple(touched[k] for k in free)
                yield Limit((x.nothing,), most, each(agents), any_of=any_of)
            for k in free if self.rotate else ():
                if k in last and min(self.festivals[k].dates) >= x.horizon.start:
                    yield Limit((x.nothing,), 0, each(agents), any_of=(touched[k],))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Follow each agent through the year's festivals."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            old = dates_touched(problem, past.of(agent))
            new = dates_touched(problem, schedule.of(agent))
            before, now = 0, []
            for festival in self.festivals:
                counted = problem.previous.counters.get(festival.counter, {}).get(agent, 0) > 0
                over = all(day < horizon.start for day in festival.dates)
                if old.intersection(festival.dates) or (over and counted):
                    before += 1
                elif new.intersection(festival.dates):
                    now.append(festival)
                    began = any(day < horizon.start for day in festival.dates)
                    if self.rotate and counted and not began:
                        day = min(new.intersection(festival.dates))
                        sentence = (
                            f"{problem.agent(agent)} works at {festival.name} "
                            f"({horizon.day_label(horizon.day(day))}), as the last time."
                        )
                        yield self.breach((agent,), _inside(problem, day), 1, sentence)
            most = len(self.festivals) - self.least
            over_most = min(len(now), before + len(now) - most)
            if over_most > 0:
                names = ", ".join(festival.name for festival in now)
                sentence = (
                    f"{problem.agent(agent)} works at {names}, {before + len(now)} of the "
                    f"{len(self.festivals)} festivals so far; at least {self.least} are due off."
                )
                yield self.breach((agent,), None, over_most, sentence)

    def tally(self, problem: Problem, schedule: Schedule) -> dict[str, dict[str, int]]:
        """Count for the ledger who works which of the festivals of these days."""
        shifts = Schedule.of_shifts([*problem.previous.shifts, *schedule.shifts])
        days = problem.horizon
        last = days.date_of(days.days - 1)
        found = {}
        for festival in self.festivals:
            if any(days.start <= day <= last for day in festival.dates):
                found[festival.counter] = {
                    agent: int(bool(dates_touched(problem, shifts.of(agent)) & {*festival.dates}))
                    for agent in self.who(problem)
                }
        return found

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        # Dates, not names: which festivals someone keeps is private.
        days = ", ".join(" and ".join(map(str, festival.dates)) for festival in self.festivals)
        due = [f"at least {self.least} of these festivals off ({days})"] if self.least else []
        turn = [f"off what was worked the last time{'' if due else f' ({days})'}"]
        return f"{self.whom(problem)} has {' and '.join([*due, *(turn if self.rotate else [])])}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count festivals over the year, and turns from year to year."""
        autumn = Festival(name="Harvest", dates=(date(2026, 10, 4),))
        advent = Festival(name="Advent", dates=(MONDAY, MONDAY + timedelta(days=1)))
        lights = Festival(name="Lights", dates=(date(2026, 12, 13),))
        eve = Festival(name="New Year", dates=(date(2026, 12, 31), date(2027, 1, 1)))
        four = (autumn, advent, lights, eve)
        two = cls(festivals=(advent, lights), least=1, rotate=False)
        turn = cls(agents=("anna", "ben"), festivals=(advent, lights))
        year = cls(agents=("anna",), festivals=four, least=2)
        third = cls(agents=("anna",), festivals=four, least=3)
        harvest = {"festival Harvest": {"anna": 1}}
        last = {"festival Advent": {"anna": 1, "ben": 0}, "festival Lights": {"ben": 2}}
        sunday = {"anna": "N", "ben": "L"}
        begun = {"festival Advent": {"anna": 1, "ben": 1}}
        tuesday = MONDAY + timedelta(days=1)
        return [
            example("one of two off", two, {"anna": "EE-----", "ben": "--E---E"}),
            example("both worked", two, {"anna": "-L----E", "ben": "E-----N"}, 2),
            example("at the horizon's end", two, {"cleo": "E-----L"}, 1),
            example("a night reaches into it", two, {"cleo": "L----N-"}, 1),
            example("past the horizon's end", two, {"cleo": "E----N"}, 1),
            example("in turn", turn, {"anna": "------E", "ben": "E------"}, counters=last),
            example("again", turn, {"anna": "EN-----", "ben": "-----N-"}, 2, counters=last),
            example("what the year leaves", year, {"anna": "E------"}, counters=harvest),
            example("two of four, all worked", year, {"anna": "E-----E"}, 1, counters=harvest),
            example("three of four", third, {"anna": "E-----E"}, 2, counters=harvest),
            example("taken by the night before", two, {"anna": "E-----E"}, 1, before=sunday),
            example("begun before", turn, {"anna": "E", "ben": "E"}, start=tuesday, counters=begun),
        ]


def _inside(problem: Problem, day: date) -> int:
    return min(max(problem.horizon.day(day), 0), problem.horizon.days - 1)
