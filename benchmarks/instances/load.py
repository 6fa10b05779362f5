"""The demand of an instance: as many contacts as its people are to be loaded with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances.centre import TIMEZONE
from benchmarks.instances.specification import Specification
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.forecast.staffing import requirement, staff
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon
from wfm.queue import Queue, slots_within

Floats = NDArray[np.float64]
WEEKDAYS = (
    (1.18, 1.08, 1.04, 1.03, 1.00, 0.72, 0.62),
    (1.10, 1.05, 1.02, 1.00, 1.08, 0.95, 0.60),
    (1.00, 1.00, 0.98, 1.00, 1.02, 1.05, 1.08),
    (1.25, 1.10, 1.02, 0.98, 0.92, 0.60, 0.50),
)
"""Relative volume of Monday to Sunday, by queue."""
PEAKS = (
    ((10.5, 2.2, 1.0), (15.5, 2.6, 0.85), (19.5, 2.0, 0.35)),
    ((11.5, 2.5, 0.8), (17.5, 2.8, 1.0)),
    ((12.5, 3.0, 0.7), (20.5, 2.3, 1.0)),
    ((8.5, 1.8, 1.0), (14.0, 3.0, 0.75)),
)
"""Hour of the day, width in hours and height of each peak, by queue."""
NIGHTLY = 0.12
"""Volume that comes at any hour, over the highest peak."""
AHT = (280.0, 340.0, 420.0, 400.0)
"""Seconds to handle a contact by day, by queue; chats at their concurrency."""
LONGER_BY_NIGHT = 0.1
DAY_DEVIATION = 0.03
"""Of the factor of each day, on the log scale."""
PEAK_DEVIATION = 0.25
"""Hours by which peaks lie elsewhere than usual."""
CLOSE_ENOUGH = 0.001
MOST_HALVINGS = 40


def demand(
    spec: Specification,
    queues: Sequence[Queue],
    hours: Floats,
    random: np.random.Generator,
) -> Demand:
    """Demand that needs `load` times the hours which people can give to each queue.

    Parameters
    ----------
    spec : Specification
        With the load, the days and the interval.
    queues : sequence of Queue
        With their targets.
    hours : numpy.ndarray
        Capacity in hours, shape ``(queues,)``.
    random : numpy.random.Generator
        Draws the days' factors and the places of the peaks.

    Raises
    ------
    InputError
        If there are too few people for the times at which the queues are open.
    """
    volume = expected(spec, queues, random)
    contacts = volume.array("contacts")
    scales = [
        _scale(volume, queue, spec.load * hour) for queue, hour in zip(queues, hours, strict=True)
    ]
    return staff(_times(volume, contacts * np.array(scales)[:, None]), queues)


def expected(spec: Specification, queues: Sequence[Queue], random: np.random.Generator) -> Volume:
    """Contacts of the shape of each queue, a thousand erlang hours of each, and handle times."""
    horizon = Horizon(start=spec.start, days=spec.days, timezone=TIMEZONE, interval=spec.interval)
    hour = _hours(horizon)
    shape, aht = np.empty((2, len(queues), horizon.slots))
    for index, queue in enumerate(queues):
        factor = np.array(WEEKDAYS[index])[np.arange(horizon.days) % 7]
        factor = factor * np.exp(random.normal(0, DAY_DEVIATION, horizon.days))
        curve = np.full(horizon.slots, NIGHTLY)
        for at, width, height in PEAKS[index]:
            away = hour - at - random.normal(0, PEAK_DEVIATION)
            curve += height * np.exp(-0.5 * (((away + 12) % 24 - 12) / width) ** 2)
        aht[index] = AHT[index] * (1 + LONGER_BY_NIGHT * ((hour < 6) | (hour >= 22)))
        shape[index] = curve * factor[horizon.slot_days] * slots_within(queue.hours, horizon)
        shape[index] *= 3_600_000 / (shape[index] * aht[index]).sum()
    return Volume(
        horizon=horizon,
        queues=tuple(queue.id for queue in queues),
        contacts=shape,
        aht=aht,
        lower=shape,
        upper=shape,
        coverage=0,
    )


def needed_hours(demand: Demand) -> Floats:
    """Hours that each queue needs by its target over the horizon, shape ``(queues,)``."""
    return np.asarray(demand.required).sum(axis=1) * demand.horizon.interval / 60


def _scale(volume: Volume, queue: Queue, hours: float) -> float:
    """Factor on a queue's contacts at which it needs so many hours; by halving an interval."""
    contacts = volume.array("contacts")

    def needs(scale: float) -> float:
        asked = requirement(_times(volume, contacts * scale), [queue])
        return float(asked.sum() * volume.horizon.interval / 60)

    low, high = 0.0, hours / 500
    while needs(high) < hours:
        low, high = high, 2 * high
    for _ in range(MOST_HALVINGS):
        middle = (low + high) / 2
        found = needs(middle)
        if abs(found - hours) <= CLOSE_ENOUGH * hours:
            return middle
        low, high = (middle, high) if found < hours else (low, middle)
    if abs(found - hours) > 0.02 * hours:
        must = f"be more: {hours:.0f} hours of theirs cannot keep queue {queue.id!r} open"
        raise InputError("Specification.agents", must)
    return middle


def _times(volume: Volume, contacts: Floats) -> Volume:
    return volume.model_copy(update=dict.fromkeys(("contacts", "lower", "upper"), contacts))


def _hours(horizon: Horizon) -> Floats:
    """Hour of the day at which each slot starts; no clocks change."""
    return np.arange(horizon.slots) * horizon.interval % 1440 / 60
