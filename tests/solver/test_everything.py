"""Rules of the whole registry together: the judge agrees with what the solver says of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.solver.everything import joint_problems
from wfm import Problem, Report, Result, Schedule, solve, verify

RANDOM = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


@given(problem=joint_problems())
@RANDOM
def test_rules_together_are_kept_and_costed_as_the_judge_does(problem):
    """For random problems no hard rule is broken, costs are equal, and JSON loses nothing."""
    assert Problem.from_json(problem.to_json()) == problem
    result = solve(problem, seconds=0.3)
    assert Result.from_json(result.to_json()) == result
    if result.schedule is None:
        said = {_sentence(rule.words(problem)) for rule in problem.rules if _binds(rule)}
        assert said.intersection(result.conflict)
        return
    report = verify(problem, result.schedule)
    assert [violation.sentence for violation in report.hard] == []
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6, abs=1e-6)
    assert result.bound <= result.objective + 1e-9
    assert Schedule.from_json(result.schedule.to_json()) == result.schedule
    assert Report.from_json(report.to_json()) == report


def _binds(rule):
    return rule.weight is None and not rule.informative


def _sentence(words):
    return f"{words[0].upper()}{words[1:]}."
