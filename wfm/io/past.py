"""The roster of the days before, from the table in which the last plan was written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.io.place import at
from wfm.io.rows import Row, read_rows
from wfm.io.tables import BETWEEN
from wfm.problem import Previous
from wfm.schedule import SHIFT, ActivityTime, BreakTime, Shift
from wfm.shift import ShiftTemplate

REQUIRED = ("agent", "start", "end", "template")


def read_previous(
    path: Path, horizon: Horizon, agents: Sequence[str], templates: Sequence[ShiftTemplate]
) -> Previous:
    """Read who worked what before a horizon, from a table such as `schedule_frame` makes.

    Columns: ``agent``, ``start`` and ``end`` (ISO 8601; local without an offset), ``template``
    and, if there are these, ``activity`` and ``queues``: rows that are no ``shift`` are breaks of
    the shift above them, or activities if its template has no such break. Whether a break was paid
    is what its template says. Shifts on the horizon's days and later are left out. An agent without
    a row counts as having been off, so a table that ends more than a week before the horizon is
    refused.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    horizon : Horizon
        The days that are to be planned.
    agents : sequence of str
        Ids that a row may name.
    templates : sequence of ShiftTemplate
        Where breaks are looked up.

    Raises
    ------
    InputError
        Naming file, row and column.
    """
    labels = {t.id: {taken.label: taken.paid for taken in t.breaks} for t in templates}
    found: list[tuple[Row, list[Row]]] = []
    for row in read_rows(path, REQUIRED):
        if row.cells["agent"] not in agents:
            raise InputError(row.column("agent"), "name one of the agents", row.cells["agent"])
        if _activity(row) == SHIFT:
            found.append((row, []))
        elif found:
            found[-1][1].append(row)
        else:
            raise InputError(row.column("activity"), f"be {SHIFT!r} at first", _activity(row))
    shifts = [_shift(row, inside, horizon, labels) for row, inside in found]
    before = tuple(shift for shift in shifts if shift.day < 0)
    newest = max((shift.day for shift in before), default=-1)
    if newest < -7:
        must = f"reach into the week before {horizon.start}"
        raise InputError(f"{path.name} column start", must, horizon.date_of(newest).isoformat())
    return Previous(shifts=before)


def _activity(row: Row) -> str:
    return row.cells.get("activity", "") or SHIFT


def _shift(
    row: Row, inside: list[Row], horizon: Horizon, labels: dict[str, dict[str, bool]]
) -> Shift:
    start = _elapsed(row, "start", horizon)
    # What a template that is gone called its breaks is not known: all of its rows are breaks.
    known = labels.get(row.cells["template"])
    breaks = [each for each in inside if known is None or _activity(each) in known]
    held = [each for each in inside if each not in breaks]
    with at(row.place):
        return Shift(
            agent=row.cells["agent"],
            day=horizon.day_of(start),
            template=row.cells["template"],
            start=start,
            end=_elapsed(row, "end", horizon),
            breaks=tuple(_break(each, horizon, known or {}) for each in breaks),
            activities=tuple(_held(each, horizon) for each in held),
        )


def _break(row: Row, horizon: Horizon, known: dict[str, bool]) -> BreakTime:
    return BreakTime(
        start=_elapsed(row, "start", horizon),
        end=_elapsed(row, "end", horizon),
        paid=known.get(_activity(row), True),
        label=_activity(row),
    )


def _held(row: Row, horizon: Horizon) -> ActivityTime:
    named = row.cells.get("queues", "").split(BETWEEN)
    return ActivityTime(
        start=_elapsed(row, "start", horizon),
        end=_elapsed(row, "end", horizon),
        activity=_activity(row),
        queues=tuple(queue.strip() for queue in named if queue.strip()),
    )


def _elapsed(row: Row, column: str, horizon: Horizon) -> int:
    try:
        return horizon.elapsed(datetime.fromisoformat(row.cells[column]))
    except ValueError:
        must = "be a date and time such as 2026-12-06T22:00"
        raise InputError(row.column(column), must, row.cells[column]) from None
