"""What is inside one agent's shifts: breaks and activities where they cost the least service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.solver.allocation import gains
from wfm.solver.arrangement import arrange, read_back
from wfm.solver.pieces import HARD, Item

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Wanted = dict[int, float]
"""Items by identity, with the cost of their lack."""


@dataclass(frozen=True, eq=False)
class Laid:
    """One shift with every set of its items laid into it.

    Attributes
    ----------
    items : tuple of Item
        What the shift may hold; sets are of those for which there is a time.
    rows : ndarray of int, shape (items,)
        Place of each of them among all items of the day.
    absent : tuple of Item
        Those for which there is none.
    first : int
        First slot of the shift.
    best : ndarray, shape (2 ** items,)
        Least loss of each set.
    choice, pause, size : ndarray of int
        As in `arrange`.
    """

    items: tuple[Item, ...]
    rows: Ints
    absent: tuple[Item, ...]
    first: int
    best: Floats
    choice: Ints
    pause: Ints
    size: Ints

    def read(self, held: int, places: Ints, marks: Ints) -> None:
        """Fill in where the shift's breaks, and a set of its items, begin."""
        starts = np.empty(len(self.items), dtype=np.int64)
        read_back(self.choice, held, self.pause, self.size, places, starts)
        places[: self.choice.shape[2] - 1] += self.first
        marks[:] = -1
        marks[self.rows] = np.where(starts < 0, -1, starts + self.first)

    def set_of(self, rows: Iterable[int]) -> int:
        """The set that holds the items of some places, -1 if one of them has no time."""
        known = {row: 1 << bit for bit, row in enumerate(self.rows.tolist())}
        bits = [known.get(row, -1) for row in rows]
        return -1 if -1 in bits else sum(bits)

    def costs(self, prices: Wanted) -> tuple[Floats, Ints]:
        """Loss and lacks of each set; and of each set those that other shifts may hold too."""
        sets = np.arange(len(self.best))
        cost, others = self.best.copy(), 0
        length = self.choice.shape[0] - 1
        for bit, item in enumerate(self.items):
            if not item.local:
                others |= 1 << bit
            elif length > item.longer:
                cost += prices[id(item)] * (sets >> bit & 1 == 0)
        cost += sum(prices[id(i)] for i in self.absent if i.local and length > i.longer)
        return cost, sets & others


@dataclass(frozen=True, eq=False)
class Worths:
    """What an agent is worth in each slot, outside turns and by the group of each turn."""

    usual: Floats
    turns: dict[int, Floats]


def worths_of(search: Search, agent: int, gain: Floats | None) -> Worths:
    """Worth of an agent on top of the roster in hand.

    Parameters
    ----------
    search : Search
        Holds the roster, without the agent.
    agent : int
        Whose worth.
    gain : ndarray, shape (width,), optional
        Worth of the agent outside activities, known already; nothing is worth anything without.
    """
    instance = search.instance
    mine = instance.pieces.days.get(agent, ())
    groups = {item.group for day in mine for item in instance.pieces.items[agent, day]} - {-1}
    nothing = np.zeros(instance.width)
    if gain is None:
        return Worths(nothing, dict.fromkeys(groups, nothing))
    turns = {group: gain_at(search, int(instance.masks[group])) for group in groups}
    usual = int(instance.pieces.usual[agent])
    if usual != instance.group[agent]:
        gain = gain_at(search, int(instance.masks[usual]))
    return Worths(gain, turns)


def gain_at(search: Search, mask: int) -> Floats:
    """What one more agent who answers some queues is worth in each slot, shape ``(width,)``."""
    instance, roster = search.instance, search.roster
    gain = np.zeros(instance.width)
    gains(
        roster.supply,
        instance.masks,
        mask,
        search.by_need(),
        instance.planned,
        instance.floor,
        roster.heads,
        gain[: instance.slots],
    )
    return gain


def lay(
    search: Search,
    items: tuple[Item, ...],
    shift: tuple[int, int],
    worths: Worths,
    times: Ints,
) -> Laid:
    """Lay breaks and items into a shift.

    Parameters
    ----------
    search : Search
        Holds the compiled problem.
    items : tuple of Item
        What the shift may hold.
    shift : tuple of int
        Its day and option.
    worths : Worths
        What the agent is worth.
    times : ndarray of int, shape (meetings,)
        Slot in which each meeting begins, -1 if at none.
    """
    instance = search.instance
    day, option = shift
    first, length = int(instance.first[day, option]), int(instance.length[option])
    sums = _sums(worths.usual, first, length)
    lost = np.full((len(items), length + 1), np.inf)
    for row, item in enumerate(items):
        may = item.open(first, length)
        if item.meeting >= 0:
            may = may & (np.arange(length + 1) + first == times[item.meeting])
        at = np.flatnonzero(may)
        lost[row, at] = sums[at + item.slots + item.rest] - sums[at]
        if item.group >= 0:
            earned = _sums(worths.turns[item.group], first, length)
            lost[row, at] -= earned[at + item.slots] - earned[at]
    able = np.isfinite(lost).any(axis=1)
    rows = np.flatnonzero(able)
    absent = tuple(item for item, may in zip(items, able.tolist(), strict=True) if not may)
    items, lost = tuple(items[row] for row in rows), lost[rows]
    size = np.array([item.slots + item.rest for item in items], dtype=np.int64)
    after = np.array([item.after for item in items], dtype=bool)
    count = int(instance.counts[option])
    best = np.empty(1 << len(items))
    choice = np.empty((length + 1, len(best), count + 1), dtype=np.int64)
    windows = (instance.earliest[option], instance.latest[option], instance.pause[option])
    arrange(sums, *windows, count, size, after, lost, best, choice)
    return Laid(items, rows, absent, first, best, choice, instance.pause[option], size)


def _sums(worth: Floats, first: int, length: int) -> Floats:
    return np.concatenate([[0.0], np.cumsum(worth[first : first + length])])


def hold(search: Search, agent: int, gain: Floats | None) -> bool:
    """Lay an agent's breaks and activities anew, where they cost least in all.

    Parameters
    ----------
    search : Search
        Its roster's tour of the agent is read, and its places, marks and lacks changed; the agent
        must be out of the supply.
    agent : int
        Who.
    gain : ndarray, shape (width,), optional
        Worth of the agent in each slot; nothing by default.

    Returns
    -------
    bool
        Whether all that must be held is.
    """
    instance, roster = search.instance, search.roster
    pieces = instance.pieces
    if agent not in pieces.days:
        return True
    roster.marks[agent] = -1
    tour = roster.tours[agent]
    worths = worths_of(search, agent, gain)
    prices = _prices(search, agent)
    laid = {
        day: lay(search, pieces.items[agent, day], (day, int(tour[day])), worths, roster.times)
        for day in pieces.days[agent]
        if tour[day] < instance.off
    }
    for day, held in _least_loss(laid, prices).items():
        laid[day].read(held, roster.places[agent, day], roster.marks[agent, day])
    roster.lacks[agent], met = lacks_of(search, agent)
    return met and roster.lacks[agent] < HARD


def _prices(search: Search, agent: int) -> Wanted:
    """What the lack of each of an agent's items would cost beside the roster in hand."""
    pieces, roster = search.instance.pieces, search.roster
    works = roster.tours[agent] < search.instance.off
    found: Wanted = {}
    for day in pieces.days[agent]:
        for item in pieces.items[agent, day]:
            if id(item) in found:
                continue
            price = item.price
            if item.meeting >= 0:
                # The agent's own marks have been wiped, so all that count are those of others.
                missing = attending(search, item.meeting) < pieces.meetings[item.meeting].least
                price = price if missing and roster.times[item.meeting] >= 0 else 0.0
            elif item.piece.off_excuses and not works[list(item.piece.days)].any():
                price = 0.0
            found[id(item)] = price
    return found


def attending(search: Search, meeting: int) -> int:
    """How many have a meeting in the roster in hand."""
    cells = search.instance.pieces.meetings[meeting].cells
    return int((search.roster.marks[cells] >= 0).sum())


def lacks_of(search: Search, agent: int) -> tuple[float, bool]:
    """Cost of what an agent lacks alone; and whether the agent is where meetings must have him."""
    pieces, roster = search.instance.pieces, search.roster
    tour, marks = roster.tours[agent], roster.marks[agent]
    lack: dict[int, float] = {}
    total, met = 0.0, True
    seen: set[int] = set()
    there: set[int] = set()
    for day in pieces.days.get(agent, ()):
        works = tour[day] < search.instance.off
        for row, item in enumerate(pieces.items[agent, day]):
            held = marks[day, row] >= 0
            if item.meeting >= 0:
                seen.add(item.meeting)
                if held:
                    there.add(item.meeting)
            elif item.local:
                due = works and search.instance.length[tour[day]] > item.longer
                total += item.price if due and not held else 0.0
            elif held:
                lack[id(item)] = 0.0
            elif works or not item.piece.off_excuses:
                lack.setdefault(id(item), item.price)
    for meeting in seen - there:
        one = pieces.meetings[meeting]
        # Where fewer than all suffice, others may still join.
        if one.price >= HARD and roster.times[meeting] >= 0 and one.least == len(one.agents):
            met = False
    return total + sum(lack.values()), met


def _least_loss(laid: dict[int, Laid], prices: Wanted) -> dict[int, int]:
    """Set of items that each day's shift holds, so that loss and lacks cost least in all.

    It walks over the days, and knows which of the items that one of several shifts may hold have
    been held.
    """
    every = ((day, item) for day, one in laid.items() for item in (*one.items, *one.absent))
    last = {id(item): day for day, item in every if not item.local}
    ways: dict[frozenset[int], tuple[float, object]] = {frozenset(): (0.0, None)}
    for day, one in laid.items():
        found: dict[frozenset[int], tuple[float, object]] = {}
        ending = frozenset(name for name, end in last.items() if end == day)
        for taken, (held, loss) in _options(one, prices).items():
            for before, (cost, trail) in ways.items():
                if before & taken:
                    continue
                total = cost + loss + sum(prices[name] for name in ending - before - taken)
                after = (before | taken) - ending
                if after not in found or total < found[after][0]:
                    found[after] = (total, (day, held, trail))
        ways = found
    chosen: dict[int, int] = {}
    trail = min(ways.values(), key=lambda way: way[0])[1]
    while isinstance(trail, tuple):
        day, held, trail = trail
        chosen[day] = held
    return chosen


def _options(one: Laid, prices: Wanted) -> dict[frozenset[int], tuple[int, float]]:
    """Best set, and its cost, for each choice of the items that other shifts may hold too."""
    cost, others = one.costs(prices)
    found: dict[frozenset[int], tuple[int, float]] = {}
    for taken in np.unique(others).tolist():
        among = np.where(others == taken, cost, np.inf)
        held = int(among.argmin())
        if np.isfinite(among[held]):
            key = frozenset(id(item) for bit, item in enumerate(one.items) if taken >> bit & 1)
            found[key] = (held, float(among[held]))
    return found


def posts_of(search: Search, agent: int, cover: Ints) -> Ints:
    """Skill group to which an agent belongs in each slot, -1 when away, shape ``(width,)``.

    Parameters
    ----------
    search : Search
        Holds the roster.
    agent : int
        Who.
    cover : ndarray of int, shape (width,)
        One in each slot at work and not on a break.
    """
    pieces, roster = search.instance.pieces, search.roster
    posts = np.where(cover > 0, pieces.usual[agent], -1)
    for day in pieces.days.get(agent, ()):
        mark(posts, pieces.items[agent, day], roster.marks[agent, day])
    return posts


def mark(posts: Ints, items: tuple[Item, ...], marks: Ints) -> None:
    """Put the items that a shift holds into the groups of its slots."""
    for item, start in zip(items, marks.tolist(), strict=False):
        if start >= 0:
            end = start + item.slots
            posts[start:end] = item.group
            posts[end : end + item.rest] = -1
