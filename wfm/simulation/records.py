"""What the compiled simulation works on: records of contacts, agents, queues and routes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Records = NDArray[np.void]

NOBODY = -1
AWAY = -1

# Nothing is allocated, so that no references need to be counted, which would cost most of the time.
OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
compiled = njit(**OPTIONS)
inlined = njit(forceinline=True, **OPTIONS)

CONTACT = np.dtype(
    [
        ("arrival", "f8"),
        ("patience", "f8"),  # seconds, infinite if it never leaves
        ("due", "f8"),  # deadline of deferred work, otherwise infinite
        ("work", "f8"),  # seconds of an agent of speed 1; counted down
        ("queue", "i8"),
        ("origin", "i8"),  # attempt before this one, or NOBODY
        ("answered", "f8"),  # when first begun, infinite before
        ("end", "f8"),
        ("agent", "i8"),  # who did it last
        ("begun", "i8"),  # how often: more than once if it was laid aside
        ("came", "b1"),  # an attempt whose caller was answered before never comes
        ("next", "i8"),  # who waits behind it
    ],
    align=True,
)
"""A contact brings arrival, work and patience with it, whatever becomes of it; in seconds."""

AGENT = np.dtype(
    [
        ("speed", "f8"),
        ("group", "i8"),  # what the roster says: a group, or AWAY
        ("held", "i8"),  # contacts in hand
        ("chats", "b1"),  # whether more of them may be added
        ("deferred", "b1"),  # whether they may be laid aside
        ("owed", "f8"),  # seconds of a break that could not begin in time
        ("late", "b1"),  # on a break that began late
        ("since", "f8"),  # when the work left in hand was true
        ("list", "i8"),  # list of available agents it stands in, or NOBODY
        ("joined", "f8"),  # since when
        ("before", "i8"),
        ("after", "i8"),
        ("busy_from", "f8"),
        ("there_from", "f8"),  # infinite while not there
    ],
    align=True,
)

QUEUE = np.dtype(
    [
        ("most", "i8"),  # contacts of it that an agent handles at once
        ("deferred", "b1"),
        ("reserve", "i8"),  # agents who stay free
        ("free", "i8"),  # agents free for it; kept only if some are reserved
        ("groups", "i8"),  # number of its routes
        ("stages", "i8"),  # number of its delays above 0
        ("head", "i8"),
        ("tail", "i8"),
    ],
    align=True,
)

ROUTE = np.dtype([("to", "i8"), ("rank", "i8"), ("delay", "f8")])
"""From a queue to a group or back, the smallest rank first; `delay` in seconds of waiting."""

ENDS = np.dtype([("first", "i8"), ("last", "i8")])

EVENT = np.dtype([("time", "f8"), ("agent", "i8"), ("group", "i8"), ("pause", "f8")])
"""A change of the roster; `pause` is the length in seconds of a break that begins."""


class State(NamedTuple):
    """One replication while it runs.

    Lists of available agents, each in the order in which they joined, lie one after the other:
    list ``group * (most + 1) + k`` has those with ``k < most`` contacts in hand who may take one
    more, list ``group * (most + 1) + most`` those with work that they would lay aside.

    Parameters
    ----------
    contacts, agents, queues : ndarray of records
        Of types `CONTACT`, `AGENT`, `QUEUE`.
    hand : ndarray of int, shape (agents, most)
        Contacts that each has in hand.
    offers : ndarray of ROUTE, shape (queues, groups)
        Groups to which a queue's contacts are offered.
    picks : ndarray of ROUTE, shape (groups, queues)
        Queues from which a group's agents pick.
    choices : ndarray of int, shape (groups,)
        Number of picks of each group.
    pace : ndarray, shape (queues, most)
        Speed of a contact's work with 1, 2, ... contacts in its agent's hand.
    stages : ndarray, shape (queues, stages)
        Delays above 0 after which more agents may answer, from small to large.
    lists : ndarray of ENDS
        Lists of available agents.
    times, heap, place : ndarray
        The next event of each agent, then of each queue, in a heap.
    midnights : ndarray, shape (days + 1,)
        Seconds at which days begin, and the last one ends.
    busy, there : ndarray, shape (agents, days)
        Seconds with a contact in hand, and seconds at work.
    """

    contacts: Records
    agents: Records
    queues: Records
    hand: Ints
    offers: Records
    picks: Records
    choices: Ints
    pace: Floats
    stages: Floats
    lists: Records
    times: Floats
    heap: Ints
    place: Ints
    midnights: Floats
    busy: Floats
    there: Floats
