"""The whole way from a problem to a schedule with a proven bound."""

from __future__ import annotations

from collections.abc import Callable

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Progress, Result, Status
from wfm.schedule import Schedule
from wfm.solver.budget import Budget
from wfm.solver.hunt import Hunt
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.rosters.solving import solve_roster
from wfm.solver.rosters.suited import roster_book
from wfm.solver.search import Search
from wfm.solver.start import InfeasibleError, start
from wfm.solver.tour.walk import best_tour
from wfm.solver.watch import Watch

MOVES = ("rows", "columns", "whole")
SECONDS = 60.0


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    work: int | None = None,
    seed: int = 1,
    gap: float = 0.0,
    on_progress: Callable[[Progress], object] | None = None,
    on_best: Callable[[Schedule], object] | None = None,
    moves: tuple[str, ...] = MOVES,
    start_from: Schedule | None = None,
) -> Result:
    """Find a schedule that keeps every hard rule at the least cost.

    Rows (one agent's whole week, exactly) and columns (everyone's one day, by CP-SAT) take turns
    while a Lagrangian bound rises from below; a small problem CP-SAT also solves as a whole. Where
    nobody calls and shifts are whole, as in a roster with a number of heads for each shift of each
    day, the roster is annealed row by row instead; a linear program over whole rows is the bound,
    and near it CP-SAT solves one integer program, or parts of it. The best schedule so far always
    keeps the hard rules; Ctrl-C and the limits return it. Ctrl-C before there is one goes through.

    Parameters
    ----------
    problem : Problem
        What to schedule.
    seconds : float, optional
        Time limit; 60 if there is none of work either. Loading the compiled kernels, once in a
        process, comes on top.
    work : int, optional
        Limit of the tours to find, some thousands a second. With it the same seed gives the same
        schedule each time, unless the time limit is met first.
    seed : int
        Of everything random.
    gap : float
        Stop when ``(cost - bound) / cost`` is no larger.
    on_progress : callable, optional
        Called with a :class:`Progress` after each step.
    on_best : callable, optional
        Called with the best :class:`Schedule` so far: the first one, and a better one after each
        step that has found one. It keeps every hard rule.
    moves : tuple of str
        Which moves take part, for comparisons: ``"rows"``, ``"columns"``, and ``"whole"``, which
        lets CP-SAT choose everyone's shifts of all days at once where the problem is small.
    start_from : Schedule, optional
        A schedule to go on from, such as that of an earlier solve. Agents whose shifts there still
        keep every hard rule begin with them; only for the others new ones are found first. The
        search may change anybody's afterwards.

    Returns
    -------
    Result
        With status ``"infeasible"`` and the smallest conflicts, in sentences and as values, if the
        hard rules cannot all be kept.

    Raises
    ------
    InputError
        If `seconds` or `work` is not above 0, or the problem has more queues than agents can be
        divided over exactly.
    """
    check_limits("solve", seconds, work)
    budget = Budget(SECONDS if seconds is None and work is None else seconds, work)
    book = roster_book(problem)
    if book is not None:
        told = on_progress or silent
        return solve_roster(problem, book, budget, seed, gap, told, on_best, start_from)
    compiled = bool(best_tour.signatures)
    hunt: Hunt | None = None
    try:
        search = Search(problem, seed, budget)
        start(search, seed, start_from)
        if not compiled:
            budget.begin()
        hunt = Hunt(search, seed, gap, moves, Watch(on_progress or silent, on_best))
        hunt.run()
    except InfeasibleError as error:
        status: Status = "infeasible" if error.proven else "unknown"
        return Result(
            status=status,
            conflict=error.sentences,
            conflicts=error.conflicts,
            seconds=budget.elapsed,
        )
    except KeyboardInterrupt:
        if hunt is None:
            raise
    with heeding_interrupts():
        return hunt.result()


def check_limits(place: str, seconds: float | None, work: int | None) -> None:
    """Raise `InputError` unless the limits that are given are above 0."""
    for name, limit in (("seconds", seconds), ("work", work)):
        if limit is not None and not limit > 0:
            raise InputError(f"{place}: {name}", "be above 0", limit)


def silent(_: Progress) -> None:
    """Tell nobody."""
