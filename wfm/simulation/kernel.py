"""The events of one replication: arrivals, ends of contacts, changes of the roster."""

from __future__ import annotations

import numpy as np

from wfm.simulation.lines import join, leave, set_alarm, wait_first, wait_last
from wfm.simulation.records import AWAY, NOBODY, Records, State, compiled, inlined
from wfm.simulation.routing import find_agent, find_contact
from wfm.simulation.timetable import set_time


@compiled
def run(s: State, roster: Records, full_breaks: bool, preempt: bool) -> None:
    """Let a replication take its course; what becomes of contacts is put down in them.

    Parameters
    ----------
    s : State
        Nobody there, nobody waiting; contacts in order of arrival.
    roster : ndarray of EVENT
        Changes of the roster in order of time.
    full_breaks : bool
        Whether breaks that begin late are taken in full.
    preempt : bool
        Whether deferred work is laid aside for contacts that find nobody free.
    """
    come = turn = 0
    while True:
        arrival = s.contacts[come].arrival if come < s.contacts.size else np.inf
        change = roster[turn].time if turn < roster.size else np.inf
        who = s.heap[0]
        now = min(arrival, change, s.times[who])
        if now == np.inf:
            return
        if now == s.times[who]:
            if who < s.agents.size:
                _agent_is_ready(s, who, now)
            else:
                _offer_waiting(s, who - s.agents.size, now, preempt)
        elif now == change:
            event = roster[turn]
            _change(s, event.agent, event.group, event.pause if full_breaks else 0.0, now)
            turn += 1
        else:
            _arrive(s, come, now, preempt)
            come += 1


@inlined
def _arrive(s: State, contact: int, now: float, preempt: bool) -> None:
    """A contact arrives, unless its caller was answered at an earlier attempt."""
    me = s.contacts[contact]
    if me.origin != NOBODY:
        before = s.contacts[me.origin]
        if not before.came or before.answered < np.inf:
            return
    me.came = True
    agent = find_agent(s, contact, now, preempt)
    if agent == NOBODY:
        wait_last(s, contact, now)
    else:
        _give(s, agent, contact, now)


@inlined
def _offer_waiting(s: State, queue: int, now: float, preempt: bool) -> None:
    """The first contact of a queue has waited so long that more agents may answer it."""
    line = s.queues[queue]
    while line.head != NOBODY:
        contact = line.head
        if s.contacts[contact].arrival + s.contacts[contact].patience > now:
            agent = find_agent(s, contact, now, preempt)
            if agent == NOBODY:
                break
            line.head = s.contacts[contact].next
            _give(s, agent, contact, now)
        else:
            line.head = s.contacts[contact].next
    set_alarm(s, queue, now)


@inlined
def _give(s: State, agent: int, contact: int, now: float) -> None:
    """Give an available agent a contact; work that may wait is laid aside for it."""
    me = s.agents[agent]
    if me.held == 0 or not me.deferred:
        _take(s, agent, contact, now)
        return
    _progress(s, agent, now)
    _add_up(s, s.busy, agent, me.busy_from, now)
    aside = s.hand[agent, 0]
    me.held = 0
    _take(s, agent, contact, now)
    other = find_agent(s, aside, now, False)
    if other == NOBODY:
        wait_first(s, aside, now)
    else:
        _take(s, other, aside, now)


@inlined
def _take(s: State, agent: int, contact: int, now: float) -> None:
    """An available agent begins a contact beside those in hand."""
    leave(s, agent)
    _begin(s, agent, contact, now)
    join(s, agent, now)
    _plan_end(s, agent, now)


@inlined
def _begin(s: State, agent: int, contact: int, now: float) -> None:
    """Put a contact into an agent's hand."""
    me, it = s.agents[agent], s.contacts[contact]
    _progress(s, agent, now)
    if me.held == 0:
        me.busy_from = now
    s.hand[agent, me.held] = contact
    me.held += 1
    me.chats = s.queues[it.queue].most > 1
    me.deferred = s.queues[it.queue].deferred
    it.agent = agent
    it.begun += 1
    it.answered = min(it.answered, now)


@inlined
def _progress(s: State, agent: int, now: float) -> None:
    """Count down the work in hand to what is left now."""
    me = s.agents[agent]
    for place in range(me.held):
        it = s.contacts[s.hand[agent, place]]
        it.work -= (now - me.since) * me.speed * s.pace[it.queue, me.held - 1]
    me.since = now


@inlined
def _first_done(s: State, agent: int) -> tuple[int, float]:
    """Which contact in an agent's hand ends first, and after how many seconds."""
    me = s.agents[agent]
    first, least = 0, np.inf
    for place in range(me.held):
        it = s.contacts[s.hand[agent, place]]
        left = max(it.work, 0.0) / (me.speed * s.pace[it.queue, me.held - 1])
        if left < least:
            first, least = place, left
    return first, least


@inlined
def _plan_end(s: State, agent: int, now: float) -> None:
    """Put down when the next contact in an agent's hand ends."""
    set_time(s, agent, now + _first_done(s, agent)[1])


@inlined
def _agent_is_ready(s: State, agent: int, now: float) -> None:
    """An agent ends a contact, or a break that began late."""
    me = s.agents[agent]
    if me.late:
        me.late = False
    else:
        leave(s, agent)
        place = _first_done(s, agent)[0]
        _progress(s, agent, now)
        s.contacts[s.hand[agent, place]].end = now
        me.held -= 1
        s.hand[agent, place] = s.hand[agent, me.held]
        if me.held == 0:
            _add_up(s, s.busy, agent, me.busy_from, now)
    _go_on(s, agent, now)


@inlined
def _change(s: State, agent: int, group: int, pause: float, now: float) -> None:
    """The roster calls an agent to a group or away; the contact in hand is finished first."""
    me = s.agents[agent]
    if me.late:
        me.group = group
        return
    leave(s, agent)
    if group == AWAY:
        me.owed = me.owed + pause if me.held > 0 and pause > 0 else 0.0
    me.group = group
    _go_on(s, agent, now)


@inlined
def _go_on(s: State, agent: int, now: float) -> None:
    """An agent does what is next: a break that is owed, to leave, or more contacts."""
    me = s.agents[agent]
    _progress(s, agent, now)
    if me.held == 0 and (me.owed > 0 or me.group == AWAY):
        _add_up(s, s.there, agent, me.there_from, now)
        me.there_from = np.inf
        me.late = me.owed > 0
        set_time(s, agent, now + me.owed if me.late else np.inf)
        me.owed = 0.0
        return
    if me.group != AWAY and me.owed == 0:
        me.there_from = min(me.there_from, now)
        while me.held == 0 or (me.chats and me.held < s.hand.shape[1]):
            contact = find_contact(s, agent, now)
            if contact == NOBODY:
                break
            _begin(s, agent, contact, now)
        join(s, agent, now)
    _plan_end(s, agent, now)


@inlined
def _add_up(s: State, total: Records, agent: int, start: float, end: float) -> None:
    """Add the time from `start` to `end` to the days on which it lies."""
    for day in range(s.midnights.size - 1):
        if s.midnights[day] >= end:
            break
        if s.midnights[day + 1] > start:
            total[agent, day] += min(end, s.midnights[day + 1]) - max(start, s.midnights[day])
