"""Work that may wait, such as e-mail: what has come in by when, and what is due by when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from wfm.errors import InputError
from wfm.value import Value

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Jobs:
    """Work cut into jobs, each of which may be done in the same slots, in the order of arrival.

    Attributes
    ----------
    amount : ndarray, shape (jobs,)
        Contacts.
    first, last : ndarray of int, shape (jobs,)
        Slots from and to which, inclusive, they may be done in time; neither ever falls.
    """

    amount: Floats
    first: Ints
    last: Ints


class DeferredWork(Value):
    """The work of a deferred queue as two curves; first come, first served, they say everything.

    Work that is due past the horizon is not due at all.

    Parameters
    ----------
    queue : str
        Id of the queue.
    arrived : tuple of float, shape (slots,)
        Contacts that have arrived by the start of each slot, so that they can be worked on in it:
        in all since the horizon's start, the backlog included.
    due : tuple of float, shape (slots,)
        Contacts that must be done by the end of each slot, in all.
    """

    queue: str
    arrived: tuple[float, ...]
    due: tuple[float, ...]

    @model_validator(mode="after")
    def _curves(self) -> DeferredWork:
        place = f"DeferredWork {{}} of queue {self.queue!r}"
        if not self.due or len(self.due) != len(self.arrived):
            must = f"have a number for each of the {len(self.arrived)} slots of arrived"
            raise InputError(place.format("due"), must, len(self.due))
        for name in ("arrived", "due"):
            steps = np.diff(getattr(self, name), prepend=0.0)
            if steps.min() < 0:
                where = f"{place.format(name)} in slot {int(steps.argmin())}"
                raise InputError(where, "be at least what it was before", float(steps.min()))
        over = np.subtract(self.due, self.arrived)
        if over.max() > ROUNDING * max(1.0, self.total):
            where = f"{place.format('due')} in slot {int(over.argmax())}"
            raise InputError(where, "be at most what has arrived", self.due[int(over.argmax())])
        return self

    @property
    def total(self) -> float:
        """Contacts that are due within the horizon."""
        return self.due[-1]

    @cached_property
    def due_array(self) -> Floats:
        """`due` as an array, shape ``(slots,)``."""
        return np.asarray(self.due, dtype=float)

    @cached_property
    def arrived_array(self) -> Floats:
        """What has arrived of that which is due within the horizon, shape ``(slots,)``."""
        return np.maximum(np.minimum(self.arrived, self.total), self.due_array)

    @cached_property
    def jobs(self) -> Jobs:
        """The work that is due within the horizon, cut where either curve has a step."""
        marks = np.unique(np.concatenate([[0.0], self.arrived_array, self.due_array]))
        ends = marks[1:]
        first = np.searchsorted(self.arrived_array, ends)
        return Jobs(np.diff(marks), first, np.searchsorted(self.due_array, ends))
