"""Values and errors reach another process whole, and no larger than they are."""

from __future__ import annotations

import pickle

import pytest

from tests.solver.problems import problem_of
from wfm import InputError, MissingExtraError, solve


def test_problems_travel_without_what_is_cached():
    """Arrays that a solve made of a problem stay behind; the other end makes them anew."""
    problem = problem_of(3, days=3)
    before = pickle.dumps(problem)
    result = solve(problem, seconds=60, gap=1.0)
    assert "grid" in problem.__dict__
    assert len(pickle.dumps(problem)) == len(before)
    there = pickle.loads(before)
    assert there == problem
    assert there.serves.tolist() == problem.serves.tolist()
    assert pickle.loads(pickle.dumps(result)) == result


@pytest.mark.parametrize(
    "error",
    [
        InputError("here", "be above 0", -1),
        InputError("here", "be given"),
        InputError.of([InputError("here", "be above 0", -1), InputError("there", "be given")]),
        MissingExtraError("a forecast", "statsforecast"),
    ],
)
def test_errors_say_the_same_there(error):
    """An error keeps its type, its sentences and its fields."""
    there = pickle.loads(pickle.dumps(error))
    assert type(there) is type(error)
    assert str(there) == str(error)
    assert there.__dict__.keys() == error.__dict__.keys()
    if isinstance(error, InputError):
        assert [str(fault) for fault in there.faults] == [str(fault) for fault in error.faults]
        assert (there.place, there.must, there.got) == (error.place, error.must, error.got)


def test_faults_can_be_put_within_a_place():
    """Each of several faults is told with where it lies put before it."""
    faults = [InputError("here", "be above 0", -1), InputError("there", "be given")]
    told = str(InputError.of(faults).within("problems[2]"))
    assert told == "problems[2]: here must be above 0, got -1.\nproblems[2]: there must be given."
