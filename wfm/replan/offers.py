"""Shifts that become longer, shorter, begin or fall out as people have offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import gcd

import numpy as np

from wfm.horizon import DAY, Horizon
from wfm.problem import Problem
from wfm.replan.facts import Facts
from wfm.replan.values import Happening, Offer, OvertimeOffer, TimeOffOffer
from wfm.rules._assignment import Assignment, assignment_of
from wfm.rules.agreed_shifts import AgreedShifts, UsualShifts
from wfm.schedule import Shift
from wfm.shift import ShiftTemplate
from wfm.window import clock

STEP = 30
"""Minutes by which shifts become longer or shorter, or the interval if that is more."""
Hours = tuple[str, int, int]
"""A template, and a shift's start and end in elapsed minutes."""


@dataclass(frozen=True)
class Offered:
    """What someone's day may become.

    Attributes
    ----------
    agent : str
        Id of the agent.
    day : int
        The day.
    hours : tuple or None
        Template, start and end; None for a day off.
    """

    agent: str
    day: int
    hours: Hours | None


def offered(facts: Facts, changes: Iterable[Happening], earliest: int, place: str) -> list[Offered]:
    """Everything that the offers come to, each once.

    Nothing that begins before `earliest` changes: of a shift that has begun only its end may. Who
    is away on a day is asked for nothing else on it.
    """
    found: dict[Offered, None] = {}
    for number, change in enumerate(changes):
        if isinstance(change, OvertimeOffer):
            ways = _longer
        elif isinstance(change, TimeOffOffer):
            ways = _shorter
        else:
            continue
        facts.problem.must_know("agents", (change.agent,), f"{place}: changes[{number}].agent")
        for each in ways(facts, change, earliest):
            if (each.agent, each.day) not in facts.away:
                found[each] = None
    return list(found)


def widened(problem: Problem, wanted: Iterable[Offered]) -> Problem:
    """The problem with templates that offer what is agreed, to those with whom it is.

    Templates become wider where a shift is not among those that they offer already, and a rule
    `AgreedShifts` keeps the new ones from everyone else.
    """
    known = [rule for rule in problem.rules if isinstance(rule, AgreedShifts)]
    more: dict[str, list[Assignment]] = {}
    for each in wanted:
        if each.hours is not None and not _is_usual(problem, known, each.day, each.hours):
            template, start, end = each.hours
            shift = Shift(agent=each.agent, day=each.day, template=template, start=start, end=end)
            more.setdefault(template, []).append(assignment_of(problem, shift))
    if not more:
        return problem
    templates = tuple(
        _wider(template, more[template.id], problem.horizon) if template.id in more else template
        for template in problem.shifts
    )
    bound = {one.template for rule in known for one in rule.usual}
    usual = [_usual(each) for each in problem.shifts if each.id in more and each.id not in bound]
    agreed = [one for each in more.values() for one in each]
    rules = [
        _with(rule, agreed) if isinstance(rule, AgreedShifts) else rule for rule in problem.rules
    ]
    if usual:
        new = [one for one in agreed if one.template not in bound]
        rules.append(AgreedShifts(usual=tuple(usual), agreed=tuple(new)))
    return problem.model_copy(update={"shifts": templates, "rules": tuple(rules)})


def _is_usual(problem: Problem, known: list[AgreedShifts], day: int, hours: Hours) -> bool:
    """Whether anyone may work a shift whose contract allows its template."""
    options = problem.options
    option = options.find(hours[0], day, *hours[1:])
    bound = (one for rule in known for one in rule.usual if one.template == hours[0])
    return option is not None and all(
        options.clock[option] in one.starts and options.length[option] in one.lengths
        for one in bound
    )


def _with(rule: AgreedShifts, agreed: list[Assignment]) -> AgreedShifts:
    """A rule under which also some more shifts of its templates are agreed."""
    bound = {one.template for one in rule.usual}
    mine = [one for one in agreed if one.template in bound]
    return rule.model_copy(update={"agreed": tuple(dict.fromkeys([*rule.agreed, *mine]))})


def _usual(template: ShiftTemplate) -> UsualShifts:
    return UsualShifts(
        template=template.id,
        start=template.start,
        latest=template.latest,
        step=template.step,
        lengths=template.lengths,
    )


def _wider(template: ShiftTemplate, more: list[Assignment], horizon: Horizon) -> ShiftTemplate:
    """A template that offers some more starts and lengths."""
    starts = sorted({*template.starts, *(clock(one.start or "") for one in more)})
    lengths = sorted({*template.lengths, *(one.minutes or 0 for one in more)})
    step = gcd(*np.diff(starts).tolist()) or horizon.interval
    first, last = (f"{at // 60:02d}:{at % 60:02d}" for at in (starts[0], starts[-1]))
    wide = {"start": first, "latest": last, "step": step} if len(starts) > 1 else {}
    kept = starts == [*template.starts]
    return template.model_copy(update={**({} if kept else wide), "lengths": tuple(lengths)})


def _longer(facts: Facts, offer: Offer, earliest: int) -> Iterator[Offered]:
    """Shifts that reach further into the time offered, and shifts of days off inside it."""
    problem, horizon = facts.problem, facts.problem.horizon
    start, end = _inside(horizon, offer)
    for shift in facts.schedule.of(offer.agent):
        if shift.end >= earliest and start <= shift.end < end:
            for after in _steps(horizon, shift.end, min(end, shift.start + DAY), offer.least):
                yield Offered(offer.agent, shift.day, (shift.template, shift.start, after))
        if start < shift.start <= end and shift.start >= earliest:
            first = max(start, earliest, horizon.midnight(shift.day), shift.end - DAY)
            for more in _steps(horizon, 0, shift.start - first, offer.least):
                hours = (shift.template, shift.start - more, shift.end)
                yield Offered(offer.agent, shift.day, hours)
    options = problem.options
    allowed = options.allowed(problem.contract_of(offer.agent))
    inside = (options.start >= max(start, earliest)) & (options.end <= end) & allowed
    for day, option in zip(*np.nonzero(inside), strict=True):
        if facts.schedule.on(offer.agent, int(day)) is None:
            template = options.templates[options.template[option]].id
            hours = (template, int(options.start[day, option]), int(options.end[day, option]))
            yield Offered(offer.agent, int(day), hours)


def _shorter(facts: Facts, offer: Offer, earliest: int) -> Iterator[Offered]:
    """Shifts that end earlier or begin later inside the time offered, or fall out."""
    horizon = facts.problem.horizon
    breaks = {each.id: each.breaks for each in facts.problem.shifts}
    start, end = _inside(horizon, offer)
    for shift in facts.schedule.of(offer.agent):
        room = max((each.latest + each.minutes for each in breaks[shift.template]), default=0)
        shortest = max(room, horizon.interval)
        if start <= shift.start and shift.end <= end and shift.start >= earliest:
            yield Offered(offer.agent, shift.day, None)
        if start < shift.end <= end:
            first = max(start, earliest, shift.start + shortest)
            for less in _steps(horizon, 0, shift.end - first, offer.least):
                hours = (shift.template, shift.start, shift.end - less)
                yield Offered(offer.agent, shift.day, hours)
        if start <= shift.start < end and shift.start >= earliest:
            last = min(end, shift.end - shortest, horizon.midnight(shift.day + 1))
            for later in _steps(horizon, shift.start, last, offer.least):
                yield Offered(offer.agent, shift.day, (shift.template, later, shift.end))


def _inside(horizon: Horizon, offer: Offer) -> tuple[int, int]:
    """Elapsed minutes of the whole intervals of an offer."""
    width = horizon.interval
    start, end = horizon.elapsed(offer.start), horizon.elapsed(offer.end)
    return -(-start // width) * width, end // width * width


def _steps(horizon: Horizon, first: int, last: int, least: int) -> Iterator[int]:
    """Minutes from `first` on by whole steps up to `last`, the least ones left out."""
    step = max(STEP, horizon.interval)
    for minute in range(first + step, last + 1, step):
        if minute - first >= least:
            yield minute
