"""A file of a day roster as an ordinary problem, every line of it a rule of the library.

The format knows no clock: all shifts start at midnight. Nobody calls, and time costs nothing: the
cost is that of the soft rules, requests and cover.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from benchmarks.no_contacts import nobody_calls
from benchmarks.rosters.reading import Employee, RosterFile
from wfm import rules
from wfm.agent import Agent, Contract, Skill
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.shift import ShiftTemplate

Key = TypeVar("Key")
MONDAY = date(2024, 1, 1)
INTERVALS = (60, 30, 15, 10, 5)
"""Minutes of an interval, the longest that divides all shifts is taken."""


def problem_of(file: RosterFile) -> Problem:
    """State a file as a problem."""
    interval = next((n for n in INTERVALS if all(m % n == 0 for m in file.minutes.values())), None)
    if interval is None:
        must = "last a multiple of 5 minutes"
        raise InputError("shifts of the file", must, sorted(file.minutes.values()))
    horizon = Horizon(start=MONDAY, days=file.days, interval=interval)  # type: ignore[arg-type]
    return Problem(
        demand=nobody_calls(horizon),
        agents=tuple(Agent(id=name, contract="staff", skills=("any",)) for name in file.staff),
        contracts=(Contract(id="staff", hourly_cost=0),),
        skills=(Skill(id="any"),),
        shifts=tuple(
            ShiftTemplate(id=name, start="00:00", lengths=(minutes,))
            for name, minutes in file.minutes.items()
        ),
        rules=(*_staff(file), *_requests(file), *_cover(file)),
    )


def rows_of(file: RosterFile, schedule: Schedule) -> list[tuple[str, int, str]]:
    """Rows (employee, day, shift) of a schedule, in the order of the file's staff."""
    place = {name: row for row, name in enumerate(file.staff)}
    rows = [(shift.agent, shift.day, shift.template) for shift in schedule.shifts]
    return sorted(rows, key=lambda row: (place[row[0]], row[1]))


def _date(day: int) -> date:
    return MONDAY + timedelta(days=day)


def _staff(file: RosterFile) -> Iterator[Rule]:
    """Everything hard; employees of whom the same is asked share a rule."""
    yield rules.OneShiftADay()
    for first, then in file.forbidden.items():
        if then:
            yield rules.ForbiddenSuccession(first=(first,), then=then)
    for name, days in file.days_off.items():
        if days:
            yield rules.DayOffRequest(agents=(name,), dates=tuple(map(_date, days)), weight=None)
    yield from _counted(file)
    yield from _in_a_row(file)


def _counted(file: RosterFile) -> Iterator[Rule]:
    """What is bounded over the whole horizon."""
    for shift in file.minutes:
        for most, who in _alike(file, lambda e, s=shift: e.most_shifts.get(s, file.days)):  # type: ignore[misc]
            if most < file.days:
                yield rules.MaxShifts(agents=who, templates=(shift,), most=most)
    for (least, most), who in _alike(file, lambda e: (e.least_minutes, e.most_minutes)):
        yield rules.Hours(agents=who, least=least / 60, most=most / 60, per="horizon")
    for weekends, who in _alike(file, lambda e: e.most_weekends):
        yield rules.MaxWeekends(agents=who, most=weekends)


def _in_a_row(file: RosterFile) -> Iterator[Rule]:
    """Runs of shifts and of days off; one day in a row is always kept."""
    for longest, who in _alike(file, lambda e: e.most_in_a_row):
        if longest < file.days:
            yield rules.MaxDaysInARow(agents=who, days=longest)
    for shortest, who in _alike(file, lambda e: e.least_in_a_row):
        if shortest > 1:
            yield rules.MinDaysInARow(agents=who, days=shortest)
    for shortest, who in _alike(file, lambda e: e.least_off_in_a_row):
        if shortest > 1:
            yield rules.MinDaysOffInARow(agents=who, days=shortest)


def _alike(
    file: RosterFile, value: Callable[[Employee], Key]
) -> Iterator[tuple[Key, tuple[str, ...]]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for name, employee in file.staff.items():
        found[value(employee)].append(name)
    for key, names in found.items():
        yield key, tuple(names)


def _requests(file: RosterFile) -> Iterator[Rule]:
    for wanted, asked in ((True, file.wanted), (False, file.unwanted)):
        found: dict[tuple[str, str, int], list[date]] = defaultdict(list)
        for (name, day, shift), weight in asked.items():
            found[name, shift, weight].append(_date(day))
        for (name, shift, weight), dates in found.items():
            if weight:
                yield rules.ShiftRequest(
                    agents=(name,),
                    templates=(shift,),
                    dates=tuple(dates),
                    wanted=wanted,
                    weight=weight,
                )


def _cover(file: RosterFile) -> Iterator[Rule]:
    under: dict[int, list[rules.ShiftNeed]] = defaultdict(list)
    over: dict[int, list[rules.ShiftNeed]] = defaultdict(list)
    for (day, shift), cover in file.cover.items():
        need = rules.ShiftNeed(day=_date(day), template=shift, heads=cover.heads)
        if cover.heads:
            under[cover.under].append(need)
        over[cover.over].append(need)
    for kind, prices in ((rules.MinOnShift, under), (rules.MaxOnShift, over)):
        for weight, needs in prices.items():
            if weight:
                yield kind(needs=tuple(needs), weight=weight)
