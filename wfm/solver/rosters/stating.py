"""From limits to the integer program of a roster.

A row of cells that counts most options of a day alike is written with the worked day, which keeps
the matrix sparse and the relaxation as tight as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wfm.limit import AnyOf, Cells
from wfm.solver.book import Book, Entry, mask_cost, parted
from wfm.solver.instance import Instance
from wfm.solver.rosters.program import UNBOUNDED, Program

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Terms = tuple[Ints, Ints]
"""Columns and their coefficients."""
FINEST = 10**6
"""Parts of a unit of cost, at most, in which costs are counted that are not all whole numbers."""


def state(instance: Instance, book: Book) -> Program:
    """State a problem without contacts as an integer program."""
    return _Stating(instance, book).program()


class _Stating:
    """A program under way: its rows and helping columns so far."""

    def __init__(self, instance: Instance, book: Book) -> None:
        self.agents, self.days = len(instance.group), instance.days
        self.options = instance.off
        self.block = self.days * (self.options + 1)
        self.own = self.agents * self.block
        self.rows: list[Terms] = []
        self.high: list[int] = []
        self.any_of: list[Terms] = []
        self.over: list[int] = []
        self.found: dict[object, int] = {}
        self.weights: list[float] = []
        self.soft: list[int] = []
        self.breach: list[int] = []
        self.patterns: dict[int, tuple[Cells, Terms]] = {}
        self.cell_cost = np.zeros((self.agents, self.days, self.options))
        self.upper = np.ones(self.own, dtype=np.int64)
        self.lower = np.zeros(self.own, dtype=np.int64)
        self.offset = 0.0
        for agent, entries in enumerate(book.own):
            single, others = parted(entries)
            wages = instance.cost[instance.contract[agent]]
            self._cells(agent, wages + mask_cost(single, self.days, self.options))
            slacks: dict[object, int] = {}
            for entry in others:
                self._row(entry, (agent,), slacks)
        shared: dict[object, int] = {}
        self.alone = len(self.soft)
        for joint in book.joint:
            self._row(joint.entry, joint.agents, shared)

    def _cells(self, agent: int, cost: Floats) -> None:
        """Costs of an agent's cells against a day off; what is infinite is shut."""
        must = ~np.isfinite(cost[:, -1])
        off = np.where(must, 0.0, cost[:, -1])
        self.offset += float(off.sum())
        shut = ~np.isfinite(cost[:, :-1])
        self.cell_cost[agent] = np.where(shut, 0.0, cost[:, :-1] - off[:, None])
        first = agent * self.block
        works = first + self.days * self.options
        self.upper[first:works] = ~shut.reshape(-1)
        self.upper[works : works + self.days] = ~shut.all(axis=1)
        self.lower[works : works + self.days] = must

    def _terms(self, roles: Sequence[Cells], agents: Sequence[int]) -> Terms:
        found = []
        for cells, agent in zip(roles, agents, strict=True):
            known = self.patterns.get(id(cells))
            if known is None:
                # The cells are kept beside their pattern, so that their id stays theirs.
                known = self.patterns[id(cells)] = (cells, self._pattern(cells))
            columns, factors = known[1]
            found.append((columns + agent * self.block, factors))
        if len(found) == 1:
            return found[0]
        return np.concatenate([c for c, _ in found]), np.concatenate([f for _, f in found])

    def _pattern(self, cells: Cells) -> Terms:
        columns, factors = [], []
        for row, counts in enumerate(cells.grid):
            day = cells.day + row
            values, times = np.unique(counts, return_counts=True)
            usual = int(values[times.argmax()])
            rest = counts - usual
            if usual and np.count_nonzero(rest) + 1 < np.count_nonzero(counts):
                columns.append(self.days * self.options + day)
                factors.append(usual)
            else:
                rest = counts
            marked = np.flatnonzero(rest)
            columns += (day * self.options + marked).tolist()
            factors += rest[marked].tolist()
        return np.array(columns, dtype=np.int64), np.array(factors, dtype=np.int64)

    def _row(self, entry: Entry, agents: tuple[int, ...], slacks: dict[object, int]) -> None:
        limit = entry.limit
        columns, factors = self._terms(limit.cells, agents)
        counted = [(self._any_of(some, agents), some.factor) for some in limit.any_of]
        columns = np.append(columns, [column for column, _ in counted]).astype(np.int64)
        factors = np.append(factors, [factor for _, factor in counted]).astype(np.int64)
        most = limit.most
        if entry.weight is None:
            divisor = gcd(*factors.tolist()) or 1
            factors, most = factors // divisor, most // divisor
            if most == 0 and (factors > 0).all():
                # Nothing of it may be worked, such as a shift of which someone has none.
                self.upper[columns[columns < self.own]] = 0
        else:
            key = (entry.rule, agents, limit.slack) if limit.slack else len(self.rows)
            if key not in slacks:
                slacks[key] = len(self.weights)
                self.weights.append(entry.weight)
            self.soft.append(len(self.rows))
            self.breach.append(slacks[key])
        self.rows.append((columns, factors))
        self.high.append(most)

    def _any_of(self, some: AnyOf, agents: tuple[int, ...]) -> int:
        """Column that is 1 if the count is above its bound, with the rows that make it so."""
        terms = self._terms(some.cells, agents)
        key = (terms[0].tobytes(), terms[1].tobytes(), some.over, some.factor > 0)
        if key in self.found:
            return self.found[key]
        column = self.found[key] = self.own + len(self.any_of)
        self.any_of.append(terms)
        self.over.append(some.over)
        columns, factors = terms
        # Not all options of a day can be worked; a looser bound is still a bound.
        most = int(factors[factors > 0].sum())
        least = int(factors[factors < 0].sum())
        if some.factor > 0 and some.over == 0 and least == 0:
            for one in columns:
                self._add(np.array([one, column]), np.array([1, -1]), 0)
        elif some.factor > 0:
            spare = max(most - some.over, 0)
            self._add(np.append(columns, column), np.append(factors, -spare), some.over)
        else:
            # 1 only if the count is above: count >= over + 1 - (over + 1 - least) (1 - column).
            need = max(some.over + 1 - least, 0)
            self._add(np.append(columns, column), np.append(-factors, need), -least)
        return column

    def _add(self, columns: Ints, factors: Ints, most: int) -> None:
        self.rows.append((columns, factors))
        self.high.append(most)

    def program(self) -> Program:
        """Put the parts together."""
        first_breach = self.own + len(self.any_of)
        for row, slack in zip(self.soft, self.breach, strict=True):
            columns, factors = self.rows[row]
            self.rows[row] = (np.append(columns, first_breach + slack), np.append(factors, -1))
        low = [-UNBOUNDED] * len(self.rows)
        for agent in range(self.agents):
            first = agent * self.block
            for day in range(self.days):
                cells = first + day * self.options + np.arange(self.options)
                worked = first + self.days * self.options + day
                ones = np.ones(self.options + 1, dtype=np.int64)
                ones[-1] = -1
                self._add(np.append(cells, worked), ones, 0)
                low.append(0)
        width = first_breach + len(self.weights)
        matrix = _matrix(self.rows, width)
        cost = np.zeros(width)
        own = np.zeros((self.agents, self.block))
        own[:, : self.days * self.options] = self.cell_cost.reshape(self.agents, -1)
        cost[: self.own] = own.reshape(-1)
        cost[first_breach:] = self.weights
        scale = _scale(cost)
        breaches = _reach(matrix, self.soft, self.high, len(self.weights), self.breach)
        return Program(
            agents=self.agents,
            days=self.days,
            options=self.options,
            lower=np.append(self.lower, np.zeros(width - self.own, dtype=np.int64)),
            upper=np.concatenate([self.upper, np.ones(len(self.any_of), dtype=np.int64), breaches]),
            cost=np.floor(cost * scale + 1e-6).astype(np.int64),
            scale=scale,
            offset=self.offset,
            matrix=matrix,
            low=np.array(low, dtype=np.int64),
            high=np.array(self.high, dtype=np.int64),
            counts=_matrix(self.any_of, self.own),
            over=np.array(self.over, dtype=np.int64),
            soft=np.array(self.soft, dtype=np.int64),
            breach=first_breach + np.array(self.breach, dtype=np.int64),
            couples=np.arange(self.alone, len(self.soft)),
        )


def _scale(cost: Floats) -> int:
    """In how many parts of a unit all costs are whole numbers, or the finest if in no fewer."""
    parts = [Fraction(each).limit_denominator(1000) for each in np.unique(cost).tolist()]
    scale = min(lcm(*(part.denominator for part in parts)), FINEST)
    return scale if np.allclose(cost * scale, np.round(cost * scale), atol=1e-6) else FINEST


def _matrix(rows: list[Terms], columns: int) -> csr_matrix:
    lengths = [len(terms[0]) for terms in rows]
    starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    if not rows:
        return csr_matrix(np.zeros((0, columns), dtype=np.int64))
    factors = np.concatenate([terms[1] for terms in rows])
    indices = np.concatenate([terms[0] for terms in rows])
    return csr_matrix((factors, indices, starts), shape=(len(rows), columns))


def _reach(
    matrix: csr_matrix, soft: list[int], high: list[int], slacks: int, breach: list[int]
) -> Ints:
    """Most by which each soft promise can be broken."""
    most = np.zeros(slacks, dtype=np.int64)
    rows = matrix[soft]
    positive = rows.multiply(rows > 0).sum(axis=1)
    excess = np.asarray(positive).reshape(-1) - np.array(high, dtype=np.int64)[soft]
    np.maximum.at(most, np.array(breach, dtype=np.int64), np.maximum(excess, 0).astype(np.int64))
    return most
