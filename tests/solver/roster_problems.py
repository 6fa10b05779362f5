"""Rosters of whole shifts for tests: four people for two weeks, and their schedules."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from benchmarks.no_contacts import nobody_calls
from wfm import Schedule, rules
from wfm.agent import Agent, Contract, Skill
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rules.example import MONDAY as START
from wfm.schedule import Shift
from wfm.shift import ShiftTemplate
from wfm.solver.instance import compile_problem
from wfm.solver.rosters.people import People
from wfm.solver.rosters.stating import state
from wfm.solver.rosters.suited import roster_book

DAYS = 14
PEOPLE = ("anna", "ben", "cleo", "dora")
TEMPLATES = (
    ShiftTemplate(id="early", start="06:00", lengths=(480,)),
    ShiftTemplate(id="late", start="14:00", lengths=(480,)),
    ShiftTemplate(id="night", start="22:00", lengths=(600,)),
)


def day_of(day):
    """Date of a day."""
    return START + timedelta(days=day)


def needs(heads, templates=("early", "late", "night")):
    """The same heads on each shift of each day."""
    return tuple(
        rules.ShiftNeed(day=day_of(day), template=template, heads=heads)
        for day in range(DAYS)
        for template in templates
    )


COVER = (
    rules.MinOnShift(needs=needs(1), weight=50),
    rules.MaxOnShift(needs=needs(1), weight=2),
)
HARD = (
    rules.ForbiddenSuccession(first=("night",), then=("early", "late")),
    rules.MaxDaysInARow(days=4),
    rules.MinDaysOffInARow(days=2),
    rules.Hours(least=40, most=80, per="horizon"),
    rules.MaxShifts(agents=("ben",), templates=("night",), most=0),
)
SOFT = (
    rules.WholeWeekends(weight=3),
    rules.MaxWeekends(most=1, weight=7),
    rules.MinDaysInARow(days=3, weight=1.5),
    rules.ShiftRequest(agents=("anna",), days=("Wed",), templates=("late",), weight=4),
    rules.DayOffRequest(agents=("cleo",), days=("Sat",), weight=6),
    rules.MaxShifts(templates=("late",), most=3, weight=0.25),
)


def roster_problem(given=(*COVER, *HARD, *SOFT), templates=TEMPLATES, wage=0.0):
    """Four people for two weeks; nobody calls."""
    horizon = Horizon(start=START, days=DAYS, interval=60)
    return Problem(
        demand=nobody_calls(horizon),
        agents=tuple(Agent(id=name, contract="staff", skills=("any",)) for name in PEOPLE),
        contracts=(Contract(id="staff", hourly_cost=wage),),
        skills=(Skill(id="any"),),
        shifts=templates,
        rules=given,
    )


def schedule_of(problem, tours):
    """A schedule of tours."""
    options = problem.options
    return Schedule.of_shifts(
        [
            Shift(
                agent=PEOPLE[agent],
                day=int(day),
                template=options.templates[options.template[tours[agent, day]]].id,
                start=int(options.start[day, tours[agent, day]]),
                end=int(options.end[day, tours[agent, day]]),
            )
            for agent, day in np.argwhere(tours < len(options))
        ]
    )


def tours_of(problem, schedule):
    """Tours of a schedule, the last column where someone is off."""
    tours = np.full((len(PEOPLE), DAYS), len(problem.options))
    for shift in schedule.shifts:
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        tours[PEOPLE.index(shift.agent), shift.day] = option
    return tours


def people_of(problem):
    """The program of a problem, with everyone's tour programme."""
    book = roster_book(problem)
    program = state(compile_problem(problem), book)
    return program, People(program, book)
