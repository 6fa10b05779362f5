"""Demand as a value: its curves by their breakpoints, and what is left out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.judge.small import demand_of
from tests.solver.problems import problem_of
from wfm.curves import Curves
from wfm.demand import BusyFactor, Demand
from wfm.solver.instance import compile_problem


def test_a_curve_is_straight_between_its_breakpoints_and_flat_past_the_last():
    """Few points say what a table of every whole head says, and what lies between."""
    curves = Curves.of((((((0, -1.0), (2, 5.0), (4, 6.0)), ((0, 0.0),))),))
    assert curves.table(5).tolist() == [[[-1, 2, 5, 5.5, 6, 6], [0] * 6]]
    assert curves.table(1).tolist() == [[[-1, 2], [0, 0]]]
    assert curves.table().shape == (1, 2, 5)
    heads = np.array([0.5, 3.5, 99.0, 7.5])
    assert curves.at(np.array([0, 0, 0, 1]), heads).tolist() == [0.5, 5.75, 6, 0]


def test_the_load_of_a_slot_is_its_own_unless_it_is_given():
    """Ten contacts of 180 s are half an erlang in an hour; a given load stands."""
    demand = demand_of({9: (10, (0, 8))})
    assert demand.load_array[0, 8:10].tolist() == [0, 0.5]
    given = demand.model_copy(update={"load": ((0.25,) * 24,)})
    assert given.load_array.tolist() == [[0.25] * 24]


def test_what_was_not_stated_need_not_be_written():
    """A file without the newer fields is read as one in which they are empty."""
    demand = demand_of({9: (10, (0, 8))})
    data = json.loads(demand.to_json())
    for field in ("curve_error", "load", "busy"):
        del data[field]
    assert Demand.from_json(json.dumps(data)) == demand


def test_what_was_stated_comes_back():
    """Load, error and busy factor are exact through JSON."""
    stated = {
        "load": ((0.1,) * 24,),
        "curve_error": 0.0005,
        "busy": BusyFactor(cv=0.1, probability=0.8),
    }
    demand = demand_of({9: (10, (0, 8))}).model_copy(update=stated)
    assert Demand.from_json(demand.to_json()) == demand


@pytest.mark.parametrize("agents", [1, 3])
def test_the_solver_tells_no_more_heads_than_there_can_be(agents):
    """Its tables end at the number of agents, or earlier where all curves do."""
    instance = compile_problem(problem_of(agents, days=1, calls=40.0))
    assert instance.planned.shape[2] == agents + 1
    quiet = compile_problem(problem_of(agents, days=1, calls=0.0))
    assert quiet.planned.shape[2] == 1
