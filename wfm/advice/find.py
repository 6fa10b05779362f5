"""Who could swap a shift with whom, within every hard rule, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wfm.advice.candidates import Candidate, Hands
from wfm.advice.effects import Priced, moves_of, priced, told_effects
from wfm.advice.option import SwapOption
from wfm.advice.plan import Cell, Plan, cell_of, read_plan
from wfm.advice.promises import Promises
from wfm.advice.service import Service
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Result
from wfm.schedule import Schedule
from wfm.solver.instance import compile_problem

CALLER = "swap_options"


def swap_options(
    problem: Problem,
    published: Schedule | Result,
    agent: str,
    day: date,
    *,
    most: int | None = None,
) -> tuple[SwapOption, ...]:
    """Find the swaps of an agent's shift that keep every hard rule of everyone, best first.

    The shift may be given to someone who is off on the day, for nothing (a give-away) or for a
    shift on another day on which the agent is off; or be exchanged for another shift of the same
    day. Only who may work a shift by the contract takes it. Breaks move with the shift; what
    someone is to hold inside shifts, such as a coaching, stays with the person and at its time if
    there is room for it in the shift of that day, and falls out if there is none.

    An option adds no breach of a hard rule: if the schedule keeps all of them, so does every
    option. If it breaks some, an option may mend a breach, leave it, or let the same people break
    the same rule elsewhere, but nobody breaks any rule by more in all than before.

    What is withheld is withheld without a word, and wishes of others and promises to them are told
    as one sum for each person: no rule of theirs is named.

    Parameters
    ----------
    problem : Problem
        What the schedule was made for.
    published : Schedule or Result
        The schedule that people know.
    agent : str
        Id of the agent who wants to give a shift away.
    day : datetime.date
        On which the shift starts.
    most : int, optional
        Only the best so many.

    Returns
    -------
    tuple of SwapOption
        By the change of the whole cost, the cheapest first.

    Raises
    ------
    InputError
        If the agent is unknown or off on the day, the day is outside the horizon, or the schedule
        holds a shift that is not of the problem.
    """
    if most is not None and (not isinstance(most, int) or most < 1):
        raise InputError(f"{CALLER}: most", "be a number of options from 1 on, or None", most)
    plan = read_plan(problem, published, CALLER)
    cell = cell_of(plan, agent, day, CALLER)
    if cell not in plan.shifts:
        when = problem.horizon.day_label(cell[1])
        raise InputError(f"{CALLER}: day", f"be one on which {agent!r} starts a shift", when)
    instance = compile_problem(problem)
    rules, service = Promises(plan, instance), Service(plan, instance)
    found = [
        _Found(candidate, priced(plan, candidate.change, rules, service))
        for candidate in Hands(plan).candidates(*cell)
        if not rules.broken_by(candidate.change)
    ]
    found.sort(key=lambda each: each.order)
    return tuple(_option(plan, cell, each, service) for each in found[:most])


@dataclass(frozen=True, eq=False)
class _Found:
    """A candidate that breaks nothing, and what it changes."""

    candidate: Candidate
    effects: Priced

    @property
    def order(self) -> tuple[float, bool, int, int]:
        """Cheapest first; of equal ones a give-away, then by the taker and the day back."""
        back = self.candidate.back
        return self.effects.total, back is not None, self.candidate.other, back or 0


def _option(plan: Plan, cell: Cell, found: _Found, service: Service) -> SwapOption:
    problem, back = plan.problem, found.candidate.back
    agent = problem.agents[cell[0]].id
    return SwapOption(
        kind="give_away" if back is None else "trade",
        agent=agent,
        other=problem.agents[found.candidate.other].id,
        day=problem.horizon.date_of(cell[1]),
        back=None if back is None else problem.horizon.date_of(back),
        moves=moves_of(plan, found.candidate.change),
        **told_effects(plan, found.effects, service, agent),
    )
