"""The bound, raised beside the search in a thread of its own."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from wfm.result import Result
from wfm.schedule import Schedule
from wfm.solver.bound import Dual
from wfm.solver.lagrangian import cheapest_tours
from wfm.solver.oracle import Oracle
from wfm.solver.prices import Start, roster_prices
from wfm.solver.roster import Roster
from wfm.solver.search import Search

NEWS = 0.0003
"""By how much, as a share, a roster must be better for its prices to be worth trying."""
LAGRANGIAN, WHOLE = "Lagrangian over the coverage", "CP-SAT over the whole problem"
"""What proves a bound."""


class Proof:
    """A bound that rises while the search goes on.

    Parameters
    ----------
    search : Search
        Holds a first roster.
    roster : Roster
        The best so far.
    known : float
        Its cost.

    Attributes
    ----------
    tours : int
        About how many tours a step buys.
    unavoidable : float
        What everyone's cheapest tours cost together, service aside.
    """

    def __init__(self, search: Search, roster: Roster, known: float) -> None:
        self.search = search
        oracle = Oracle(search)
        self.unavoidable = cheapest_tours(oracle)
        self._born = self._known = known
        self._dual = Dual(oracle, self._prices(roster), self.unavoidable)
        self.tours = self._dual.tours
        self._reached = self._claimed = -float("inf")
        self._halt = threading.Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="bound")
        self._task: Future[None] | None = None
        self._counted = False

    def __enter__(self) -> Proof:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        self._pool.shutdown()

    @property
    def best(self) -> float:
        """Largest bound that is proven so far."""
        # Steps under way that were counted show only once they are awaited, so that all repeats.
        counting = self._counted and self._task is not None
        return max(self._reached if counting else self._dual.best, self._claimed)

    def claim(self, bound: float) -> None:
        """Take over a bound that the engine has proven over the whole problem."""
        self._claimed = max(self._claimed, bound)

    def go_on(self, roster: Roster, known: float, steps: int | None = None) -> None:
        """Take further steps towards a known cost, so many or until told otherwise.

        Parameters
        ----------
        roster : Roster
            The best so far; where it is much better than before, its prices are a new start.
        known : float
            Its cost.
        steps : int, optional
            With a number, those asked for before are awaited first.
        """
        self._counted = steps is not None
        if self._counted or (self._task is not None and self._task.done()):
            self._stop()
        # Counted steps under way do not hear of it, or when they do would depend on the machine.
        self._known = known
        if known < (1 - NEWS) * self._born:
            self._stop()
            self._born = known
            self._dual.consider(self._prices(roster))
        if self._task is None and not self._dual.exhausted:
            self._halt.clear()
            self._reached = self._dual.best
            self._task = self._pool.submit(self._raise, steps)

    def result(self, schedule: Schedule, cost: float, seconds: float) -> Result:
        """A schedule with its cost, and what is proven of it."""
        excess = max(0.0, cost - self.best)
        gap = excess / max(abs(cost), 1e-9)
        return Result(
            status="optimal" if gap <= 1e-6 else "feasible",
            schedule=schedule,
            objective=cost,
            bound=self.best,
            bound_by=WHOLE if self._claimed > self._dual.best else LAGRANGIAN,
            gap=gap,
            unavoidable=self.unavoidable,
            strict_gap=excess / max(cost - self.unavoidable, 1e-9),
            seconds=seconds,
        )

    def _raise(self, steps: int | None) -> None:
        taken, halted = 0, self._halt.is_set
        while not (self._halt.is_set() or self._dual.exhausted or taken == steps):
            self._dual.improve(1, self._known, halted)
            taken += 1

    def _prices(self, roster: Roster) -> list[Start]:
        """Prices to start from, at the worths in hand.

        Those have been paid in the search; those at which one roster is settled are too extreme.
        """
        search, hand, worth = self.search, self.search.roster, self.search.worth
        search.roster = roster.copy()
        search.set_worth(worth)
        starts = roster_prices(search)
        search.roster = hand
        search.set_worth(worth)
        return starts

    def _stop(self) -> None:
        """End the steps under way, unless so many were asked for."""
        if not self._counted:
            self._halt.set()
        if self._task is not None:
            self._task.result()
            self._task = None
