"""What each queue asks of each interval: the one place where forecast and solver meet."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.curves import Curves, Point
from wfm.deferred import DeferredWork
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.queue import Queue, target_periods
from wfm.value import Value

Floats = tuple[tuple[float, ...], ...]
Ints = tuple[tuple[int, ...], ...]


class BusyFactor(Value):
    """How much busier or quieter than expected whole days turn out to be.

    Parameters
    ----------
    cv : float
        Coefficient of variation of the factor, of mean 1, that all contacts of a day share.
    probability : float, optional
        Probability with which a target is to be met in a day or a week, whichever it is for. None:
        it is to be met in expectation, over all days.
    day_to_day : float
        Correlation of the factors of two days of a week: 1 if whole weeks are busy. It matters to
        a probability alone.
    """

    cv: float = Field(gt=0, le=2)
    probability: float | None = Field(default=None, gt=0, lt=1)
    day_to_day: float = Field(default=0.0, ge=0, le=1)


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
    service : tuple, shape (queues, slots, breakpoints, 2)
        ``service[q][t]``: breakpoints of a curve as pairs of scheduled agents and the contacts
        that they are planned to answer in time. The first is at 0 agents; the curve is straight
        between them, flat past the last, and concave. It never promises more than the queueing
        formula: where that is convex, near zero, it is a line that may start below zero.
    curve_error : float
        Largest share of a slot's contacts by which a curve lies below the one through every whole
        number of agents.
    load : tuple, shape (queues, slots), or empty
        Offered load in erlangs on which a slot is staffed. Empty: its own contacts times their
        handle time, over the slot.
    busy : BusyFactor, optional
        The factor over which the curves were averaged. None: contacts were taken as expected.
    deferred : tuple of DeferredWork
        What is to be done by when, for each queue whose channel is ``"deferred"`` and for no
        other. The service of such a queue is the contacts that agents can work off in a slot; it
        requires nobody in any slot, and it has no floor.
    """

    horizon: Horizon
    queues: tuple[Queue, ...]
    contacts: Floats
    aht: Floats
    required: Ints
    service: tuple[tuple[tuple[Point, ...], ...], ...]
    curve_error: float = Field(default=0.0, ge=0)
    load: Floats = ()
    busy: BusyFactor | None = None
    deferred: tuple[DeferredWork, ...] = ()

    @model_validator(mode="after")
    def _shapes(self) -> Demand:
        ids = [queue.id for queue in self.queues]
        if len(set(ids)) < len(ids):
            raise InputError("Demand.queues", "have ids of their own", ids)
        for field in ("contacts", "aht", "required", "service", *(["load"] if self.load else [])):
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
        for field in ("contacts", "aht", "required", "load"):
            bad = np.argwhere(np.asarray(getattr(self, field), dtype=float) < 0)
            if len(bad):
                raise InputError(self._place(field, *bad[0]), "be at least 0", "a negative number")
        return self

    @model_validator(mode="after")
    def _concave_curves(self) -> Demand:
        for q, row in enumerate(self.service):
            for t, curve in enumerate(row):
                if not curve or curve[0][0] != 0:
                    raise InputError(self._place("service", q, t), "start at 0 agents", curve)
        curves = self.curves
        left = curves.rises
        wrong = left[curves.heads[left + 1] <= curves.heads[left]]
        if len(wrong):
            self._refuse_curve(wrong[0], "have more agents at each point")
        more, slopes = curves.contacts[left + 1] - curves.contacts[left], curves.slopes
        wrong = left[(more < -1e-9) | (np.diff(slopes, append=0.0)[left] > 1e-6)]
        if len(wrong):
            self._refuse_curve(wrong[0], "rise and be concave")
        return self

    @model_validator(mode="after")
    def _deferred_work(self) -> Demand:
        queues = [queue.id for queue in self.queues if queue.channel == "deferred"]
        given = [work.queue for work in self.deferred]
        if sorted(given) != sorted(queues):
            must = f"hold the work of each deferred queue ({', '.join(queues) or 'there is none'})"
            raise InputError("Demand.deferred", must, given)
        for row, work in self.works.items():
            if len(work.due) != self.horizon.slots:
                place = f"Demand.deferred of queue {work.queue!r}"
                raise InputError(place, f"have {self.horizon.slots} slots", len(work.due))
            if any(self.required[row]):
                place = f"Demand.required of queue {work.queue!r}"
                raise InputError(place, "be 0 for deferred work", max(self.required[row]))
            for slot, curve in enumerate(self.service[row]):
                if curve[0][1] != 0:
                    raise InputError(self._place("service", row, slot), "start at nothing", curve)
        return self

    def _refuse_curve(self, point: int, must: str) -> None:
        queue, slot = divmod(int(self.curves.cell[point]), self.horizon.slots)
        raise InputError(self._place("service", queue, slot), must, self.service[queue][slot])

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

    @cached_property
    def load_array(self) -> NDArray[np.float64]:
        """Offered load in erlangs as an array, shape ``(queues, slots)``."""
        if self.load:
            return np.asarray(self.load, dtype=float).reshape(len(self.queues), -1)
        return self.contacts_array * self.aht_array / (60 * self.horizon.interval)

    @cached_property
    def curves(self) -> Curves:
        """The service curves as arrays."""
        return Curves.of(self.service)

    @cached_property
    def works(self) -> dict[int, DeferredWork]:
        """Work of the deferred queues by the row of the queue."""
        rows = {queue.id: row for row, queue in enumerate(self.queues)}
        return {rows[work.queue]: work for work in self.deferred}

    @cached_property
    def floors(self) -> NDArray[np.float64]:
        """Contacts to be answered in time in each slot alone, shape ``(queues, slots)``.

        A deferred queue has no floor.
        """
        share = np.array([0.0 if q.channel == "deferred" else q.target.floor for q in self.queues])
        return share[:, None] * self.contacts_array

    def service_at(self, most: int) -> NDArray[np.float64]:
        """Contacts planned in time at 0 to `most` agents, shape ``(queues, slots, most + 1)``."""
        return self.curves.table(most)

    def periods(self, queue: int) -> list[tuple[str, NDArray[np.int64]]]:
        """Stretches over which a queue's target is counted: label and slots of each.

        Days are local days of the horizon, weeks are ISO weeks, cut at the horizon's ends.
        """
        return target_periods(self.queues[queue], self.horizon)
