"""Work that may wait: what its deadlines make an hour worth, and what heads leave undone.

Lost work is convex in what can be done in each slot. It is the largest, over all worths `u` of a
contact done in a slot, of what the jobs would have to pay, each in the cheapest slot of its
window, less what the heads in the slots would earn: the dual of the flow of jobs to slots.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.deferred import DeferredWork, Jobs
from wfm.problem import Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEARLY = 1e-9
MORE, LESS = 1.5, 0.5
"""How much a contact counts in dividing heads, below and beyond what was planned for a slot."""
WIDEST = 240
"""Minutes of the longest stretch over which worths move together."""


@dataclass(frozen=True, eq=False)
class Deferred:
    """A deferred queue, compiled.

    Attributes
    ----------
    queue : int
        Its row.
    entries : slice
        Its slots among the periods: each has a worth of its own.
    jobs : Jobs
        The work.
    arrived, due : ndarray, shape (slots,)
        Its curves, in contacts.
    free : float
        Contacts that may be left undone for nothing.
    price : float
        Of each contact left undone beyond them.
    rate : ndarray, shape (slots,)
        Contacts that a head does.
    fair : ndarray, shape (slots,)
        What a head costs in wages for each contact that it does, no more than the price.
    cell : ndarray of int, shape (slots,)
        Stretch of each slot, over which worths move together.
    """

    queue: int
    entries: slice
    jobs: Jobs
    arrived: Floats
    due: Floats
    free: float
    price: float
    rate: Floats
    fair: Floats
    cell: Ints

    def ask(self, worth: Floats, slope: Floats) -> float:
        """What the jobs would pay at the worths of slots; adds the slope to `slope`, (slots,)."""
        paid = pay(worth, self.jobs.amount, self.jobs.first, self.jobs.last, slope)
        top = int(worth.argmax())
        slope[top] -= self.free
        return float(paid - self.free * worth[top])

    def lost(self, able: Floats) -> float:
        """Money lost by what is not done in time, where `able` contacts can be; (slots,)."""
        late = np.zeros(len(able))
        done = np.zeros(len(able))
        work_off(self.arrived, self.due, able, 0.0, done, late)
        return float(self.price * max(0.0, float(late.sum()) - self.free))

    def needed(self, able: Floats) -> NDArray[np.bool_]:
        """Slots in which one more contact done would save money, shape ``(slots,)``."""
        more = np.zeros(len(able), dtype=np.bool_)
        if self.lost(able) > 0:
            needed(self.arrived, self.due, able, more)
        return more

    def rated(self, worth: Floats, able: Floats, step: float) -> Floats:
        """Raise the worth of slots in which late work might be done, lower it where none is left.

        Parameters
        ----------
        worth, able : ndarray, shape (slots,)
            Worth of a contact, and contacts that can be done.
        step : float
            Share of what a contact costs in wages by which a worth changes at most.
        """
        done, late = np.zeros(len(able)), np.zeros(len(able))
        work_off(self.arrived, self.due, able, 0.0, done, late)
        excess = float(late.sum()) - self.free
        spread, reach = np.zeros(len(able) + 1), np.zeros(len(able) + 1)
        lay(late, self.jobs.amount, self.jobs.first, self.jobs.last, spread, reach)
        short = np.cumsum(spread)[:-1] / np.maximum(np.cumsum(reach)[:-1], NEARLY)
        short *= max(0.0, excess) / max(float(late.sum()), NEARLY)
        idle = self.even(able - done) / np.maximum(self.even(able), NEARLY)
        idle = np.maximum(idle, max(0.0, -excess) / max(self.due[-1], NEARLY))
        rated = worth + step * self.fair * (self.even(short) - idle)
        return np.asarray(np.clip(rated, 0.0, self.price))

    def bent(self, planned: Floats, done: Floats) -> Floats:
        """Make the curves of slots bend where a plan has them, shape ``(slots, agents + 1)``.

        In a slot alone there is never enough of deferred work, nor of what is done of it: heads
        would all go to it, or none. So up to the plan a contact counts more, beyond it less.
        """
        below = np.minimum(planned, done[:, None])
        return np.asarray(MORE * below + LESS * (planned - below))

    def even(self, values: Floats) -> Floats:
        """Means over the stretches, shape ``(slots,)``."""
        sums = np.bincount(self.cell, values) / np.bincount(self.cell)
        return np.asarray(sums[self.cell])


def compile_deferred(problem: Problem, first: int, rate: Floats) -> tuple[Deferred, ...]:
    """Compile the deferred queues of a problem.

    Parameters
    ----------
    problem : Problem
        What to compile.
    first : int
        Number of the first period of theirs.
    rate : ndarray, shape (queues, slots)
        Contacts that the first head does.
    """
    slots = problem.horizon.slots
    hourly = max(contract.hourly_cost for contract in problem.contracts)
    wage = hourly * problem.horizon.interval / 60
    found = []
    for queue, work in sorted(problem.demand.works.items()):
        target = problem.demand.queues[queue].target
        found.append(
            Deferred(
                queue=queue,
                entries=slice(first, first + slots),
                jobs=work.jobs,
                arrived=work.arrived_array,
                due=work.due_array,
                free=(1 - target.level) * work.total,
                price=target.price,
                rate=rate[queue],
                fair=np.minimum(target.price, wage / np.maximum(rate[queue], NEARLY)),
                cell=_cells(work, problem.horizon.interval),
            )
        )
        first += slots
    return tuple(found)


def _cells(work: DeferredWork, interval: int) -> Ints:
    """Stretches of a quarter of the time that most work may wait, but no more than some hours."""
    jobs, slots = work.jobs, len(work.due)
    waits = (jobs.last - jobs.first + 1) * jobs.amount
    wait = waits.sum() / jobs.amount.sum() if len(jobs.amount) else 1.0
    width = max(1, int(min(WIDEST / interval, wait / 4)))
    return np.arange(slots) // width


@njit(cache=True, nogil=True)
def pay(worth: Floats, amount: Floats, first: Ints, last: Ints, slope: Floats) -> float:
    """What jobs pay for the cheapest slots of their windows; adds what each slot gets to `slope`.

    Where several slots are the cheapest, a job is spread over them.
    """
    total = 0.0
    for job in range(amount.size):
        least, ties = np.inf, 0
        for slot in range(first[job], last[job] + 1):
            if worth[slot] < least:
                least, ties = worth[slot], 0
            if worth[slot] == least:
                ties += 1
        total += amount[job] * least
        for slot in range(first[job], last[job] + 1):
            if worth[slot] == least:
                slope[slot] += amount[job] / ties
    return total


@njit(cache=True, nogil=True)
def work_off(
    arrived: Floats, due: Floats, able: Floats, passed: float, done: Floats, late: Floats
) -> float:
    """Do what is due first; fills `done` and `late` by slot, (slots,), returns what is passed.

    Parameters
    ----------
    arrived, due : ndarray, shape (slots,)
        Contacts arrived by the start, and due by the end, of each slot.
    able : ndarray, shape (slots,)
        Contacts that can be done in each slot.
    passed : float
        Contacts that were done or late before the first slot.
    """
    for slot in range(able.size):
        done[slot] = max(0.0, min(able[slot], arrived[slot] - passed))
        passed += done[slot]
        late[slot] = max(0.0, due[slot] - passed)
        passed += late[slot]
    return passed


@njit(cache=True, nogil=True)
def lay(
    late: Floats, amount: Floats, first: Ints, last: Ints, spread: Floats, reach: Floats
) -> None:
    """Lay late work, and all work, over its windows, as steps up and down, ``(slots + 1,)``."""
    missing = 0.0
    for job in range(amount.size - 1, -1, -1):
        if job == amount.size - 1 or last[job] != last[job + 1]:
            missing = late[last[job]]
        # Of the jobs that are due together the last to arrive are those that are late.
        part = min(missing, amount[job])
        missing -= part
        spread[first[job]] += part
        spread[last[job] + 1] -= part
        reach[first[job]] += amount[job]
        reach[last[job] + 1] -= amount[job]


@njit(cache=True, nogil=True)
def needed(arrived: Floats, due: Floats, able: Floats, more: NDArray[np.bool_]) -> None:
    """Find the slots in which a head more would save work that is late; fills `more`, (slots,).

    They are the stretches, apart from each other, within whose bounds most more must be done than
    can be; where that is so of several sets of stretches, the smallest.
    """
    slots = able.size
    came = np.zeros((slots, 2), dtype=np.bool_)
    outside, inside = 0.0, -np.inf
    for slot in range(slots):
        before = arrived[slot - 1] if slot else 0.0
        opened = outside - before
        came[slot, 1] = inside > opened + NEARLY
        inside = max(inside, opened) - able[slot]
        closed = inside + due[slot]
        came[slot, 0] = closed > outside + NEARLY
        outside = max(outside, closed)
    state = 0
    for slot in range(slots - 1, -1, -1):
        if state == 0:
            state = 1 if came[slot, 0] else 0
        more[slot] = state == 1
        if state == 1:
            state = 1 if came[slot, 1] else 0
