"""Everyone's one day, all other days fixed: a column of the roster, by CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from wfm.solver.day.build import build_day
from wfm.solver.day.model import DayModel
from wfm.solver.model import solver_for
from wfm.solver.rows import move_breaks
from wfm.solver.search import Search


def improve_day(search: Search, day: int, agents: Sequence[int], seconds: float, seed: int) -> bool:
    """Choose the shifts of some agents on one day anew; keep them if better.

    Breaks come in a few patterns for each shift, and are placed exactly afterwards.

    Parameters
    ----------
    search : Search
        Its roster is changed if the cost falls.
    day : int
        The day.
    agents : sequence of int
        Who may change; all others and all other days stay.
    seconds : float
        Limit of the engine, by the budget's clock.
    seed : int
        Of the engine.
    """
    cost = search.settle()
    before = search.roster.saved(agents)
    built = build_day(search, day, agents)
    solver = solver_for(seed)
    solver.parameters.linearization_level = 2
    if search.budget.run(solver, built.model, seconds) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return False
    for agent in built.agents:
        _take(built, solver, agent)
    for agent in built.agents:
        move_breaks(search, agent)
    if search.coupling.kept(search.roster.tours) and search.settle() < cost - 1e-6:
        return True
    search.roster.put_back(before)
    search.set_worth(search.worth)
    return False


def _take(built: DayModel, solver: cp_model.CpSolver, agent: int) -> None:
    """Put an agent's duty of a solution into the roster."""
    search, roster = built.search, built.search.roster
    chosen = next(duty for duty in built.duties[agent] if solver.boolean_value(duty.takes))
    search.put(agent, -1)
    roster.tours[agent, built.day] = chosen.option
    roster.places[agent, built.day] = chosen.places
    roster.marks[agent, built.day] = chosen.marks
    roster.own[agent] = search.own_cost(agent, roster.tours[agent])
    search.put(agent)
