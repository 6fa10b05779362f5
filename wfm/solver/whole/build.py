"""The CP-SAT model of a whole problem, put together, and which problems are small enough."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from wfm.solver.model import TourModel
from wfm.solver.roster import Roster
from wfm.solver.search import Search
from wfm.solver.team_problem import TeamProblem
from wfm.solver.whole.duties import bind, offer
from wfm.solver.whole.model import SCALE, WholeModel, most_broken
from wfm.solver.whole.service import PARTS, serve

MOST = 8_000
"""Shifts that people can be given and places of their breaks, in all, in a small problem."""
LARGEST = 2.0**60
"""What numbers of the engine stay below."""


def is_small(search: Search) -> bool:
    """Whether the engine may solve a problem as a whole.

    Not where work may wait or shifts hold more than breaks, nor beside others' present heads.
    """
    instance = search.instance
    if instance.deferred or instance.pieces.items or isinstance(instance.problem, TeamProblem):
        return False
    choices = 1 + np.where(
        np.arange(instance.pause.shape[1]) < instance.counts[:, None],
        instance.latest - instance.earliest + 1,
        0,
    ).sum(axis=1)
    left = MOST
    for cost in search.cell_cost:
        left -= int((np.isfinite(cost[:, :-1]) @ choices).sum())
        if left < 0:
            return False
    return _fits(search)


def _fits(search: Search) -> bool:
    """Whether whole numbers of the engine can hold the costs."""
    instance = search.instance
    answers = np.abs(instance.planned) * instance.price[instance.period][:, :, None]
    entries = [entry for entries in search.book.own for entry in entries]
    entries += [joint.entry for joint in search.book.joint]
    broken = sum(entry.weight * most_broken(entry) for entry in entries if entry.weight)
    largest = max(
        PARTS * float(max(answers.max(), instance.floor.max())),
        float((instance.price * instance.target).sum()),
        broken,
    )
    return SCALE * largest < LARGEST


def build_whole(search: Search, roster: Roster) -> WholeModel:
    """Model the choice of all tours and breaks, with a roster as the hint."""
    tours = TourModel(search.instance, range(len(roster.tours)))
    built = WholeModel(search, roster, tours)
    for agent in tours.works:
        offer(built, agent)
    bind(built)
    serve(built)
    variables, prices = zip(*built.costs, strict=True)
    objective = cp_model.LinearExpr.weighted_sum(variables, prices)
    built.model.minimize(objective + cp_model.LinearExpr.sum(built.owed) + built.constant)
    return built


def take(built: WholeModel, solver: cp_model.CpSolver) -> None:
    """Put a solution into the roster in hand of the search."""
    search, instance = built.search, built.instance
    for agent, tour in built.tours.tours(solver, instance.days, instance.off).items():
        search.put(agent, -1)
        search.roster.tours[agent] = tour
        search.roster.places[agent] = 0
        for day, option in enumerate(tour.tolist()):
            for number, begins in enumerate(built.breaks.get((agent, (day, option)), ())):
                chosen = next(slot for slot, v in begins.items() if solver.boolean_value(v))
                search.roster.places[agent, day, number] = chosen
        search.roster.own[agent] = search.own_cost(agent, tour)
        search.put(agent)
    search.set_worth(search.worth)
