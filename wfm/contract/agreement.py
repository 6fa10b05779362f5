"""Whether a rule's limits say what its examples state, and what its judge finds."""

from __future__ import annotations

import numpy as np

from wfm.contract.cases import cases_of, expect, judged_amount, rules_of
from wfm.contract.counting import stated_amount
from wfm.limit import Limit
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules._roster import random_roster
from wfm.schedule import Schedule


def check_limits(rule: type[Rule]) -> None:
    """Check that the limits are well formed and give the stated amount in each example."""
    for example, place in cases_of(rule):
        for one in rules_of(example.problem, rule):
            for limit in one.limits(example.problem.grid):
                _check_limit(limit, example.problem, place)
        found = stated_amount(example.problem, example.schedule, rule)
        expect(
            found == example.amount,
            f"{place}: the limits give {found}, the example states {example.amount:g}.",
        )


def check_random_rosters(rule: type[Rule], seed: int = 0, rosters: int = 10) -> None:
    """Check that judge and limits agree on random rosters.

    Parameters
    ----------
    rule : type of Rule
        The rule's class.
    seed : int
        Seed of the rosters.
    rosters : int
        How many for each example's problem.
    """
    for number, (example, place) in enumerate(cases_of(rule)):
        random = np.random.default_rng([seed, number])
        for roster in range(rosters):
            problem, schedule = random_roster(example.problem, random)
            where = f"{place}, random roster {roster} of seed {seed}"
            check_agreement(rule, problem, schedule, where)


def check_agreement(
    rule: type[Rule], problem: Problem, schedule: Schedule, place: str = ""
) -> None:
    """Check that judge and limits find the same amount on one schedule.

    Parameters
    ----------
    rule : type of Rule
        The class of the problem's rules that are looked at.
    problem : Problem
        The problem.
    schedule : Schedule
        Its schedule.
    place : str
        What to call it.
    """
    judged = judged_amount(problem, schedule, rule)
    stated = stated_amount(problem, schedule, rule)
    expect(
        judged == stated,
        f"{place or rule.__name__}: the judge finds {judged:g}, the limits give {stated}.",
    )


def _check_limit(limit: Limit, problem: Problem, place: str) -> None:
    known = {agent.id for agent in problem.agents}
    expect(isinstance(limit.most, int), f"{place}: a limit's most is no int: {limit.most!r}.")
    for group in limit.groups:
        for roles in (limit.cells, *(some.cells for some in limit.any_of)):
            expect(
                len(group) == len(roles),
                f"{place}: a limit has {len(roles)} roles for the group {group}.",
            )
        expect(known.issuperset(group), f"{place}: a limit binds an unknown agent of {group}.")
    for cells in (*limit.cells, *(cells for some in limit.any_of for cells in some.cells)):
        days, options = cells.grid.shape
        inside = cells.day >= 0 and cells.day + days <= problem.horizon.days
        expect(inside, f"{place}: a limit's cells leave the horizon: days {list(cells.days)}.")
        wide = options == len(problem.options)
        expect(wide, f"{place}: a limit's cells have {options} of {len(problem.options)} options.")
        kind = cells.grid.dtype
        expect(np.issubdtype(kind, np.integer), f"{place}: a limit's cells are {kind}, not ints.")
