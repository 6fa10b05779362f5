"""What each queue asks of each interval: the one place where forecast and solver meet."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.queue import Queue
from wfm.value import Value

Floats = tuple[tuple[float, ...], ...]
Ints = tuple[tuple[int, ...], ...]


class Demand(Value):
    """Contacts, requirement and service curve of each queue in each slot.

    Parameters
    ----------
    horizon : Horizon
        The slots.
    queues : tuple of Queue
        In the order of the rows below.
    contacts : tuple, shape (queues, slots)
        Expected contacts offered.
    aht : tuple, shape (queues, slots)
        Average handle time in seconds.
    required : tuple of int, shape (queues, slots)
        Scheduled agents that meet the target in each slot alone.
    service : tuple, shape (queues, slots, agents + 1)
        ``service[q][t][n]``: contacts that `n` scheduled agents are planned to answer in time. It
        is concave in `n`, flat past its last entry, and never promises more than the queueing
        formula: where that is convex, near zero, it is a line that may start below zero.
    """

    horizon: Horizon
    queues: tuple[Queue, ...]
    contacts: Floats
    aht: Floats
    required: Ints
    service: tuple[tuple[tuple[float, ...], ...], ...]

    @model_validator(mode="after")
    def _shapes(self) -> Demand:
        ids = [queue.id for queue in self.queues]
        if len(set(ids)) < len(ids):
            raise InputError("Demand.queues", "have ids of their own", ids)
        for field in ("contacts", "aht", "required", "service"):
            rows = getattr(self, field)
            if len(rows) != len(ids):
                raise InputError(f"Demand.{field}", f"have {len(ids)} queues", len(rows))
            for queue, row in zip(ids, rows, strict=True):
                if len(row) != self.horizon.slots:
                    place = f"Demand.{field} of queue {queue!r}"
                    raise InputError(place, f"have {self.horizon.slots} slots", len(row))
        return self

    @model_validator(mode="after")
    def _values(self) -> Demand:
        for field in ("contacts", "aht", "required"):
            bad = np.argwhere(np.asarray(getattr(self, field), dtype=float) < 0)
            if len(bad):
                raise InputError(self._place(field, *bad[0]), "be at least 0", "a negative number")
        for q, row in enumerate(self.service):
            for t, curve in enumerate(row):
                steps = np.diff(curve)
                if not curve or (
                    len(steps) and (steps.min() < -1e-9 or np.diff(steps).max(initial=0) > 1e-6)
                ):
                    raise InputError(self._place("service", q, t), "rise and be concave", curve)
        return self

    def _place(self, field: str, queue: int, slot: int) -> str:
        return f"Demand.{field} of queue {self.queues[queue].id!r} in slot {slot}"

    @cached_property
    def contacts_array(self) -> NDArray[np.float64]:
        """Contacts as an array, shape ``(queues, slots)``."""
        return np.asarray(self.contacts, dtype=float).reshape(len(self.queues), -1)

    @cached_property
    def aht_array(self) -> NDArray[np.float64]:
        """Average handle time in seconds as an array, shape ``(queues, slots)``."""
        return np.asarray(self.aht, dtype=float).reshape(len(self.queues), -1)

    @cached_property
    def required_array(self) -> NDArray[np.int64]:
        """Requirement as an array, shape ``(queues, slots)``."""
        return np.asarray(self.required, dtype=np.int64).reshape(len(self.queues), -1)

    def periods(self, queue: int) -> list[tuple[str, NDArray[np.int64]]]:
        """Stretches over which a queue's target is counted: label and slots of each.

        Days are local days of the horizon, weeks are ISO weeks, cut at the horizon's ends.
        """
        horizon = self.horizon
        by_week = self.queues[queue].target.period == "week"
        names = []
        for day in range(horizon.days):
            year, week, _ = horizon.date_of(day).isocalendar()
            names.append(f"{year}-W{week:02d}" if by_week else horizon.date_of(day).isoformat())
        slot_names = np.asarray(names)[horizon.slot_days]
        return [(name, np.flatnonzero(slot_names == name)) for name in dict.fromkeys(names)]
