"""How long callers are willing to wait, from those who hung up and those who did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from wfm.errors import InputError
from wfm.forecast.history import History
from wfm.queue import Queue

FEWEST = 25
"""Contacts that must have hung up before a queue is staffed by their patience: below, the standard
error of the mean is more than a fifth of it."""


@dataclass(frozen=True)
class Patience:
    """Mean patience of a queue's contacts with an interval.

    Parameters
    ----------
    mean : float
        Seconds that a contact is willing to wait on average; infinite if nobody hung up.
    lower, upper : float
        Seconds, the ends of the interval; upper is infinite if nobody hung up.
    abandoned : float
        Contacts that hung up.
    waiting_time : float
        Seconds that all contacts waited.
    confidence : float
        Chance that such an interval holds the mean.
    """

    mean: float
    lower: float
    upper: float
    abandoned: float
    waiting_time: float
    confidence: float = 0.95

    def __str__(self) -> str:
        return (
            f"{self.mean:,.0f} s ({100 * self.confidence:g} % {self.lower:,.0f} to "
            f"{self.upper:,.0f} s), from {self.abandoned:,.0f} contacts that hung up"
        )


def estimate_patience(
    abandoned: ArrayLike, waiting_time: ArrayLike, confidence: float = 0.95
) -> Patience:
    """Estimate exponential patience from how many hung up and how long everyone waited.

    Parameters
    ----------
    abandoned : float or array_like
        Contacts that hung up while they waited; or a number for each independent part of the
        data, such as a day, or 0 and 1 for each contact.
    waiting_time : float or array_like
        Seconds that all contacts waited, those answered and those who hung up alike, in total or
        for each part. Contacts that did not wait add nothing.
    confidence : float
        Of the interval, in (0, 1).

    Returns
    -------
    Patience
        With an infinite mean and a finite lower end if nobody hung up.

    Raises
    ------
    InputError
        For a value that is negative or not finite, parts that do not match, or no wait at all.

    Notes
    -----
    The mean is total waiting time / number that hung up: the maximum-likelihood estimate of
    exponential lifetimes under censoring, as each answered contact shows of its patience only that
    it is longer than its wait; Mandelbaum & Zeltyn (2007), "Service engineering in action: the
    Palm/Erlang-A queue". Dividing the waits of those who hung up by their number is the classical
    mistake: it leaves out the patient and comes out far too short.

    The interval for a total T with r who hung up is from 2T/q(2r + 2) to 2T/q'(2r), q and q' the
    upper and lower quantiles of chi-square at half of what confidence leaves: the pivot 2T/mean of
    Epstein & Sobel (1953), "Life testing", with the limits of Garwood (1936) for a Poisson number.
    It is exact for one exponential patience watched until a total that was fixed beforehand.
    Days differ in ways that it does not know. Where there are parts, the ends also take in
    mean x exp(-+ t s), where s^2 = k/(k - 1) sum (r_i/r - T_i/T)^2 over the k parts is the variance
    of the ratio's logarithm by the delta method, and t Student's quantile at k - 1 degrees.
    """
    if not 0 < confidence < 1:
        raise InputError("confidence", "be between 0 and 1", confidence)
    hung_up, waited = _parts(abandoned, "abandoned"), _parts(waiting_time, "waiting_time")
    if hung_up.shape != waited.shape:
        must = f"have a value for each of the {len(hung_up)} of abandoned"
        raise InputError("waiting_time", must, len(waited))
    count, time = float(hung_up.sum()), float(waited.sum())
    if time <= 0:
        raise InputError("waiting_time", "be above 0 in total", time)
    tail = (1 - confidence) / 2
    lower = 2 * time / float(stats.chi2.isf(tail, 2 * count + 2))
    if not count:
        return Patience(np.inf, lower, np.inf, count, time, confidence)
    mean, upper = time / count, 2 * time / float(stats.chi2.ppf(tail, 2 * count))
    if len(hung_up) > 1:
        spread = _spread(hung_up / count - waited / time, tail)
        lower, upper = min(lower, mean / spread), max(upper, mean * spread)
    return Patience(mean, lower, upper, count, time, confidence)


def patience_of(history: History, confidence: float = 0.95) -> dict[str, Patience]:
    """Patience of each queue of a history, with an interval that allows for days that differ.

    Parameters
    ----------
    history : History
        With ``abandoned`` and ``wait``, as :func:`wfm.forecast.read_history` reads them. Rows in
        which either is unknown are left out.
    confidence : float
        Of the intervals, in (0, 1).

    Returns
    -------
    dict of str to Patience
        For the queues of which someone is known to have waited; of the others nothing is known.
    """
    frame = history.frame
    if not {"abandoned", "wait"}.issubset(frame):
        return {}
    offered, wait = np.array(frame["offered"]), np.array(frame["wait"])
    waited = np.where(offered > 0, offered * wait, 0.0)
    hung_up = np.array(frame["abandoned"])
    known = ~np.isnan(waited) & ~np.isnan(hung_up)
    found = {}
    for code, name in enumerate(history.queues):
        rows = known & (history.codes == code)
        if (waited[rows] > 0).any():
            _, day = np.unique(history.wall_clock.day[rows], return_inverse=True)
            by_day = np.bincount(day, hung_up[rows]), np.bincount(day, waited[rows])
            found[name] = estimate_patience(*by_day, confidence)
    return found


def with_patience(queues: Sequence[Queue], history: History) -> tuple[Queue, ...]:
    """Give the queues that do not state their patience the one that a history shows.

    Parameters
    ----------
    queues : sequence of Queue
        As they are stated. Deferred queues stay as they are; nobody waits on a line there.
    history : History
        The past, with ``abandoned`` and ``wait``.

    Returns
    -------
    tuple of Queue
        A queue of which fewer than 25 contacts hung up stays as it is: nobody is taken to hang up.
    """
    found = patience_of(history)
    return tuple(
        queue.model_copy(update={"patience": found[queue.id].mean})
        if learns_patience(queue) and queue.id in found and is_enough(found[queue.id])
        else queue
        for queue in queues
    )


def learns_patience(queue: Queue) -> bool:
    """Whether a queue leaves it to its history to say how patient its contacts are."""
    return queue.patience is None and queue.channel != "deferred"


def is_enough(patience: Patience) -> bool:
    """Whether enough contacts hung up to staff by their patience."""
    return patience.abandoned >= FEWEST


def _parts(values: ArrayLike, name: str) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim > 1:
        raise InputError(name, "be a number or a list of numbers", array.shape)
    bad = np.flatnonzero(~(np.isfinite(array) & (array >= 0)))
    if len(bad):
        place = f"{name}[{bad[0]}]" if array.ndim else name
        raise InputError(place, "be a finite number from 0 up", float(array.flat[bad[0]]))
    return np.atleast_1d(array)


def _spread(excess: NDArray[np.float64], tail: float) -> float:
    """Factor to either side of a ratio, from the excess of each part's share of its numerator."""
    parts = len(excess)
    error = np.sqrt(parts / (parts - 1) * (excess**2).sum())
    with np.errstate(over="ignore"):
        return float(np.exp(error * stats.t.isf(tail, parts - 1)))
