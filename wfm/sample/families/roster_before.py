"""The last days before the planned weeks, in the table in which schedules are written."""

from __future__ import annotations

from datetime import date


def roster_before(start: date) -> str:
    """Shifts of the days before, as a table."""
    return "agent,start,end,activity,template\n"
