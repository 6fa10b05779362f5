"""Random rosters, on which a rule's two sides are compared."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wfm.agent import Agent
from wfm.horizon import WEEKDAYS
from wfm.problem import Previous, Problem
from wfm.rules._hold import hold, recall
from wfm.schedule import BreakTime, Schedule, Shift
from wfm.shift import ShiftTemplate

HISTORY = 8
"""Days of the previous period in a random roster."""


def random_roster(problem: Problem, random: np.random.Generator) -> tuple[Problem, Schedule]:
    """Draw a roster of shifts that the templates allow, and one for the days before.

    Nobody is in two places at once, breaks are taken as early as they may be, and what the rules
    ask to be held inside shifts is held wherever there is room. Apart from that no rule is kept.

    Parameters
    ----------
    problem : Problem
        Whose agents, shifts and horizon it is for.
    random : numpy.random.Generator
        Source of chance.

    Returns
    -------
    tuple of Problem and Schedule
        The problem with the previous period's shifts drawn anew, and the schedule.
    """
    shifts = [shift for agent in problem.agents for shift in _random_tour(problem, agent, random)]
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    past = tuple(recall(problem, [shift for shift in shifts if shift.day < 0], random))
    fields["previous"] = Previous(shifts=past, counters=problem.previous.counters)
    # What has been checked once need not be again: only valid shifts have been put in.
    drawn = Problem.model_construct(**fields)
    planned = hold(drawn, [shift for shift in shifts if shift.day >= 0], random)
    return drawn, Schedule.of_shifts(planned)


def _random_tour(problem: Problem, agent: Agent, random: np.random.Generator) -> Iterator[Shift]:
    contract = problem.contract_of(agent.id)
    allowed = [t for t in problem.shifts if not contract.shifts or t.id in contract.shifts]
    busy = random.choice([0.2, 0.6, 0.9, 1.0])
    free_from: int | None = None
    for day in range(-HISTORY, problem.horizon.days):
        weekday = WEEKDAYS[problem.horizon.day_type(day)]
        offered = [template for template in allowed if weekday in template.days]
        if not offered or random.random() >= busy:
            continue
        template = offered[random.integers(len(offered))]
        shift = _random_shift(problem, agent, day, template, random)
        if free_from is None or shift.start >= free_from:
            free_from = shift.end
            yield shift


def _random_shift(
    problem: Problem, agent: Agent, day: int, template: ShiftTemplate, random: np.random.Generator
) -> Shift:
    start = problem.horizon.minute(day, int(random.choice(template.starts)))
    breaks: list[BreakTime] = []
    for pause in template.breaks:
        at = max(start + pause.earliest, breaks[-1].end if breaks else start)
        breaks.append(
            BreakTime(start=at, end=at + pause.minutes, paid=pause.paid, label=pause.label)
        )
    end = start + int(random.choice(template.lengths))
    return Shift(
        agent=agent.id, day=day, template=template.id, start=start, end=end, breaks=tuple(breaks)
    )
