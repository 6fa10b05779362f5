"""Many problems that know nothing of each other, solved side by side: on cores or on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from joblib import Parallel, delayed
from joblib.parallel import get_active_backend

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Result
from wfm.schedule import Schedule
from wfm.solver.solve import MOVES, check_limits, solve


def solve_all(
    problems: Sequence[Problem],
    *,
    seconds: float | None = None,
    work: int | None = None,
    seed: int | Sequence[int] = 1,
    gap: float = 0.0,
    moves: tuple[str, ...] = MOVES,
    start_from: Sequence[Schedule | None] | None = None,
    jobs: int | None = None,
) -> list[Result]:
    """Solve problems that are independent of each other, such as sites, teams or scenarios.

    They run through joblib. Without further words each core of this machine gets a process
    (backend ``"loky"``). Within ``joblib.parallel_config`` its backend takes over, so that
    ``backend="dask"`` or ``"ray"`` sends the problems to a cluster. How many are solved at a time:
    `jobs` if given, else `n_jobs` of the surrounding ``parallel_config``, else as many as the
    backend has cores for. That last step is ours: joblib's own default is one on every backend but
    Dask. Inside a task of another joblib fan-out, which has the cores already, it stays one.

    Each process loads the solver's kernels once; where none has run yet it compiles them first, so
    let one solve run on a machine before many start there. Ctrl-C goes through and drops what is
    being solved, but with one at a time in this process it ends the solve that runs, as in
    :func:`wfm.solve`, and the next begins.

    Parameters
    ----------
    problems : sequence of Problem
        What to schedule; one problem may stand there several times, with a seed for each.
    seconds : float, optional
        Time limit of each problem, as in :func:`wfm.solve`.
    work : int, optional
        Limit of the tours to find for each, with which every backend gives the same schedules.
    seed : int or sequence of int
        Of everything random: one for all problems, or one for each.
    gap : float
        Stop a problem when its gap is no larger.
    moves : tuple of str
        Which moves take part, as in :func:`wfm.solve`.
    start_from : sequence of (Schedule or None), optional
        For each problem a schedule to go on from, or None.
    jobs : int, optional
        Problems at a time, as `joblib` counts: -1 for all cores of the backend, 1 for one after the
        other in this process. Dask always uses all its cores.

    Returns
    -------
    list of Result
        In the order of the problems; one that cannot be solved has status ``"infeasible"``.

    Raises
    ------
    InputError
        For an argument that cannot be used, or if a problem is refused: then it names which, and
        the others are given up.
    """
    _check(problems, jobs)
    check_limits("solve_all", seconds, work)
    seeds = _one_each("seed", [seed] * len(problems) if isinstance(seed, int) else seed, problems)
    fresh = [None] * len(problems)
    starts = _one_each("start_from", fresh if start_from is None else start_from, problems)
    shared = {"seconds": seconds, "work": work, "gap": gap, "moves": moves}
    tasks = (
        delayed(_one)(number, problem, {**shared, "seed": own, "start_from": start})
        for number, (problem, own, start) in enumerate(zip(problems, seeds, starts, strict=True))
    )
    try:
        return list(Parallel(n_jobs=at_a_time(jobs))(tasks))
    except InputError as error:
        raise error from None  # where in a worker it arose says nothing that it does not say


def _check(problems: Sequence[Problem], jobs: int | None) -> None:
    """Refuse at once what every worker would refuse."""
    if jobs == 0 or not isinstance(jobs, int | None):
        raise InputError("solve_all: jobs", "be a whole number other than 0", jobs)
    if isinstance(problems, Problem):
        raise InputError("solve_all: problems", "be a list of problems", "a single one")
    for number, problem in enumerate(problems):
        if not isinstance(problem, Problem):
            raise InputError(f"solve_all: problems[{number}]", "be a Problem", problem)


def _one_each(name: str, given: Sequence[Any], problems: Sequence[Problem]) -> list[Any]:
    if len(given) != len(problems):
        must = f"have one for each of the {len(problems)} problems"
        raise InputError(f"solve_all: {name}", must, len(given))
    return list(given)


def at_a_time(jobs: int | None) -> int | None:
    """Problems at a time, None to leave it to joblib."""
    backend, configured = get_active_backend()
    if jobs is not None or configured is not None:
        return jobs if jobs is not None else int(configured)
    return None if backend.nesting_level else -1


def _one(number: int, problem: Problem, options: dict[str, Any]) -> Result:
    """Solve one problem, in whatever process."""
    try:
        return solve(problem, **options)
    except InputError as error:
        raise error.within(f"problems[{number}]") from None
