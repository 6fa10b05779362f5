"""Twenty small problems whose hard rules cannot hold together, each for a reason that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from wfm import rules
from wfm.horizon import WEEKDAYS
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules._assignment import Assignment
from wfm.rules._shift_cover import ShiftNeed
from wfm.rules.example import MONDAY, example
from wfm.solver.book import open_book
from wfm.solver.conflicts.holding import Patience, possible
from wfm.solver.conflicts.teams import teams
from wfm.solver.instance import compile_problem
from wfm.window import Window

AMONG = (rules.MinRest(hours=4), rules.MaxDaysInARow(days=6), rules.Hours(most=56))
"""Rules that stand beside those in conflict, and are in nobody's way."""
EVERY_DAY = tuple(MONDAY + timedelta(days=day) for day in range(7))
WEDNESDAY = MONDAY + timedelta(days=2)
ANNA, BEN, CLEO = ("anna",), ("ben",), ("cleo",)


@dataclass(frozen=True)
class Case:
    """A problem that has no schedule.

    Attributes
    ----------
    name : str
        What is in conflict.
    rules : tuple of Rule
        Those in conflict; the problem has others beside them.
    size : int
        How many of them the smallest conflict holds, as it was meant.
    before : dict
        Letters of the days before, by agent.
    people : int
        How many there are; beyond the three of the rules' examples they are as Cleo.
    """

    name: str
    rules: tuple[Rule, ...]
    size: int
    before: dict[str, str] = field(default_factory=dict)
    people: int = 3

    @property
    def problem(self) -> Problem:
        """The problem: a week of early, day, late, night and short shifts."""
        made = example("", self.rules[0], {"anna": "-" * 7}, before=self.before).problem
        anna, ben, cleo = made.agents
        more = [
            cleo.model_copy(update={"id": f"c{number}", "name": f"Cleo {number}"})
            for number in range(self.people - 3)
        ]
        update = {
            "agents": (anna, ben, cleo, *more),
            "rules": (*AMONG, *self.rules),
        }
        return made.model_copy(update=update)


def _asked(agents: tuple[str, ...], day: str, *templates: str) -> Rule:
    return rules.ShiftRequest(agents=agents, days=(day,), templates=templates, weight="hard")


def _off(agents: tuple[str, ...], day: str) -> Rule:
    return rules.DayOffRequest(agents=agents, days=(day,), weight="hard")


def _cover(template: str, heads: int, days: tuple[date, ...] = EVERY_DAY) -> Rule:
    needs = tuple(ShiftNeed(day=day, template=template, heads=heads) for day in days)
    return rules.MinOnShift(needs=needs)


def _locked(agent: str, **templates: str) -> Rule:
    """Shifts, or days off, of the first days of the week."""
    days = ("mon", "tue", "wed")
    found = []
    for day, template in templates.items():
        when = MONDAY + timedelta(days=days.index(day))
        what = {"off": True} if template == "off" else {"template": template}
        found.append(Assignment(agent=agent, day=when, **what))
    return rules.Locked(assignments=tuple(found))


def _leads(heads: int, day: str | None, start: str, end: str) -> Rule:
    window = Window(days=WEEKDAYS if day is None else (day,), start=start, end=end)
    return rules.MinSkillOnDuty(skill="lead", at_least=heads, windows=(window,))


HOME = rules.SomeoneAtHome(household="home", windows=(Window(start="20:00", end="07:00"),))

CASES = (
    Case("rest, locked", (rules.MinRest(hours=11), _locked("anna", mon="late", tue="early")), 2),
    Case(
        "hours, availability",
        (
            rules.Hours(agents=ANNA, least=30),
            rules.Availability(agents=ANNA, available=(Window(days=("Mon", "Tue")),)),
        ),
        2,
    ),
    Case("least hours, most hours", (rules.Hours(agents=BEN, least=45), rules.Hours(most=40)), 2),
    Case(
        "rest, hours",
        (rules.WeeklyRest(hours=144, inside=144), rules.Hours(agents=CLEO, least=36)),
        2,
    ),
    Case(
        "time kept free, leads",
        (
            rules.CaregivingWindow(
                agents=ANNA, windows=(Window(days=("Wed",), start="15:00", end="17:00"),)
            ),
            _leads(2, "Wed", "15:00", "16:00"),
        ),
        2,
    ),
    Case(
        "someone at home, two nights",
        (HOME, _asked(ANNA, "Wed", "night"), _asked(BEN, "Wed", "night")),
        3,
    ),
    Case(
        "same days off",
        (rules.SameDaysOff(household="home"), _asked(ANNA, "Wed"), _off(BEN, "Wed")),
        3,
    ),
    Case("most nights, cover", (rules.MaxNights(most=2), _cover("night", 1)), 2),
    Case(
        "days off, cover",
        (rules.DaysOff(least=2), _cover("early", 2), _cover("late", 1)),
        3,
    ),
    Case(
        "locked, availability",
        (
            _locked("cleo", tue="night"),
            rules.Availability(agents=CLEO, unavailable=(Window(days=("Wed",), end="08:00"),)),
        ),
        2,
    ),
    Case(
        "most absent, days off",
        (rules.MaxAbsent(most=1), _off(ANNA, "Sat"), _off(BEN, "Sat")),
        3,
    ),
    Case("seats, cover", (rules.Seats(seats=2), _cover("early", 3, (WEDNESDAY,))), 2),
    Case(
        "rest, two shifts asked for",
        (rules.MinRest(hours=12), _asked(BEN, "Mon", "night"), _asked(BEN, "Tue", "early", "day")),
        3,
    ),
    Case(
        "days in a row, hours",
        (rules.MaxDaysInARow(days=1), rules.Hours(agents=ANNA, least=40)),
        2,
    ),
    Case(
        "weekends, cover",
        (rules.MaxWeekends(most=0, agents=("ben", "cleo")), _cover("day", 2, EVERY_DAY[5:])),
        2,
    ),
    Case(
        "never at once, leads",
        (rules.Apart(agents=("anna", "cleo")), _leads(2, "Thu", "10:00", "11:00")),
        2,
    ),
    Case(
        "mentor",
        (
            rules.WithMentor(agents=BEN, mentors=("anna", "cleo")),
            _asked(BEN, "Wed", "short"),
            _off(ANNA, "Wed"),
            _asked(CLEO, "Wed", "night"),
        ),
        4,
    ),
    Case(
        "rest over the seam",
        (rules.MinRest(hours=11), _asked(ANNA, "Mon", "early")),
        2,
        before={"anna": "L"},
    ),
    Case(
        "nights of three people, cover",
        (
            _cover("night", 1),
            rules.NoNights(agents=ANNA),
            rules.MaxNights(agents=BEN, most=3),
            rules.MaxNights(agents=CLEO, most=3),
        ),
        4,
    ),
    Case(
        "days off of thirteen leads",
        (rules.DaysOff(least=2), _leads(10, None, "10:00", "12:00")),
        2,
        people=14,
    ),
)


def holds(problem: Problem, chosen: tuple[int, ...]) -> bool:
    """Whether some of a problem's rules can hold together, told by a model of these alone."""
    some = problem.model_copy(update={"rules": tuple(problem.rules[n] for n in chosen)})
    instance = compile_problem(some)
    found = (possible(instance, team, 1, Patience(60)) for team in teams(open_book(some)))
    return all(_known(each) for each in found)


def _known(found: bool | None) -> bool:
    if found is None:
        raise RuntimeError("brute force took more than a minute for one set of rules")
    return found


def subsets(problem: Problem) -> Iterator[tuple[int, ...]]:
    """All sets of a problem's rules, smaller ones first."""
    every = range(len(problem.rules))
    return (some for size in range(1, len(every) + 1) for some in combinations(every, size))


def smallest_by_force(
    problem: Problem, kept: Callable[[Problem, tuple[int, ...]], bool] = holds
) -> tuple[int, ...]:
    """The first of the smallest sets of rules that cannot hold, by trying every set."""
    return next((some for some in subsets(problem) if not kept(problem, some)), ())
