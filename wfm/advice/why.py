"""Why an agent works, or is off, on a day of a schedule: the price of every alternative."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.advice.candidates import Hands
from wfm.advice.effects import moves_of, priced, told_effects
from wfm.advice.plan import Cell, Change, Plan, cell_of, read_plan
from wfm.advice.promises import Promises
from wfm.advice.reason import Alternative, Reasons
from wfm.advice.service import Service
from wfm.advice.weeks import CHANGED, Weeks
from wfm.problem import Problem
from wfm.result import Result
from wfm.schedule import BreakTime, Schedule, Shift
from wfm.solver.book import STANDING
from wfm.solver.instance import compile_problem

Ints = NDArray[np.int64]
CALLER = "why"
OVERLAP = "Two shifts would overlap."
SOMEBODY = "It would break what somebody else has been promised."


def why(problem: Problem, schedule: Schedule | Result, agent: str, day: date) -> Reasons:
    """Tell what an agent's day could be instead, and what that would cost whom.

    For a day off, and for each template that the contract allows on the day, the agent's cheapest
    plan with it is found, beside the plans of all others; another day changes only if that saves
    more than 1 in money. Where the change of the day alone breaks
    hard rules, they are told, by sentences that concern the agent or nobody in particular; of what
    somebody else alone has been promised, only that it is so.

    A schedule that breaks hard rules is taken as it is: an alternative is possible if nobody breaks
    a rule by more than before. Where people tied to the agent break one already, only changes of
    the day alone may be found.

    Parameters
    ----------
    problem : Problem
        What the schedule was made for.
    schedule : Schedule or Result
        The schedule.
    agent : str
        Id of the agent.
    day : datetime.date
        The day.

    Returns
    -------
    Reasons
        The alternatives with their effects; `sentences` says them in words.

    Raises
    ------
    InputError
        If the agent is unknown, the day is outside the horizon, or the schedule holds a shift that
        is not of the problem.
    """
    plan = read_plan(problem, schedule, CALLER)
    cell = cell_of(plan, agent, day, CALLER)
    instance = compile_problem(problem)
    rules, service, weeks = Promises(plan, instance), Service(plan, instance), Weeks(plan)
    found = [
        _alternative(plan, cell, columns, rules, service, weeks) for columns in _columns(plan, cell)
    ]
    found.sort(key=lambda each: (not each.possible, each.total))
    return Reasons(agent=agent, day=day, shift=plan.shifts.get(cell), alternatives=tuple(found))


def _columns(plan: Plan, cell: Cell) -> Iterator[Ints]:
    """Columns of each alternative: the options of a template but for that in hand, or a day off."""
    options, (row, day) = plan.problem.options, cell
    contract = plan.problem.contract_of(plan.problem.agents[row].id)
    allowed = options.allowed(contract)[day]
    now = int(plan.tours[cell])
    if now != plan.off:
        yield np.array([plan.off])
    for template in range(len(options.templates)):
        columns = np.flatnonzero(allowed & (options.template == template))
        columns = columns[columns != now]
        if len(columns):
            yield columns


def _alternative(
    plan: Plan, cell: Cell, columns: Ints, rules: Promises, service: Service, weeks: Weeks
) -> Alternative:
    week = weeks.best(cell, columns)
    shift = week[cell] if week is not None else _nearest(plan, cell, columns)
    if shift is not None:
        bare = shift.model_copy(update={"activities": ()})
        shift = Hands(plan).holding(bare, cell)
    alone: Change = {cell: shift}
    broken = rules.broken_by(alone)
    ways = [] if broken else [alone]
    if week is not None and week != alone and not rules.broken_by(week):
        ways.append(week)
    agent = plan.problem.agents[cell[0]].id
    forbidden = tuple(dict.fromkeys(_forbidden(plan, alone, broken, agent)))
    if not ways:
        nothing = {queue.id: 0.0 for queue in plan.problem.demand.queues}
        return Alternative(shift=shift, forbidden=forbidden, wages=0, service=0, answers=nothing)
    prices = [priced(plan, way, rules, service) for way in ways]
    best = min(range(len(ways)), key=lambda n: prices[n].total + CHANGED * len(ways[n]))
    return Alternative(
        shift=ways[best][cell],
        forbidden=forbidden,
        moves=moves_of(plan, ways[best]),
        **told_effects(plan, prices[best], service, agent),
    )


def _forbidden(plan: Plan, change: Change, broken: list[int], agent: str) -> Iterator[str]:
    """Say what a change breaks, as it may be told to the agent."""
    before, after = plan.schedule, plan.with_change(change)
    for number in broken:
        if number == STANDING:
            yield OVERLAP
            continue
        rule = plan.problem.rules[number]
        known = set(rule.judged(plan.problem, before))
        for violation in rule.judged(plan.problem, after):
            if violation not in known:
                own = not violation.agents or agent in violation.agents
                yield violation.sentence if own else SOMEBODY


def _nearest(plan: Plan, cell: Cell, columns: Ints) -> Shift | None:
    """The option that starts closest to the shift in hand, with its breaks as early as may be."""
    if columns[0] == plan.off:
        return None
    options, (row, day) = plan.problem.options, cell
    now = plan.shifts.get(cell)
    target = now.start if now else int(options.start[day, columns[0]])
    column = int(columns[np.argmin(np.abs(options.start[day, columns] - target))])
    template = options.templates[options.template[column]]
    start, breaks = int(options.start[day, column]), list[BreakTime]()
    for due in template.breaks:
        at = max(start + due.earliest, breaks[-1].end if breaks else start)
        breaks.append(BreakTime(start=at, end=at + due.minutes, paid=due.paid, label=due.label))
    return Shift(
        agent=plan.problem.agents[row].id,
        day=day,
        template=template.id,
        start=start,
        end=int(options.end[day, column]),
        breaks=tuple(breaks),
    )
