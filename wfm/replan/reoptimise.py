"""The whole way from a known schedule and what has happened to a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import get_args

import numpy as np

from wfm.advice.plan import read_plan
from wfm.errors import InputError
from wfm.judge.cost import premiums, wages
from wfm.judge.report import Costs
from wfm.problem import Problem
from wfm.replan.desk import LEAST, Desk
from wfm.replan.facts import CALLER, Facts, facts_of
from wfm.replan.moves import Move, breaks, hours, starts
from wfm.replan.offers import Offered, offered, widened
from wfm.replan.price import DayPrices
from wfm.replan.result import Replan, Standing
from wfm.replan.telling import changes_of
from wfm.replan.values import ChangePrices, Happening
from wfm.result import Result
from wfm.schedule import Schedule

KINDS = get_args(get_args(Happening)[0])
TRIES = 20
"""So many proposals in a row may turn out to save nothing before a kind of move ends."""


def reoptimise(
    problem: Problem,
    published: Schedule | Result,
    now: datetime,
    changes: Iterable[Happening],
    *,
    prices: ChangePrices | None = None,
    days: int = 1,
) -> Replan:
    """Plan a known schedule anew in the course of the day, with few changes for much service.

    What has happened is put into the plan first: who is absent or late is marked as away for that
    part of the shift, which stays as it is otherwise, and counts as worked in rules of hours and
    rest. Then breaks that are still to come move, then hours are taken from, or given to, those
    who have offered it, then shifts start earlier or later, and then breaks move once more. Of
    each kind the change that saves most comes first, and each saves more than its price.

    What lies before `now`, and the minutes that it takes to tell people, stays as it is; of a shift
    that has begun only the breaks to come and, as offered, the end may change. No change breaks a
    hard rule of anyone more than the plan does with all that has happened; `Locked` shifts stay,
    and their breaks may move, as that rule has it. Rules that bind an absent agent alone, and that
    the absence breaks, are only reported for that agent.

    Parameters
    ----------
    problem : Problem
        What the published schedule was made for; that of the last `Replan`, if there was one.
    published : Schedule or Result
        The schedule that people know.
    now : datetime.datetime
        The time of day, on the wall clock unless it has a zone.
    changes : iterable of Absence, LateArrival, OvertimeOffer, TimeOffOffer, NewForecast
        What has happened, and what people offer.
    prices : ChangePrices, optional
        What changes cost.
    days : int
        How many days may change, beginning with the day of `now`; shifts that have begun on the
        day before count to it.

    Returns
    -------
    Replan
        The new schedule, the problem that it keeps, costs and service as published, before and
        after, and all changes in words.

    Raises
    ------
    InputError
        If `now` is outside the horizon, a change speaks of someone or of a shift that is not
        there, or the schedule holds a shift that is not of the problem.
    """
    happened = _checked(problem, now, changes, days)
    known = read_plan(problem, published, CALLER)
    minute = problem.horizon.elapsed(now)
    chosen = DayPrices(prices or ChangePrices(), minute)
    width = problem.horizon.interval
    earliest = -(-(minute + chosen.prices.lead) // width) * width
    today = problem.horizon.day_of(minute)
    span = range(today - 1, today + days)
    facts = facts_of(problem, known.schedule, minute, happened)
    wanted = offered(facts, happened, earliest, CALLER)
    wide = widened(facts.problem, wanted)
    desk = Desk(read_plan(wide, facts.schedule, CALLER), chosen, earliest, span, facts.away)
    before = _standing(desk)
    _improve(desk, wanted)
    schedule = desk.plan.with_change(desk.change)
    return Replan(
        problem=_agreed(facts, wanted, desk),
        schedule=schedule,
        published=_standing(Desk(known, chosen, earliest, span, set())),
        before=before,
        after=_standing(desk),
        changes=changes_of(wide, known.schedule, schedule, facts.away, chosen),
    )


def _checked(
    problem: Problem, now: datetime, changes: Iterable[Happening], days: int
) -> Sequence[Happening]:
    """The changes, once all is of its kind."""
    if not isinstance(problem, Problem):
        raise InputError(f"{CALLER}: problem", "be a Problem", type(problem).__name__)
    if not isinstance(now, datetime):
        raise InputError(f"{CALLER}: now", "be a datetime", now)
    if not 0 <= problem.horizon.elapsed(now) < problem.horizon.minutes:
        must = f"lie in the horizon, {problem.horizon.span_label}"
        raise InputError(f"{CALLER}: now", must, now)
    if not isinstance(days, int) or days < 1:
        raise InputError(f"{CALLER}: days", "be a number of days from 1 on", days)
    found = list(changes)
    for number, change in enumerate(found):
        if not isinstance(change, KINDS):
            names = ", ".join(kind.__name__ for kind in KINDS)
            raise InputError(f"{CALLER}: changes[{number}]", f"be one of {names}", change)
    return found


def _improve(desk: Desk, wanted: Sequence[Offered]) -> None:
    """Make the changes that save more than their price, the cheapest kind first."""
    for move in (breaks, hours(wanted), starts, breaks):
        _climb(desk, move)


def _climb(desk: Desk, move: Move) -> None:
    """Make changes of a kind, the one that saves most each time, until none saves anything."""
    refused = set()
    while True:
        found = [each for each in move(desk, desk.margins()) if each.saving > LEAST]
        found = [each for each in found if (each.cell, each.after) not in refused]
        found.sort(key=lambda each: -each.saving)
        for each in found[:TRIES]:
            if desk.makes(each):
                break
            refused.add((each.cell, each.after))
        else:
            return


def _agreed(facts: Facts, wanted: Sequence[Offered], desk: Desk) -> Problem:
    """The problem with what was taken of the offers, and no other."""
    taken = {
        (desk.plan.problem.agents[row].id, day): shift
        for (row, day), shift in desk.change.items()
        if shift is not None
    }
    return widened(
        facts.problem,
        (
            each
            for each in wanted
            if each.hours is not None
            and (shift := taken.get((each.agent, each.day))) is not None
            and each.hours == (shift.template, shift.start, shift.end)
        ),
    )


def _standing(desk: Desk) -> Standing:
    """Costs of a plan as it stands, and what it answers in time on the days that may change."""
    problem = desk.plan.problem
    schedule = desk.plan.with_change(desk.change)
    priced = [rule for rule in problem.rules if rule.weight is not None]
    broken = (v for rule in priced for v in rule.violations(problem, schedule))
    here = np.isin(problem.horizon.slot_days, desk.days)
    planned = desk.margins().planned[:, here].sum(axis=1)
    queues = (queue.id for queue in problem.demand.queues)
    return Standing(
        costs=Costs(
            wages=wages(problem, schedule),
            premiums=premiums(problem, schedule),
            service=desk.lost,
            rules=sum(((v.weight or 0.0) * v.amount for v in broken), 0.0),
        ),
        planned=dict(zip(queues, planned.tolist(), strict=True)),
    )
