"""From a roster's problem to its result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wfm.problem import Problem
from wfm.result import Progress, Result
from wfm.schedule import Schedule, Shift
from wfm.solver.book import Book
from wfm.solver.budget import Budget
from wfm.solver.conflicts.find import explain
from wfm.solver.conflicts.teams import group_of
from wfm.solver.instance import Instance, compile_problem
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.rosters.hunt import RosterHunt
from wfm.solver.rosters.people import People, couples_plainly
from wfm.solver.rosters.rows import NoRowError
from wfm.solver.rosters.stating import state

Ints = NDArray[np.int64]
OFTEN = 0.2
"""Seconds between two looks at whether Ctrl-C was pressed."""


def solve_roster(
    problem: Problem,
    book: Book,
    budget: Budget,
    seed: int,
    gap: float,
    on_progress: Callable[[Progress], object],
    on_best: Callable[[Schedule], object] | None,
    start_from: Schedule | None,
) -> Result:
    """Find a roster of whole shifts; parameters as in :func:`wfm.solver.solve.solve`.

    Parameters
    ----------
    problem : Problem
        What to schedule.
    book : Book
        Its limits, as `roster_book` found them fit.
    budget : Budget
        Time or work.
    """
    instance = compile_problem(problem)
    program = state(instance, book)
    people = People(program, book) if couples_plainly(program) else None
    hunt = RosterHunt(program, people, budget, seed)
    watch = _Watch(instance, hunt, on_progress, on_best)
    with heeding_interrupts() as interrupted:
        hunt.begin(_seated(hunt, instance, start_from))
        try:
            while hunt.alive and not interrupted() and watch.gap > max(gap, 1e-9):
                hunt.hand.news.wait(OFTEN)
                hunt.hand.news.clear()
                watch.look()
        finally:
            hunt.end()
        watch.look()
        lost = next((error for error in hunt.failed if isinstance(error, NoRowError)), None)
        if np.isinf(hunt.hand.cost):
            if interrupted():
                raise KeyboardInterrupt
            return _without(instance, book, seed, lost, budget)
        return _result(instance, hunt, budget)


class _Watch:
    """Tells how a search goes."""

    def __init__(
        self,
        instance: Instance,
        hunt: RosterHunt,
        on_progress: Callable[[Progress], object],
        on_best: Callable[[Schedule], object] | None,
    ) -> None:
        self.instance, self.hunt = instance, hunt
        self.on_progress, self.on_best = on_progress, on_best
        self.told = (np.inf, -np.inf)

    @property
    def gap(self) -> float:
        """Share of the cost that the bound leaves open; 1 before there is a roster."""
        return _gap(self.hunt.hand.cost, self.hunt.hand.bound)

    def look(self) -> None:
        """Tell what is new: a better roster, a better bound."""
        hunt, hand = self.hunt, self.hunt.hand
        with hand.lock:
            x, cost, bound = hand.x, hand.cost, hand.bound
        if np.isinf(cost) or (cost, bound) == self.told:
            return
        step = "start" if np.isinf(self.told[0]) else "bound"
        if cost < self.told[0]:
            step = "rows" if step == "bound" else step
            if self.on_best is not None:
                self.on_best(schedule_of(self.instance, hunt.program.tours(x)))
        self.told = (cost, bound)
        seen = Progress(hunt.budget.elapsed, step, cost, bound, _gap(cost, bound))
        self.on_progress(seen)


def _gap(cost: float, bound: float) -> float:
    if np.isinf(cost):
        return 1.0
    return max(0.0, cost - bound) / max(abs(cost), 1e-9)


def _seated(hunt: RosterHunt, instance: Instance, given: Schedule | None) -> list[int]:
    """Put the rows of a schedule that keep the hard rules in; who has none waits for one."""
    program, problem = hunt.program, instance.problem
    everyone = [int(agent) for agent in hunt.random.permutation(program.agents)]
    if given is None:
        return everyone
    tours = np.full((program.agents, program.days), program.options, dtype=np.int64)
    lost: set[int] = set()
    for shift in given.shifts:
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        row = problem.rows.get(shift.agent)
        if row is None or option is None or tours[row, shift.day] < program.options:
            lost.update(() if row is None else (row,))
            continue
        tours[row, shift.day] = option
    x = program.point(tours)
    counted = program.matrix @ x
    broken = np.flatnonzero((counted < program.low) | (counted > program.high))
    columns = program.matrix[broken].indices
    shut = np.flatnonzero((x < program.lower) | (x > program.upper))
    touched = np.concatenate([columns, shut])
    lost.update(program.owner[touched[touched < program.own]].tolist())
    tours[sorted(lost)] = program.options
    hunt.hand.x = program.point(tours)
    return [agent for agent in everyone if agent in lost]


def schedule_of(instance: Instance, tours: Ints) -> Schedule:
    """Tours of shape ``(agents, days)`` as a schedule."""
    options, agents = instance.problem.options, instance.problem.agents
    return Schedule.of_shifts(
        [
            Shift(
                agent=agents[agent].id,
                day=int(day),
                template=options.templates[options.template[tours[agent, day]]].id,
                start=int(options.start[day, tours[agent, day]]),
                end=int(options.end[day, tours[agent, day]]),
            )
            for agent, day in np.argwhere(tours < instance.off).tolist()
        ]
    )


def _without(
    instance: Instance, book: Book, seed: int, lost: NoRowError | None, budget: Budget
) -> Result:
    """A result that says why there is no roster."""
    if lost is None or not lost.proven:
        return Result(status="unknown", seconds=budget.elapsed)
    found = explain(instance, [group_of(book, (lost.agent,))], seed)
    return Result(
        status="infeasible",
        conflict=found.sentences,
        conflicts=found.conflicts,
        seconds=budget.elapsed,
    )


def _result(instance: Instance, hunt: RosterHunt, budget: Budget) -> Result:
    program = hunt.program
    tours = program.tours(hunt.hand.x)
    cost = program.value(program.point(tours))
    bound = min(hunt.hand.bound, cost)
    gap = _gap(cost, bound)
    return Result(
        status="optimal" if gap <= 1e-9 else "feasible",
        schedule=schedule_of(instance, tours),
        objective=cost,
        bound=bound,
        bound_by=hunt.hand.bound_by,
        gap=gap,
        unavoidable=0.0,
        strict_gap=gap,
        seconds=budget.elapsed,
    )
