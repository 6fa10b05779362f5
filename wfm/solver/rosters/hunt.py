"""The search for a roster: first rows, annealing, neighbourhoods, and the whole beside them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wfm.solver.budget import Budget
from wfm.solver.rosters.annealing import Annealing
from wfm.solver.rosters.bound import SLACK, Relaxation, whole_bound
from wfm.solver.rosters.engine import Engine
from wfm.solver.rosters.generation import Generation
from wfm.solver.rosters.hand import Hand
from wfm.solver.rosters.narrowing import Prices, prices_of
from wfm.solver.rosters.neighbourhoods import Neighbourhoods
from wfm.solver.rosters.part import Cutter
from wfm.solver.rosters.people import People
from wfm.solver.rosters.program import Program
from wfm.solver.rosters.rows import FirstRows, NoRowError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BRIEFLY, PART = 4.0, 0.01
"""Seconds for a neighbourhood, or a share of the time if that is more."""
AFRESH = 0.4
"""Share of neighbourhoods that are solved without the roster in hand as a hint: others as good as
it are found so, from which the search goes on elsewhere."""
MOMENT = 0.05
"""Seconds between two attempts to stop what is under way."""
WHOLE = 20_000
"""Columns up to which the whole program is solved at once, too."""
WORKERS = 8
"""Of the engine for the whole: more than cores, as they search in different ways."""
SMALL = 2_000
"""Columns up to which it is solved first of all."""
AT_ONCE = 0.12
"""Until when the whole is solved first of all: what is small is settled there."""
ANNEALING = 0.45
"""Until when the roster is annealed."""
LAST_WHOLE = 0.85
"""Until when the whole is solved, near the bound as soon as the prices of rows are known."""
MARGINS = (0.001, 0.005, 0.02, 0.08)
"""How far above the bound that looks, as shares of it, one after the other."""
STEPS = 50
"""Of annealing between two looks at the clock."""


class RosterHunt:
    """A search under way; its threads share the roster in hand, which only gets better.

    Parameters
    ----------
    program : Program
        The roster's.
    people : People or None
        Everyone's tour programme; without them nothing is annealed.
    budget : Budget
        How long it may take. With a limit of work one neighbourhood follows the other, so that the
        same ones are solved each time.
    seed : int
        Of everything random.

    Attributes
    ----------
    hand : Hand
        The roster in hand and the bound.
    """

    def __init__(self, program: Program, people: People | None, budget: Budget, seed: int) -> None:
        self.program, self.people, self.budget, self.seed = program, people, budget, seed
        self.random = np.random.default_rng(seed)
        self.cutter, self.engine = Cutter(program), Engine(budget)
        self.relaxation = Relaxation(program)
        self.rows = FirstRows(self.cutter, self.engine, people, seed)
        self.neighbourhoods = Neighbourhoods(program, self.random)
        self.hand = Hand(program)
        self.prices: Prices | None = None
        self.narrowed_to = np.inf
        self.ended = False
        self.failed: list[Exception] = []
        self.waiting: list[int] = []
        self.threads: list[threading.Thread] = []

    def begin(self, waiting: list[int]) -> None:
        """Let the threads begin: seat those who wait for a row, then improve."""
        self.waiting = waiting
        searching = 1 if self.budget.work is not None else 2
        if self.budget.work is not None:
            self._prove()
        steps: list[Callable[[], None]] = [partial(self._improve, n) for n in range(searching)]
        if searching > 1:
            steps.append(self._prove)
        seated = threading.Barrier(len(steps))

        def run(step: Callable[[], None], number: int) -> None:
            try:
                if number < searching:
                    self._row_after_row()
                # The relaxation waits, too: first of all there must be a roster.
                seated.wait()
                step()
            except threading.BrokenBarrierError:
                pass
            except Exception as error:
                self.failed.append(error)
                seated.abort()
                self.engine.stop()
                self.ended = True
            finally:
                self.hand.news.set()

        self.threads = [
            threading.Thread(target=run, args=(step, number), name=f"roster {number}", daemon=True)
            for number, step in enumerate(steps)
        ]
        for thread in self.threads:
            thread.start()

    @property
    def alive(self) -> bool:
        """Whether the roster may still become better."""
        return any(thread.is_alive() for thread in self.threads) and not self.ended

    def end(self) -> None:
        """End all threads; what they have under way stops within moments."""
        self.ended = True
        while any(thread.is_alive() for thread in self.threads):
            # Again and again: what is about to begin is not stopped yet.
            self.engine.stop()
            self.relaxation.stop()
            self.hand.news.wait(MOMENT)
            self.hand.news.clear()
        unproven = [error for error in self.failed if not isinstance(error, NoRowError)]
        if unproven:
            raise unproven[0]

    @property
    def over(self) -> bool:
        """Whether the threads are to end."""
        return self.ended or self.budget.over or self.hand.cost <= self.hand.bound + 1e-9

    def _row_after_row(self) -> None:
        """Give those without a row the best one beside the others, as long as there are any."""
        hand = self.hand
        while True:
            with hand.lock:
                if not self.waiting:
                    break
                agent, x = self.waiting.pop(0), hand.x
            hand.seat(*self.rows.row(x, agent))
        # Several threads come here; what the last one finds is whole.
        hand.seated()

    def _improve(self, number: int) -> None:
        """Anneal, then solve one neighbourhood after the other; one thread solves the whole."""
        total = self.budget.total
        whole = number == 1 and len(self.program.cost) <= WHOLE
        if whole and len(self.program.cost) <= SMALL:
            self._solve_whole(self.cutter, AT_ONCE * total)
        if self.people is not None:
            self._anneal(self.people, ANNEALING * total, leave=whole)
        if whole and self.prices is not None:
            self._solve_near(self.prices, LAST_WHOLE * total)
        if whole:
            self._narrow()
            self._solve_whole(self.cutter, LAST_WHOLE * total, self.narrowed_to)
        while not self.over:
            self._narrow()
            self._neighbourhood()

    def _anneal(self, people: People, until: float, leave: bool) -> None:
        """Anneal the roster in hand; `leave` when the prices of rows are known, if so told."""
        hand, budget = self.hand, self.budget
        with hand.lock:
            tours, at_first = self.program.tours(hand.x), hand.cost
            random = np.random.default_rng(self.random.integers(2**63))
        annealing = Annealing(people, tours, random)
        own, began = np.arange(self.program.own), budget.clock
        while not self.over and budget.clock < until and not (leave and self.prices):
            annealing.run(STEPS, (budget.clock - began) / (until - began))
            budget.spend(STEPS)
            if at_first + annealing.least < hand.cost - 1e-6:
                hand.take(own, self.program.point(annealing.best)[own])

    def _neighbourhood(self) -> None:
        hand = self.hand
        with hand.lock:
            x = hand.x
            name, free = self.neighbourhoods.draw(x)
            seed = int(self.random.integers(2**31 - 1))
            afresh = self.random.random() < AFRESH
        began = self.budget.clock
        part = self.cutter.part(x, free)
        most = min(max(BRIEFLY, PART * self.budget.total), self.budget.left)
        answer = self.engine.best(part, None if afresh else x[part.columns], seed, most)
        took = self.budget.clock - began
        with hand.lock:
            gain = 0.0 if answer.values is None else hand.take(part.columns, answer.values)
            self.neighbourhoods.learn(name, gain, took, answer.settled)

    def _solve_near(self, prices: Prices, until: float) -> None:
        """Solve the whole among the rows that a roster near the bound can hold; then farther."""
        hand = self.hand
        for number, margin in enumerate(MARGINS):
            target = min(hand.bound + margin * max(1.0, abs(hand.bound)), hand.cost)
            left = (until - self.budget.clock) / (len(MARGINS) - number)
            if self.over or left <= 0:
                return
            cutter = Cutter(prices.narrowed(self.program, target))
            self._solve_whole(cutter, self.budget.clock + left, target)
            if hand.cost <= target:
                return

    def _solve_whole(self, cutter: Cutter, until: float, target: float = np.inf) -> None:
        """Solve the whole at once by a program that holds all rosters of up to some cost."""
        hand = self.hand
        x = hand.x
        part = cutter.part(x, np.arange(self.program.own))

        def take(values: Ints) -> None:
            hand.take(part.columns, values)

        def bound(found: float) -> None:
            proven = min(whole_bound(self.program, found), target)
            hand.prove(proven, "CP-SAT on the whole")

        most = min(max(1.0, until - self.budget.clock), self.budget.left)
        hint = np.clip(x[part.columns], part.lower, part.upper)
        answer = self.engine.whole(part, hint, self.seed, most, WORKERS, take, bound)
        if answer.values is not None:
            take(answer.values)
            if answer.settled:
                bound(float(part.cost @ answer.values))
        elif answer.settled:
            hand.prove(target, "CP-SAT on the whole")

    def _prove(self) -> None:
        """Raise the bound to that of the linear relaxation, and learn which cells are too dear."""
        total = np.inf if self.budget.seconds is None else self.budget.seconds
        found = self.relaxation.solve(max(1.0, total - self.budget.elapsed))
        if found is None:
            return
        bound, duals = found
        self.hand.prove(bound, "linear relaxation")
        if self.people is not None and len(self.program.cost) <= WHOLE:
            self._price(self.people, prices_of(self.program, duals))

    def _price(self, people: People, price: Floats) -> None:
        """Raise the bound to that of the linear program over whole rows, and price the cells."""
        generation = Generation(people, price)
        generation.run(lambda: self.over)
        prices = generation.best
        parts = (prices.bound - self.program.offset) * self.program.scale
        bound = whole_bound(self.program, parts - SLACK * abs(parts))
        self.hand.prove(bound, "linear program over whole rows")
        prices.price_cells(lambda: self.over)
        self.prices = prices

    def _narrow(self) -> None:
        """Shut what no roster as good as the one in hand holds."""
        hand = self.hand
        if self.prices is not None and hand.cost < self.narrowed_to:
            self.narrowed_to = hand.cost
            self.cutter = Cutter(self.prices.narrowed(self.program, hand.cost))
