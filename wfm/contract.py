"""The contract that every rule must keep, for users' own rules as for the library's.

A rule is written twice, for the solver and for the judge, and tells by examples what it means. The
checks below hold the three against each other; none of them knows a rule by name::

    from wfm.contract import check_rule

    def test_my_rule():
        check_rule(MyRule)

Each check takes the rule's class, returns nothing, and raises `AssertionError` with a sentence.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand
from wfm.limit import Cells, Limit
from wfm.problem import Previous, Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._roster import random_roster
from wfm.schedule import Schedule, Shift


def check_rule(rule: type[Rule], *, solve: bool = True) -> None:
    """Check all of a rule's contract.

    Parameters
    ----------
    rule : type of Rule
        The rule's class.
    solve : bool
        Whether to ask the solver too; without it the limits are read by counting alone.

    Raises
    ------
    AssertionError
        With a sentence that says which promise is broken, and where.
    """
    for check in CHECKS:
        if solve or check not in SOLVER_CHECKS:
            check(rule)


def check_registered(rule: type[Rule]) -> None:
    """Check that the rule is the one that its name in JSON stands for."""
    found = Rule.named.get(rule.name())
    _expect(found is rule, f"{rule.__name__} is not the rule that {rule.name()!r} stands for.")


def check_examples(rule: type[Rule]) -> None:
    """Check for the examples that every rule needs.

    One is kept, one broken, one has a shift past midnight, one a previous period, and in one the
    horizon's last day matters.
    """
    examples = rule.examples()
    _expect(any(e.amount == 0 for e in examples), f"{rule.__name__} has no kept example.")
    _expect(any(e.amount > 0 for e in examples), f"{rule.__name__} has no broken example.")
    night = any(_past_midnight(e.problem, s) for e in examples for s in e.schedule.shifts)
    _expect(night, f"{rule.__name__} has no example across midnight: no shift lasts past one.")
    before = any(e.problem.previous != Previous() for e in examples)
    _expect(before, f"{rule.__name__} has no example across the seam: none has a previous period.")
    ends = [e for e in examples if _judged(e.problem, e.schedule, rule) != _judged_unended(e, rule)]
    _expect(
        bool(ends),
        f"{rule.__name__} has no example at the horizon's end: in none of them does the amount "
        f"change when the last day is cleared.",
    )


def check_judge(rule: type[Rule]) -> None:
    """Check that the judge finds the stated amount in each example."""
    for example, place in _examples(rule):
        found = _judged(example.problem, example.schedule, rule)
        _expect(
            found == example.amount,
            f"{place}: the judge finds {found:g}, the example states {example.amount:g}.",
        )


def check_limits(rule: type[Rule]) -> None:
    """Check that the limits are well formed and give the stated amount in each example."""
    for example, place in _examples(rule):
        for one in _rules(example.problem, rule):
            for limit in one.limits(example.problem.grid):
                _check_limit(limit, example.problem, place)
        found = _stated(example.problem, example.schedule, rule)
        _expect(
            found == example.amount,
            f"{place}: the limits give {found}, the example states {example.amount:g}.",
        )


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
    for number, (example, place) in enumerate(_examples(rule)):
        found = _solved(example.problem, example.schedule, rule)
        _expect(
            found == example.amount,
            f"{place}: the solver finds {found}, the example states {example.amount:g}.",
        )
        random = np.random.default_rng([seed, number])
        problem, schedule = random_roster(example.problem, random)
        found, judged = _solved(problem, schedule, rule), _judged(problem, schedule, rule)
        where = f"{place}, a random roster of seed {seed}"
        agree = f"{where}: the judge finds {judged:g}, the solver finds {found}."
        _expect(found == judged, agree)


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

    for example, place in _examples(rule):
        if example.amount > 0:
            problem = _busy(example.problem)
            schedule = solve(problem, seconds=seconds).schedule
            judged = 0.0 if schedule is None else _judged(problem, schedule, rule)
            _expect(judged == 0, f"{place}: solved with the rule hard, the judge finds {judged:g}.")


def check_sentences(rule: type[Rule]) -> None:
    """Check that each violation says how much, whom it concerns, and ends with a full stop."""
    for example, place in _examples(rule):
        for one in _rules(example.problem, rule):
            for violation in one.violations(example.problem, example.schedule):
                _check_violation(violation, rule, example.problem, place)


def check_words(rule: type[Rule]) -> None:
    """Check that the rule in words completes a sentence."""
    for example, place in _examples(rule):
        for one in _rules(example.problem, rule):
            words = one.words(example.problem)
            fine = words.strip() == words != "" and "\n" not in words and not words.endswith(".")
            _expect(
                fine, f"{place}: its words must complete a sentence on one line, got {words!r}."
            )


def check_weight(rule: type[Rule]) -> None:
    """Check that the rule can be hard and soft, and that its violations carry the weight."""
    for example, place in _examples(rule):
        for one in _rules(example.problem, rule):
            for weight in (None, 2.5):
                weighed = rule(**{**_fields(one), "weight": weight})
                found = {v.weight for v in weighed.violations(example.problem, example.schedule)}
                _expect(
                    found <= {weight},
                    f"{place}: with weight {weight} its violations carry {found}.",
                )


def check_json(rule: type[Rule]) -> None:
    """Check that the rule and a problem that holds it come back equal from JSON."""
    for example, place in _examples(rule):
        again = Problem.from_json(example.problem.to_json())
        _expect(again == example.problem, f"{place}: its problem changes through JSON.")
        for one in _rules(example.problem, rule):
            data = json.loads(one.to_json())
            _expect(data.get("rule") == rule.name(), f"{place}: its JSON does not name the rule.")
            _expect(Rule.parse(data) == one, f"{place}: the rule changes through JSON.")


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
    for number, (example, place) in enumerate(_examples(rule)):
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
    judged = _judged(problem, schedule, rule)
    stated = _stated(problem, schedule, rule)
    _expect(
        judged == stated,
        f"{place or rule.__name__}: the judge finds {judged:g}, the limits give {stated}.",
    )


CHECKS: tuple[Callable[[type[Rule]], None], ...] = (
    check_registered,
    check_examples,
    check_judge,
    check_limits,
    check_sentences,
    check_words,
    check_weight,
    check_json,
    check_random_rosters,
    check_solver,
    check_solved,
)
"""Every check of the contract, in the order in which `check_rule` makes them."""

SOLVER_CHECKS = CHECKS[-2:]
"""Those that ask the solver."""


def stated_breach(problem: Problem, rule: Rule, schedule: Schedule) -> int:
    """Amount by which a schedule breaks a rule's limits, by counting cells and no solver.

    Limits with the same slack name share one breach, the largest; the others count alone.
    """
    counts = _counts(problem, schedule)
    alone = 0
    shared: dict[tuple[tuple[str, ...], str], int] = {}
    for limit in rule.limits(problem.grid):
        for group in limit.groups:
            total = _count(counts, group, limit.cells)
            for some in limit.any_of:
                total += some.factor * (_count(counts, group, some.cells) > some.over)
            over = max(0, total - limit.most)
            if limit.slack:
                shared[group, limit.slack] = max(over, shared.get((group, limit.slack), 0))
            else:
                alone += over
    return alone + sum(shared.values())


def _count(
    counts: dict[str, NDArray[np.int64]], group: tuple[str, ...], roles: tuple[Cells, ...]
) -> int:
    total = 0
    for agent, cells in zip(group, roles, strict=True):
        worked = counts[agent][cells.day : cells.day + len(cells.grid)]
        total += int((worked * cells.grid).sum())
    return total


def _expect(holds: bool, sentence: str) -> None:
    if not holds:
        raise AssertionError(sentence)


def _examples(rule: type[Rule]) -> Iterator[tuple[Example, str]]:
    for example in rule.examples():
        place = f"{rule.__name__}, example {example.title!r}"
        _expect(bool(_rules(example.problem, rule)), f"{place}: its problem lacks the rule.")
        yield example, place


def _rules(problem: Problem, rule: type[Rule]) -> list[Rule]:
    return [one for one in problem.rules if type(one) is rule]


def _fields(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in type(rule).model_fields}


def _busy(problem: Problem) -> Problem:
    """Make all rules hard, and give everybody something to do at any time."""
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    slots, queues = problem.horizon.slots, len(problem.demand.queues)
    everyone = len(problem.agents)
    demand = {name: getattr(problem.demand, name) for name in Demand.model_fields}
    curve = ((0, 0.0), (everyone, float(everyone)))
    demand["contacts"] = ((2.0 * everyone,) * slots,) * queues
    demand["service"] = ((curve,) * slots,) * queues
    hard = tuple(type(rule)(**{**_fields(rule), "weight": None}) for rule in problem.rules)
    return Problem(**{**fields, "rules": hard, "demand": Demand(**demand)})


def _past_midnight(problem: Problem, shift: Shift) -> bool:
    return shift.end > problem.horizon.midnight(shift.day + 1)


def _judged(problem: Problem, schedule: Schedule, rule: type[Rule]) -> float:
    found = (one.violations(problem, schedule) for one in _rules(problem, rule))
    return sum(violation.amount for violations in found for violation in violations)


def _judged_unended(example: Example, rule: type[Rule]) -> float:
    last = example.problem.horizon.days - 1
    kept = [shift for shift in example.schedule.shifts if shift.day != last]
    return _judged(example.problem, Schedule.of_shifts(kept), rule)


def _stated(problem: Problem, schedule: Schedule, rule: type[Rule]) -> int:
    return sum(stated_breach(problem, one, schedule) for one in _rules(problem, rule))


def _solved(problem: Problem, schedule: Schedule, rule: type[Rule]) -> int:
    from wfm.solver.model import least_breach  # noqa: PLC0415 - the judges need no solver

    return sum(least_breach(problem, one, schedule) for one in _rules(problem, rule))


def _counts(problem: Problem, schedule: Schedule) -> dict[str, NDArray[np.int64]]:
    shape = (problem.horizon.days, len(problem.options))
    counts: dict[str, NDArray[np.int64]] = defaultdict(lambda: np.zeros(shape, dtype=np.int64))
    for shift in schedule.shifts:
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        if option is None:
            when = problem.horizon.label(shift.start)
            raise AssertionError(f"The shift of {shift.agent!r} at {when} is none of the options.")
        counts[shift.agent][shift.day, option] += 1
    return counts


def _check_limit(limit: Limit, problem: Problem, place: str) -> None:
    known = {agent.id for agent in problem.agents}
    _expect(isinstance(limit.most, int), f"{place}: a limit's most is no int: {limit.most!r}.")
    for group in limit.groups:
        for roles in (limit.cells, *(some.cells for some in limit.any_of)):
            _expect(
                len(group) == len(roles),
                f"{place}: a limit has {len(roles)} roles for the group {group}.",
            )
        _expect(known.issuperset(group), f"{place}: a limit binds an unknown agent of {group}.")
    for cells in (*limit.cells, *(cells for some in limit.any_of for cells in some.cells)):
        days, options = cells.grid.shape
        inside = cells.day >= 0 and cells.day + days <= problem.horizon.days
        _expect(inside, f"{place}: a limit's cells leave the horizon: days {list(cells.days)}.")
        wide = options == len(problem.options)
        _expect(wide, f"{place}: a limit's cells have {options} of {len(problem.options)} options.")
        kind = cells.grid.dtype
        _expect(np.issubdtype(kind, np.integer), f"{place}: a limit's cells are {kind}, not ints.")


def _check_violation(violation: Violation, rule: type[Rule], problem: Problem, place: str) -> None:
    sentence = violation.sentence
    where = f"{place}: the violation {sentence!r}"
    _expect(violation.rule == rule.name(), f"{where} is said to be of {violation.rule!r}.")
    _expect(violation.amount > 0, f"{where} has the amount {violation.amount:g}.")
    days = [None, *range(problem.horizon.days)]
    _expect(violation.day in days, f"{where} shows on day {violation.day}, out of the horizon.")
    known = {agent.id: str(agent) for agent in problem.agents}
    unknown = [agent for agent in violation.agents if agent not in known]
    _expect(not unknown, f"{where} concerns unknown agents: {unknown}.")
    subjects = [known[agent] for agent in violation.agents] or [
        thing.id for kind in (problem.skills, problem.households, problem.shifts) for thing in kind
    ]
    _expect(any(s in sentence for s in subjects), f"{where} names none of {', '.join(subjects)}.")
    _expect(
        sentence.endswith(".") and sentence[:1] == sentence[:1].upper(),
        f"{where} is no full sentence: it needs a capital letter and a full stop.",
    )
