"""The whole way from a problem to a schedule with a proven bound."""

from __future__ import annotations

import time

from wfm.problem import Problem
from wfm.result import Progress, Result
from wfm.solver.hunt import Hunt, OnProgress
from wfm.solver.search import Search
from wfm.solver.start import InfeasibleError, start

MOVES = ("rows", "columns")


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    gap: float = 0.0,
    on_progress: OnProgress | None = None,
    moves: tuple[str, ...] = MOVES,
) -> Result:
    """Find a schedule that keeps every hard rule at the least cost.

    Rows (one agent's whole week, exactly) and columns (everyone's one day, by CP-SAT) take turns
    while a Lagrangian bound rises from below. The best schedule so far always keeps the hard
    rules; Ctrl-C and the time limit return it.

    Parameters
    ----------
    problem : Problem
        What to schedule.
    seconds : float
        Time limit of the search. Compiling its kernels, once on a machine, comes on top.
    seed : int
        Of everything random.
    gap : float
        Stop when ``(cost - bound) / cost`` is no larger.
    on_progress : callable, optional
        Called with a :class:`Progress` after each step.
    moves : tuple of str
        Which moves take part: ``"rows"``, ``"columns"`` or both, for comparisons.

    Returns
    -------
    Result
        With status ``"infeasible"`` and the smallest conflict in sentences if the hard rules
        cannot all be kept.

    Raises
    ------
    InputError
        If the problem has more queues than agents can be divided over exactly.
    """
    began = time.monotonic()
    hunt: Hunt | None = None
    try:
        search = Search(problem, seed)
        start(search, seed)
        hunt = Hunt(search, seed, seconds, gap, on_progress or _silent, moves)
        hunt.run()
    except InfeasibleError as error:
        spent = time.monotonic() - began
        return Result(status="infeasible", conflict=error.sentences, seconds=spent)
    except KeyboardInterrupt:
        if hunt is None:
            return Result(status="unknown", seconds=time.monotonic() - began)
    return hunt.result()


def _silent(_: Progress) -> None:
    return None
