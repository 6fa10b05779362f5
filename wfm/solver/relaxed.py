"""Tours that keep also those promises which their programme does not carry.

What is dropped is priced: breaking it costs the more, the oftener it was broken, as in a Lagrangian
relaxation (Geoffrion, 1974). Where no prices lead to a tour that keeps all, the present tour does:
each day may use of a promise what the present one uses, and what room is left goes to some days.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Book, Entry, Joint, row_of
from wfm.solver.coupling import Coupling
from wfm.solver.dot import dot
from wfm.solver.instance import Instance
from wfm.solver.tour.programme import Programme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDS = 2
"""Prices that are tried before the present tour is taken as a guide."""
FIRST = 0.05
"""First step of a price, as a share of what the dearest cells are worth for a unit they count."""
EASED = 0.8
"""Prices that were high enough are lowered by this factor."""
GUIDES, TRIES = 4, 3
"""Tours that are taken as guides, the present one first if it keeps everything; tries with each."""
UNEVEN = 0.25
"""How much prices differ from week to week, so that weeks do not all tip over together."""


class Relaxed:
    """A programme with the promises that it does not carry.

    Attributes
    ----------
    price : ndarray, shape (lines,)
        Prices of what is counted, as they were good the last time.
    """

    def __init__(self, instance: Instance, programme: Programme) -> None:
        self.programme = programme
        entries = [entry for promise in programme.dropped for entry in promise.entries]
        self.dropped = Coupling(
            instance, Book(((),), tuple(Joint(entry, (0,)) for entry in entries))
        )
        lines: dict[bytes, int] = {}
        tables: list[Floats] = []
        self.line: list[int] = []
        self.side: list[int] = []
        for entry in entries:
            table = _table(entry, instance)
            first = table[table != 0][:1]
            side = -1 if len(first) and first[0] < 0 else 1
            number = lines.setdefault((side * table).tobytes(), len(tables))
            if number == len(tables):
                tables.append((side * table).astype(float))
            self.line.append(number)
            self.side.append(side)
        self.table = np.array(tables)
        self.unit = np.maximum(1.0, np.abs(self.table).max(axis=(1, 2)))
        self.price = np.zeros(len(tables))
        sides = list(zip(self.line, self.side, strict=True))
        self.low = np.array(
            [-np.inf if (line, -1) in sides else 0.0 for line in range(len(tables))]
        )
        self.high = np.array([np.inf if (line, 1) in sides else 0.0 for line in range(len(tables))])

    def best(
        self,
        value: Floats,
        now: Ints,
        random: np.random.Generator,
        rounds: int = ROUNDS,
    ) -> tuple[float, Ints]:
        """A good tour that keeps every promise, and its value.

        Parameters
        ----------
        value : ndarray, shape (days, options + 1)
            Value of each cell.
        now : ndarray of int, shape (days,)
            The present tour.
        random : numpy.random.Generator
            Where weeks differ, and room goes when a tour is the guide.
        rounds : int
            Prices to try before that.
        """
        days, price = np.arange(len(value)), self.price
        uneven = random.uniform(1 - UNEVEN, 1 + UNEVEN, len(value) // 7 + 1)[days // 7]
        table = self.table * uneven[:, None]
        worth = float(np.quantile(np.abs(value[np.isfinite(value)]), 0.9))
        step, way = FIRST * worth / self.unit, np.zeros(len(price))
        guides = [now]
        for _ in range(rounds):
            shown = value - dot(table.transpose(1, 2, 0), price)
            total, tour = self.programme.best(shown)
            if not np.isfinite(total):
                return -np.inf, tour
            over = self.dropped.counts(tour[None]) - self.dropped.most
            if not (self.dropped.hard & (over > 0)).any():
                price *= EASED
                gone = float(value[days, tour].sum() - shown[days, tour].sum())
                return total + gone - self.dropped.cost(tour[None]), tour
            guides.append(tour)
            self._move(np.where(self.dropped.hard, over, 0), price, step, way)
        price[:] = np.clip(price, -worth / self.unit, worth / self.unit)
        if not self.dropped.kept(now[None]):
            guides = guides[::-1]
        for guide in guides[:GUIDES]:
            for _ in range(TRIES):
                total, tour = self._beside(value, guide, int(random.integers(1 << 16)))
                if np.isfinite(total):
                    return total, tour
        return -np.inf, tour

    def _beside(self, value: Floats, guide: Ints, turn: int) -> tuple[float, Ints]:
        """The best tour whose days use no more of each promise than those of a guide may."""
        costs = self.dropped.cell_cost(0, guide[None], frozenset(), turn)
        total, tour = self.programme.best(value if costs is None else value - costs)
        if not np.isfinite(total) or not self.dropped.kept(tour[None]):
            return -np.inf, tour
        if costs is not None:
            total += float(costs[np.arange(len(tour)), tour].sum())
        return total - self.dropped.cost(tour[None]), tour

    def _move(self, over: Ints, price: Floats, step: Floats, way: Floats) -> None:
        """Move prices against what is broken: ever longer steps ahead, ever shorter ones back."""
        wanted = np.zeros(len(price))
        np.add.at(wanted, self.line, np.where(over > 0, self.side, 0))
        wanted = np.sign(wanted)
        # The way of a price that has turned round is above 1: from then on its steps only shrink.
        turned = wanted * way < 0
        step[turned] /= 2
        step[(wanted * way > 0) & (np.abs(way) == 1)] *= 2
        found = np.where(turned | (np.abs(way) > 1), 2 * wanted, wanted)
        way[wanted != 0] = found[wanted != 0]
        price[:] = np.clip(price + wanted * step, self.low, self.high)


def _table(entry: Entry, instance: Instance) -> Ints:
    """What each cell counts by itself, shape ``(days, options + 1)``."""
    table = np.zeros((instance.days, instance.off + 1), dtype=np.int64)
    for day in entry.days:
        table[day] += row_of(entry.limit.cells[0], day)
        for some in entry.limit.any_of:
            table[day] += some.factor * (row_of(some.cells[0], day) > some.over)
    return table
