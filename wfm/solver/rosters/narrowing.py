"""Which cells no roster up to some cost holds.

At prices of what couples people everyone's best row alone costs no more, together, than any roster
(Lagrange). A cell is shut if the best row through it lifts that sum above the cost in hand; whole
rows are priced, so far more cells are shut than by the reduced costs of the linear program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wfm.solver.rosters.people import People
from wfm.solver.rosters.program import Program

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_STEPS = 1_500_000_000
"""States times cells of everyone up to which rows through each cell are priced: some minutes."""
ROUNDING = 1e-6


def prices_of(program: Program, duals: Floats) -> Floats:
    """Prices of the joint limits by the duals of a program's relaxation, shape ``(rows,)``."""
    return -duals[program.soft[program.couples]] / program.scale


class Prices:
    """What rows cost at prices of what couples people.

    Parameters
    ----------
    people : People
        Everyone's programme.
    price : ndarray, shape (rows,)
        Price of a unit that each joint limit counts; those of the program's relaxation prove much,
        and any would prove something.

    Attributes
    ----------
    price : ndarray, shape (rows,)
        The prices, at least 0 and at most that of a breach.
    worth : ndarray, shape (agents,)
        The value of everyone's best row.
    bound : float
        What no roster costs less than, in units.
    excess : ndarray, shape (agents, days, options + 1)
        How much more the best row through each cell costs than the best row; 0 where it is not
        known.
    """

    def __init__(self, people: People, price: Floats) -> None:
        self.people = people
        self.price = people.capped(price)
        self._value = people.priced(self.price, people.base)
        self.worth, _ = people.best_rows(self._value)
        self.bound = people.bound(self.price, self.worth)
        self.excess = np.zeros(people.base.shape)

    def price_cells(self, stopped: Callable[[], bool]) -> None:
        """Price the best row through each cell; leaves the rest unknown when stopped."""
        states = sum(int(programme.states.sum()) for programme in self.people.programmes)
        if states * self.excess[0].size > MOST_STEPS:
            return
        for agent, programme in enumerate(self.people.programmes):
            value = self._value[agent]
            known = np.zeros(value.shape, dtype=bool)
            for day, column in np.ndindex(*value.shape):
                if stopped():
                    return
                if known[day, column]:
                    continue
                through = value.copy()
                through[day] = -np.inf
                through[day, column] = value[day, column]
                worth, tour = programme.best(through)
                more = self.worth[agent] - worth
                self.excess[agent, day, column] = more
                if more <= ROUNDING:
                    # All cells of a best row are on a best row.
                    known[np.arange(len(tour)), tour] = True

    def narrowed(self, program: Program, cost: float) -> Program:
        """The program without what no roster of up to that cost holds."""
        # Where costs are counted in parts of a unit, the program rounds them down.
        rounding = ROUNDING * max(1.0, abs(cost)) + 1 - 1 / program.scale
        shut = self.bound + self.excess > cost + rounding
        lower, upper = program.lower.copy(), program.upper.copy()
        mine = (program.agents, program.block)
        cells = program.days * program.options
        block = upper[: program.own].reshape(mine)
        block[:, :cells][shut[:, :, :-1].reshape(program.agents, cells)] = 0
        block[:, cells:][shut[:, :, :-1].all(axis=2)] = 0
        works = lower[: program.own].reshape(mine)
        works[:, cells:][shut[:, :, -1]] = 1
        return replace(program, lower=lower, upper=upper)
