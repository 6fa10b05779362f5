"""Days or evenings on which a whole household is free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from wfm.limit import AnyOf, Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._judge import iso_weeks, occurrences
from wfm.rules.example import FRIDAY, SPRING_SATURDAY, SUNDAY, example
from wfm.schedule import Schedule
from wfm.window import Window

Span = tuple[int, int]


class SharedFreeTime(Rule):
    """At least so many times in a period, all members of a household are free together.

    A time is free if no member is on duty at any moment of it. It belongs to the day on which it
    begins. The unit of breach is a missing free time. Weeks are ISO weeks of which every day is
    known: they end inside the horizon, and begin inside it or in a previous period whose shifts
    are given. Times that the previous period has taken are not due, nor more times than there are;
    what the next period does with the night after the last day is not known and not asked.

    Parameters
    ----------
    household : str
        Id of the household.
    least : int
        How many times.
    windows : tuple of Window
        The times: whole days by default, or evenings. Each occurrence is one.
    per : {"week", "horizon"}
        The period in which they are counted.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    numbers: ClassVar[tuple[Number, ...]] = (Number("least", -1),)

    household: str
    least: int = Field(ge=1)
    windows: tuple[Window, ...] = Field(default=(Window(),), min_length=1)
    per: Literal["week", "horizon"] = "week"

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the household is not in the problem."""
        problem.must_know("households", (self.household,), f"rule {self.name()}.household")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each period: of its times that are left, all but the least may be touched."""
        members = x.problem.household(self.household).members
        nothing = (x.nothing,) * len(members)
        past = [shift for member in members for shift in x.before(member)]
        whole = x.weeks(whole=True) if self.per == "week" else [(0, x.horizon.days - 1)]
        for first, last in whole:
            times = self._times(x, first, last)
            left = [span for span in times if not any(s.overlap(*span) for s in past)]
            touching = [cells for span in left if (cells := x.overlaps(*span)) is not None]
            most = max(0, len(left) - self.least)
            if most < len(touching):
                any_of = tuple(AnyOf((cells,) * len(members)) for cells in touching)
                yield Limit(nothing, most, (members,), any_of=any_of)

    def _times(self, x: Grid, first: int, last: int) -> list[Span]:
        """Each time that begins on one of the days, once; some of them lie before the horizon."""
        begin, end = x.horizon.midnight(first), x.horizon.midnight(last + 1)
        spans = {s for w in self.windows for s in w.spans(x.horizon, before=8, after=1)}
        return sorted(span for span in spans if begin <= span[0] < end)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count the times of each period at which nobody has a shift."""
        horizon = problem.horizon
        members = problem.household(self.household).members
        past = [shift for shift in problem.previous.shifts if shift.agent in members]
        planned = [shift for member in members for shift in schedule.of(member)]
        names = " and ".join(str(problem.agent(member)) for member in members)
        every = set(occurrences(self.windows, horizon, before=8))
        for days in self._periods(problem):
            times = {span for span in every if horizon.day_of(span[0]) in days}
            possible = {t for t in times if not any(s.start < t[1] and t[0] < s.end for s in past)}
            free = {
                t for t in possible if not any(s.start < t[1] and t[0] < s.end for s in planned)
            }
            due = min(self.least, len(possible))
            if len(free) < due:
                sentence = (
                    f"{names} are free together {_times(len(free))} from "
                    f"{horizon.day_label(days[0])} to {horizon.day_label(days[-1])}; "
                    f"at least {due} must be ({self._when()})."
                )
                yield self.breach(members, days[-1], due - len(free), sentence)

    def _periods(self, problem: Problem) -> list[list[int]]:
        days = problem.horizon.days
        if self.per == "horizon":
            return [list(range(days))]
        earliest = -6 if problem.previous.shifts else 0
        return [w for w in iso_weeks(problem.horizon) if earliest <= w[0] and w[-1] < days]

    def _when(self) -> str:
        return "; ".join(str(window) for window in self.windows)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        members = problem.household(self.household).members
        names = " and ".join(str(problem.agent(member)) for member in members)
        period = "a week" if self.per == "week" else "over the horizon"
        return f"{names} are free together at least {_times(self.least)} {period} ({self._when()})"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count days and evenings that two share, in weeks, cut weeks and the horizon."""
        day = cls(household="home", least=1)
        evening = Window(days=("Fri", "Sat", "Sun"), start="18:00", end="23:00")
        evenings = cls(household="home", least=2, windows=(evening,))
        late = Window(days=("Sat", "Sun"), start="21:00", end="02:00", weeks="odd")
        nights = cls(household="home", least=2, windows=(late,))
        whole = cls(household="home", least=4, per="horizon")
        changed = cls(household="home", least=1, windows=(Window(days=("Sun",), start="06:00"),))
        many = cls(household="home", least=3, windows=(Window(days=("Sat",)),))
        six = {"anna": "D-D-D-", "ben": "-D-D-D"}
        return [
            example(
                "Sunday is free", day, {"anna": "D-D-D--", "ben": "-D-D-D-", "cleo": "------E"}
            ),
            example("at the horizon's end", day, {"anna": "D-D-D-E", "ben": "-D-D-D-"}, 1),
            example("a night reaches into it", day, {"anna": "D-D-DN-", "ben": "-D-D---"}, 1),
            example("one of two evenings", evenings, {"anna": "LLLLL--", "ben": "EEEEEEN"}, 1),
            example("two evenings", evenings, {"anna": "LLLLL--", "ben": "EEEEEEE"}),
            example("in alternate weeks", nights, {"anna": "-----NL-----NL"}, 2),
            example("a week cut by the end", day, {"anna": "EEEEE--DDD"}),
            example("a week that began unseen", day, {"anna": "DDD"}, start=FRIDAY),
            example("across the seam", day, {"ben": "E"}, 1, before=six, start=SUNDAY),
            example(
                "the past took them",
                evenings,
                {"ben": "L"},
                1,
                before={"anna": "NNNNLL"},
                start=SUNDAY,
            ),
            example(
                "the past left one", day, {"ben": "E"}, before={"anna": "DD--DD"}, start=SUNDAY
            ),
            example("no more than there are", many, {"anna": "-----E-"}, 1),
            example("over the horizon", whole, {"anna": "EEEEEE-", "ben": "-----D-"}, 3),
            example(
                "the clocks go forward",
                changed,
                {"anna": "EEEEEN-"},
                1,
                start=SPRING_SATURDAY - timedelta(5),
            ),
        ]


def _times(count: int) -> str:
    return "1 time" if count == 1 else f"{count} times"
