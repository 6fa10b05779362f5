"""Mistakes planted in every rule of the folder, each of which the contract must catch."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest

from wfm.contract import (
    check_examples,
    check_judge,
    check_limits,
    check_random_rosters,
    check_rule,
    check_solver,
)
from wfm.limit import Cells, Grid
from wfm.problem import Previous, Problem
from wfm.rule import Rule

EXAMPLES = {rule: rule.examples() for rule in Rule.named.values()}
RULES = pytest.mark.parametrize("rule", Rule.named.values(), ids=Rule.named)


def without_last(limits):
    """Forget the last limit, as at the horizon's end."""
    return limits[:-1]


def without_first(limits):
    """Forget the first limit."""
    return limits[1:]


def one_more(limits):
    """Allow one more in each limit."""
    return [replace(one, most=one.most + 1) for one in limits]


def one_fewer(limits):
    """Allow one fewer in each limit."""
    return [replace(one, most=one.most - 1) for one in limits]


def each_cell(limits, change):
    """Change all cells of limits, those of which any counts included."""
    return [
        replace(
            one,
            cells=tuple(map(change, one.cells)),
            any_of=tuple(
                replace(some, cells=tuple(map(change, some.cells))) for some in one.any_of
            ),
        )
        for one in limits
    ]


def a_day_late(limits):
    """Read each limit one day later, as far as the horizon goes."""
    roles = [one.cells for one in limits]
    roles += [some.cells for one in limits for some in one.any_of]
    days = max((cells.days.stop for cells in chain(*roles)), default=0)
    return each_cell(limits, lambda c: Cells(c.day + 1, c.grid[: max(0, days - c.day - 1)]))


def the_other_way(limits):
    """Turn the sign of each cell around."""
    return each_cell(limits, lambda cells: -cells)


def for_nobody(limits):
    """Bind the first group of each limit no longer."""
    return [replace(one, groups=one.groups[1:]) for one in limits]


def twice(limits):
    """State each limit twice."""
    return [replace(one, slack="") for one in limits for _ in range(2)]


MISTAKES = (
    without_last,
    without_first,
    one_more,
    one_fewer,
    a_day_late,
    the_other_way,
    for_nobody,
    twice,
)


SYMMETRIC = {("same_days_off", the_other_way)}
"""Rules whose limits mean the same with a mistake as without."""
NO_ROSTER_TELLS = {"one_shift_a_day"}
"""Rules that random rosters, of one shift a day, always keep."""


MEANINGFUL = [
    (rule, mistake)
    for rule in Rule.named.values()
    for mistake in MISTAKES
    if (rule.name(), mistake) not in SYMMETRIC
]


def mistakes(pairs):
    """Parametrise a test by rules and mistakes, with readable names."""
    named = [pytest.param(r, m, id=f"{r.name()}-{m.__name__}") for r, m in pairs]
    return pytest.mark.parametrize(("rule", "mistake"), named)


def plant(rule, mistake, monkeypatch):
    """Make a rule state its limits with a mistake."""
    correct = rule.limits
    monkeypatch.setattr(rule, "limits", lambda self, x: iter(mistake(list(correct(self, x)))))
    monkeypatch.setattr(rule, "examples", lambda: EXAMPLES[rule])


@RULES
def test_planting_no_mistake_is_not_caught(rule, monkeypatch):
    """The wrapper that plants mistakes is itself none."""
    plant(rule, list, monkeypatch)
    check_rule(rule, solve=False)


@mistakes(MEANINGFUL)
def test_a_mistake_in_the_limits_is_caught(rule, mistake, monkeypatch):
    """Each mistake in each rule's limits is caught twice: by counting cells and by the solver."""
    plant(rule, mistake, monkeypatch)
    with pytest.raises(AssertionError, match=f"{rule.__name__}, example .* the limits give"):
        check_limits(rule)
    with pytest.raises(AssertionError, match=f"{rule.__name__}, example .* the solver"):
        check_solver(rule)


@mistakes([pair for pair in MEANINGFUL if pair[0].name() not in NO_ROSTER_TELLS])
def test_a_mistake_in_the_limits_shows_on_random_rosters(rule, mistake, monkeypatch):
    """Random rosters catch each mistake too, without an amount stated by hand."""
    plant(rule, mistake, monkeypatch)
    with pytest.raises(AssertionError, match=r"the judge finds .* the limits give"):
        check_random_rosters(rule)


def _seam_matters(rule):
    return any(
        _amount(example.problem, example) != _amount(_without_past(example.problem), example)
        for example in EXAMPLES[rule]
    )


def _amount(problem, example):
    rule = example.problem.rules[0]
    return sum(violation.amount for violation in rule.violations(problem, example.schedule))


def _without_past(problem):
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    counters = {name: {} for name in problem.previous.counters}
    return Problem(**{**fields, "previous": Previous(counters=counters)})


SEAM = [rule for rule in Rule.named.values() if _seam_matters(rule)]


@pytest.mark.parametrize("rule", SEAM, ids=lambda rule: rule.name())
def test_limits_that_forget_the_previous_period_are_caught(rule, monkeypatch):
    """Limits that stop at the seam are caught twice: by counting cells and by the solver."""
    correct = rule.limits
    monkeypatch.setattr(
        rule, "limits", lambda self, x: correct(self, Grid(_without_past(x.problem)))
    )
    with pytest.raises(AssertionError, match="the limits give"):
        check_limits(rule)
    with pytest.raises(AssertionError, match="the solver finds"):
        check_solver(rule)


FAULTS = {
    "too much": ({"amount": 1000.0}, "the judge finds"),
    "nobody": ({"sentence": "Somebody breaks something."}, "names none of"),
    "no full stop": ({"sentence": "Anna, Ben, Cleo and lead"}, "no full sentence"),
    "no capital": ({"sentence": "for Anna, Ben, Cleo and lead."}, "no full sentence"),
    "no weight": ({"weight": 1.0}, "its violations carry"),
    "another rule": ({"rule": "max_rest"}, "is said to be of 'max_rest'"),
    "a stranger": ({"agents": ("dora",)}, "unknown agents"),
    "another day": ({"day": 99}, "out of the horizon"),
}


@RULES
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_judge_is_caught(rule, fault, monkeypatch):
    """Wrong amounts, sentences, weights, names and days of violations are caught."""
    change, sentence = FAULTS[fault]
    correct = rule.violations

    def faulty(self, problem, schedule):
        for violation in correct(self, problem, schedule):
            yield violation.model_copy(update=change)

    monkeypatch.setattr(rule, "violations", faulty)
    monkeypatch.setattr(rule, "examples", lambda: EXAMPLES[rule])
    with pytest.raises(AssertionError, match=sentence):
        check_rule(rule, solve=False)


@RULES
def test_a_silent_judge_is_caught(rule, monkeypatch):
    """A judge that finds nothing is caught, and with it a rule without an example at the end."""
    monkeypatch.setattr(rule, "violations", lambda *_: iter(()))
    with pytest.raises(AssertionError, match="no example at the horizon's end"):
        check_rule(rule, solve=False)
    with pytest.raises(AssertionError, match="the judge finds 0, the example states"):
        check_judge(rule)


@RULES
@pytest.mark.parametrize(("keep", "missing"), [(True, "broken"), (False, "kept")])
def test_one_sided_examples_are_caught(rule, keep, missing, monkeypatch):
    """A rule whose examples are all kept, or all broken, is caught."""
    examples = [example for example in rule.examples() if (example.amount == 0) == keep]
    monkeypatch.setattr(rule, "examples", lambda: examples)
    with pytest.raises(AssertionError, match=f"has no {missing} example"):
        check_examples(rule)
