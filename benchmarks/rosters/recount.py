"""What a day roster costs and breaks, by the format's own definition and nothing of the library.

At most one shift a day. The least shifts and days off in a row are not asked for at the two ends
of the horizon, the most are. Day 0 is a Monday; a weekend is worked if its Saturday or its Sunday
is.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from benchmarks.rosters.reading import RosterFile
from wfm.errors import InputError

Row = tuple[str, int, str]
HEADER = ["employee", "day", "shift"]


def written(rows: Iterable[Row]) -> str:
    """Write rows as a table with a header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue()


def read_rows(text: str, place: str) -> list[Row]:
    """Read such a table; raises `InputError` with the line that is none of it."""
    lines = list(csv.reader(io.StringIO(text)))
    if not lines or lines[0] != HEADER:
        raise InputError(f"{place} line 1", f"be {','.join(HEADER)}", lines[0] if lines else "")
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(HEADER) or not line[1].isdigit():
            raise InputError(f"{place} line {number}", "be an employee, a day and a shift", line)
    return [(name, int(day), shift) for name, day, shift in lines[1:]]


def cost(file: RosterFile, rows: Iterable[Row]) -> int:
    """Price of the requests that are not met, and of heads under and over what is asked for."""
    worked = set(rows)
    heads = Counter((day, shift) for _, day, shift in worked)
    total = sum(weight for key, weight in file.wanted.items() if key not in worked)
    total += sum(weight for key, weight in file.unwanted.items() if key in worked)
    for key, cover in file.cover.items():
        there = heads[key]
        total += cover.under * max(0, cover.heads - there) + cover.over * max(
            0, there - cover.heads
        )
    return total


def faults(file: RosterFile, rows: Iterable[Row]) -> Iterator[str]:
    """Say each way in which a roster is not allowed."""
    plans: dict[str, dict[int, str]] = {name: {} for name in file.staff}
    for name, day, shift in rows:
        if name not in plans or shift not in file.minutes or not 0 <= day < file.days:
            yield f"{name} on day {day} with shift {shift} is not of the file"
        elif day in plans[name]:
            yield f"{name} works two shifts on day {day}"
        else:
            plans[name][day] = shift
    for name, plan in plans.items():
        yield from (f"{name} {told}" for told in _faults_of(file, name, plan))


def _faults_of(file: RosterFile, name: str, plan: dict[int, str]) -> Iterator[str]:
    bound: Any = file.staff[name]
    for shift, count in Counter(plan.values()).items():
        if count > bound.most_shifts.get(shift, file.days):
            yield f"works shift {shift} {count} times"
    minutes = sum(file.minutes[shift] for shift in plan.values())
    if not bound.least_minutes <= minutes <= bound.most_minutes:
        yield f"works {minutes} minutes"
    weekends = {day // 7 for day in plan if day % 7 in (5, 6)}
    if len(weekends) > bound.most_weekends:
        yield f"works {len(weekends)} weekends"
    for day in file.days_off.get(name, ()):
        if day in plan:
            yield f"works on day {day}, a day off"
    for day, shift in plan.items():
        if plan.get(day + 1) in file.forbidden[shift]:
            yield f"works shift {plan[day + 1]} on the day after shift {shift} of day {day}"
    for works, group in groupby(range(file.days), lambda day: day in plan):
        run = list(group)
        inside = run[0] > 0 and run[-1] < file.days - 1
        if works and len(run) > bound.most_in_a_row:
            yield f"works {len(run)} days in a row from day {run[0]}"
        least = bound.least_in_a_row if works else bound.least_off_in_a_row
        if inside and len(run) < least:
            yield f"{'works' if works else 'is off'} only {len(run)} days in a row from {run[0]}"
