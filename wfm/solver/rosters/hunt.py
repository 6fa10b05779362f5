"""The search for a roster: first rows, annealing, neighbourhoods, and the whole beside them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wfm.solver.budget import Budget
from wfm.solver.rosters.annealing import Annealing
from wfm.solver.rosters.at_once import AtOnce
from wfm.solver.rosters.branching import Branching
from wfm.solver.rosters.engine import Engine
from wfm.solver.rosters.hand import Hand
from wfm.solver.rosters.neighbourhoods import Neighbourhoods
from wfm.solver.rosters.part import Cutter
from wfm.solver.rosters.people import People
from wfm.solver.rosters.program import Program
from wfm.solver.rosters.proof import Proof
from wfm.solver.rosters.rows import FirstRows, NoRowError

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
SMALL = 2_000
"""Columns up to which it is solved first of all."""
AT_ONCE = 0.12
"""Until when the whole is solved first of all: what is small is settled there."""
ANNEALING = 0.45
"""Until when the roster is annealed."""
BRANCHING = 0.6
"""Until when branch and price goes on, from when the prices of rows are known."""
LAST_WHOLE = 0.85
"""Until when the whole is solved, near the bound if the prices of rows are known."""
STEPS = 1_000
"""Of annealing between two looks at the clock: between them it needs the interpreter, for which
other threads then wait."""


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
        self.rows = FirstRows(self.cutter, self.engine, people, seed)
        self.neighbourhoods = Neighbourhoods(program, self.random)
        self.hand = Hand(program)
        self.proof = Proof(program, people, self.hand, budget, lambda: self.over)
        self.at_once = AtOnce(program, self.hand, self.engine, budget, seed)
        self.narrowed_to = np.inf
        self.proven = threading.Event()
        self.ended = False
        self.failed: list[Exception] = []
        self.waiting: list[int] = []
        self.threads: list[threading.Thread] = []

    def begin(self, waiting: list[int]) -> None:
        """Let the threads begin: seat those who wait for a row, then improve and prove."""
        self.waiting = waiting
        if self.budget.work is not None:
            steps: list[Callable[[], None]] = [self._one_after_the_other]
        else:
            steps = [partial(self._improve, whole=False), partial(self._improve, whole=True)]
            steps.append(partial(self._prove, until=self.budget.total))
        seated = threading.Barrier(len(steps))

        def run(step: Callable[[], None], seats: bool) -> None:
            try:
                if seats:
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
            threading.Thread(
                target=run, args=(step, number < 2), name=f"roster {number}", daemon=True
            )
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
            self.proof.relaxation.stop()
            self.hand.news.wait(MOMENT)
            self.hand.news.clear()
        unproven = [error for error in self.failed if not isinstance(error, NoRowError)]
        if unproven:
            raise unproven[0]

    @property
    def over(self) -> bool:
        """Whether the threads are to end."""
        return self.ended or self.budget.over or self.hand.settled

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

    def _one_after_the_other(self) -> None:
        """What otherwise goes on at the same time, so that the same follows each time."""
        self._prove(ANNEALING * self.budget.total / 2)
        self._improve(whole=False)

    def _improve(self, whole: bool) -> None:
        """Anneal, then solve one neighbourhood after the other; one thread solves the whole."""
        total, size = self.budget.total, len(self.program.cost)
        whole = whole and size <= WHOLE
        if whole and size <= SMALL:
            self.at_once.solve(self.cutter, AT_ONCE * total)
        if self.people is not None:
            self._anneal(self.people, ANNEALING * total, leave=whole)
        if whole:
            # Its many workers would leave the tree too little of two cores.
            self.proven.wait()
            if self.proof.prices is not None:
                self.at_once.near(self.proof.prices, LAST_WHOLE * total)
        if whole and not self.over:
            self._narrow()
            self.at_once.solve(self.cutter, LAST_WHOLE * total, self.narrowed_to)
        while not self.over:
            self._narrow()
            self._neighbourhood()

    def _prove(self, until: float) -> None:
        """Find prices of rows, then branch, where tour programmes carry all that binds a row."""
        try:
            self.proof.run()
            rows, people = self.proof.rows, self.people
            if rows is None or people is None or not people.complete:
                return
            if len(self.program.cost) <= WHOLE:
                until = min(until, BRANCHING * self.budget.total)
            tree = Branching(rows, self.hand, np.random.default_rng([self.seed, 1]))
            tree.run(lambda: self.over or self.budget.clock >= until)
        finally:
            self.proven.set()

    def _anneal(self, people: People, until: float, leave: bool) -> None:
        """Anneal the roster in hand; `leave` when the prices of rows are known, if so told."""
        hand, budget = self.hand, self.budget
        with hand.lock:
            tours, at_first = self.program.tours(hand.x), hand.cost
            random = np.random.default_rng(self.random.integers(2**63))
        annealing = Annealing(people, tours, random)
        own, began = np.arange(self.program.own), budget.clock
        while not self.over and budget.clock < until and not (leave and self.proof.prices):
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

    def _narrow(self) -> None:
        """Shut what no roster as good as the one in hand holds."""
        hand = self.hand
        prices = self.proof.prices
        if prices is not None and hand.cost < self.narrowed_to:
            self.narrowed_to = hand.cost
            self.cutter = Cutter(prices.narrowed(self.program, hand.cost))
