"""Mistakes planted in every rule of the folder, each of which the contract must catch."""

from __future__ import annotations

import pytest

from tests.rules import mutations
from tests.rules.mutations import EXAMPLES, NAMED, NO_ROSTER_TELLS, planted, without_the_past
from wfm.contract import (
    check_examples,
    check_judge,
    check_limits,
    check_random_rosters,
    check_rule,
    check_solver,
)

RULES = pytest.mark.parametrize("rule", NAMED.values(), ids=NAMED)
MEANINGFUL = [(rule, mistake) for rule in NAMED.values() for mistake in mutations.meaningful(rule)]
SEAM = [rule for rule in NAMED.values() if mutations.seam_matters(rule)]


def mistakes(pairs):
    """Parametrise a test by rules and mistakes, with readable names."""
    named = [pytest.param(r, m, id=f"{r.name()}-{m.__name__}") for r, m in pairs]
    return pytest.mark.parametrize(("rule", "mistake"), named)


@pytest.mark.parametrize("rule", list(NAMED.values())[::20], ids=lambda rule: rule.name())
def test_planting_no_mistake_is_not_caught(rule):
    """The wrapper that plants mistakes is itself none."""
    with planted(rule, list):
        check_rule(rule, solve=False)


@mistakes(MEANINGFUL)
def test_a_mistake_in_the_limits_is_caught(rule, mistake):
    """Each mistake in each rule's limits is caught twice: by counting cells and by the solver."""
    with planted(rule, mistake):
        with pytest.raises(AssertionError, match=f"{rule.__name__}, example .* the limits give"):
            check_limits(rule)
        with pytest.raises(AssertionError, match=f"{rule.__name__}, example .* the solver"):
            check_solver(rule)


@mistakes([pair for pair in MEANINGFUL if pair[0].name() not in NO_ROSTER_TELLS])
def test_a_mistake_in_the_limits_shows_on_random_rosters(rule, mistake):
    """Random rosters catch each mistake too, without an amount stated by hand."""
    found = pytest.raises(AssertionError, match=r"the judge finds .* the limits give")
    with planted(rule, mistake), found:
        check_random_rosters(rule)


@pytest.mark.parametrize("rule", SEAM, ids=lambda rule: rule.name())
def test_limits_that_forget_the_previous_period_are_caught(rule):
    """Limits that stop at the seam are caught twice: by counting cells and by the solver."""
    with without_the_past(rule):
        with pytest.raises(AssertionError, match="the limits give"):
            check_limits(rule)
        with pytest.raises(AssertionError, match="the solver finds"):
            check_solver(rule)


def test_a_rule_is_as_it_was_after_a_mistake():
    """What was planted is gone again, in rules that inherit their examples or limits too."""
    before = {rule: dict(vars(rule)) for rule in NAMED.values()}
    for rule in NAMED.values():
        with planted(rule, mutations.twice), pytest.raises(ZeroDivisionError):
            _ = 1 / 0
        assert dict(vars(rule)) == before[rule]


def test_the_table_of_mistakes_tells_what_escapes(monkeypatch, capsys):
    """The table has a line for each rule asked for, and the exit code says if any escapes."""
    assert mutations.main(["min_rest", "one_shift_a_day"]) == 0
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()[3:5]] == ["min_rest", "one_shift_a_day"]
    assert "both" in told
    assert "examples" in told.splitlines()[4]
    assert told.endswith("\n0 of 17 mistakes escape.\n")
    monkeypatch.setattr(mutations, "MISTAKES", (*mutations.MISTAKES, as_it_is))
    assert mutations.main(["min_rest"]) == 1
    assert capsys.readouterr().out.endswith("\n1 of 10 mistakes escape.\n")


def as_it_is(limits):
    """No mistake at all, which nobody can catch."""
    return limits


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
