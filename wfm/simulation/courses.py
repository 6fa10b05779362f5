"""Given courses of a horizon, such as the scenarios of a forecast, as arrivals of contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.queue import slots_within
from wfm.simulation.records import Floats


class Scenarios(Protocol):
    """Samples of the contacts that may come; :class:`wfm.forecast.Scenarios` is such."""

    @property
    def horizon(self) -> Horizon:
        """The days and the interval."""

    @property
    def queues(self) -> tuple[str, ...]:
        """Names of the queues."""

    @property
    def contacts(self) -> NDArray[np.int32]:
        """Contacts offered, shape ``(samples, queues, slots)``."""


@dataclass(frozen=True, eq=False)
class Courses:
    """Contacts of each queue of a problem in each slot, over and over again.

    Attributes
    ----------
    counts : ndarray of int, shape (samples, queues, slots)
        Contacts that come.
    width : float
        Seconds of a slot.
    """

    counts: NDArray[np.int32]
    width: float

    @classmethod
    def of(cls, problem: Problem, scenarios: Scenarios) -> Courses:
        """Take the problem's queues out of scenarios of the same days.

        What comes while a queue is closed is left out, as it is out of the demand; deferred work
        comes at any time.

        Raises
        ------
        InputError
            If the days are others, or a queue is missing.
        """
        for name in ("horizon", "queues", "contacts"):
            if not hasattr(scenarios, name):
                raise InputError("scenarios", "be Scenarios", scenarios)
        ahead, drawn = problem.horizon, scenarios.horizon
        theirs, ours = (
            (each.start, each.days, str(each.timezone), each.minutes) for each in (drawn, ahead)
        )
        if theirs != ours:
            raise InputError("scenarios", f"be of the days {ahead.span_label}", drawn.span_label)
        queues = problem.demand.queues
        missing = next((each.id for each in queues if each.id not in scenarios.queues), None)
        if missing is not None:
            must = f"hold all queues (they hold {', '.join(scenarios.queues)})"
            raise InputError("scenarios", must, missing)
        rows = [scenarios.queues.index(each.id) for each in queues]
        comes = np.stack(
            [
                slots_within(() if each.channel == "deferred" else each.hours, drawn)
                for each in queues
            ]
        )
        return cls(scenarios.contacts[:, rows] * comes, 60.0 * drawn.interval)

    def arrivals(self, replication: int, queue: int, numbers: Generator) -> Floats:
        """Seconds at which a queue's contacts come, evenly at random within each slot.

        So do those of a Poisson process whose counts are known. Replications take the samples in
        turn.
        """
        counts = self.counts[replication % len(self.counts), queue]
        starts = np.repeat(self.width * np.arange(len(counts)), counts)
        return np.sort(starts + self.width * numbers.random(len(starts)))
