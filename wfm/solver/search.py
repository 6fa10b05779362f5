"""What the moves share: the compiled problem, the roster in hand, and how a roster is priced."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.problem import Problem
from wfm.solver.activities.beside import beside_pieces, without_meetings
from wfm.solver.activities.lacks import lack_cost
from wfm.solver.activities.posts import posts_of
from wfm.solver.activities.room import close_full
from wfm.solver.agents import cell_costs, own_limits, programmes_of, relaxed_of
from wfm.solver.allocation import Curves, Division, allocate, answered, copied
from wfm.solver.book import Book, open_book
from wfm.solver.budget import Budget
from wfm.solver.coupling import Coupling
from wfm.solver.deferred import Deferred
from wfm.solver.division import DivisionProgramme
from wfm.solver.dot import dot
from wfm.solver.instance import Instance, compile_problem
from wfm.solver.one_head import shift_heads
from wfm.solver.relaxed import ROUNDS
from wfm.solver.roster import Roster, Service, divide
from wfm.solver.worth import best_worth

Floats = NDArray[np.float64]


class Search:
    """The state of a search.

    Attributes
    ----------
    budget : Budget
        How long it may go on; without end by default.
    instance : Instance
        The compiled problem.
    book : Book
        Its limits.
    coupling : Coupling
        Those that couple people.
    programmes : list of Programme, one for each agent
        Shared by agents with equal contracts and limits.
    own : list of OwnLimits, one for each agent
        What binds each agent alone.
    relaxed : list of Relaxed or None, one for each agent
        Programmes that do not carry every limit, with the others.
    beside : list of OwnLimits, one for each agent
        The same without what soft rules ask to be held inside shifts.
    cell_cost : list of ndarray, one for each agent, shape (days, options + 1)
        Wages, premiums and limits on single days; infinite where forbidden. Agents of whom the
        same is asked share one.
    roster : Roster
        The tours in hand.
    planned : ndarray, shape (queues, slots, agents + 1)
        The instance's curves, by which heads are divided; those of deferred queues bend where the
        best division of an earlier roster had enough.
    worth : ndarray, shape (periods,)
        What an answer in time is worth to the moves: the price where a period falls short, less
        where it overshoots.
    """

    def __init__(self, problem: Problem, seed: int, budget: Budget | None = None) -> None:
        self.budget = budget or Budget(None)
        self.instance = compile_problem(problem)
        self.book: Book = without_meetings(open_book(problem), self.instance.pieces)
        self.coupling = Coupling(self.instance, self.book)
        self.cell_cost = cell_costs(self.instance, self.book)
        close_full(self)
        beside = beside_pieces(self.instance, self.book)
        self.own, self.beside = own_limits(self.instance, self.book.own, beside)
        self.programmes = programmes_of(self.instance, self.book)
        self.relaxed = relaxed_of(self.instance, self.programmes)
        self.programme: DivisionProgramme | None = None
        self.planned = self.instance.planned
        self.roster = Roster.empty(self.instance)
        self.set_worth(_first_worth(self.instance))
        self.random = np.random.default_rng(seed)

    def put(self, agent: int, sign: int = 1) -> None:
        """Count an agent's heads in, or out with a sign of -1."""
        roster, instance = self.roster, self.instance
        posts = posts_of(self, agent, roster.cover(instance, agent))
        masks, curves = instance.masks, self._curves()
        shift_heads(posts, sign, masks, curves, roster.supply, roster.division)

    def _curves(self) -> Curves:
        """What heads are worth, by which they are divided."""
        return Curves(self.by_slot, self.planned, self.instance.floor)

    def set_worth(self, worth: Floats) -> None:
        """Change the worths, and divide and price the roster in hand by them."""
        self.worth = worth
        self.by_slot = worth[self.instance.period]
        roster, slots = self.roster, np.arange(self.instance.slots)
        allocate(slots, roster.supply, self.instance.masks, self._curves(), roster.division)
        self.total = self.cost()

    def service(self) -> Service:
        """How the heads in hand are divided and what service that loses."""
        return divide(self.instance, self.roster.supply, self.worth, copied(self.roster.division))

    def cost(self) -> float:
        """Total cost of the roster in hand, divided and priced by the worths in hand.

        Deferred work costs what the heads given to it leave undone, since in a slot alone there is
        no end to what it is worth.
        """
        roster = self.roster
        lost = float(dot(self.worth, self.instance.target) - roster.division.value.sum())
        for each in self.instance.deferred:
            counted = _at(self.planned[each.queue], roster.division.heads[each.queue])
            lost += each.lost(self._able(each)) + float(dot(self.worth[each.entries], counted))
        return lost + self.owed()

    def owed(self) -> float:
        """Cost of the tours in hand but for the service that they lose."""
        roster = self.roster
        own = float(roster.own.sum()) + self.coupling.cost(roster.tours)
        return own + lack_cost(self) if self.instance.pieces.items else own

    def _able(self, each: Deferred) -> Floats:
        """Contacts that the heads given to a deferred queue can do, shape ``(slots,)``."""
        return _at(self.instance.planned[each.queue], self.roster.division.heads[each.queue])

    def by_need(self) -> tuple[Floats, Division]:
        """Worths of one more answer, ``(queues, slots)``, and the division that it comes to.

        One of deferred work is worth something where some is late, however that was divided.
        """
        division = self.roster.division
        if not self.instance.deferred:
            return self.by_slot, division
        worth, more = self.by_slot.copy(), division.more.copy()
        for each in self.instance.deferred:
            worth[each.queue] *= each.needed(self._able(each))
            more[each.queue] = each.rate
        return worth, division._replace(more=more)

    def own_cost(self, agent: int, tour: NDArray[np.int64]) -> float:
        """Wages, premiums and broken soft limits of one agent's tour, from the limits alone.

        What soft rules ask to be held inside shifts is not among it, but in the roster's lacks.
        """
        instance = self.instance
        wages = instance.cost[instance.contract[agent], np.arange(len(tour)), tour].sum()
        return float(wages) + self.beside[agent].cost(tour)

    def best_tour(
        self, agent: int, value: Floats, rounds: int = ROUNDS
    ) -> tuple[float, NDArray[np.int64]]:
        """Value of an agent's best tour and the tour, as `Programme.best`; own limits are kept.

        Where the programme does not carry every limit the tour is a good one, beside the present.
        """
        self.budget.spend()
        relaxed = self.relaxed[agent]
        if relaxed is None:
            return self.programmes[agent].best(value)
        now = self.roster.tours[agent]
        return relaxed.best(value, now, self.random, rounds)

    def day_cost(self, agent: int, day: int) -> Floats:
        """Cost of each option and a day off on a day, the agent's other days given.

        Infinite where a hard limit on the agent alone would break.
        """
        instance = self.instance
        cost = instance.cost[instance.contract[agent], day]
        return np.asarray(cost + self.own[agent].day_cost(self.roster.tours[agent], day))

    def settle(self) -> float:
        """Find the worths at which the lost service is counted truly; returns the total cost."""
        if self.instance.deferred:
            return self._settle_deferred()
        self.set_worth(best_worth(self.instance, self.roster.supply, self.worth))
        return self.total

    def _settle_deferred(self) -> float:
        """Settle, and from now on divide the heads about as it was best to do here."""
        if self.programme is None:
            self.programme = DivisionProgramme(self.instance)
        roster = self.roster
        worth = best_worth(self.instance, roster.supply, self.worth, self.programme)
        self.planned = self.instance.planned.copy()
        for each, done in zip(self.instance.deferred, self.programme.done(), strict=True):
            self.planned[each.queue] = each.bent(self.instance.planned[each.queue], done)
        self.set_worth(worth)
        return self.service().cost + self.owed()

    def rate(self, step: float) -> None:
        """Raise the worth of answers in periods that fall short, lower it where they overshoot.

        Parameters
        ----------
        step : float
            Share of the price by which a period that misses its target wholly would rise.
        """
        target = np.maximum(self.instance.target, 1.0)
        totals = np.zeros(len(target))
        answered(self.instance.planned, self.roster.division.heads, self.instance.period, totals)
        missing = (self.instance.target - totals) / target
        price = self.instance.price
        worth = np.clip(self.worth + step * price * missing, 0.0, price)
        for each in self.instance.deferred:
            worth[each.entries] = each.rated(self.worth[each.entries], self._able(each), step)
        self.set_worth(worth)


def _at(curves: Floats, heads: NDArray[np.int64]) -> Floats:
    """Contacts at some heads in each slot; curves of shape ``(slots, agents + 1)``."""
    return np.asarray(curves[np.arange(len(heads)), heads])


def _first_worth(instance: Instance) -> Floats:
    """The price of ordinary answers; of deferred ones, what a head costs that does them."""
    worth = instance.price.copy()
    for each in instance.deferred:
        worth[each.entries] = each.fair
    return worth
