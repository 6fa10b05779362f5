"""Limits as CP-SAT constraints: one posting for hard, soft and suspected ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.limit import Cells
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.solver.book import Entry
from wfm.solver.instance import Instance

Ints = NDArray[np.int64]


class TourModel:
    """A CP-SAT model of some agents' tours over the whole horizon.

    The model and its variables are open: add constraints of your own before solving.

    Attributes
    ----------
    model : cp_model.CpModel
        The engine's model.
    works : dict
        Agent's index -> variable of each cell that may be chosen, ``(day, option)``.
    fixed : ndarray of int, shape (agents, days), optional
        Tours of all others who play a role in limits that are posted.
    """

    def __init__(
        self, instance: Instance, agents: Iterable[int], fixed: Ints | None = None
    ) -> None:
        self.fixed = fixed
        self.model = cp_model.CpModel()
        self.works: dict[int, dict[tuple[int, int], cp_model.IntVar]] = {}
        for agent in agents:
            open_cells = np.isfinite(instance.cost[instance.contract[agent]][:, :-1])
            cells = {
                (int(day), int(option)): self.model.new_bool_var(f"works_{agent}_{day}_{option}")
                for day, option in np.argwhere(open_cells)
            }
            self.works[agent] = cells
            for day in range(instance.days):
                self.model.add_at_most_one(
                    [variable for cell, variable in cells.items() if cell[0] == day]
                )

    def post(
        self,
        entry: Entry,
        agents: Sequence[int],
        keep: cp_model.IntVar | None = None,
        slack: cp_model.LinearExprT = 0,
    ) -> None:
        """Post a limit as hard, as holding where `keep` does, or as broken by at most `slack`."""
        terms = [self._count(entry.limit.cells, agents)]
        for some in entry.limit.any_of:
            found = tell_apart(self.model, self._count(some.cells, agents), some.over)
            terms.append(cp_model.LinearExpr.term(found, some.factor))
        constraint = self.model.add(cp_model.LinearExpr.sum(terms) <= entry.limit.most + slack)
        if keep is not None:
            constraint.only_enforce_if(keep)

    def _count(self, roles: Sequence[Cells], agents: Sequence[int]) -> cp_model.LinearExprT:
        variables: list[cp_model.IntVar] = []
        factors: list[int] = []
        others = 0
        for cells, agent in zip(roles, agents, strict=True):
            if self.fixed is not None and agent not in self.works:
                others += cells.of(self.fixed[agent])
                continue
            for (day, option), factor in _nonzero(cells):
                variable = self.works[agent].get((day, option))
                if variable is not None:
                    variables.append(variable)
                    factors.append(factor)
        return cp_model.LinearExpr.sum(
            [cp_model.LinearExpr.weighted_sum(variables, factors), others]
        )

    def tours(self, solver: cp_model.CpSolver, days: int, off: int) -> dict[int, Ints]:
        """Tours of a solution: the column of each day, `off` when off."""
        found = {}
        for agent, cells in self.works.items():
            tour = np.full(days, off, dtype=np.int64)
            for (day, option), variable in cells.items():
                if solver.boolean_value(variable):
                    tour[day] = option
            found[agent] = tour
        return found


def tell_apart(model: cp_model.CpModel, count: cp_model.LinearExprT, over: int) -> cp_model.IntVar:
    """A literal that is true where a count is above `over`, and false where it is not."""
    found = model.new_bool_var("")
    model.add(count >= over + 1).only_enforce_if(found)
    model.add(count <= over).only_enforce_if(~found)
    return found


def solver_for(seed: int, seconds: float | None = None, workers: int = 4) -> cp_model.CpSolver:
    """A CP-SAT solver with a seed, and maybe a time limit, that lets Ctrl-C through to Python."""
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    solver.parameters.catch_sigint_signal = False
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    return solver


def least_breach(problem: Problem, rule: Rule, schedule: Schedule) -> int:
    """Least amount by which a schedule breaks a rule, as CP-SAT sees the rule's limits.

    Parameters
    ----------
    problem : Problem
        Whose grid the schedule is read on.
    rule : Rule
        Whose limits to post, each with a slack.
    schedule : Schedule
        Every shift must be an option of its day.
    """
    model = cp_model.CpModel()
    worked = _worked(problem, schedule)
    one = model.new_constant(1)
    slacks: dict[object, cp_model.IntVar] = {}
    for number, limit in enumerate(rule.limits(problem.grid)):
        for group in limit.groups:
            key = (group, limit.slack or number)
            if key not in slacks:
                slacks[key] = model.new_int_var(0, 10**9, f"slack_{len(slacks)}")
            terms = [cp_model.LinearExpr.term(one, _used(worked, group, limit.cells))]
            for some in limit.any_of:
                count = cp_model.LinearExpr.term(one, _used(worked, group, some.cells))
                terms.append(
                    cp_model.LinearExpr.term(tell_apart(model, count, some.over), some.factor)
                )
            model.add(cp_model.LinearExpr.sum(terms) - slacks[key] <= limit.most)
    model.minimize(sum(slacks.values()))
    solver = solver_for(seed=1, seconds=60, workers=1)
    if solver.solve(model) != cp_model.OPTIMAL:
        raise AssertionError(f"the slack of {rule.shown_name} was not minimised")
    return round(solver.objective_value)


def _used(
    worked: Mapping[str, list[tuple[int, int]]], group: Sequence[str], roles: Sequence[Cells]
) -> int:
    return sum(
        int(cells.grid[day - cells.day, option])
        for agent, cells in zip(group, roles, strict=True)
        for day, option in worked.get(agent, ())
        if day in cells.days
    )


def _worked(problem: Problem, schedule: Schedule) -> Mapping[str, list[tuple[int, int]]]:
    worked: dict[str, list[tuple[int, int]]] = {}
    for shift in schedule.shifts:
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        if option is None:
            raise AssertionError(f"shift of {shift.agent} on day {shift.day} is not an option")
        worked.setdefault(shift.agent, []).append((shift.day, option))
    return worked


def _nonzero(cells: Cells) -> Iterable[tuple[tuple[int, int], int]]:
    rows, options = np.nonzero(cells.grid)
    factors = cells.grid[rows, options]
    days = rows + cells.day
    return zip(zip(days.tolist(), options.tolist(), strict=True), factors.tolist(), strict=True)
