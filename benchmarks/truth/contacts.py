"""Contacts with their own times of arrival, work and patience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SPREADS = 10  # standard deviations by which the numbers drawn exceed the number expected


@dataclass(frozen=True)
class Contacts:
    """Contacts in order of arrival, all times in seconds.

    Parameters
    ----------
    times : ndarray of float
        When they arrive.
    cells : ndarray of int
        Interval (or queue) that each counts for; -1 counts nowhere.
    works, patience : ndarray of float
        How long they take, and how long they are ready to wait.
    """

    times: Floats
    cells: NDArray[np.int64]
    works: Floats
    patience: Floats


@dataclass(frozen=True)
class Stream:
    """Where contacts come from.

    Arrivals, work and patience have random streams of their own, and the k-th contact takes the
    k-th number of each: whatever else changes, it stays the same contact.

    Parameters
    ----------
    arrivals : ndarray of float
        Expected contacts in each interval: Poisson, with a constant rate inside an interval.
    interval : float
        Length of an interval in seconds.
    aht, patience : ndarray of float
        Means of the contacts that arrive in each interval, in seconds.
    cv : float
        Coefficient of variation of the work: 1 is exponential, others are lognormal.
    """

    arrivals: Floats
    interval: float
    aht: Floats
    patience: Floats
    cv: float = 1.0

    def draw(self, seed: np.random.SeedSequence, factor: float = 1.0) -> Contacts:
        """Draw a day whose arrival rates are `factor` times those expected."""
        coming, working, waiting = map(np.random.default_rng, seed.spawn(3))
        until = np.r_[0.0, np.cumsum(self.arrivals * factor)]
        most = int(until[-1] + SPREADS * np.sqrt(until[-1]) + 50)
        clock = np.cumsum(coming.exponential(size=most))
        clock = clock[clock < until[-1]]
        cells = np.searchsorted(until, clock, side="right") - 1
        into = (clock - until[cells]) / (until[cells + 1] - until[cells])
        impatience = waiting.exponential(size=clock.size)
        return Contacts(
            times=self.interval * (cells + into),
            cells=cells,
            works=self.aht[cells] * unit_work(working, self.cv, clock.size),
            patience=self.patience[cells] * impatience,
        )


def unit_work(numbers: np.random.Generator, cv: float, size: int) -> Floats:
    """Draw work with mean 1: exponential for a `cv` of 1, otherwise lognormal."""
    if cv == 1:
        return numbers.exponential(size=size)
    variance = np.log1p(cv**2)
    return np.exp(numbers.normal(-variance / 2, np.sqrt(variance), size=size))


def seeds(seed: int, replications: int) -> Iterator[np.random.SeedSequence]:
    """Seeds of the replications: the first ones are the same however many there are."""
    yield from np.random.SeedSequence(seed).spawn(replications)
