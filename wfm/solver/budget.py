"""How long a search may go on: in seconds, or in steps of work that are the same on any machine."""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

PACE = 1000
"""Steps of work that stand for a second of the search's own clock; a step is one tour found."""


class Budget:
    """Time or work that a search has, and how much of it is gone.

    Whatever depends on how far a search has come looks at its clock. With a limit of work that
    clock counts work and no time, so that the same steps follow each other on any machine.

    Parameters
    ----------
    seconds : float or None
        Time limit; with a limit of work it only ends the search.
    work : int or None
        Tours to find.
    """

    def __init__(self, seconds: float | None, work: int | None = None) -> None:
        self.seconds = seconds
        self.work = work
        self.spent = 0.0
        self.begin()

    def begin(self) -> None:
        """Let the time begin now; the work stays."""
        self.began = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.began

    @property
    def clock(self) -> float:
        """Seconds since the search began, or those for which the work so far stands."""
        return self.elapsed if self.work is None else self.spent / PACE

    @property
    def total(self) -> float:
        """What the clock shows at the end."""
        if self.work is not None:
            return self.work / PACE
        return float("inf") if self.seconds is None else self.seconds

    @property
    def left(self) -> float:
        """What is left on the clock, not below zero."""
        return max(0.0, self.total - self.clock)

    @property
    def over(self) -> bool:
        """Whether time or work is used up."""
        late = self.seconds is not None and self.elapsed >= self.seconds
        return late or self.clock >= self.total

    def spend(self, work: float = 1.0) -> None:
        """Count some work."""
        self.spent += work

    def run(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        most: float,
        listener: cp_model.CpSolverSolutionCallback | None = None,
    ) -> int:
        """Let the engine work for at most so long, by the clock; returns its status."""
        parameters = solver.parameters
        if self.work is None:
            parameters.max_time_in_seconds = most
            return int(solver.solve(model, listener))
        # One worker repeats itself. Several that take turns do too, but abort the whole process
        # where a model with a hint turns out to be infeasible (OR-tools 9.15).
        parameters.num_workers = 1
        parameters.max_deterministic_time = most
        if self.seconds is not None:
            parameters.max_time_in_seconds = max(0.0, self.seconds - self.elapsed)
        status = solver.solve(model, listener)
        # Also what takes no time at all must end some day.
        self.spend(max(1.0, PACE * solver.response_proto.deterministic_time))
        return int(status)
