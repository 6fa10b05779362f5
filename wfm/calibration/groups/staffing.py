"""Least agents of each skill group that give every queue its service, by simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.calibration.aims import Aim, planned_level, slot_levels
from wfm.calibration.correction import Correction, Findings
from wfm.calibration.groups.checks import by_group, check_groups, check_queues
from wfm.calibration.groups.pools import pooled, pooled_demand, pools_of
from wfm.calibration.groups.programme import least_agents
from wfm.calibration.groups.trial import Trial
from wfm.calibration.groups.values import GroupStaffing
from wfm.calibration.judging import check_loop, settled, standing
from wfm.calibration.values import CalibrationRound
from wfm.calibration.worth import with_worth
from wfm.demand import Demand
from wfm.simulation import Assumptions, Outcome

Floats = NDArray[np.float64]


def staff_groups(
    demand: Demand,
    groups: Mapping[str, Sequence[str]],
    *,
    costs: Mapping[str, float] | None = None,
    most: Mapping[str, int] | None = None,
    ranks: Mapping[str, Mapping[str, int]] | None = None,
    rounds: int = 8,
    tolerance: float = 0.01,
    seed: int = 1,
    replications: int = 50,
    assumptions: Assumptions | None = None,
    on_round: Callable[[CalibrationRound], object] | None = None,
) -> GroupStaffing:
    """Find the least agents of each skill group with which every queue keeps its promise.

    There are no shifts: in each slot any number of a group may be there. A linear programme
    takes the cheapest numbers by service curves of every set of queues, as if it were one queue
    and all who serve some of it answered it. That promises too much, or too little; the simulation
    says how much, each set's curves are stretched by that, and so on.

    Parameters
    ----------
    demand : Demand
        At most 6 queues, answered one contact at a time, without a deadline.
    groups : mapping of str to sequence of str
        Ids of the queues that an agent of each group serves.
    costs : mapping of str to float, optional
        Cost of an hour of an agent of each group; 1 for those not named.
    most : mapping of str to int, optional
        Agents that there are of each group; any number of those not named.
    ranks : mapping of str to mapping of str to int, optional
        Group -> queue -> rank, as in :class:`wfm.simulation.AgentAssumptions`. A group that is
        not named has the number of its queues as rank, so that those who can do least go first.
    rounds, tolerance, seed, replications, on_round
        As for :func:`wfm.calibrate`.
    assumptions : Assumptions, optional
        What the simulation takes for granted, but for its agents.

    Returns
    -------
    GroupStaffing
        With status ``"met"``, or why not in sentences.

    Raises
    ------
    InputError
        If an argument is out of bounds, or names what there is not.

    Notes
    -----
    Sets of queues as constraints: Cezik and L'Ecuyer (2008), "Staffing multiskill call centers via
    linear programming and simulation".
    """
    check_loop("staff_groups", rounds, tolerance, replications, seed)
    check_queues(demand)
    check_groups(demand, groups)
    price, limit = by_group("costs", costs, groups, 1.0), by_group("most", most, groups, np.inf)
    trial = Trial(
        demand=demand,
        groups=groups,
        ranks=ranks or {},
        price=price,
        assumptions=assumptions or Assumptions(),
        replications=replications,
        seed=seed,
        tolerance=tolerance,
    )
    pools = pools_of(len(demand.queues))
    joined = _joined(demand, groups, pools)
    plain = pooled_demand(demand, pools)
    aims = _pool_aims(plain)
    correction = Correction(plain, aims)
    while len(trial.rounds) < rounds:
        agents = least_agents(with_worth(plain, correction.worth), aims, joined, price, limit)
        if agents is None:
            return trial.end("all the agents of the groups together are too few by the curves")
        heads = pooled(joined, agents.astype(float))
        outcome = trial.simulate(agents)
        planned = [
            planned_level(plain, aim, heads[aim.row], correction.worth[aim.row]) for aim in aims
        ]
        found = trial.add(agents, outcome, dict(zip(map(_key, aims), planned, strict=True)))
        if on_round is not None:
            on_round(found)
        if all(map(settled, found.queues)):
            break
        findings = _findings(plain, pools, aims, heads, outcome)
        correction.learn(findings, _done(aims, planned, findings, tolerance))
    return trial.end()


def _joined(
    demand: Demand, groups: Mapping[str, Sequence[str]], pools: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether a group answers some queue of a pool, shape ``(pools, groups)``."""
    names = [queue.id for queue in demand.queues]
    serves = np.array([[name in served for name in names] for served in groups.values()])
    return np.asarray(pools @ serves.T)


def _pool_aims(demand: Demand) -> list[Aim]:
    return [
        Aim(row, period, slots, queue.target.level)
        for row, queue in enumerate(demand.queues)
        for period, slots in demand.periods(row)
        if demand.contacts_array[row, slots].any()
    ]


def _done(aims: list[Aim], planned: list[float], findings: Findings, tolerance: float) -> set[int]:
    """Which aims need no further correction."""
    return {
        number
        for number, aim in enumerate(aims)
        if standing(aim.target, planned[number], findings.levels[number], tolerance)
        in ("met", "held above")
    }


def _key(aim: Aim) -> tuple[int, str]:
    return aim.row, aim.period


def _findings(
    plain: Demand, pools: NDArray[np.bool_], aims: list[Aim], heads: Floats, outcome: Outcome
) -> Findings:
    """What a simulation of the queues says of every pool."""
    contacts = outcome.problem.demand.contacts_array
    levels, half_widths = slot_levels(outcome)
    in_time = pooled(pools, np.nan_to_num(levels) * contacts)
    error = np.sqrt(pooled(pools, (np.nan_to_num(half_widths) * contacts) ** 2))
    offered = plain.contacts_array
    with np.errstate(invalid="ignore", divide="ignore"):
        shares, halves = in_time / offered, error / offered
    found = [
        float(in_time[aim.row, aim.slots].sum() / offered[aim.row, aim.slots].sum()) for aim in aims
    ]
    return Findings(heads, found, shares, halves)
