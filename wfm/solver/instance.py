"""A problem compiled to arrays: slots, costs, service curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.agent import Contract
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.solver.activities.compiling import compile_pieces
from wfm.solver.activities.items import Pieces
from wfm.solver.activities.queues import all_masks, reaching_in
from wfm.solver.deferred import Deferred, compile_deferred
from wfm.solver.dot import dot
from wfm.solver.placement import cover_tour
from wfm.solver.team_problem import with_beside

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_QUEUES = 10


@dataclass(frozen=True, eq=False)
class Instance:
    """Everything of a problem that does not change during the search.

    Attributes
    ----------
    problem : Problem
        What it was compiled from.
    first : ndarray of int, shape (days, options)
        First slot of each option.
    length, counts : ndarray of int, shape (options,)
        Slots and number of breaks of each option.
    earliest, latest, pause : ndarray of int, shape (options, breaks)
        Window of each break's start after the shift's, and its length, in slots.
    width : int
        Slots of the horizon and of the longest shift that reaches past it.
    contract : ndarray of int, shape (agents,)
        Index of the contract.
    cost : ndarray, shape (contracts, days, options + 1)
        Wages and premiums, infinite where the contract has no such shift; the last is a day off.
    group : ndarray of int, shape (agents,)
        Skill group: agents who serve the same queues.
    masks : ndarray of int, shape (groups,)
        Queues that a group serves, a bit for each.
    base : ndarray of int, shape (groups, slots)
        Heads of the previous period's shifts that reach into the horizon, and of others who are
        at work beside a team.
    planned, floor : ndarray, shape (queues, slots, agents + 1)
        Contacts answered in time, and cost of missing the floor, by heads.
    period : ndarray of int, shape (queues, slots)
        Period in which a slot counts.
    target, price : ndarray, shape (periods,)
        Contacts to answer in time, and the cost of each one missing. Those of deferred queues,
        where each slot is a period, ask for nothing here but through `deferred`.
    deferred : tuple of Deferred
        Queues whose work may wait.
    pieces : Pieces
        What is to be held inside shifts.
    """

    problem: Problem
    first: Ints
    length: Ints
    counts: Ints
    earliest: Ints
    latest: Ints
    pause: Ints
    width: int
    contract: Ints
    cost: Floats
    group: Ints
    masks: Ints
    base: Ints
    planned: Floats
    floor: Floats
    period: Ints
    target: Floats
    price: Floats
    deferred: tuple[Deferred, ...]
    pieces: Pieces

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return int(self.first.shape[0])

    @property
    def slots(self) -> int:
        """Slots of the horizon."""
        return int(self.planned.shape[1])

    @property
    def off(self) -> int:
        """Column of a day off, past the last option."""
        return int(self.first.shape[1])

    def ask(self, worth: Floats) -> tuple[float, Floats]:
        """What is to be answered in time, at the worths of an answer: its worth, and its slope.

        The slope is the contacts to answer in each period, shape ``(periods,)``.
        """
        total, slope = float(dot(worth, self.target)), self.target
        if self.deferred:
            slope = slope.copy()
            for each in self.deferred:
                total += each.ask(worth[each.entries], slope[each.entries])
        return total, slope

    def cover(self, tour: Ints, places: Ints) -> Ints:
        """One in each slot at work, breaks left out, shape ``(width,)``.

        Parameters
        ----------
        tour : ndarray of int, shape (days,)
            Column of each day.
        places : ndarray of int, shape (days, breaks)
            Slot at which each break starts.
        """
        there = np.empty(self.width, dtype=np.int64)
        cover_tour(tour, places, self.first, self.length, self.counts, self.pause, there)
        return there


def compile_problem(problem: Problem) -> Instance:
    """Compile a problem.

    Raises
    ------
    InputError
        If there are more queues than the exact division of agents can take.
    """
    queues = problem.demand.queues
    if len(queues) > MOST_QUEUES:
        raise InputError("Problem.demand.queues", f"be at most {MOST_QUEUES}", len(queues))
    horizon, options = problem.horizon, problem.options
    first = options.start // horizon.interval
    length = options.length // horizon.interval
    bits = problem.serves @ (1 << np.arange(len(queues)))
    own = all_masks(problem, bits)
    masks, base = with_beside(problem, own, reaching_in(problem, bits, own))
    group = np.searchsorted(masks, bits)
    contracts = {contract.id: index for index, contract in enumerate(problem.contracts)}
    counts, earliest, latest, pause = _breaks(problem)
    planned, floor = _service(problem, len(problem.agents) + int(base.sum(axis=0).max(initial=0)))
    period, target, price, due = _periods(problem, planned)
    width = max(horizon.slots, int((first + length).max()))
    return Instance(
        problem=problem,
        first=np.ascontiguousarray(first),
        length=length,
        counts=counts,
        earliest=earliest,
        latest=latest,
        pause=pause,
        width=width,
        contract=np.array([contracts[agent.contract] for agent in problem.agents]),
        cost=np.stack([_costs(problem, contract) for contract in problem.contracts]),
        group=group.astype(np.int64),
        masks=masks.astype(np.int64),
        base=base,
        planned=planned,
        floor=floor,
        period=period,
        target=target,
        price=price,
        deferred=due,
        pieces=compile_pieces(problem, bits, masks, width),
    )


def _breaks(problem: Problem) -> tuple[Ints, Ints, Ints, Ints]:
    templates, interval = problem.shifts, problem.horizon.interval
    most = max(1, *(len(template.breaks) for template in templates)) if templates else 1
    fields = np.zeros((3, len(templates), most), dtype=np.int64)
    for row, template in enumerate(templates):
        for column, taken in enumerate(template.breaks):
            minutes = (taken.earliest, taken.latest, taken.minutes)
            fields[:, row, column] = [value // interval for value in minutes]
    counts = np.array([len(template.breaks) for template in templates], dtype=np.int64)
    which = problem.options.template
    return counts[which], fields[0][which], fields[1][which], fields[2][which]


def _costs(problem: Problem, contract: Contract) -> Floats:
    """Wages and premiums of each option in money; a premium is due on the paid share of a shift."""
    options = problem.options
    per_minute = contract.hourly_cost / 60
    inside = np.zeros(options.start.shape)
    for start, end in _merged(problem, contract):
        overlap = np.minimum(options.end, end) - np.maximum(options.start, start)
        inside += np.maximum(overlap, 0)
    paid_share = options.paid / options.length
    wages = per_minute * (options.paid + contract.premium * inside * paid_share)
    cost = np.where(options.allowed(contract), wages, np.inf)
    return np.hstack([cost, np.zeros((len(cost), 1))])


def _merged(problem: Problem, contract: Contract) -> list[tuple[int, int]]:
    """Premium hours as spans that do not overlap."""
    spans: list[tuple[int, int]] = []
    # A night that starts on the last day may reach past the horizon, as its shifts do.
    found = [span for w in contract.premium_hours for span in w.spans(problem.horizon, after=1)]
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _service(problem: Problem, most: int) -> tuple[Floats, Floats]:
    """Planned answers and cost of missing the floor, by heads up to the most that can be there."""
    demand = problem.demand
    planned = demand.service_at(min(most, int(demand.curves.heads.max(initial=0))))
    price = np.array([queue.target.floor_price for queue in demand.queues])
    missing = np.maximum(0.0, demand.floors[:, :, None] - planned)
    return planned, price[:, None, None] * missing


def _periods(
    problem: Problem, planned: Floats
) -> tuple[Ints, Floats, Floats, tuple[Deferred, ...]]:
    """Periods of ordinary queues, then the slots of deferred ones, and the work of these."""
    demand, slots = problem.demand, problem.horizon.slots
    period = np.zeros((len(demand.queues), slots), dtype=np.int64)
    target: list[float] = []
    price: list[float] = []
    for row, queue in enumerate(demand.queues):
        for _, some in demand.periods(row) if row not in demand.works else []:
            period[row, some] = len(target)
            target.append(queue.target.level * float(demand.contacts_array[row, some].sum()))
            price.append(queue.target.price)
    rate = planned[:, :, 1] if planned.shape[2] > 1 else np.zeros(period.shape)
    deferred = compile_deferred(problem, len(target), rate)
    for each in deferred:
        period[each.queue] = np.arange(each.entries.start, each.entries.stop)
        target += [0.0] * slots
        price += [each.price] * slots
    return period, np.array(target), np.array(price), deferred
