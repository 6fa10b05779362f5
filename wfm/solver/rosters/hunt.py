"""The search for a roster: first rows, then neighbourhoods, and the whole beside them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wfm.solver.budget import Budget
from wfm.solver.rosters.bound import Relaxation, whole_bound
from wfm.solver.rosters.engine import Engine
from wfm.solver.rosters.neighbourhoods import Neighbourhoods
from wfm.solver.rosters.part import Cutter
from wfm.solver.rosters.program import Program
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
WORKERS = 8
"""Of the engine for the whole: more than cores, as they search in different ways."""
FIRST_WHOLE, LAST_WHOLE = 0.15, 0.8
"""From when to when the whole is solved at once, as shares of the time."""


class RosterHunt:
    """A search under way; its threads share the roster in hand, which only gets better.

    Parameters
    ----------
    program : Program
        The roster's.
    budget : Budget
        How long it may take. With a limit of work one neighbourhood follows the other, so that the
        same ones are solved each time.
    seed : int
        Of everything random.

    Attributes
    ----------
    x : ndarray of int, shape (columns,)
        The roster in hand.
    cost, bound : float
        Its cost, and what no roster costs less than, in units.
    bound_by : str
        What proved the bound.
    news : threading.Event
        Set when any of them changes, and when a thread ends.
    """

    def __init__(self, program: Program, budget: Budget, seed: int) -> None:
        self.program, self.budget, self.seed = program, budget, seed
        self.random = np.random.default_rng(seed)
        self.cutter, self.engine = Cutter(program), Engine(budget)
        self.relaxation = Relaxation(program)
        self.rows = FirstRows(self.cutter, self.engine, seed)
        self.neighbourhoods = Neighbourhoods(program, self.random)
        self.x: Ints = program.completed(np.zeros(len(program.cost), dtype=np.int64))
        self.cost = np.inf
        self.bound = float(program.cost.clip(max=0) @ program.upper) / program.scale
        self.bound += program.offset
        self.bound_by = "sum of all that can be gained"
        self.news = threading.Event()
        self.lock = threading.Lock()
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
                self.news.set()

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
            self.news.wait(MOMENT)
            self.news.clear()
        unproven = [error for error in self.failed if not isinstance(error, NoRowError)]
        if unproven:
            raise unproven[0]

    @property
    def over(self) -> bool:
        """Whether the threads are to end."""
        return self.ended or self.budget.over or self.cost <= self.bound + 1e-9

    def _row_after_row(self) -> None:
        """Give those without a row the best one beside the others, as long as there are any."""
        while True:
            with self.lock:
                if not self.waiting:
                    break
                agent, x = self.waiting.pop(0), self.x
            columns, values = self.rows.row(x, agent)
            with self.lock:
                self.x = self._replaced(columns, values)
        with self.lock:
            # Several threads come here; what the last one finds is whole.
            if self.program.keeps(self.x):
                self.cost = self.program.value(self.x)
        self.news.set()

    def _replaced(self, columns: Ints, values: Ints) -> Ints:
        """The roster in hand with other values of some agents' columns."""
        own = columns < self.program.own
        x = self.x.copy()
        x[columns[own]] = values[own]
        return self.program.completed(x)

    def _improve(self, number: int) -> None:
        """Solve one neighbourhood after the other; one thread takes up the whole for a while."""
        whole = number == 1 and len(self.program.cost) <= WHOLE
        while not self.over:
            if whole and self.budget.clock >= FIRST_WHOLE * self.budget.total:
                whole = False
                self._solve_whole()
            else:
                self._neighbourhood()

    def _neighbourhood(self) -> None:
        with self.lock:
            x = self.x
            name, free = self.neighbourhoods.draw(x)
            seed = int(self.random.integers(2**31 - 1))
            afresh = self.random.random() < AFRESH
        began = self.budget.clock
        part = self.cutter.part(x, free)
        most = min(max(BRIEFLY, PART * self.budget.total), self.budget.left)
        answer = self.engine.best(part, None if afresh else x[part.columns], seed, most)
        took = self.budget.clock - began
        with self.lock:
            gain = 0.0
            if answer.values is not None:
                gain = self._take(part.columns, answer.values)
            self.neighbourhoods.learn(name, gain, took, answer.settled)

    def _take(self, columns: Ints, values: Ints) -> float:
        """Take values over if the roster stays allowed and costs no more; what that gains.

        Another thread may have changed the roster since they were looked for.
        """
        x = self._replaced(columns, values)
        cost = self.program.value(x)
        if cost > self.cost or not self.program.keeps(x):
            return 0.0
        gain = self.cost - cost
        self.x, self.cost = x, cost
        if gain > 0:
            self.news.set()
        return gain

    def _solve_whole(self) -> None:
        """Solve the whole program at once, from the roster in hand."""
        with self.lock:
            x = self.x
        part = self.cutter.part(x, np.arange(self.program.own))

        def take(values: Ints) -> None:
            with self.lock:
                self._take(part.columns, values)

        def bound(found: float) -> None:
            self._raise(whole_bound(self.program, found), "CP-SAT on the whole")

        most = max(1.0, LAST_WHOLE * self.budget.total - self.budget.clock)
        most = min(most, self.budget.left)
        answer = self.engine.whole(part, x[part.columns], self.seed, most, WORKERS, take, bound)
        if answer.values is not None:
            take(answer.values)
            if answer.settled:
                best = float(part.cost @ answer.values)
                self._raise(whole_bound(self.program, best), "CP-SAT on the whole")

    def _prove(self) -> None:
        """Raise the bound to that of the linear relaxation."""
        total = np.inf if self.budget.seconds is None else self.budget.seconds
        found = self.relaxation.bound(max(1.0, total - self.budget.elapsed))
        if found is not None:
            self._raise(found, "linear relaxation")

    def _raise(self, bound: float, by: str) -> None:
        with self.lock:
            if bound > self.bound:
                self.bound, self.bound_by = bound, by
                self.news.set()
