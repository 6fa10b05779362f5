"""Every swap that can be thought of, made by hand, to hold what is offered against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wfm import Problem, Schedule, Shift, SwapOption, Violation
from wfm.judge.structure import check_structure

Key = tuple[str, str, int | None]
"""Kind of the swap, the other agent, and the day of the shift given in return."""


def all_swaps(
    problem: Problem, schedule: Schedule, agent: str, day: int
) -> Iterator[tuple[Key, Schedule, bool]]:
    """Each swap of a shift with the schedule after it, and whether something is held in it.

    The other is off on the day, or gives a shift in return: another one of the same day, or one of
    a day on which the agent is off.
    """
    shift = schedule.on(agent, day)
    assert shift is not None
    for other in problem.agents:
        if other.id == agent:
            continue
        theirs = schedule.on(other.id, day)
        if theirs is not None:
            if _times(theirs) != _times(shift):
                after = _moved(schedule, (shift, other.id), (theirs, agent))
                yield ("trade", other.id, day), after, _holds(shift, theirs)
            continue
        yield ("give_away", other.id, None), _moved(schedule, (shift, other.id)), _holds(shift)
        for back in range(problem.horizon.days):
            given = schedule.on(other.id, back)
            if given is not None and schedule.on(agent, back) is None:
                after = _moved(schedule, (shift, other.id), (given, agent))
                yield ("trade", other.id, back), after, _holds(shift, given)


def key_of(problem: Problem, option: SwapOption) -> Key:
    """What tells an option from the others."""
    return (
        option.kind,
        option.other,
        None if option.back is None else problem.horizon.day(option.back),
    )


def hard_breaches(problem: Problem, schedule: Schedule) -> list[Violation]:
    """What `verify` calls hard, without the costs and the service that it finds beside it."""
    readable, faults = check_structure(problem, schedule)
    bind = (rule for rule in problem.rules if rule.weight is None and not rule.informative)
    return [*faults, *(v for rule in bind for v in rule.violations(problem, readable))]


def hard_amounts(problem: Problem, schedule: Schedule) -> Counter[object]:
    """By how much each hard rule is broken by each agent, or by all together for tied ones."""
    found: Counter[object] = Counter()
    for number, rule in enumerate(problem.rules):
        if rule.weight is None and not rule.informative:
            for violation in rule.violations(problem, schedule):
                who = violation.agents if len(violation.agents) == 1 else None
                found[number, who] += violation.amount
    for fault in check_structure(problem, schedule)[1]:
        found["structure", fault.agents] += fault.amount
    return found


def _times(shift: Shift) -> tuple[str, int, int]:
    return shift.template, shift.start, shift.end


def _holds(*shifts: Shift) -> bool:
    return any(shift.activities for shift in shifts)


def _moved(schedule: Schedule, *moves: tuple[Shift, str]) -> Schedule:
    """The schedule with some shifts in other hands, and nothing held inside them."""
    gone = [shift for shift, _ in moves]
    new = [s.model_copy(update={"agent": agent, "activities": ()}) for s, agent in moves]
    return Schedule.of_shifts([*(s for s in schedule.shifts if s not in gone), *new])
