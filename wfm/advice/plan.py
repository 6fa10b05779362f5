"""A schedule that people know, read into tours, with its shifts at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Result
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate

Ints = NDArray[np.int64]
Cell = tuple[int, int]
"""An agent's row and a day."""
Change = Mapping[Cell, Shift | None]
"""What agents are to have on some days; None for a day off."""


@dataclass(frozen=True, eq=False)
class Plan:
    """A schedule of a problem.

    Attributes
    ----------
    problem : Problem
        What it was made for.
    shifts : dict
        Agent's row and day -> shift.
    tours : ndarray of int, shape (agents, days)
        Option of each day, past the last option when off.
    """

    problem: Problem
    shifts: dict[Cell, Shift]
    tours: Ints

    @property
    def off(self) -> int:
        """Column of a day off."""
        return len(self.problem.options)

    @cached_property
    def schedule(self) -> Schedule:
        """The shifts as a schedule."""
        return Schedule.of_shifts([*self.shifts.values()])

    def with_change(self, change: Change) -> Schedule:
        """The schedule after a change."""
        shifts = {**self.shifts, **change}
        return Schedule.of_shifts([shift for shift in shifts.values() if shift is not None])

    def of(self, rows: set[int], change: Change) -> Schedule:
        """The shifts of some agents alone after a change."""
        mine = {cell: shift for cell, shift in self.shifts.items() if cell[0] in rows}
        after = {**mine, **change}
        return Schedule.of_shifts([shift for shift in after.values() if shift is not None])

    def option(self, shift: Shift | None) -> int:
        """Column of a shift that is offered."""
        if shift is None:
            return self.off
        found = self.problem.options.find(shift.template, shift.day, shift.start, shift.end)
        return self.off if found is None else found

    def tours_after(self, change: Change) -> Ints:
        """Everyone's tours after a change."""
        tours = self.tours.copy()
        for cell, shift in change.items():
            tours[cell] = self.option(shift)
        return tours


def read_plan(problem: Problem, published: Schedule | Result, caller: str) -> Plan:
    """Read a schedule, or the one of a result.

    Raises
    ------
    InputError
        If there is no schedule, or a shift is not of the problem: of an unknown agent, not one
        that its template offers, with other breaks than these, or one of two on a day.
    """
    if not isinstance(problem, Problem):
        raise InputError(f"{caller}: problem", "be a Problem", type(problem).__name__)
    found = published.schedule if isinstance(published, Result) else published
    if not isinstance(found, Schedule):
        raise InputError(f"{caller}: schedule", "be a Schedule", type(found).__name__)
    shifts: dict[Cell, Shift] = {}
    tours = np.full((len(problem.agents), problem.horizon.days), len(problem.options))
    for shift in found.shifts:
        problem.must_know("agents", (shift.agent,), f"{caller}: agent of a shift")
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        place = f"{caller}: shift of {shift.agent!r} on day {shift.day}"
        if option is None:
            raise InputError(place, "be one that the problem offers", shift.template)
        template = problem.options.templates[problem.options.template[option]]
        if not _breaks_fit(shift, template, problem.horizon.interval):
            raise InputError(place, "have the breaks of its template", shift.template)
        cell = problem.rows[shift.agent], shift.day
        if cell in shifts:
            raise InputError(place, "be the only one that starts on the day", shift.template)
        shifts[cell], tours[cell] = shift, option
    return Plan(problem, shifts, tours)


def cell_of(plan: Plan, agent: str, day: date, caller: str) -> Cell:
    """Row of an agent and index of a day.

    Raises
    ------
    InputError
        If the agent is unknown, or the day outside the horizon.
    """
    problem = plan.problem
    problem.must_know("agents", (agent,), f"{caller}: agent")
    horizon = problem.horizon
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InputError(f"{caller}: day", "be a date", day)
    index = (day - horizon.start).days
    if not 0 <= index < horizon.days:
        last = horizon.date_of(horizon.days - 1)
        must = f"be one of the horizon, from {horizon.start} to {last}"
        raise InputError(f"{caller}: day", must, day)
    return problem.rows[agent], index


def _breaks_fit(shift: Shift, template: ShiftTemplate, interval: int) -> bool:
    """Whether the breaks are those that the template asks for, each at a time that it allows."""
    if len(shift.breaks) != len(template.breaks):
        return False
    return all(
        (taken.label, taken.paid, taken.end - taken.start) == (due.label, due.paid, due.minutes)
        and due.earliest <= taken.start - shift.start <= due.latest
        and taken.start % interval == 0
        for taken, due in zip(shift.breaks, template.breaks, strict=True)
    )
