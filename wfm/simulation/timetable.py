"""A heap in which every agent and queue has one place: when its next event is due."""

from __future__ import annotations

from wfm.simulation.records import State, inlined


@inlined
def set_time(s: State, who: int, when: float) -> None:
    """Put down when the next event of an agent or queue is due, infinite for never."""
    earlier = when < s.times[who]
    s.times[who] = when
    if earlier:
        _rise(s, s.place[who])
    else:
        _sink(s, s.place[who])


@inlined
def _rise(s: State, at: int) -> None:
    who = s.heap[at]
    when = s.times[who]
    while at > 0:
        above = (at - 1) >> 1
        other = s.heap[above]
        if s.times[other] <= when:
            break
        s.heap[at] = other
        s.place[other] = at
        at = above
    s.heap[at] = who
    s.place[who] = at


@inlined
def _sink(s: State, at: int) -> None:
    who = s.heap[at]
    when = s.times[who]
    size = s.heap.size
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and s.times[s.heap[below + 1]] < s.times[s.heap[below]]:
            below += 1
        other = s.heap[below]
        if s.times[other] >= when:
            break
        s.heap[at] = other
        s.place[other] = at
        at = below
    s.heap[at] = who
    s.place[who] = at
