"""Who waits, and who is available: linked lists that are left and joined in no time."""

from __future__ import annotations

import numpy as np

from wfm.simulation.records import AWAY, NOBODY, State, inlined
from wfm.simulation.timetable import set_time


@inlined
def leave(s: State, agent: int) -> None:
    """Take an agent out of the list of available ones, if it stands in one."""
    me = s.agents[agent]
    if me.list == NOBODY:
        return
    if me.before == NOBODY:
        s.lists[me.list].first = me.after
    else:
        s.agents[me.before].after = me.after
    if me.after == NOBODY:
        s.lists[me.list].last = me.before
    else:
        s.agents[me.after].before = me.before
    width = s.hand.shape[1] + 1
    if me.list % width == 0:
        _count_free(s, me.list // width, -1)
    me.list = NOBODY


@inlined
def join(s: State, agent: int, now: float) -> None:
    """Put an agent behind those who are as available, unless it may take nothing more."""
    me = s.agents[agent]
    most = s.hand.shape[1]
    if me.group == AWAY or me.owed > 0:
        return
    level = me.held
    if me.held > 0:
        if me.deferred:
            level = most
        elif not me.chats or me.held >= most:
            return
    at = me.group * (most + 1) + level
    last = s.lists[at].last
    me.list, me.joined, me.before, me.after = at, now, last, NOBODY
    if last == NOBODY:
        s.lists[at].first = agent
    else:
        s.agents[last].after = agent
    s.lists[at].last = agent
    if level == 0:
        _count_free(s, me.group, 1)


@inlined
def _count_free(s: State, group: int, more: int) -> None:
    for choice in range(s.choices[group]):
        queue = s.picks[group, choice].to
        if s.queues[queue].reserve > 0:
            s.queues[queue].free += more


@inlined
def wait_last(s: State, contact: int, now: float) -> None:
    """Let a contact wait behind all others of its queue."""
    queue = s.contacts[contact].queue
    line = s.queues[queue]
    s.contacts[contact].next = NOBODY
    if line.head == NOBODY:
        line.head = contact
        set_alarm(s, queue, now)
    else:
        s.contacts[line.tail].next = contact
    line.tail = contact


@inlined
def wait_first(s: State, contact: int, now: float) -> None:
    """Let a contact that was laid aside wait before all others of its queue."""
    queue = s.contacts[contact].queue
    line = s.queues[queue]
    s.contacts[contact].next = line.head
    if line.head == NOBODY:
        line.tail = contact
    line.head = contact
    set_alarm(s, queue, now)


@inlined
def first_waiting(s: State, queue: int, now: float) -> int:
    """Who waits longest, or NOBODY; those who have hung up meanwhile are dropped here."""
    line = s.queues[queue]
    head: int = line.head
    while head != NOBODY and s.contacts[head].arrival + s.contacts[head].patience <= now:
        head = s.contacts[head].next
    if head != line.head:
        line.head = head
        set_alarm(s, queue, now)
    return head


@inlined
def drop_first(s: State, queue: int, now: float) -> None:
    """Take the first who waits out of the queue."""
    line = s.queues[queue]
    line.head = s.contacts[line.head].next
    set_alarm(s, queue, now)


@inlined
def set_alarm(s: State, queue: int, now: float) -> None:
    """Wake a queue when more agents may answer its first contact than now."""
    line = s.queues[queue]
    if line.stages == 0:
        return
    due = np.inf
    if line.head != NOBODY:
        for stage in range(line.stages):
            when = s.contacts[line.head].arrival + s.stages[queue, stage]
            if when > now:
                due = when
                break
    set_time(s, s.agents.size + queue, due)
