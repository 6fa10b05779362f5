"""Teams that share queues, each solved as a problem of its own beside the heads of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from joblib import effective_n_jobs

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Progress, Result, Status
from wfm.solver.parting import Parting, teams_of
from wfm.solver.rounds import Rounds, Share
from wfm.solver.solve import SECONDS, check_limits, silent, solve
from wfm.solver.solve_all import at_a_time
from wfm.solver.start import InfeasibleError


def solve_teams(
    problem: Problem,
    *,
    teams: Mapping[str, str] | None = None,
    rounds: int = 4,
    seconds: float | None = None,
    work: int | None = None,
    seed: int = 1,
    gap: float = 0.0,
    jobs: int | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> Result:
    """Find a schedule of a centre that is too large for one search, team by team.

    In the first round each team is solved for its share of the demand, by the hours that it can
    give to each queue. From then on each is solved for the whole demand beside the heads that the
    schedules in hand give the others, which are divided over the queues together with its own.
    Teams are solved side by side as by :func:`wfm.solve_all`, so on a cluster too: all of them in
    the first round, then one half and the other half, since they answer the same gaps. Of what they
    find, the team that improves the whole most is taken first, and others as far as they improve it
    further. So no round makes the whole dearer.

    This process compiles the whole to price it, and raises its bound while the teams are solved;
    the searches are the workers'.

    Parameters
    ----------
    problem : Problem
        The whole centre.
    teams : mapping of str to str, optional
        Team of each agent, by ids. By default the agents' teams, or their sites if no agent has a
        team.
    rounds : int
        At most so many; they end before when one improves nothing.
    seconds : float, optional
        Time limit of all solves together; 60 if there is none of work either. Those of all teams
        and rounds have equal shares, by how many run at a time. What the compiling and pricing of
        the whole takes comes on top.
    work : int, optional
        Limit of the tours to find in all rounds and teams together. With it the same seed gives the
        same schedule each time.
    seed : int
        Of everything random.
    gap : float
        Stop when the whole's gap is no larger.
    jobs : int, optional
        Teams at a time, as in :func:`wfm.solve_all`.

    on_progress : callable, optional
        Called with a :class:`Progress` of the whole after each round.

    Returns
    -------
    Result
        Of the whole. With a single team it is that of :func:`wfm.solve`.

    Raises
    ------
    InputError
        If an argument cannot be used, or a rule, hard or soft, couples people of several teams,
        such as a household's promise, a fair share or seats: it names the rule. Put them into one
        team, or state the rule for each team apart.
    """
    check_limits("solve_teams", seconds, work)
    if rounds < 1:
        raise InputError("solve_teams: rounds", "be at least 1", rounds)
    seconds = SECONDS if seconds is None and work is None else seconds
    found = teams_of(problem, teams)
    if len(found) == 1:
        return solve(
            problem, seconds=seconds, work=work, seed=seed, gap=gap, on_progress=on_progress
        )
    parting = Parting(problem, found)
    solves = _one_after_another(len(found), rounds, jobs)
    share = Share(
        seconds=None if seconds is None else seconds / solves,
        work=None if work is None else max(1, work // (rounds * len(found))),
        jobs=jobs,
    )
    try:
        going = Rounds(parting, share, seed, on_progress or silent)
    except InfeasibleError as error:
        status: Status = "infeasible" if error.proven else "unknown"
        return Result(status=status, conflict=error.sentences, conflicts=error.conflicts)
    going.run(rounds - 1, gap)
    return going.result()


def _one_after_another(teams: int, rounds: int, jobs: int | None) -> int:
    """Solves of a team that follow each other: first of all teams, then of half of them each."""
    at_once = int(effective_n_jobs(at_a_time(jobs)))
    half = -(-teams // 2)
    return -(-teams // at_once) + (rounds - 1) * 2 * -(-half // at_once)
