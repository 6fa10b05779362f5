"""The CP-SAT model of a day, put together."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from wfm.solver.day.coupling import couple
from wfm.solver.day.duties import offer
from wfm.solver.day.model import DayModel
from wfm.solver.day.service import serve
from wfm.solver.search import Search


def build_day(search: Search, day: int, agents: Sequence[int]) -> DayModel:
    """Model the choice of some agents' duties on one day, all others and all other days fixed.

    The roster in hand is its hint. The objective is the cost in thousandths.
    """
    built = DayModel(search, day, tuple(agents))
    for agent in built.agents:
        offer(built, agent)
    couple(built)
    serve(built)
    built.model.minimize(
        cp_model.LinearExpr.weighted_sum([v for v, _ in built.costs], [c for _, c in built.costs])
    )
    return built
