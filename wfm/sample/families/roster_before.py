"""The last days before the planned weeks, in the table in which schedules are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.resources import files

DAYS = 8
OFF = "-"
Pause = tuple[int, int, str]
LONG: tuple[Pause, ...] = ((120, 15, "break"), (240, 30, "lunch"), (375, 15, "break"))
MEDIUM: tuple[Pause, ...] = ((90, 15, "break"), (195, 30, "lunch"), (300, 15, "break"))
SHORT: tuple[Pause, ...] = ((120, 15, "break"),)
SHIFTS: dict[str, tuple[str, time, int, tuple[Pause, ...]]] = {
    "E": ("early", time(7), 510, LONG),
    "e": ("early", time(8), 510, LONG),
    "D": ("day", time(9, 30), 510, LONG),
    "L": ("late", time(13, 30), 510, LONG),
    "N": ("night", time(22), 480, LONG),
    "M": ("medium", time(8, 30), 390, MEDIUM),
    "A": ("medium", time(14, 30), 390, MEDIUM),
    "m": ("morning", time(8), 300, SHORT),
    "v": ("evening", time(17, 30), 300, SHORT),
}
"""Letter of a shift -> template, start, minutes, and the start, minutes and name of each break."""


def roster_before(start: date) -> str:
    """Shifts of the eight days before a date, as a table.

    Parameters
    ----------
    start : datetime.date
        First planned day.
    """
    rows = files(__package__).joinpath("roster_before.csv").read_text(encoding="utf-8")
    lines = ["agent,start,end,activity,template"]
    for row in rows.splitlines()[1:]:
        agent, letters = row.split(",")
        for before, letter in zip(range(DAYS, 0, -1), letters, strict=True):
            if letter != OFF:
                lines += _lines(agent, start - timedelta(days=before), letter)
    return "\n".join(lines) + "\n"


def _lines(agent: str, day: date, letter: str) -> Iterator[str]:
    template, clock, minutes, breaks = SHIFTS[letter]
    begin = datetime.combine(day, clock)
    for first, length, activity in ((0, minutes, "shift"), *breaks):
        at = begin + timedelta(minutes=first)
        until = at + timedelta(minutes=length)
        times = f"{at.isoformat(timespec='minutes')},{until.isoformat(timespec='minutes')}"
        yield f"{agent},{times},{activity},{template}"
