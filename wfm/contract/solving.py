"""Whether the solver, asked about a rule, finds what is stated, and keeps the rule."""

from __future__ import annotations

import numpy as np

from wfm.contract.cases import cases_of, expect, fields_of, judged_amount, rules_of
from wfm.demand import Demand
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules._roster import random_roster
from wfm.schedule import Schedule


def check_solver(rule: type[Rule], seed: int = 0) -> None:
    """Check that the solver, with the schedule fixed, finds what is stated and what is judged.

    It is asked about each example and about one random roster for each.

    Parameters
    ----------
    rule : type of Rule
        The rule's class.
    seed : int
        Seed of the rosters.
    """
    for number, (example, place) in enumerate(cases_of(rule)):
        found = _solved(example.problem, example.schedule, rule)
        expect(
            found == example.amount,
            f"{place}: the solver finds {found}, the example states {example.amount:g}.",
        )
        random = np.random.default_rng([seed, number])
        problem, schedule = random_roster(example.problem, random)
        found, judged = _solved(problem, schedule, rule), judged_amount(problem, schedule, rule)
        where = f"{place}, a random roster of seed {seed}"
        agree = f"{where}: the judge finds {judged:g}, the solver finds {found}."
        expect(found == judged, agree)


def check_solved(rule: type[Rule], seconds: float = 0.1) -> None:
    """Check that what is solved with the rule hard, and with much to do, keeps the rule.

    Parameters
    ----------
    rule : type of Rule
        The rule's class.
    seconds : float
        Time to solve each broken example for.
    """
    from wfm.solver.solve import solve  # noqa: PLC0415 - the judges need no solver

    for example, place in cases_of(rule):
        if example.amount > 0:
            problem = _busy(example.problem)
            schedule = solve(problem, seconds=seconds).schedule
            judged = 0.0 if schedule is None else judged_amount(problem, schedule, rule)
            expect(judged == 0, f"{place}: solved with the rule hard, the judge finds {judged:g}.")


def _solved(problem: Problem, schedule: Schedule, rule: type[Rule]) -> int:
    from wfm.solver.model import least_breach  # noqa: PLC0415 - the judges need no solver

    return sum(least_breach(problem, one, schedule) for one in rules_of(problem, rule))


def _busy(problem: Problem) -> Problem:
    """Make all rules hard, and give everybody something to do at any time."""
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    slots, queues = problem.horizon.slots, len(problem.demand.queues)
    everyone = len(problem.agents)
    demand = {name: getattr(problem.demand, name) for name in Demand.model_fields}
    curve = ((0, 0.0), (everyone, float(everyone)))
    demand["contacts"] = ((2.0 * everyone,) * slots,) * queues
    demand["service"] = ((curve,) * slots,) * queues
    hard = tuple(type(rule)(**{**fields_of(rule), "weight": None}) for rule in problem.rules)
    return Problem(**{**fields, "rules": hard, "demand": Demand(**demand)})
