"""To which skill group an agent belongs in each slot: outside activities and inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.solver.activities.items import Item

if TYPE_CHECKING:
    from wfm.solver.search import Search

Ints = NDArray[np.int64]


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


def day_posts(search: Search, where: tuple[int, int, int], places: Ints, marks: Ints) -> Ints:
    """Skill group in each slot of an agent who works an option on a day, -1 when away."""
    agent, day, option = where
    instance = search.instance
    tour = np.full(instance.days, instance.off)
    breaks = np.zeros((len(tour), len(places)), dtype=np.int64)
    tour[day], breaks[day] = option, places
    posts = np.where(instance.cover(tour, breaks) > 0, instance.pieces.usual[agent], -1)
    mark(posts, instance.pieces.items.get((agent, day), ()), marks)
    return np.asarray(posts)
