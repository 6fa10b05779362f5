"""Deferred work in the CP-SAT model of a day: what was passed before it, in it, and after it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.day.model import SCALE
from wfm.solver.deferred import Deferred, work_off

Floats = NDArray[np.float64]


def add_backlog(
    model: cp_model.CpModel,
    each: Deferred,
    able: Floats,
    heads: Mapping[int, cp_model.IntVar],
    start: int,
    stop: int,
) -> tuple[cp_model.IntVar, int]:
    """Model the work that is left undone, in thousandths of contacts.

    Parameters
    ----------
    model : CpModel
        Where to.
    each : Deferred
        The queue.
    able : ndarray, shape (slots,)
        Contacts that can be done by the roster in hand.
    heads : mapping
        Slot -> heads on the queue, where they are to be chosen.
    start, stop : int
        First slot of the day, and the one past its last.

    Returns
    -------
    IntVar, int
        Contacts left undone that are paid for, and the price of one.
    """
    passed, done, late = _run(each, able, slice(0, start), 0.0)
    spent = round(SCALE * float(late.sum()))
    _, done, late = _run(each, able, slice(start, stop), passed)
    reached = np.cumsum(done + late) + passed
    first = before = model.new_constant(round(SCALE * passed))
    works = []
    for slot in range(start, stop):
        name, number = f"{each.queue}_{slot}", slot - start
        low, high = (round(SCALE * float(curve[slot])) for curve in (each.due, each.arrived))
        low, high = max(low, round(SCALE * passed)), max(high, round(SCALE * passed))
        after = model.new_int_var(low, high, f"passed_{name}")
        model.add_hint(after, min(high, max(low, round(SCALE * float(reached[number])))))
        model.add(after >= before)
        if slot in heads and each.rate[slot] > 0:
            work = model.new_int_var(0, high, f"done_{name}")
            model.add(work <= after - before)
            model.add(work <= round(SCALE * float(each.rate[slot])) * heads[slot])
            model.add_hint(work, int(SCALE * float(done[number])))
            works.append(work)
        before = after
    later = model.new_int_var(0, 10**9, f"later_{each.queue}")
    rest, floor = slice(stop, None), float(each.due[stop - 1])
    least, most = (
        round(SCALE * float(_run(each, able, rest, at)[2].sum()))
        for at in (float(each.due[-1]), floor)
    )
    model.add(later >= least)
    model.add(later >= most - (before - round(SCALE * floor)))
    missed = model.new_int_var(0, 10**9, f"undone_{each.queue}")
    inside = before - first - cp_model.LinearExpr.sum(works)
    model.add(missed >= spent - round(SCALE * each.free) + inside + later)
    return missed, round(each.price)


def _run(each: Deferred, able: Floats, part: slice, passed: float) -> tuple[float, Floats, Floats]:
    """Work off a part of the horizon: what is passed at its end, done and late by slot."""
    room = np.ascontiguousarray(able[part])
    done, late = np.zeros(len(room)), np.zeros(len(room))
    arrived, due = np.ascontiguousarray(each.arrived[part]), np.ascontiguousarray(each.due[part])
    return float(work_off(arrived, due, room, passed, done, late)), done, late
