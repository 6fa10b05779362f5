"""Target periods of all queues, and what is planned and simulated in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand
from wfm.judge.deferred import work_off
from wfm.simulation import Outcome
from wfm.simulation.stretches import By, whole_name

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Aim:
    """A period with contacts in which a queue has a target.

    Attributes
    ----------
    row : int
        Of the queue.
    period : str
        Its label, as in :meth:`wfm.simulation.Outcome.service`.
    slots : ndarray of int
        Slots of the period.
    target : float
        Level that is promised.
    """

    row: int
    period: str
    slots: Ints
    target: float


@dataclass(frozen=True)
class Level:
    """A simulated level with its confidence interval."""

    value: float
    low: float
    high: float


def due(demand: Demand, row: int, slots: Ints) -> float:
    """Contacts of a queue in a period; of a deferred queue all of them."""
    if row in demand.works:
        return float(demand.works[row].total)
    return float(demand.contacts_array[row, slots].sum())


def aims_of(outcome: Outcome) -> list[Aim]:
    """Target periods of every queue; a deferred queue has one, the horizon."""
    demand = outcome.problem.demand
    aims = []
    for row, queue in enumerate(demand.queues):
        whole = (whole_name(outcome.problem), np.arange(demand.horizon.slots))
        deferred = row in demand.works
        for period, slots in [whole] if deferred else demand.periods(row):
            if due(demand, row, slots) > 0:
                aims.append(Aim(row, period, slots, queue.target.level))
    return aims


def planned_level(demand: Demand, aim: Aim, heads: Floats, worth: Floats) -> float:
    """Level of a period by the curves, at the heads of its queue and what each is worth.

    Parameters
    ----------
    demand : Demand
        With the curves as the formula gives them.
    aim : Aim
        The period.
    heads, worth : ndarray, shape (slots,)
        Of its queue, in all slots of the horizon.
    """
    slots = aim.slots
    cells = aim.row * demand.horizon.slots + slots
    able = demand.curves.at(cells, worth[slots] * heads[slots])
    if aim.row in demand.works:
        work = demand.works[aim.row]
        return float(1 - work_off(work, able)[1].sum() / work.total)
    return float(able.sum() / due(demand, aim.row, slots))


def simulated_levels(outcome: Outcome, aims: list[Aim]) -> list[Level]:
    """Level of each period as its target defines it."""
    queues = outcome.problem.demand.queues
    found: dict[tuple[str, str], Level] = {}
    periods: tuple[By, ...] = ("day", "week", "horizon")
    for by in periods:
        frame = outcome.service(by)
        keys = zip(frame["queue"], frame["period"], strict=True)
        bounds = frame[["level", "level_low", "level_high"]].to_numpy().tolist()
        found |= {key: Level(*each) for key, each in zip(keys, bounds, strict=True)}
    return [found[queues[aim.row].id, aim.period] for aim in aims]


def slot_levels(outcome: Outcome) -> tuple[Floats, Floats]:
    """Simulated level of each slot and half of its confidence interval, shape (queues, slots).

    NaN where no contact came.
    """
    frame = outcome.service("interval")
    shape = (len(outcome.problem.demand.queues), -1)
    half = (frame["level_high"] - frame["level_low"]) / 2
    return frame["level"].to_numpy().reshape(shape), half.to_numpy().reshape(shape)
