"""The tour programme: the best week of one agent as an exact dynamic programme over the days.

Its states are what the limits still need to know: running counts of those that look at three days
and more, and the shift class of the day before for those that look at two. Equal agents share it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Entry, transition_cost
from wfm.solver.counter import Counter, State, counters_of
from wfm.solver.walk import best_tour

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_STATES = 20_000


@dataclass(frozen=True, eq=False)
class Programme:
    """The compiled programme of one class of agents.

    Attributes
    ----------
    group : ndarray of int, shape (days, options + 1)
        Options that are alike to every limit share a group; -1 where not offered.
    enter, leave, use : ndarray of int, shape (days, groups)
        Class of a group towards the day before, towards the day after, and in the counters.
    step : ndarray, shape (days, leave classes, enter classes)
        Cost of entering a day from the one before.
    follow : ndarray of int, shape (days, states, uses)
        State after the day, -1 where a counter forbids it.
    toll : ndarray, shape (days, states, uses)
        Cost of soft counters that end on the day.
    states : ndarray of int, shape (days + 1,)
        Number of states before each day.
    complete : bool
        Whether it carries every limit; if not, its tours must be checked.
    """

    group: Ints
    enter: Ints
    leave: Ints
    use: Ints
    step: Floats
    follow: Ints
    toll: Floats
    states: Ints
    complete: bool

    def best(self, value: Floats) -> tuple[float, Ints]:
        """Best value of a tour and its column on each day.

        Parameters
        ----------
        value : ndarray, shape (days, options + 1)
            Value of each cell; the last column is a day off.

        Returns
        -------
        float
            Minus infinity where no tour keeps the limits.
        ndarray of int, shape (days,)
        """
        tour = np.full(len(value), value.shape[1] - 1, dtype=np.int64)
        total = best_tour(
            value,
            self.group,
            self.enter,
            self.leave,
            self.use,
            self.step,
            self.follow,
            self.toll,
            self.states,
            tour,
        )
        return float(total), tour


def compile_programme(entries: tuple[Entry, ...], offered: NDArray[np.bool_]) -> Programme:
    """Compile the limits of one class of agents.

    Parameters
    ----------
    entries : tuple of Entry
        Limits that bind each agent of the class alone.
    offered : ndarray of bool, shape (days, options)
        Options that their contract allows.
    """
    days, options = offered.shape
    open_cells = np.hstack([offered, np.ones((days, 1), dtype=bool)])
    pairs = transition_cost(entries, days, options)
    counters = counters_of(entries, open_cells)
    complete = True
    while True:
        uses = [
            np.stack([c.use(day) for c in counters] or [np.zeros(options + 1)])
            for day in range(days)
        ]
        automaton = _automaton(counters, uses, open_cells)
        if automaton is not None:
            break
        counters.remove(max(counters, key=lambda counter: counter.days))
        complete = False
    return _assemble(open_cells, pairs, uses, automaton, complete)


Automaton = list[dict[State, dict[int, tuple[State, float]]]]


def _automaton(
    counters: list[Counter], uses: list[Ints], open_cells: NDArray[np.bool_]
) -> Automaton | None:
    """Reachable states before each day, and where each use leads; None if there are too many."""
    layers: Automaton = []
    frontier: set[State] = {()}
    for day, table in enumerate(uses):
        kinds = np.unique(table[:, open_cells[day]], axis=1).T
        live = [counter for counter in counters if counter.first <= day < counter.end]
        columns = [index for index, counter in enumerate(counters) if counter in live]
        layer: dict[State, dict[int, tuple[State, float]]] = {}
        for state in frontier:
            layer[state] = {}
            for number, kind in enumerate(kinds):
                found = _advance(day, dict(state), live, kind[columns])
                if found is not None:
                    layer[state][number] = found
        layers.append(layer)
        frontier = {after for moves in layer.values() for after, _ in moves.values()}
        if len(frontier) > MOST_STATES:
            return None
    return layers


def _advance(
    day: int, state: dict[int, int], live: list[Counter], used: Ints
) -> tuple[State, float] | None:
    """State and cost after a day on which the live counters move by `used`."""
    after: list[tuple[int, int]] = []
    cost = 0.0
    for counter, amount in zip(live, used, strict=True):
        if day > counter.first and counter.key not in state:
            continue
        count = state.get(counter.key, 0) + int(amount)
        verdict = counter.judge(day, count)
        if verdict is None:
            after.append((counter.key, count))
        elif np.isinf(verdict):
            return None
        else:
            cost += verdict
    return tuple(after), cost


def _assemble(
    open_cells: NDArray[np.bool_],
    pairs: Floats,
    uses: list[Ints],
    automaton: Automaton,
    complete: bool,
) -> Programme:
    """Lay the automaton and the classes of options out as arrays."""
    days = len(open_cells)
    parts = [_classes(day, open_cells, pairs, uses[day]) for day in range(days)]
    most = max(len(np.unique(part[0][part[0] >= 0])) for part in parts)
    group = np.stack([part[0] for part in parts])
    table = np.zeros((3, days, most), dtype=np.int64)
    for day, (_, tables) in enumerate(parts):
        table[:, day, : tables.shape[1]] = tables
    enter, leave, use = table
    step = _steps(open_cells, pairs, group, enter, leave)
    follow, toll, states = _layers(automaton, int(use.max()) + 1)
    return Programme(group, enter, leave, use, step, follow, toll, states, complete)


def _classes(
    day: int, open_cells: NDArray[np.bool_], pairs: Floats, used: Ints
) -> tuple[Ints, Ints]:
    """Group of each option of a day; the enter, leave and use class of each group, (3, groups)."""
    days, columns = open_cells.shape
    cells = np.flatnonzero(open_cells[day])
    nothing = np.zeros((len(cells), 1))
    came = pairs[day - 1][open_cells[day - 1]][:, cells].T if day else nothing
    goes = pairs[day][cells][:, open_cells[day + 1]] if day + 1 < days else nothing
    kinds = [
        np.unique(rows, axis=0, return_inverse=True)[1] for rows in (came, goes, used.T[cells])
    ]
    tables, which = np.unique(np.stack(kinds, axis=1), axis=0, return_inverse=True)
    group = np.full(columns, -1, dtype=np.int64)
    group[cells] = which
    return group, tables.T.astype(np.int64)


def _steps(
    open_cells: NDArray[np.bool_], pairs: Floats, group: Ints, enter: Ints, leave: Ints
) -> Floats:
    """Cost of each pair of classes, read off one option of either."""
    days = len(group)
    step = np.zeros((days, int(leave.max()) + 1, int(enter.max()) + 1))
    for day in range(1, days):
        before, after = np.flatnonzero(open_cells[day - 1]), np.flatnonzero(open_cells[day])
        rows = leave[day - 1][group[day - 1][before]]
        columns = enter[day][group[day][after]]
        step[day][np.ix_(rows, columns)] = pairs[day - 1][np.ix_(before, after)]
    return step


def _layers(automaton: Automaton, uses: int) -> tuple[Ints, Floats, Ints]:
    """Where each state and use leads; states that lead nowhere are cut off from the end."""
    days = len(automaton)
    orders = [{state: number for number, state in enumerate(layer)} for layer in automaton]
    orders.append({(): 0})
    states = np.array([len(order) for order in orders], dtype=np.int64)
    follow = np.full((days, int(states.max()), uses), -1, dtype=np.int64)
    toll = np.zeros(follow.shape)
    alive = np.array([True])
    for day in range(days - 1, -1, -1):
        for state, moves in automaton[day].items():
            for number, (after, cost) in moves.items():
                target = orders[day + 1].get(after)
                if target is not None and alive[target]:
                    follow[day, orders[day][state], number] = target
                    toll[day, orders[day][state], number] = cost
        alive = np.asarray((follow[day, : states[day]] >= 0).any(axis=1))
    return follow, toll, states
