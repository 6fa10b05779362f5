"""The CP-SAT model of a whole problem, put together, and which problems are small enough."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from wfm.solver.model import TourModel
from wfm.solver.roster import Roster
from wfm.solver.search import Search
from wfm.solver.team_problem import TeamProblem
from wfm.solver.whole.counting import count
from wfm.solver.whole.crowds import Crowd, crowds_of
from wfm.solver.whole.duties import bind, offer
from wfm.solver.whole.model import SCALE, WholeModel, most_broken
from wfm.solver.whole.service import PARTS, serve

MOST = 8_000
"""Shifts that people can be given and places of their breaks, in all, in a small problem; of those
who are counted these once, and the ways through their days."""
LARGEST = 2.0**60
"""What numbers of the engine stay below."""


def small_crowds(search: Search) -> list[Crowd] | None:
    """Whom the engine counts in a problem that it may solve as a whole; None if it may not.

    Not where work may wait or shifts hold more than breaks, nor beside others' present heads.
    """
    instance = search.instance
    if instance.deferred or instance.pieces.items or isinstance(instance.problem, TeamProblem):
        return None
    each = _choices(search)
    crowds = crowds_of(search, each)
    counted = {agent for crowd in crowds for agent in crowd.agents[1:]}
    many = sum(choices for agent, choices in enumerate(each) if agent not in counted)
    many += sum(len(ways) for crowd in crowds for ways in crowd.ways)
    return crowds if many <= MOST and _fits(search) else None


def _choices(search: Search) -> list[int]:
    """How many shifts and places of their breaks each agent can be given."""
    instance = search.instance
    by_option = 1 + np.where(
        np.arange(instance.pause.shape[1]) < instance.counts[:, None],
        instance.latest - instance.earliest + 1,
        0,
    ).sum(axis=1)
    known = {
        id(cost): int((np.isfinite(cost[:, :-1]) @ by_option).sum())
        for cost in {id(cost): cost for cost in search.cell_cost}.values()
    }
    return [known[id(cost)] for cost in search.cell_cost]


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


def build_whole(search: Search, roster: Roster, crowds: list[Crowd]) -> WholeModel:
    """Model the choice of all tours and breaks, with a roster as the hint."""
    counted = {agent for crowd in crowds for agent in crowd.agents}
    named = [agent for agent in range(len(roster.tours)) if agent not in counted]
    tours = TourModel(search.instance, named)
    built = WholeModel(search, roster, tours, crowds)
    built.works |= {(agent,): cells for agent, cells in tours.works.items()}
    for crowd in crowds:
        count(built, crowd)
    for agents in built.works:
        offer(built, agents)
    bind(built)
    serve(built)
    variables, prices = zip(*built.costs, strict=True)
    objective = cp_model.LinearExpr.weighted_sum(variables, prices)
    built.model.minimize(objective + cp_model.LinearExpr.sum(built.owed) + built.constant)
    return built


def take(built: WholeModel, solver: cp_model.CpSolver) -> None:
    """Put a solution into the roster in hand of the search."""
    search, instance = built.search, built.instance
    tours = built.tours.tours(solver, instance.days, instance.off)
    for crowd, flows in zip(built.crowds, built.flows, strict=True):
        goes = [[solver.value(flow) for flow in ways] for ways in flows]
        works = {cell: solver.value(works) for cell, works in built.works[crowd.agents].items()}
        tours |= crowd.tours(goes, works, instance.off)
    for agent, tour in tours.items():
        search.put(agent, -1)
        search.roster.tours[agent] = tour
        search.roster.places[agent] = 0
        search.roster.own[agent] = search.own_cost(agent, tour)
    for (agents, (day, option)), breaks in built.breaks.items():
        here = [agent for agent in agents if tours[agent][day] == option]
        for number, begins in enumerate(breaks):
            slots = [slot for slot, many in begins.items() for _ in range(solver.value(many))]
            search.roster.places[here, day, number] = slots
    for agent in tours:
        search.put(agent)
    search.set_worth(search.worth)
