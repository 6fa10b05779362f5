"""What could be changed of the day: breaks, hours that were offered, starts of shifts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.advice.plan import Cell
from wfm.errors import InputError
from wfm.replan.desk import Desk, Proposal
from wfm.replan.margins import Margins
from wfm.replan.offers import Offered
from wfm.schedule import BreakTime, Shift
from wfm.solver.placement import option_values

Floats = NDArray[np.float64]
Move = Callable[[Desk, Margins], Iterator[Proposal]]


def breaks(desk: Desk, margins: Margins) -> Iterator[Proposal]:
    """For each break that is still to come, the place that saves most, where one saves."""
    width = desk.plan.problem.horizon.interval
    windows = {each.id: each.breaks for each in desk.plan.problem.shifts}
    for cell in desk.cells():
        shift, known = desk.shift(cell), desk.plan.shifts.get(cell)
        if shift is None or known is None or not shift.begins_like(known):
            continue
        gain, loss = margins.of(int(desk.instance.group[cell[0]]))
        for index, (taken, due) in enumerate(
            zip(shift.breaks, windows[shift.template], strict=True)
        ):
            if taken.start < desk.earliest:
                continue
            was = desk.prices.of_break(known.breaks[index].start, taken.start)
            best: tuple[float, int] | None = None
            for start in _free_starts(desk, shift, index, due.earliest, due.latest):
                price = desk.prices.of_break(known.breaks[index].start, start) - was
                shifted = (start - taken.start) // width
                old = np.arange(taken.start // width, taken.end // width)
                saving = gain[np.setdiff1d(old, old + shifted)].sum()
                saving -= loss[np.setdiff1d(old + shifted, old)].sum() + price
                if best is None or saving > best[0]:
                    best = saving, start
            if best is not None:
                yield Proposal(cell, _with_break(shift, index, best[1]), float(best[0]))


def _free_starts(desk: Desk, shift: Shift, index: int, earliest: int, latest: int) -> Iterator[int]:
    """Where else a break may begin, the others of the shift, and what it holds, as they are."""
    width, taken = desk.plan.problem.horizon.interval, shift.breaks[index]
    length = taken.end - taken.start
    after = shift.breaks[index - 1].end if index else shift.start
    before = shift.breaks[index + 1].start if index + 1 < len(shift.breaks) else shift.end
    first = max(shift.start + earliest, after, -(-desk.earliest // width) * width)
    last = min(shift.start + latest, before - length)
    for start in range(first, last + 1, width):
        held = any(a.start < start + length and start < a.end for a in shift.activities)
        if start != taken.start and not held:
            yield start


def _with_break(shift: Shift, index: int, start: int) -> Shift:
    moved = [*shift.breaks]
    length = moved[index].end - moved[index].start
    moved[index] = moved[index].model_copy(update={"start": start, "end": start + length})
    return shift.model_copy(update={"breaks": tuple(moved)})


def hours(wanted: Sequence[Offered]) -> Move:
    """Hours that were offered, for which a shift of their own is found each time."""

    def move(desk: Desk, margins: Margins) -> Iterator[Proposal]:
        rows = desk.plan.problem.rows
        for each in wanted:
            cell = rows[each.agent], each.day
            if not desk.is_free(cell):
                continue
            if each.hours is None:
                yield _proposal(desk, margins, cell, None)
            else:
                yield from _at(desk, margins, cell, *each.hours)

    return move


def starts(desk: Desk, margins: Margins) -> Iterator[Proposal]:
    """For each shift that has not begun, and is as long as it was, each other start near by."""
    options, furthest = desk.plan.problem.options, desk.prices.prices.furthest
    for cell in desk.cells():
        row, day = cell
        known, shift = desk.plan.shifts.get(cell), desk.shift(cell)
        if known is None or shift is None or known.start < desk.earliest:
            continue
        if shift.minutes != known.minutes:
            continue
        contract = desk.plan.problem.contract_of(desk.plan.problem.agents[row].id)
        now = options.find(shift.template, day, shift.start, shift.end)
        near = (
            options.allowed(contract)[day]
            & (np.abs(options.start[day] - known.start) <= furthest)
            & (options.start[day] >= desk.earliest)
            & (options.length == shift.minutes)
            & (options.paid == options.paid[now])
        )
        for option in np.flatnonzero(near):
            if option != now:
                template = options.templates[options.template[option]].id
                start, end = int(options.start[day, option]), int(options.end[day, option])
                yield from _at(desk, margins, cell, template, start, end)


def _at(
    desk: Desk, margins: Margins, cell: Cell, template: str, start: int, end: int
) -> Iterator[Proposal]:
    """A shift with other hours, if its breaks, and what it holds, fit in."""
    now = desk.shift(cell)
    bare = Shift(
        agent=desk.plan.problem.agents[cell[0]].id,
        day=cell[1],
        template=template,
        start=start,
        end=end,
    )
    held = () if now is None else now.activities
    stays = now is not None and bare.begins_like(now)
    try:
        taken = now.breaks if now and stays else tuple(_placed(desk, margins, cell, bare))
        after = bare.model_copy(update={"breaks": taken, "activities": held})
    except InputError:  # A break, or the shift's end, is where something is held.
        return
    if after != now:
        yield _proposal(desk, margins, cell, after)


def _placed(desk: Desk, margins: Margins, cell: Cell, shift: Shift) -> Iterator[BreakTime]:
    """The breaks of a shift where they cost least, beside what the agent does on the day now."""
    gain, loss = margins.of(int(desk.instance.group[cell[0]]))
    value = np.where(desk.cover(desk.shift(cell)), loss, gain)
    instance, options = desk.instance, desk.plan.problem.options
    option = options.find(shift.template, shift.day, shift.start, shift.end)
    one = slice(option, None if option is None else option + 1)
    places = np.zeros((1, 1, instance.pause.shape[1]), dtype=np.int64)
    option_values(
        value,
        np.zeros((1, 2)),
        np.ascontiguousarray(instance.first[shift.day : shift.day + 1, one]),
        instance.length[one],
        instance.counts[one],
        instance.earliest[one],
        instance.latest[one],
        instance.pause[one],
        np.zeros((1, 2)),
        places,
    )
    template = next(t for t in desk.plan.problem.shifts if t.id == shift.template)
    for slot, due in zip(places[0, 0].tolist(), template.breaks, strict=False):
        start = slot * desk.plan.problem.horizon.interval
        yield BreakTime(start=start, end=start + due.minutes, paid=due.paid, label=due.label)


def _proposal(desk: Desk, margins: Margins, cell: Cell, after: Shift | None) -> Proposal:
    """Say what other hours are thought to save; wages and premiums count, rules do not yet."""
    now, known = desk.shift(cell), desk.plan.shifts.get(cell)
    gain, loss = margins.of(int(desk.instance.group[cell[0]]))
    before, later = desk.cover(now), desk.cover(after)
    saving = gain[later & ~before].sum() - loss[before & ~later].sum()
    saving -= desk.paid(cell, after) - desk.paid(cell, now)
    saving -= desk.prices.of(known, after) - desk.prices.of(known, now)
    return Proposal(cell, after, float(saving))
