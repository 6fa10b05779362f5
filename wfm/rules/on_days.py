"""Another rule, but on some days only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from wfm.errors import InputError
from wfm.limit import AnyOf, Cells, Grid, Limit
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._day_choice import DayChoice
from wfm.rules._one_rule import OneRule
from wfm.rules.example import FRIDAY, SUNDAY, example
from wfm.rules.hours import Hours
from wfm.rules.max_days_in_a_row import MaxDaysInARow
from wfm.rules.min_rest import MinRest
from wfm.rules.same_days_off import SameDaysOff
from wfm.rules.someone_at_home import SomeoneAtHome
from wfm.rules.starts_together import StartsTogether
from wfm.schedule import Schedule, Shift
from wfm.window import DateRange


class OnDays(DayChoice, Rule):
    """Another rule that sees only the shifts that start on some days.

    Any other shift, of the previous period too, is to it as if it were not there: a rest is due
    between two shifts that both start on such days, and of a week of which only some days are
    chosen the hours on these count. It suits whatever asks for a most, for something to be free,
    or for people to be together or apart; what asks for work to be done on each day cannot hold
    where no shift is seen, and is refused. The unit of breach is that of the other rule, and so is
    what holds at the seam and at the horizon's end; if none of the horizon's days is chosen,
    nothing is bound.

    Parameters
    ----------
    what : Rule
        The other rule; the weight, if any, is given beside it and not in it.
    days, weeks, anchor, dates, since, until, during, outside
        The days, as a window's; some of them must be given.
    """

    answers: ClassVar[tuple[str, ...]] = ("states",)

    what: OneRule

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.when():
            raise InputError("OnDays.days", "be given, or weeks, dates or other days")
        if self.since and self.until and self.until < self.since:
            must = f"not be before since ({self.since})"
            raise InputError("OnDays.until", must, self.until)
        if self.what.weight is not None or self.what.informative:
            must = "have its weight beside it, in the rule that gives the dates"
            raise InputError("OnDays.what", must, self.what.name())
        if self.what.private:
            raise InputError("OnDays.what", "have its private beside it, not in it")
        return self

    def effect(self) -> Rule:
        """The effect of the other rule, on the same days."""
        # What it holds, if it asks for that, is named after this rule's number.
        what = self.what.model_copy(update={"private": self.private}).effect()
        bare = what.model_copy(update={"private": False})
        return self.model_copy(update={"article": "", "what": bare})

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the other rule does not fit, or asks for work on each day."""
        self.what.check(problem)
        if any(self.what.violations(_with_past(problem, (), {}), Schedule())):
            place = f"rule {self.name()}.what"
            raise InputError(place, "be a rule that holds when nobody works", self.what.name())

    def clipped(self, problem: Problem) -> Rule | None:
        """The same with dates moved to those of the horizon or of the shifts before it."""
        what = self.what.clipped(problem)
        days = range(problem.horizon.days)
        if what is None or not any(self.holds_on(problem.horizon, day) for day in days):
            # A ledger counts nothing otherwise than zero.
            counts = what is not None and what.tally(problem, Schedule())
            return self if counts else None
        past = {shift.day for shift in problem.previous.shifts}
        seen = [problem.horizon.date_of(day) for day in sorted({*past, *days})]
        update = {
            "what": what,
            "since": self.since and next(day for day in seen if day >= self.since),
            "until": self.until and next(day for day in reversed(seen) if day <= self.until),
            "dates": tuple(day for day in self.dates if day in seen),
            "during": tuple(_cut(self.during, seen)),
            "outside": tuple(_cut(self.outside, seen)),
        }
        return self.model_copy(update=update)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """Those of the other rule, without the cells of other days."""
        window, horizon = self.window, x.horizon

        def holds(day: int) -> bool:
            return window.holds(horizon.date_of(day), horizon.day_type(day))

        held = np.array([holds(day) for day in range(horizon.days)])
        if not held.any():
            return
        past = x.problem.previous.shifts
        kept = tuple(shift for shift in past if holds(shift.day))
        seen = x if len(kept) == len(past) else Grid(_with_past(x.problem, kept))
        for limit in self.what.limits(seen):
            cells = tuple(_masked(one, held) for one in limit.cells)
            any_of = tuple(
                AnyOf(tuple(_masked(one, held) for one in some.cells), some.over, some.factor)
                for some in limit.any_of
            )
            yield replace(limit, cells=cells, any_of=any_of)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Let the other rule judge a schedule of the shifts between the dates."""
        if any(self.holds_on(problem.horizon, day) for day in range(problem.horizon.days)):
            for one in self.what.violations(*self._between(problem, schedule)):
                yield self.breach(one.agents, one.day, one.amount, one.sentence)

    def tally(self, problem: Problem, schedule: Schedule) -> Mapping[str, Mapping[str, int]]:
        """What a ledger keeps for the other rule, of the shifts that it sees."""
        return self.what.tally(*self._between(problem, schedule))

    def _between(self, problem: Problem, schedule: Schedule) -> tuple[Problem, Schedule]:
        past = tuple(s for s in problem.previous.shifts if self.holds_on(problem.horizon, s.day))
        planned = [s for s in schedule.shifts if self.holds_on(problem.horizon, s.day)]
        return _with_past(problem, past), Schedule.of_shifts(planned)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.what.words(problem)}{self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Rest, hours, days in a row and a household's windows, each between dates."""
        rest = cls(what=MinRest(hours=12), until=date(2026, 12, 10))
        late = cls(what=MinRest(hours=12, agents=("anna",)), since=date(2026, 12, 13))
        first, second = (
            DateRange(first=date(2026, 12, a), last=date(2026, 12, b))
            for a, b in ((7, 9), (13, 15))
        )
        term = cls(what=Hours(agents=("anna",), most=16), during=(first, second))
        row = cls(what=MaxDaysInARow(days=3), since=date(2026, 12, 8), until=date(2026, 12, 13))
        home = cls(what=SomeoneAtHome(household="home"), since=date(2026, 12, 12))
        off = cls(what=SameDaysOff(household="home"), days=("Sat", "Sun"), weeks="odd")
        turn = off.model_copy(update={"anchor": date(2026, 12, 21)})
        year: dict[str, Any] = {
            "rosters": {"anna": "-----E------E-", "ben": "-----E------"},
            "start": date(2026, 12, 28),
        }
        car = cls(what=StartsTogether(household="home", minutes=60), dates=(date(2026, 12, 9),))
        return [
            example("before the last date", rest, {"anna": "LEE----", "ben": "-L-E---"}, 1),
            example("after the last date", rest, {"anna": "-L-LE--", "ben": "----LE-"}),
            example("on the last date", rest, {"anna": "--LE---"}, 1),
            example("at the horizon's end", home, {"anna": "E----SE", "ben": "E-----D"}, 11),
            example("across midnight", home, {"anna": "----N-N", "ben": "----NEN"}, 16),
            example("hours in terms", term, {"anna": "EEEEE-EEE-E---"}, 960),
            example("a week that the dates cut", term, {"anna": "E-EEEEE--EEEEE"}, 480),
            example("days in a row", row, {"anna": "EEEE---", "ben": "-EEEEEE"}, 3),
            example("a day before the first", row, {"anna": "EEEE-EEE"}),
            example(
                "across the seam",
                late,
                {"anna": "E"},
                1,
                before={"anna": "L"},
                start=date(2026, 12, 14),
            ),
            example(
                "unseen across the seam", late, {"anna": "E"}, before={"anna": "L"}, start=SUNDAY
            ),
            example("weekends of odd weeks", off, {"anna": "-----EE-----E-", "ben": "E---"}, 1),
            example("the other week of the turn", turn, **year),
            example(
                "the week after the turn",
                turn.model_copy(update={"anchor": date(2026, 12, 30)}),
                amount=1,
                **year,
            ),
            example("one car on a date", car, {"anna": "ELE----", "ben": "L-D----"}, 1),
            example("all of it past", rest, {"anna": "LEL"}, start=FRIDAY),
        ]


def _cut(spans: Iterable[DateRange], seen: Sequence[date]) -> Iterator[DateRange]:
    """Spans as far as dates that are seen lie in them."""
    for span in spans:
        inside = [day for day in seen if day in span]
        if inside:
            yield DateRange(first=inside[0], last=inside[-1])


def _masked(cells: Cells, held: NDArray[np.bool_]) -> Cells:
    kept = held[cells.day : cells.days.stop]
    return cells if kept.all() else Cells(cells.day, cells.grid * kept[:, None])


def _with_past(
    problem: Problem, shifts: tuple[Shift, ...], counters: dict[str, dict[str, int]] | None = None
) -> Problem:
    """The problem with some of the previous period's shifts, and other counters if given."""
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    update: dict[str, object] = {"shifts": shifts}
    update |= {} if counters is None else {"counters": counters}
    fields["previous"] = problem.previous.model_copy(update=update)
    # What has been checked once need not be again: only shifts have been left out.
    return Problem.model_construct(**fields)
