"""The whole roster solved at once by CP-SAT, near the bound first where cells are priced."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.solver.budget import Budget
from wfm.solver.rosters.bound import whole_bound
from wfm.solver.rosters.engine import Engine
from wfm.solver.rosters.hand import Hand
from wfm.solver.rosters.narrowing import Prices
from wfm.solver.rosters.part import Cutter
from wfm.solver.rosters.program import Program

Ints = NDArray[np.int64]
WORKERS = 8
"""Of the engine: more than cores, as they search in different ways."""
MARGINS = (0.001, 0.005, 0.02, 0.08)
"""How far above the bound that looks, as shares of it, one after the other."""


class AtOnce:
    """Solves the whole for a hand.

    Parameters
    ----------
    program : Program
        The roster's.
    hand : Hand
        Takes what is found and proven.
    engine : Engine
        Solves.
    budget : Budget
        How long all together may take.
    seed : int
        The engine's.
    """

    def __init__(
        self, program: Program, hand: Hand, engine: Engine, budget: Budget, seed: int
    ) -> None:
        self.program, self.hand, self.engine = program, hand, engine
        self.budget, self.seed = budget, seed

    def near(self, prices: Prices, until: float) -> None:
        """Solve it among the rows that a roster near the bound can hold; then farther."""
        hand = self.hand
        for number, margin in enumerate(MARGINS):
            target = min(hand.bound + margin * max(1.0, abs(hand.bound)), hand.cost)
            left = (until - self.budget.clock) / (len(MARGINS) - number)
            if left <= 0 or hand.settled:
                return
            cutter = Cutter(prices.narrowed(self.program, target))
            self.solve(cutter, self.budget.clock + left, target)
            if hand.cost <= target:
                return

    def solve(self, cutter: Cutter, until: float, target: float = np.inf) -> None:
        """Solve it by a program that holds all rosters of up to some cost."""
        hand = self.hand
        x = hand.x
        part = cutter.part(x, np.arange(self.program.own))

        def take(values: Ints) -> None:
            hand.take(part.columns, values)

        def bound(found: float) -> None:
            proven = min(whole_bound(self.program, found), target)
            hand.prove(proven, "CP-SAT on the whole")

        most = min(max(1.0, until - self.budget.clock), self.budget.left)
        hint = np.clip(x[part.columns], part.lower, part.upper)
        answer = self.engine.whole(part, hint, self.seed, most, WORKERS, take, bound)
        if answer.values is not None:
            take(answer.values)
            if answer.settled:
                bound(float(part.cost @ answer.values))
        elif answer.settled:
            hand.prove(target, "CP-SAT on the whole")
