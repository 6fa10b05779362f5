"""The last nights before the planned week, in the table in which schedules are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

NIGHT_WATCH = ("a09", "a16", "a29")
NIGHTS = 2
START = time(22)
MINUTES = 480
BREAKS = ((90, 15, "break"), (195, 30, "lunch"), (345, 15, "break"))
STAGGER = 30
"""Minutes between the breaks of one person and those of the next."""


def sample_nights(start: date) -> str:
    """Night shifts that end on the days before a week and on its first day, as a table."""
    lines = ["agent,start,end,activity,template"]
    for index, agent in enumerate(NIGHT_WATCH):
        for before in range(NIGHTS, 0, -1):
            begin = datetime.combine(start - timedelta(days=before), START)
            lines += [
                f"{agent},{_at(begin, first)},{_at(begin, first + minutes)},{activity},night"
                for first, minutes, activity in _activities(index * STAGGER)
            ]
    return "\n".join(lines) + "\n"


def _activities(later: int) -> Iterator[tuple[int, int, str]]:
    yield 0, MINUTES, "shift"
    for first, minutes, label in BREAKS:
        yield first + later, minutes, label


def _at(begin: datetime, minutes: int) -> str:
    return (begin + timedelta(minutes=minutes)).isoformat(timespec="minutes")
