"""Longer and longer runs of the engine on a whole problem, until it has proven what is best."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from ortools.sat.python import cp_model

from wfm.solver.model import solver_for
from wfm.solver.roster import Roster
from wfm.solver.search import Search
from wfm.solver.whole.build import build_whole, small_crowds, take

FIRST, LONGER = 1.0, 2.0
"""Seconds of the first run by the budget's clock, and by how much each is longer than the last."""
VAIN = 3
"""Runs without a better bound or schedule after which there are no more."""
PATIENCE = 0.05
"""Seconds after which it is asked again whether to stop."""


class WholeProblem:
    """A problem that the engine may solve as a whole, if it is small.

    Parameters
    ----------
    search : Search
        Whose problem it is.
    seed : int
        Of the engine.

    Attributes
    ----------
    counted : bool
        Whether most people are counted, not named.
    bound : float
        No schedule costs less, as far as the engine has proven.
    """

    def __init__(self, search: Search, seed: int) -> None:
        self.search = search
        self.seed = seed
        self._crowds = small_crowds(search)
        many = sum(len(crowd.agents) for crowd in self._crowds or [])
        self.counted = 2 * many > len(search.roster.tours)
        self.bound = -float("inf")
        self._most = FIRST
        self._vain = 0
        self._done = False

    @property
    def open(self) -> bool:
        """Whether another run may bring something."""
        return self._crowds is not None and not self._done

    def lose_heart(self) -> None:
        """Count a run that was in vain; there are only so many of them."""
        self._vain += 1
        self._done |= self._vain == VAIN

    def run(self, roster: Roster, stop: Callable[[], bool]) -> bool:
        """Run the engine from a roster on; whether its solution is now that of the search.

        Parameters
        ----------
        roster : Roster
            The best so far; the search has it in hand afterwards if there is no solution.
        stop : callable
            Whether to end the run before its time.
        """
        search, budget = self.search, self.search.budget
        search.roster = roster.copy()
        search.set_worth(search.worth)
        built = build_whole(search, search.roster, self._crowds or [])
        # One worker that trusts the relaxation proves these in a fraction of what several need.
        solver = solver_for(self.seed, workers=1)
        solver.parameters.linearization_level = 2
        most = min(self._most, max(0.1, budget.left))
        with ThreadPoolExecutor(1, thread_name_prefix="whole") as pool:
            task = pool.submit(budget.run, solver, built.model, most)
            try:
                while not wait([task], PATIENCE).done:
                    if stop():
                        solver.stop_search()
            finally:
                solver.stop_search()
        status = task.result()
        self._most *= LONGER
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        self._done = status not in (cp_model.FEASIBLE, cp_model.UNKNOWN)
        if found:
            self.bound = max(self.bound, built.bound(solver))
            take(built, solver)
        return found
