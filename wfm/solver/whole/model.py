"""What the parts of a whole problem's model share: its tours, breaks, costs and hints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np
from ortools.sat.python import cp_model

from wfm.solver.book import Entry
from wfm.solver.instance import Instance
from wfm.solver.model import TourModel
from wfm.solver.roster import Roster
from wfm.solver.search import Search
from wfm.solver.whole.crowds import Crowd

SCALE = 10_000
"""Parts into which a unit of cost is divided."""
SHY = 1e-6
"""Of a part: what sums of floats may be off by."""

Cell = tuple[int, int]
Agents = tuple[int, ...]
Begins = list[dict[int, cp_model.IntVar]]


def up(value: float) -> int:
    """Rounded up to a whole number, but for what floats may be off by."""
    return ceil(value - SHY)


def down(value: float) -> int:
    """Rounded down to a whole number, but for what floats may be off by."""
    return floor(value + SHY)


def most_broken(entry: Entry) -> int:
    """Most units by which any tours can break a limit."""
    limit = entry.limit
    counted = sum(
        int(np.maximum(cells.grid, 0).max(axis=1, initial=0).sum()) for cells in limit.cells
    )
    counted += sum(max(0, some.factor) for some in limit.any_of)
    return max(0, counted - limit.most)


@dataclass(eq=False)
class WholeModel:
    """The CP-SAT model of everyone's tours with their breaks, of people by name or of heads.

    The model and its variables are open: add constraints of your own before solving.

    Attributes
    ----------
    search : Search
        Whose problem it is.
    roster : Roster
        The hint.
    tours : TourModel
        The model of those who are named.
    crowds : list of Crowd
        Those who are counted.
    works : dict
        Agents who are alike -> how many of them work each cell that may be chosen.
    flows : list
        For each crowd how many go each way through each day.
    breaks : dict
        Agents and cell -> for each of the shift's breaks, the slots at which it may begin and how
        many begin it there.
    costs : list
        Variables of the objective with their price, in parts.
    owed : list
        Further terms of the objective, in parts.
    constant : int
        What is paid in any case, in parts.
    """

    search: Search
    roster: Roster
    tours: TourModel
    crowds: list[Crowd]
    works: dict[Agents, dict[Cell, cp_model.IntVar]] = field(default_factory=dict)
    flows: list[list[list[cp_model.IntVar]]] = field(default_factory=list)
    breaks: dict[tuple[Agents, Cell], Begins] = field(default_factory=dict)
    costs: list[tuple[cp_model.IntVar, int]] = field(default_factory=list)
    owed: list[cp_model.LinearExprT] = field(default_factory=list)
    constant: int = 0

    @property
    def instance(self) -> Instance:
        """The compiled problem."""
        return self.search.instance

    @property
    def model(self) -> cp_model.CpModel:
        """The engine's model."""
        return self.tours.model

    def slack(self, entries: Sequence[Entry]) -> cp_model.LinearExprT:
        """By how much limits of one promise may be broken, at its price; not at all if hard."""
        weight = entries[0].weight
        if weight is None:
            return 0
        found = self.model.new_int_var(0, max(map(most_broken, entries)), "")
        self.costs.append((found, down(SCALE * weight)))
        return found

    def bound(self, solver: cp_model.CpSolver) -> float:
        """Cost below which the engine has proven that no schedule lies."""
        return float(np.floor(solver.best_objective_bound)) / SCALE
