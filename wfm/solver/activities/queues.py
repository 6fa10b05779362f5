"""Which queues an agent answers when: usual ones, and others inside activities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.piece import Piece, asked
from wfm.problem import Problem

Ints = NDArray[np.int64]


def binding(problem: Problem) -> list[tuple[int, float | None, Piece]]:
    """Pieces of the rules that bind: the rule's number, its weight, and the piece."""
    numbers = {id(rule): number for number, rule in enumerate(problem.rules)}
    found = ((rule, piece) for rule, piece in asked(problem) if not rule.informative)
    return [(numbers[id(rule)], rule.weight, piece) for rule, piece in found]


def bits_of(problem: Problem, queues: tuple[str, ...]) -> int:
    """Queues as bits."""
    return sum(1 << row for row, queue in enumerate(problem.demand.queues) if queue.id in queues)


def usual_bits(problem: Problem, bits: Ints) -> Ints:
    """Queues that each agent answers outside turns, as bits; `bits` are all that they serve."""
    usual = bits.copy()
    rows = {agent.id: row for row, agent in enumerate(problem.agents)}
    for _, _, piece in binding(problem):
        if piece.queues:
            usual[[rows[agent] for agent in piece.agents]] &= ~bits_of(problem, piece.queues)
    return usual


def all_masks(problem: Problem, bits: Ints) -> Ints:
    """Every set of queues, as bits, that someone answers at some time, in order."""
    found = {*bits.tolist(), *usual_bits(problem, bits).tolist()}
    rows = {agent.id: row for row, agent in enumerate(problem.agents)}
    for _, _, piece in binding(problem):
        if piece.queues:
            during = bits_of(problem, piece.queues)
            found |= {int(bits[rows[agent]]) & during for agent in piece.agents}
    for shift in problem.previous.shifts:
        for held in shift.activities:
            if held.queues:
                found.add(int(bits[rows[shift.agent]]) & bits_of(problem, held.queues))
    return np.array(sorted(found), dtype=np.int64)


def reaching_in(problem: Problem, bits: Ints, masks: Ints) -> Ints:
    """Heads of the previous period's shifts by the queues that they answer, (groups, slots)."""
    width, slots = problem.horizon.interval, problem.horizon.slots
    usual = usual_bits(problem, bits)
    rows = {agent.id: row for row, agent in enumerate(problem.agents)}
    base = np.zeros((len(masks), slots), dtype=np.int64)
    for shift in problem.previous.shifts:
        if shift.end <= 0:
            continue
        row = rows[shift.agent]
        there = np.full(slots, -1, dtype=np.int64)
        there[max(0, -(-shift.start // width)) : max(0, shift.end // width)] = usual[row]
        away = [(taken.start, taken.end) for taken in shift.breaks]
        away += [(held.start, held.end) for held in shift.activities]
        was = there >= 0
        for start, end in away:
            there[max(0, start // width) : max(0, -(-end // width))] = -1
        for held in shift.activities:
            if held.queues:
                inside = np.zeros(slots, dtype=bool)
                inside[max(0, -(-held.start // width)) : max(0, held.end // width)] = True
                there[inside & was] = bits[row] & bits_of(problem, held.queues)
        on = np.flatnonzero(there >= 0)
        np.add.at(base, (np.searchsorted(masks, there[on]), on), 1)
    return base
