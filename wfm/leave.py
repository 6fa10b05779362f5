"""Someone falls away at short notice: plan anew, and leave everyone else's plan as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules._assignment import Assignment, assignment_of
from wfm.rules.availability import Availability
from wfm.rules.locked import Locked
from wfm.rules.published import Published
from wfm.schedule import Schedule, Shift
from wfm.window import Window

NOTICE = ((366, 1), (7, 2), (2, 5))
"""By how much a change counts: here no change is free, however early it is."""


def with_leave(
    problem: Problem,
    published: Schedule,
    agent: str,
    away: Iterable[Window | date],
    now: datetime,
    *,
    weight: float = 20.0,
) -> Problem:
    """The same problem, in which an agent is not available at some times from now on.

    What began before `now` stays as it was published, and so do all days before. From then on each
    day of anyone on which the plan changes has a price, higher the closer it is, so that
    :func:`wfm.solve`, begun with ``start_from=published``, repairs the plan with few changes. A
    shift that reaches into the agent's time away is taken out whole, also if it has begun. Rules
    that bind the agent alone, and that this breaks, such as a least number of hours, are only
    reported for that agent from now on.

    Why the agent is away is neither asked nor said.

    Parameters
    ----------
    problem : Problem
        What the published schedule was made for. A `Published` rule that it has takes over the
        plan, with its own weight, notice and consents, for those whom it binds.
    published : Schedule
        The schedule that people know.
    agent : str
        Id of the agent.
    away : iterable of Window or datetime.date
        Times in which the agent is not available; a date is the whole of it.
    now : datetime.datetime
        The time of day on the wall clock from which the plan can change.
    weight : float
        Cost of a changed day, times 1 with more than 7 days left, 2 from 7 and 5 from 2 days on.

    Raises
    ------
    InputError
        If the agent is unknown, or is not away at any time of the horizon from now on.
    """
    problem.must_know("agents", (agent,), "with_leave: agent")
    minute = problem.horizon.elapsed(now)
    spans = _spans(problem, away, minute)
    if not spans:
        place = "with_leave: away"
        raise InputError(place, f"hold a time between {now} and the horizon's end")
    gone = [s for s in published.of(agent) if any(s.overlap(*span) for span in spans)]
    left = Schedule.of_shifts([shift for shift in published.shifts if shift not in gone])
    known = [rule for rule in problem.rules if isinstance(rule, Published)]
    kept = [rule for rule in problem.rules if not isinstance(rule, Published)]
    return problem.model_copy(
        update={
            "rules": (
                *still_due(problem, kept, agent, published, left),
                Availability(agents=(agent,), unavailable=windows_of(problem.horizon, spans)),
                *_locked(problem, left, minute),
                *_published(problem, left, known, now.date(), weight),
            )
        }
    )


def changes(before: Schedule, after: Schedule, problem: Problem) -> list[str]:
    """Say in sentences, agent by agent and day by day, in what two schedules differ.

    Breaks that have moved are not told.

    Parameters
    ----------
    before, after : Schedule
        The schedule that people know, and the new one.
    problem : Problem
        What one of them was made for.
    """
    told = []
    for agent in problem.agents:
        for day in range(problem.horizon.days):
            old, new = before.on(agent.id, day), after.on(agent.id, day)
            if _said(problem.horizon, old) != _said(problem.horizon, new):
                now, was = _said(problem.horizon, new), _said(problem.horizon, old)
                told.append(f"{agent} has {now} on {problem.horizon.day_label(day)}, not {was}.")
    return told


def _spans(problem: Problem, away: Iterable[Window | date], minute: int) -> list[tuple[int, int]]:
    """The times away from a minute on, as far as shifts of the horizon can reach."""
    windows = [Window(dates=(some,)) if isinstance(some, date) else some for some in away]
    spans = [(max(start, minute), end) for start, end in problem.grid.spans(windows)]
    return [(start, end) for start, end in spans if start < min(end, problem.horizon.minutes)]


def windows_of(horizon: Horizon, spans: list[tuple[int, int]]) -> tuple[Window, ...]:
    """Times in elapsed minutes as windows of their dates, cut at midnight."""
    found = []
    for start, end in spans:
        day = horizon.day_of(start)
        while horizon.midnight(day) < end:
            first = max(start, horizon.midnight(day))
            last = "24:00" if end >= horizon.midnight(day + 1) else f"{horizon.local(end):%H:%M}"
            found.append(
                Window(
                    dates=(horizon.date_of(day),), start=f"{horizon.local(first):%H:%M}", end=last
                )
            )
            day += 1
    return tuple(found)


def _locked(problem: Problem, plan: Schedule, minute: int) -> Iterator[Locked]:
    """What began before a minute, and all days off or parts of them before it."""
    horizon, found = problem.horizon, []
    for agent in problem.agents:
        for day in range(min(horizon.days, horizon.day_of(minute) + 1)):
            shift = plan.on(agent.id, day)
            if shift is not None and shift.start < minute:
                found.append(assignment_of(problem, shift))
                continue
            past = minute - horizon.midnight(day)
            until = None if horizon.midnight(day + 1) <= minute else horizon.local(minute)
            if past > 0:
                found.append(
                    Assignment(
                        agent=agent.id,
                        day=horizon.date_of(day),
                        off=True,
                        until=until and f"{until:%H:%M}",
                    )
                )
    if found:
        yield Locked(assignments=tuple(found))


def _published(
    problem: Problem, plan: Schedule, known: list[Published], on: date, weight: float
) -> list[Published]:
    new = Published.of(problem, plan, on=on, notice=NOTICE, weight=weight)
    update = {"shifts": new.shifts, "days": new.days, "on": on}
    bound = {agent for rule in known for agent in (*rule.who(problem), *rule.waived_by)}
    others = tuple(agent.id for agent in problem.agents if agent.id not in bound)
    more = [new.model_copy(update={"agents": others if known else ()})] if others else []
    return [*(rule.model_copy(update=update) for rule in known), *more]


def still_due(
    problem: Problem, rules: Iterable[Rule], agent: str, published: Schedule, left: Schedule
) -> Iterator[Rule]:
    """The rules, of which those that the agent can no longer keep are only reported."""
    before, after = (Schedule.of_shifts(plan.of(agent)) for plan in (published, left))
    for rule in rules:
        if rule.weight is not None or not isinstance(rule, AgentRule):
            yield rule
            continue
        if _alone(rule, problem, after, agent) <= _alone(rule, problem, before, agent):
            yield rule
            continue
        others = rule.model_copy(update={"waived_by": (*rule.waived_by, agent)})
        if others.who(problem):
            yield others
        nobody = dict.fromkeys(("contracts", "teams", "sites", "skills"), ())
        yield rule.model_copy(update={**nobody, "agents": (agent,), "informative": True})


def _alone(rule: Rule, problem: Problem, schedule: Schedule, agent: str) -> float:
    found = rule.violations(problem, schedule)
    return sum(violation.amount for violation in found if violation.agents == (agent,))


def _said(horizon: Horizon, shift: Shift | None) -> str:
    if shift is None:
        return "a day off"
    start, end = (f"{horizon.local(at):%H:%M}" for at in (shift.start, shift.end))
    return f"a shift {shift.template!r} {start}–{end}"
