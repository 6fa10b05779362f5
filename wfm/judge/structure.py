"""Whether the shifts of a schedule are shifts of the problem at all."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import groupby

from wfm.agent_rule import AgentRule
from wfm.horizon import DAY, WEEKDAYS, Horizon
from wfm.judge.activities import check_activities
from wfm.problem import Problem
from wfm.rule import Violation
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate

RULE = "structure"


def check_structure(problem: Problem, schedule: Schedule) -> tuple[Schedule, list[Violation]]:
    """Check every shift against the problem's agents, templates, contracts, days and activities.

    Parameters
    ----------
    problem : Problem
        What the shifts must come from.
    schedule : Schedule
        The shifts to check.

    Returns
    -------
    Schedule
        The shifts that can be judged further. Left out are those of unknown agents or templates,
        those that start on another day than they say or outside the horizon, and those longer
        than a day.
    list of Violation
        A sentence for each fault; all are hard.
    """
    names = {agent.id: str(agent) for agent in problem.agents}
    templates = {template.id: template for template in problem.shifts}
    starts = _starts(problem)
    legible: list[Shift] = []
    faults: list[Violation] = []
    for shift in schedule.shifts:
        illegible = _illegible(problem.horizon, shift, names, templates)
        if illegible:
            faults.append(_fault(shift.agent, shift.day, illegible))
            continue
        legible.append(shift)
        template = templates[shift.template]
        subject = f"The shift of {_of(problem, shift)}"
        wrongs = [
            *_against_template(problem, shift, template, starts[template.id, shift.day]),
            *_against_breaks(problem, shift, template),
        ]
        faults += [_fault(shift.agent, shift.day, f"{subject} {wrong}.") for wrong in wrongs]
    kept = Schedule.of_shifts(legible)
    faults += [_fault(*wrong) for wrong in check_activities(problem, kept)]
    return kept, [*faults, *_overlaps(problem, kept), *_crowded_days(problem, kept)]


def _fault(agent: str, day: int, sentence: str) -> Violation:
    return Violation(rule=RULE, agents=(agent,), day=day, amount=1, sentence=sentence)


def _of(problem: Problem, shift: Shift) -> str:
    return f"{problem.agent(shift.agent)} on {problem.horizon.label(shift.start)}"


def _starts(problem: Problem) -> dict[tuple[str, int], frozenset[int]]:
    """Elapsed minutes at which each template may start on each day."""
    horizon = problem.horizon
    return {
        (template.id, day): frozenset(horizon.minute(day, clock) for clock in template.starts)
        for template in problem.shifts
        for day in range(horizon.days)
    }


def _illegible(
    horizon: Horizon, shift: Shift, names: dict[str, str], templates: Container[str]
) -> str:
    """Why a shift cannot be judged, as a sentence; empty if it can be."""
    known = names.get(shift.agent)
    if known is None:
        return f"Agent {shift.agent!r}, who has a shift on day {shift.day}, is not in the problem."
    if not 0 <= shift.day < horizon.days:
        return (
            f"The shift of {known} on day {shift.day} lies outside the horizon, "
            f"whose days are 0 to {horizon.days - 1}."
        )
    subject = f"The shift of {known} on {horizon.day_label(shift.day)}"
    if shift.template not in templates:
        return f"{subject} is of template {shift.template!r}, which is not in the problem."
    midnight = horizon.midnight(shift.day)
    if not midnight <= shift.start <= horizon.midnight(shift.day + 1):
        return f"{subject} starts {shift.start - midnight:,} min after midnight, on another day."
    if shift.minutes > DAY:
        return f"{subject} lasts {shift.minutes:,} min, more than a day."
    return ""


def _against_template(
    problem: Problem, shift: Shift, template: ShiftTemplate, starts: frozenset[int]
) -> Iterator[str]:
    """Say what is not as the template and the contract have it."""
    weekday = WEEKDAYS[problem.horizon.day_type(shift.day)]
    name = f"template {template.id!r}"
    if weekday not in template.days:
        yield f"is of {name}, which does not start on a {weekday}"
    if shift.start not in starts:
        latest = f" to {template.latest}, every {template.step} min" if template.latest else ""
        yield f"does not start when {name} does: {template.start}{latest}"
    if shift.minutes not in template.lengths:
        lengths = " or ".join(map(str, template.lengths))
        yield f"lasts {shift.minutes} min; {name} lasts {lengths} min"
    contract = problem.contract_of(shift.agent)
    if contract.shifts and template.id not in contract.shifts:
        yield f"is of {name}, which contract {contract.id!r} does not allow"


def _against_breaks(problem: Problem, shift: Shift, template: ShiftTemplate) -> Iterator[str]:
    """Say what is wrong with the breaks, which are taken in the template's order."""
    if len(shift.breaks) != len(template.breaks):
        breaks = f"{len(shift.breaks)} break{'' if len(shift.breaks) == 1 else 's'}"
        yield f"has {breaks}; template {template.id!r} has {len(template.breaks)}"
        return
    for taken, due in zip(shift.breaks, template.breaks, strict=True):
        name = f"break {due.label!r}"
        minutes, after = taken.end - taken.start, taken.start - shift.start
        if taken.label != due.label:
            yield f"has a break {taken.label!r} in place of {name}"
        if minutes != due.minutes:
            yield f"has a {name} of {minutes} min; {due.minutes} min are due"
        if taken.paid != due.paid:
            yield f"has a {name} that is {_pay(taken.paid)} and should be {_pay(due.paid)}"
        if not due.earliest <= after <= due.latest:
            allowed = f"{due.earliest} to {due.latest} min are allowed"
            yield f"has its {name} {after} min after the start; {allowed}"
        if taken.start % problem.horizon.interval:
            width = problem.horizon.interval
            yield f"has its {name} off the {width}-minute intervals"


def _pay(paid: bool) -> str:
    return "paid" if paid else "unpaid"


def _overlaps(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Shifts of an agent that start before an earlier one ends, the previous period's included."""
    shifts = sorted(
        [*problem.previous.shifts, *schedule.shifts], key=lambda s: (s.agent, s.start, s.end)
    )
    last: Shift | None = None
    for shift in shifts:
        if last is None or last.agent != shift.agent:
            last = shift
            continue
        if shift.start < last.end and shift.day >= 0:
            other = problem.horizon.label(last.start)
            sentence = f"The shift of {_of(problem, shift)} overlaps the one on {other}."
            yield _fault(shift.agent, shift.day, sentence)
        last = max(last, shift, key=lambda s: s.end)


def _crowded_days(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Days on which an agent starts more than one shift, unless a rule speaks of them."""
    spoken = {
        agent
        for rule in problem.rules
        if isinstance(rule, AgentRule) and rule.name() == "one_shift_a_day"
        for agent in rule.who(problem)
    }
    shifts = sorted(schedule.shifts, key=lambda s: (s.agent, s.day))
    for (agent, day), same in groupby(shifts, key=lambda s: (s.agent, s.day)):
        count = len(list(same))
        if count > 1 and agent not in spoken:
            when = problem.horizon.day_label(day)
            sentence = f"{problem.agent(agent)} starts {count} shifts on {when}; one is the most."
            yield _fault(agent, day, sentence)
