"""A share of the demand for each of some teams, before any of them has a schedule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.curves import Point
from wfm.deferred import DeferredWork
from wfm.demand import Demand
from wfm.problem import Problem

Floats = NDArray[np.float64]
ROUNDING = 1e-9


def shares(problem: Problem, teams: Sequence[Sequence[int]]) -> Floats:
    """Share of each queue that each team is to take, by the hours that it can give.

    Whoever serves several queues is counted among them in proportion to their load.

    Parameters
    ----------
    problem : Problem
        The whole.
    teams : sequence of sequence of int
        Agents of each team by index.

    Returns
    -------
    ndarray, shape (teams, queues)
        Adds up to 1 over the teams, or to 0 for a queue that nobody serves.
    """
    hours = {contract.id: contract.weekly_hours for contract in problem.contracts}
    known = None not in hours.values()
    weight = np.array([hours[a.contract] if known else 1.0 for a in problem.agents], dtype=float)
    load = np.maximum(problem.demand.load_array.sum(axis=1), ROUNDING)
    spread = problem.serves * load
    spread *= (weight / np.maximum(spread.sum(axis=1), ROUNDING))[:, None]
    given = np.stack([spread[list(team)].sum(axis=0) for team in teams])
    return np.asarray(given / np.maximum(given.sum(axis=0), ROUNDING))


def shared(demand: Demand, share: Floats) -> Demand:
    """A share of the contacts, served by the same share of agents as well as the whole.

    Parameters
    ----------
    demand : Demand
        Of the whole.
    share : ndarray, shape (queues,)
        Of each queue.
    """
    part = share[:, None]
    rows = {queue.id: float(share[row]) for row, queue in enumerate(demand.queues)}
    return demand.model_copy(
        update={
            "contacts": _rows(demand.contacts_array * part),
            "load": _rows(demand.load_array * part) if demand.load else (),
            "required": _rows(np.ceil(demand.required_array * part - ROUNDING).astype(int)),
            "service": _curves(demand, share),
            "deferred": tuple(_work(work, rows[work.queue]) for work in demand.deferred),
        }
    )


def _rows(values: NDArray[np.generic]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in values.tolist())


def _work(work: DeferredWork, share: float) -> DeferredWork:
    arrived, due = (tuple(share * value for value in some) for some in (work.arrived, work.due))
    return DeferredWork(queue=work.queue, arrived=arrived, due=due)


def _curves(demand: Demand, share: Floats) -> tuple[tuple[tuple[Point, ...], ...], ...]:
    """Curves of ``share * contacts`` at ``share * heads``, at whole heads near each breakpoint."""
    curves = demand.curves
    queues, slots = curves.shape
    cells = np.arange(queues * slots)
    ends = np.searchsorted(curves.cell, cells, side="right")
    found: list[tuple[Point, ...]] = []
    for cell, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
        part = share[cell // slots]
        if part <= 0:
            found.append(((0, 0.0),))
            continue
        scaled = part * curves.heads[start:end]
        heads = np.unique(np.append(np.floor(scaled), np.ceil(scaled[-1] - ROUNDING)))
        contacts = part * curves.at(np.full(len(heads), cell), heads / part)
        found.append(tuple(zip(heads.astype(int).tolist(), contacts.tolist(), strict=True)))
    return tuple(tuple(found[row * slots : (row + 1) * slots]) for row in range(queues))
