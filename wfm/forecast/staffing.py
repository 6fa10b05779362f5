"""From contacts and handle times to the requirement and the service curve of each slot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.deferred import DeferredWork
from wfm.demand import BusyFactor, Demand
from wfm.errors import InputError
from wfm.forecast.argument import instance
from wfm.forecast.deferral import in_idle_time, parcels
from wfm.forecast.erlang import (
    Factors,
    modified_load,
    queue_level,
    queue_performance,
    queue_requirement,
    slot_factors,
)
from wfm.forecast.service_curve import Curve, breakpoints, concave
from wfm.horizon import Horizon
from wfm.queue import Queue, slots_within

if TYPE_CHECKING:
    from wfm.forecast.volume import Volume

Floats = NDArray[np.float64]
NEARLY_ALL = 0.999
"""Service level at which a curve ends: beyond it further agents change nothing."""
CURVE_ERROR = 0.001
"""Share of a slot's contacts by which a curve may lie below the formula."""
LONG = 600.0
"""Mean seconds of handling from which the load lags behind the contacts so much that it matters."""


def staff(
    volume: Volume,
    queues: Sequence[Queue],
    interval: int | None = None,
    *,
    busy: BusyFactor | None = None,
) -> Demand:
    """Turn a forecast into demand: requirement and concave service curve per queue and slot.

    Each slot is in its steady state: Erlang C, or Erlang A where the queue's patience is known;
    with several contacts in hand, the birth-death chain of chat. Agents are those left of the
    scheduled ones after shrinkage. Where contacts take ten minutes and more, the load is the
    modified offered load, which follows the contacts with a delay. A deferred queue asks for work
    within a window of time instead. Outside its hours a queue asks for nobody.

    Parameters
    ----------
    volume : Volume
        Contacts and handle times; must hold every queue.
    queues : sequence of Queue
        The queues to staff, with their targets.
    interval : int, optional
        Minutes of a planning slot, if other than the forecast's.
    busy : BusyFactor, optional
        How far whole days may be busier or quieter than forecast; staffs for the service expected
        over it, or for reaching the target with a probability. None: for the forecast as it is.

    Raises
    ------
    InputError
        If there are no queues, the forecast lacks one, or a queue's shrinkage leaves nobody.
    """
    if not hasattr(volume, "regrid"):
        raise InputError("volume", "be a Volume", volume)
    instance("busy", busy, BusyFactor | None, "be a BusyFactor, such as BusyFactor(cv=0.1)")
    grid = _grid(volume if interval is None else volume.regrid(interval), queues)
    required = np.stack([_required(grid, row, busy) for row in range(len(queues))])
    return Demand(
        horizon=grid.horizon,
        queues=grid.queues,
        contacts=_rows(grid.contacts),
        aht=_rows(grid.aht),
        load=_rows(grid.load),
        required=tuple(map(tuple, required.tolist())),
        service=tuple(_curves(grid, row, busy) for row in range(len(queues))),
        curve_error=CURVE_ERROR,
        busy=busy,
        deferred=tuple(
            _deferred(grid, row, required)
            for row, queue in enumerate(queues)
            if queue.channel == "deferred"
        ),
    )


def requirement(
    volume: Volume, queues: Sequence[Queue], *, busy: BusyFactor | None = None
) -> NDArray[np.int64]:
    """Agents that each queue requires in each slot, as `staff` finds them, without the curves.

    Parameters
    ----------
    volume, queues, busy
        As in `staff`.

    Returns
    -------
    numpy.ndarray
        Scheduled agents, shape ``(queues, slots)``; 0 for deferred queues.

    Raises
    ------
    InputError
        As `staff` does.
    """
    grid = _grid(volume, queues)
    return np.stack([_required(grid, row, busy) for row in range(len(queues))])


@dataclass(frozen=True, eq=False)
class _Grid:
    """What the queues have to handle, and with how much of their people; (queues, slots) each."""

    horizon: Horizon
    queues: tuple[Queue, ...]
    contacts: Floats
    aht: Floats
    load: Floats
    available: Floats


def _grid(volume: Volume, queues: Sequence[Queue]) -> _Grid:
    if not queues:
        raise InputError("queues", "hold at least one queue", list(queues))
    missing = next((queue.id for queue in queues if queue.id not in volume.queues), None)
    if missing is not None:
        raise InputError("queues", f"be in the forecast ({', '.join(volume.queues)})", missing)
    rows = [volume.queues.index(queue.id) for queue in queues]
    contacts, aht = volume.array("contacts")[rows], volume.array("aht")[rows]
    horizon = volume.horizon
    # Mail comes in while nobody is there, and waits.
    waits = np.array([queue.channel == "deferred" for queue in queues])[:, None]
    contacts *= waits | np.stack([slots_within(queue.hours, horizon) for queue in queues])
    return _Grid(
        horizon,
        tuple(queues),
        contacts,
        aht,
        np.stack([_load(*row, horizon) for row in zip(contacts, aht, strict=True)]),
        np.stack([queue.available(horizon) for queue in queues]),
    )


def _load(contacts: Floats, aht: Floats, horizon: Horizon) -> Floats:
    """Erlangs of each slot, of which none are counted where nobody is staffed."""
    per_hour = contacts * 60 / horizon.interval
    if contacts.any() and np.average(aht, weights=contacts) >= LONG:
        return modified_load(per_hour, aht, horizon.interval) * (contacts > 0)
    return np.asarray(per_hour * aht / 3600)


@dataclass(frozen=True, eq=False)
class _Kinds:
    """Different slots of a queue; (kinds,) each, and the factors on the contacts of each kind."""

    load: Floats
    aht: Floats
    available: Floats
    contacts: Floats
    factors: Factors
    which: NDArray[np.int64]
    """Kind of each slot."""


def _kinds(grid: _Grid, row: int, busy: BusyFactor | None) -> _Kinds:
    factors = slot_factors(busy, grid.queues[row], grid.contacts[row], grid.horizon)
    values = np.broadcast_to(factors.values, (grid.horizon.slots, len(factors.weights)))
    columns = [each[row] for each in (grid.load, grid.aht, grid.available, grid.contacts)]
    stacked = np.column_stack([*columns, values])
    kinds, which = np.unique(stacked, axis=0, return_inverse=True)
    own = factors._replace(values=np.ascontiguousarray(kinds[:, len(columns) :]))
    load, aht, available, contacts = kinds.T[: len(columns)]
    return _Kinds(load, aht, available, contacts, own, which.ravel())


def _required(grid: _Grid, row: int, busy: BusyFactor | None) -> NDArray[np.int64]:
    queue = grid.queues[row]
    if queue.channel == "deferred":
        return np.zeros(grid.horizon.slots, dtype=np.int64)
    kinds = _kinds(grid, row, busy)
    each = queue_requirement(queue, kinds.load, kinds.aht, kinds.available, kinds.factors)
    return np.asarray(each[kinds.which])


def _curves(grid: _Grid, row: int, busy: BusyFactor | None) -> tuple[Curve, ...]:
    """Service curve of each slot of a queue; equal slots share theirs."""
    queue = grid.queues[row]
    if queue.channel == "deferred":
        return _lines(grid, row)
    kinds = _kinds(grid, row, busy)
    load, aht, available, factors = kinds.load, kinds.aht, kinds.available, kinds.factors
    most = queue_requirement(queue, load, aht, available, factors, level=NEARLY_ALL)
    agents = np.arange(int(most.max(initial=0)) + 1) * available[:, None]
    each = factors._replace(values=factors.values[:, None, :])
    level = queue_level(queue, load[:, None], aht[:, None], agents, each)
    answered = concave(kinds.contacts[:, None] * level)
    curves = [
        breakpoints(curve[: last + 1], CURVE_ERROR * offered)
        for curve, last, offered in zip(answered, most, kinds.contacts, strict=True)
    ]
    return tuple(curves[kind] for kind in kinds.which)


def _pace(grid: _Grid, row: int) -> Floats:
    """Contacts that a scheduled agent does in each slot without a break, shape ``(slots,)``."""
    queue, seconds = grid.queues[row], grid.horizon.interval * 60
    is_open = slots_within(queue.hours, grid.horizon)
    return np.asarray(is_open * grid.available[row] * queue.concurrency * seconds / grid.aht[row])


def _lines(grid: _Grid, row: int) -> tuple[Curve, ...]:
    """Straight lines up to the agents who would do all there is to do in one slot."""
    work = grid.contacts[row].sum() + grid.queues[row].backlog
    most = [math.ceil(work / pace) if pace else 0 for pace in _pace(grid, row).tolist()]
    return tuple(
        ((0, 0.0), (heads, heads * pace)) if heads else ((0, 0.0),)
        for heads, pace in zip(most, _pace(grid, row).tolist(), strict=True)
    )


def _deferred(grid: _Grid, row: int, required: NDArray[np.int64]) -> DeferredWork:
    """The window of a deferred queue's work, less what is done in the idle time of others.

    Idle time is that of as many agents as the other queues require; work is put down for a
    contact, and taken up again.
    """
    queue, slots = grid.queues[row], grid.horizon.slots
    work = parcels(queue, grid.contacts[row], grid.horizon)
    idle = np.zeros(slots)
    for other in queue.blended_with:
        idle += _idle(grid, other, required, queue.id)
    if queue.blended_with:
        is_open = slots_within(queue.hours, grid.horizon)
        room = is_open * idle * grid.horizon.interval * 60 / grid.aht[row]
        work = in_idle_time(work, room * queue.concurrency)
    return DeferredWork(
        queue=queue.id,
        arrived=tuple(work.arrived(slots).tolist()),
        due=tuple(work.must(slots).tolist()),
    )


def _idle(grid: _Grid, other: str, required: NDArray[np.int64], asker: str) -> Floats:
    """Agents of another queue who have nothing to do, on average, in each slot."""
    names = [queue.id for queue in grid.queues if queue.channel != "deferred"]
    if other not in names:
        must = f"name queues of voice or chat ({', '.join(names)})"
        raise InputError(f"Queue.blended_with of {asker!r}", must, other)
    row = [queue.id for queue in grid.queues].index(other)
    queue = grid.queues[row]
    agents = required[row] * grid.available[row]
    found = queue_performance(queue, grid.load[row], grid.aht[row], agents)
    return np.asarray(agents * (1 - found.occupancy))


def _rows(values: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, values.tolist()))
