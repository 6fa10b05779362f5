"""The model of one day: what is in hand is always one of its answers."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from tests.solver.problems import problem_of
from wfm import rules
from wfm.solver.day.build import build_day
from wfm.solver.model import solver_for
from wfm.solver.search import Search
from wfm.solver.start import start


@pytest.mark.parametrize("calls", [3.0, 12.0, 40.0, 90.0])
@pytest.mark.parametrize("chats", [0.0, 7.0])
def test_the_roster_in_hand_is_an_answer(calls, chats):
    """Also where starved slots are dear and their steep curves end far below zero."""
    problem = problem_of(3, 2, calls, chats, given=(rules.MinRest(hours=11),))
    search = Search(problem, 1)
    start(search, 1)
    cost = search.settle()
    for day in range(2):
        built = build_day(search, day, range(3))
        solver = solver_for(1, workers=1)
        solver.parameters.max_deterministic_time = 2.0
        assert solver.solve(built.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        assert search.settle() == pytest.approx(cost)
