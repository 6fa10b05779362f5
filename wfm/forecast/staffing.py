"""From contacts and handle times to the requirement and the service curve of each slot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.curves import Point
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.forecast.erlang import least_scheduled, service_level
from wfm.horizon import Horizon
from wfm.queue import Queue

if TYPE_CHECKING:
    from wfm.forecast.volume import Volume

Floats = NDArray[np.float64]
NEARLY_ALL = 0.999


def staff(volume: Volume, queues: Sequence[Queue], interval: int | None = None) -> Demand:
    """Turn a forecast into demand: requirement and concave service curve per queue and slot.

    Erlang C, slot by slot, on the agents that are left of the scheduled ones after shrinkage,
    each handling `Queue.concurrency` contacts at once. Outside its hours a queue asks for nobody.

    Parameters
    ----------
    volume : Volume
        Contacts and handle times; must hold every queue.
    queues : sequence of Queue
        The queues to staff, with their targets.
    interval : int, optional
        Minutes of a planning slot, if other than the forecast's.

    Raises
    ------
    InputError
        If there are no queues, or the forecast lacks one.
    """
    if not queues:
        raise InputError("queues", "hold at least one queue", list(queues))
    volume = volume if interval is None else volume.regrid(interval)
    missing = next((queue.id for queue in queues if queue.id not in volume.queues), None)
    if missing is not None:
        raise InputError("queues", f"be in the forecast ({', '.join(volume.queues)})", missing)
    rows = [volume.queues.index(queue.id) for queue in queues]
    contacts, aht = volume.array("contacts")[rows], volume.array("aht")[rows]
    contacts = contacts * np.stack([_open(queue, volume.horizon) for queue in queues])
    staffed = [
        _staff(queue, contacts[row], aht[row], volume.horizon.interval * 60.0)
        for row, queue in enumerate(queues)
    ]
    return Demand(
        horizon=volume.horizon,
        queues=tuple(queues),
        contacts=tuple(map(tuple, contacts.tolist())),
        aht=tuple(map(tuple, aht.tolist())),
        required=tuple(required for required, _ in staffed),
        service=tuple(service for _, service in staffed),
    )


def _open(queue: Queue, horizon: Horizon) -> NDArray[np.bool_]:
    """Whether a queue is open at some time of each slot, shape ``(slots,)``."""
    is_open = np.full(horizon.slots, not queue.hours)
    for start, end in (span for window in queue.hours for span in window.spans(horizon)):
        width = horizon.interval
        is_open[max(0, start // width) : max(0, -(-end // width))] = True
    return is_open


def _staff(
    queue: Queue, contacts: Floats, aht: Floats, seconds: float
) -> tuple[tuple[int, ...], tuple[tuple[Point, ...], ...]]:
    """Requirement and service curves of one queue; equal slots share their curve."""
    kinds, which = np.unique(np.stack([contacts, aht], axis=1), axis=0, return_inverse=True)
    share = (1 - queue.shrinkage) * queue.concurrency
    load = kinds[:, 0] * kinds[:, 1] / seconds
    target = queue.target

    def least(level: float, occupancy: float) -> NDArray[np.int64]:
        return least_scheduled(load, kinds[:, 1], level, target.threshold, occupancy, share)

    required = least(target.level, queue.max_occupancy)
    most = least(NEARLY_ALL, 1.0)
    agents = np.arange(int(most.max(initial=0)) + 1)
    level = service_level(load[:, None], agents * share, kinds[:, 1:], target.threshold)
    curve = concave(kinds[:, :1] * level)
    curves = [
        tuple(enumerate(row[: last + 1])) for row, last in zip(curve.tolist(), most, strict=True)
    ]
    return tuple(required[which].tolist()), tuple(curves[kind] for kind in which)


def concave(answered: Floats) -> Floats:
    """Make S-shaped curves concave without ever promising more than they do.

    Above its steepest step a curve stays as it is; below, it falls on with that step and so may
    end below zero, which makes a starved slot dearer than its contacts.

    Parameters
    ----------
    answered : ndarray, shape (curves, agents + 1)
        Contacts answered in time by 0, 1, 2, ... agents.

    Returns
    -------
    ndarray, shape (curves, agents + 1)
        Concave, nowhere above `answered`, and equal to it at its end.
    """
    steps = np.diff(answered, axis=1)
    if not steps.size:
        return answered
    steepest = steps.argmax(axis=1)[:, None]
    falling = np.where(np.arange(steps.shape[1]) < steepest, steps.max(axis=1)[:, None], steps)
    falling = np.minimum.accumulate(falling, axis=1)
    ahead = falling[:, ::-1].cumsum(axis=1)[:, ::-1]
    return np.hstack([answered[:, -1:] - ahead, answered[:, -1:]])
