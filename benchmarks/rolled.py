"""Periods that follow each other, with and without what a ledger carries from one to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import pstdev

from benchmarks.family_centre import START, later_problem
from benchmarks.harness import Figures, schedule_of
from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.judge.verify import verify
from wfm.ledger import Ledger
from wfm.problem import Previous, Problem
from wfm.rules.fair_share import FairShare
from wfm.schedule import Schedule, Shift
from wfm.solver.solve import solve

BURDENS = ("nights", "weekends")
SATURDAY = 5
SEAM = 8
"""Days before a period whose shifts are told to it."""


def chain(
    demand: Demand,
    previous: Previous,
    periods: int,
    seconds: float,
    seed: int,
    *,
    ledger: bool,
    told: Callable[[Figures], None],
) -> list[Figures]:
    """Plan period after period, each with the roster before it.

    Parameters
    ----------
    demand : Demand
        Of the first period; that of each later one is the same on its own dates.
    previous : Previous
        What was worked before the first period.
    periods, seconds, seed
        How many, and how each is solved.
    ledger : bool
        Whether each also knows the counters of all before it.
    told : callable
        Takes the figures of each period.
    """
    book = Ledger()
    worked: dict[str, Counter[str]] = {burden: Counter() for burden in BURDENS}
    found = []
    for period in range(periods):
        start = START + timedelta(days=period * demand.horizon.days)
        given = previous.model_copy(update={"counters": book.counters(start) if ledger else {}})
        problem = later_problem(demand, start, given)
        result = solve(problem, seconds=seconds, seed=seed)
        schedule = schedule_of(result)
        report = verify(problem, schedule)
        count(problem, schedule, worked)
        book = book.with_schedule(problem, schedule)
        found.append(
            {
                "ledger": ledger,
                "period": period + 1,
                "start": start.isoformat(),
                "hard_violations": len(report.hard),
                "cost": report.costs.total,
                "gap": result.gap,
                "spread": {
                    burden: spread(problem, burden, worked[burden], period + 1)
                    for burden in BURDENS
                },
            }
        )
        told(found[-1])
        previous = Previous(shifts=tuple(last_shifts(problem.horizon, schedule)))
    return found


def last_shifts(horizon: Horizon, schedule: Schedule) -> Iterator[Shift]:
    """Shifts of the last days, told in the minutes of the period that follows."""
    later = horizon.midnight(horizon.days)
    for shift in schedule.shifts:
        if shift.day >= horizon.days - SEAM:
            yield moved(shift, horizon.days, later)


def moved(shift: Shift, days: int, minutes: int) -> Shift:
    """A shift as a horizon sees it that starts so much later."""
    inside = {
        name: tuple(
            each.model_copy(update={"start": each.start - minutes, "end": each.end - minutes})
            for each in getattr(shift, name)
        )
        for name in ("breaks", "activities")
    }
    times = {"day": shift.day - days, "start": shift.start - minutes, "end": shift.end - minutes}
    return shift.model_copy(update={**times, **inside})


def count(problem: Problem, schedule: Schedule, worked: dict[str, Counter[str]]) -> None:
    """Add a period's night shifts, and its weekends on which a shift starts, by agent."""
    weekends: set[tuple[str, int]] = set()
    for shift in schedule.shifts:
        if shift.template == "night":
            worked["nights"][shift.agent] += 1
        if problem.horizon.weekday(shift.day) >= SATURDAY:
            weekends.add((shift.agent, problem.horizon.date_of(shift.day).isocalendar().week))
    worked["weekends"].update(agent for agent, _ in weekends)


def sharers(problem: Problem, burden: str) -> list[str]:
    """Those among whom a burden is to be shared fairly."""
    rules = [rule for rule in problem.rules if isinstance(rule, FairShare) and rule.of == burden]
    return [agent for rule in rules for agent in rule.who(problem)]


def spread(problem: Problem, burden: str, worked: Counter[str], periods: int) -> Figures:
    """How far people are apart in a burden, per thousand hours of their contracts so far."""
    weeks = periods * problem.horizon.days / 7
    rates = [
        1000 * worked[agent] / (weeks * (problem.contract_of(agent).weekly_hours or 1.0))
        for agent in sharers(problem, burden)
    ]
    return {
        "people": len(rates),
        "mean": sum(rates) / len(rates),
        "deviation": pstdev(rates),
        "range": max(rates) - min(rates),
    }
