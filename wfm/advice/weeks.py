"""An agent's cheapest tour with one day fixed, beside the plans of all others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.advice.plan import Cell, Change, Plan
from wfm.errors import InputError
from wfm.schedule import Schedule, Shift
from wfm.solver.reading import read_schedule
from wfm.solver.rows import insert
from wfm.solver.search import Search

Ints = NDArray[np.int64]
CHANGED = 1.0
"""What another changed day has to save, in money, lest plans change for next to nothing."""


class Weeks:
    """The search with a plan in hand, of which one agent's row is found anew.

    Parameters
    ----------
    plan : Plan
        The schedule.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.search = Search(plan.problem, seed=1)
        try:
            read_schedule(self.search, plan.schedule)
            self.knows_all = True
        except InputError:
            # It holds what only rules ask for that are reported alone, which no search places.
            bare = [s.model_copy(update={"activities": ()}) for s in plan.schedule.shifts]
            read_schedule(self.search, Schedule.of_shifts(bare))
            self.knows_all = False
        self.search.settle()

    def best(self, cell: Cell, columns: Ints) -> Change | None:
        """What changes in the agent's cheapest tour that has one of some columns on a day.

        None if no tour keeps the agent's hard rules, and those that tie the agent to others. It is
        the cheapest by what an hour is worth beside the others' plans, which is exact for small
        changes; where the tour programme does not carry all rules it is a good one.
        """
        row, day = cell
        search, before = self.search, self.search.cell_cost[row]
        barred = np.ones(before.shape[1], dtype=bool)
        barred[columns] = False
        fixed = before + CHANGED
        fixed[np.arange(len(fixed)), self.plan.tours[row]] -= CHANGED
        fixed[day, barred] = np.inf
        saved = search.roster.saved([row])
        search.cell_cost[row] = fixed
        search.put(row, -1)
        found = insert(search, row, frozenset())
        tour = search.roster.schedule(search.instance) if found else None
        search.roster.put_back(saved)
        search.cell_cost[row] = before
        if tour is None:
            return None
        agent = self.plan.problem.agents[row].id
        change: dict[Cell, Shift | None] = {}
        for each in range(self.plan.tours.shape[1]):
            now, then = self.plan.shifts.get((row, each)), tour.on(agent, each)
            held = now and then and now.activities != then.activities
            if self.plan.option(now) != self.plan.option(then) or (self.knows_all and held):
                change[row, each] = then
        return change
