"""What one head more, or one fewer, is worth in each slot beside the others."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.solver.allocation import Curves, allocate, copied, no_division
from wfm.solver.instance import Instance
from wfm.solver.one_head import gains, shift_heads

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Margins:
    """Worths of heads, which are exact for one agent's change as long as an answer's worth stays.

    Parameters
    ----------
    instance : Instance
        The compiled problem.
    supply : ndarray of int, shape (groups, slots)
        Heads at work by skill group.
    worth : ndarray, shape (periods,)
        What an answer in time is worth.
    factor : float
        How often the worths count.
    """

    def __init__(self, instance: Instance, supply: Ints, worth: Floats, factor: float) -> None:
        self.instance, self.supply, self.factor = instance, supply, factor
        self.curves = Curves(worth[instance.period], instance.planned, instance.floor)
        self.slots = np.arange(instance.slots)
        self.division = no_division(len(instance.planned), instance.slots)
        allocate(self.slots, supply, instance.masks, self.curves, self.division)
        self._known: dict[int, tuple[Floats, Floats]] = {}

    def of(self, group: int) -> tuple[Floats, Floats]:
        """Money that a head of a group gains and that its loss costs, each of shape (width,)."""
        if group not in self._known:
            mask, many = int(self.instance.masks[group]), self.instance.slots
            gain, loss = np.zeros(self.instance.width), np.zeros(self.instance.width)
            gains(mask, self.curves.worth, self.division, gain[:many])
            less = copied(self.division)
            posts = np.where(self.supply[group] > 0, group, -1)
            masks, supply = self.instance.masks, self.supply.copy()
            shift_heads(posts, -1, masks, self.curves, supply, less)
            loss[:many] = self.division.value - less.value
            self._known[group] = self.factor * gain, self.factor * loss
        return self._known[group]

    @cached_property
    def planned(self) -> Floats:
        """Contacts planned to be answered in time, shape ``(queues, slots)``."""
        heads = self.division.heads[:, :, None]
        return np.take_along_axis(self.instance.planned, heads, axis=2)[:, :, 0]
