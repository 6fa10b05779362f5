"""The whole way from a problem to a schedule with a proven bound."""

from __future__ import annotations

import time

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Progress, Result, Status
from wfm.schedule import Schedule
from wfm.solver.hunt import Hunt, OnProgress
from wfm.solver.search import Search
from wfm.solver.start import InfeasibleError, start
from wfm.solver.tour.walk import best_tour

MOVES = ("rows", "columns")


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    gap: float = 0.0,
    on_progress: OnProgress | None = None,
    moves: tuple[str, ...] = MOVES,
    start_from: Schedule | None = None,
) -> Result:
    """Find a schedule that keeps every hard rule at the least cost.

    Rows (one agent's whole week, exactly) and columns (everyone's one day, by CP-SAT) take turns
    while a Lagrangian bound rises from below. The best schedule so far always keeps the hard
    rules; Ctrl-C and the time limit return it. Ctrl-C before there is one goes through.

    Parameters
    ----------
    problem : Problem
        What to schedule.
    seconds : float
        Time limit. Loading the compiled kernels, once in a process, comes on top.
    seed : int
        Of everything random.
    gap : float
        Stop when ``(cost - bound) / cost`` is no larger.
    on_progress : callable, optional
        Called with a :class:`Progress` after each step.
    moves : tuple of str
        Which moves take part: ``"rows"``, ``"columns"`` or both, for comparisons.
    start_from : Schedule, optional
        A schedule to go on from, such as that of an earlier solve. Agents whose shifts there still
        keep every hard rule begin with them; only for the others new ones are found first. The
        search may change anybody's afterwards.

    Returns
    -------
    Result
        With status ``"infeasible"`` and the smallest conflict in sentences if the hard rules
        cannot all be kept.

    Raises
    ------
    InputError
        If `seconds` is not above 0, or the problem has more queues than agents can be divided
        over exactly.
    """
    if seconds <= 0:
        raise InputError("solve: seconds", "be above 0", seconds)
    began, compiled = time.monotonic(), bool(best_tour.signatures)
    hunt: Hunt | None = None
    try:
        search = Search(problem, seed)
        start(search, seed, seconds, start_from)
        began = began if compiled else time.monotonic()
        hunt = Hunt(search, seed, began, seconds, gap, on_progress or _silent, moves)
        hunt.began = began if compiled else time.monotonic()
        hunt.run()
    except InfeasibleError as error:
        status: Status = "infeasible" if error.proven else "unknown"
        spent = time.monotonic() - began
        return Result(status=status, conflict=error.sentences, seconds=spent)
    except KeyboardInterrupt:
        if hunt is None:
            raise
    return hunt.result()


def _silent(_: Progress) -> None:
    return None
