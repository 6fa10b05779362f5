"""What no roster costs less than, and which cells none near it holds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.solver.budget import Budget
from wfm.solver.rosters.bound import Relaxation
from wfm.solver.rosters.hand import Hand
from wfm.solver.rosters.narrowing import Prices, prices_of
from wfm.solver.rosters.people import People
from wfm.solver.rosters.program import Program
from wfm.solver.rosters.row_program import RowProgram


class Proof:
    """The linear relaxation of the program, then that over whole rows.

    Parameters
    ----------
    program : Program
        The roster's.
    people : People or None
        Everyone's tour programme; without them there is nothing over whole rows.
    hand : Hand
        Takes the bounds.
    budget : Budget
        How long it may take.
    over : callable
        Whether it is to end.

    Attributes
    ----------
    rows : RowProgram or None
        At its optimum, once it was found.
    prices : Prices or None
        Those that prove most, once cells are priced.
    """

    def __init__(
        self,
        program: Program,
        people: People | None,
        hand: Hand,
        budget: Budget,
        over: Callable[[], bool],
    ) -> None:
        self.program, self.people, self.hand, self.budget = program, people, hand, budget
        self.over = over
        self.relaxation = Relaxation(program)
        self.rows: RowProgram | None = None
        self.prices: Prices | None = None

    def run(self) -> None:
        """Raise the bound step by step."""
        total = np.inf if self.budget.seconds is None else self.budget.seconds
        found = self.relaxation.solve(max(1.0, total - self.budget.elapsed))
        if found is None:
            return
        bound, duals = found
        self.hand.prove(bound, "linear relaxation")
        if self.people is None:
            return
        rows = RowProgram(self.people, self.budget, self.over)
        rows.offer(self.people.capped(prices_of(self.program, duals)))
        mix = rows.solve(self.people.open_cells, self.hand.beaten)
        if mix is None:
            self.hand.prove(self.hand.cost, "linear program over whole rows")
            return
        self.hand.prove(self.hand.sure(mix.bound), "linear program over whole rows")
        self.rows = rows
        prices = Prices(self.people, mix.price)
        prices.price_cells(self.over)
        self.prices = prices
