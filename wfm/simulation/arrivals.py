"""Drawing contacts: each comes with its own arrival, work and patience, and keeps them.

So two schedules, or two assumptions about agents, are compared on the same contacts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng
from scipy import special

from wfm.demand import Demand
from wfm.queue import Queue, slots_within
from wfm.simulation.records import CONTACT, NOBODY, Floats, Ints, Records, compiled
from wfm.simulation.values import Assumptions, Busyness, HandleTimes, QueueAssumptions

Arrivals: TypeAlias = Callable[[int, Generator], Floats]
"""Seconds at which the contacts of a queue, by its row, come in one replication."""

SPREADS = 10
"""Standard deviations by which the numbers drawn exceed those expected."""


def draw_factors(demand: Demand, busy: Busyness | None, seed: SeedSequence) -> Floats:
    """How busy each queue is in each slot of one replication, shape ``(queues, slots)``."""
    shape = demand.contacts_array.shape
    if busy is None:
        return np.ones(shape)
    shared, own, lasting = (default_rng(each) for each in seed.spawn(3))
    days = demand.horizon.slot_days
    common = _scores(shared, (1, shape[1]), days, busy, demand.horizon.interval)
    apart = _scores(own, shape, days, busy, demand.horizon.interval)
    if busy.day_to_day > 0:
        stays, passes = np.sqrt(busy.day_to_day), np.sqrt(1 - busy.day_to_day)
        common = stays * lasting.normal() + passes * common
        apart = stays * lasting.normal(size=(shape[0], 1)) + passes * apart
    together = busy.between_queues
    scores = np.sqrt(together) * common + np.sqrt(1 - together) * apart
    form = 1 / busy.cv**2
    if busy.hour_to_hour < 1:
        return np.asarray(special.gammaincinv(form, special.ndtr(scores)) / form)
    first = np.unique(days, return_index=True)[1]
    by_day = special.gammaincinv(form, special.ndtr(scores[:, first])) / form
    return np.asarray(by_day[:, days])


def _scores(
    numbers: Generator, shape: tuple[int, int], days: Ints, busy: Busyness, interval: int
) -> Floats:
    """Standard normal scores that fade from slot to slot and begin anew each day."""
    scores = np.ascontiguousarray(numbers.normal(size=shape[::-1]).T)
    _carry_on(scores, days, busy.hour_to_hour ** (interval / 60))
    return scores


@compiled
def _carry_on(scores: Floats, days: Ints, kept: float) -> None:
    """Keep a share of each slot's score in the next one of its day."""
    fresh = np.sqrt(1 - kept**2)
    for row in range(scores.shape[0]):
        for slot in range(1, scores.shape[1]):
            if days[slot] == days[slot - 1]:
                scores[row, slot] = kept * scores[row, slot - 1] + fresh * scores[row, slot]


def draw_contacts(
    demand: Demand, assumptions: Assumptions, come: Arrivals, seed: SeedSequence
) -> Records:
    """Contacts of all queues in order of arrival, an array of `CONTACT`."""
    told = {each.queue: each for each in assumptions.queues}
    parts, before = [], 0
    for row, own in enumerate(seed.spawn(len(demand.queues))):
        queue = demand.queues[row]
        assumed = told.get(queue.id) or QueueAssumptions(queue=queue.id)
        part = _queue_contacts(demand, row, assumed, come, own)
        part["origin"][part["origin"] != NOBODY] += before
        before += len(part)
        parts.append(part)
    contacts = np.concatenate(parts) if len(parts) > 1 else parts[0]
    arrivals = np.ascontiguousarray(contacts["arrival"])
    if (np.diff(arrivals) >= 0).all():
        return contacts
    order = np.argsort(arrivals, kind="stable")
    rows = contacts.view(np.int64).reshape(len(contacts), -1)
    contacts = rows.take(order, axis=0).view(CONTACT)[:, 0]
    if (contacts["origin"] != NOBODY).any():
        place = np.empty(len(order) + 1, dtype=np.int64)
        place[order], place[NOBODY] = np.arange(len(order)), NOBODY
        contacts["origin"] = place[contacts["origin"]]
    return contacts


def _queue_contacts(
    demand: Demand, row: int, assumed: QueueAssumptions, come: Arrivals, seed: SeedSequence
) -> Records:
    """Contacts of one queue in order of arrival, further attempts of callers at the end."""
    queue = demand.queues[row]
    coming, working, waiting, again = seed.spawn(4)
    horizon = demand.horizon
    arrivals = come(row, default_rng(coming))
    if queue.channel == "deferred":
        old = _backlog_due(queue, demand)
        arrivals = np.concatenate([np.zeros(len(old)), arrivals])
    contacts = _blank(row, len(arrivals))
    contacts["arrival"] = arrivals
    slots = np.minimum((arrivals / (60 * horizon.interval)).astype(np.int64), horizon.slots - 1)
    work = unit_work(default_rng(working), assumed.handle_times, len(arrivals))
    contacts["work"] = demand.aht_array[row][slots] * work
    if queue.patience is not None:
        patience = _unit_patience(default_rng(waiting), assumed, len(arrivals))
        contacts["patience"] = queue.patience * patience
    if queue.channel == "deferred":
        contacts["due"] = arrivals + 3600.0 * (queue.deadline or 0.0)
        contacts["due"][: len(old)] = old
    if assumed.redial is None or queue.patience is None:
        return contacts
    return _with_attempts(contacts, assumed, queue.patience, again)


def _blank(queue: int, many: int) -> Records:
    """Contacts of a queue that have not come yet."""
    blank = np.zeros((), dtype=CONTACT)
    blank["queue"] = queue
    for name in ("patience", "due", "answered", "end"):
        blank[name] = np.inf
    for name in ("origin", "agent", "next"):
        blank[name] = NOBODY
    # Rows of plain numbers are filled several times faster than records.
    rows = np.empty((many, CONTACT.itemsize // 8), dtype=np.int64)
    rows[:] = blank.reshape(1).view(np.int64)
    return rows.view(CONTACT)[:, 0]


def by_rates(demand: Demand, factors: Floats) -> Arrivals:
    """Arrivals of Poisson processes with the rates of the demand, times factors of each slot."""

    def arrivals(row: int, numbers: Generator) -> Floats:
        until = np.append(0.0, np.cumsum(demand.contacts_array[row] * factors[row]))
        edges = 60.0 * demand.horizon.interval * np.arange(len(until))
        return np.asarray(np.interp(_clock(numbers, until[-1]), until, edges))

    return arrivals


def _clock(numbers: Generator, until: float) -> Floats:
    """Arrivals of a Poisson process of rate 1 up to some time."""
    most = int(until + SPREADS * np.sqrt(until) + 50)
    clock = np.cumsum(numbers.exponential(size=most))
    return np.asarray(clock[: np.searchsorted(clock, until)])


def unit_work(numbers: Generator, times: HandleTimes, size: int) -> Floats:
    """Handle times with mean 1."""
    if times.kind == "exponential":
        return numbers.exponential(size=size)
    if times.kind == "gamma":
        return numbers.gamma(1 / times.cv**2, times.cv**2, size=size)
    if times.kind == "lognormal":
        variance = np.log1p(times.cv**2)
        return np.exp(numbers.normal(-variance / 2, np.sqrt(variance), size=size))
    samples = np.asarray(times.samples, dtype=float)
    picked = (numbers.random(size) * len(samples)).astype(np.int64)
    return np.asarray(samples[picked] / samples.mean())


def _unit_patience(numbers: Generator, assumed: QueueAssumptions, size: int) -> Floats:
    """Patience with mean 1 of those who wait at all, and 0 of the others."""
    patience = numbers.exponential(size=size)
    if assumed.balking:
        patience[numbers.random(size) < assumed.balking] = 0.0
    return patience


def _backlog_due(queue: Queue, demand: Demand) -> Floats:
    """When each contact of a backlog is due: evenly over the open hours of the first deadline."""
    width = 60.0 * demand.horizon.interval
    wait = int(3600 * (queue.deadline or 0.0) // width)
    slots = np.flatnonzero(slots_within(queue.hours, demand.horizon)[:wait])
    ends = width * (slots + 1) if len(slots) else np.array([max(wait, 1) * width])
    many = round(queue.backlog)
    return np.asarray(ends[(np.arange(many) * len(ends)) // max(many, 1)], dtype=float)


def _with_attempts(
    contacts: Records, assumed: QueueAssumptions, patience: float, seed: SeedSequence
) -> Records:
    """Add the further attempts of callers; when they would come is known beforehand."""
    redial = assumed.redial
    assert redial is not None
    parts, before = [contacts], 0
    calls_again = np.arange(len(contacts))
    for level in seed.spawn(redial.attempts - 1):
        numbers = default_rng(level)
        chance, delay, wait = (
            numbers.random(len(contacts)),
            redial.delay * numbers.exponential(size=len(contacts)),
            patience * _unit_patience(numbers, assumed, len(contacts)),
        )
        last = parts[-1]
        kept = chance[calls_again] < redial.probability
        more = last[kept]
        calls_again = calls_again[kept]
        more["arrival"] += more["patience"] + delay[calls_again]
        more["origin"] = before + np.flatnonzero(kept)
        more["patience"] = wait[calls_again]
        before += len(last)
        parts.append(more)
    return np.concatenate(parts)
