"""Who could swap a shift with whom, within every hard rule, and what it would change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from wfm.advice.candidates import Candidate, Hands
from wfm.advice.option import SwapMove, SwapOption, WishChange
from wfm.advice.plan import Cell, Change, Plan, cell_of, read_plan
from wfm.advice.promises import Promises
from wfm.advice.service import Ints, Service, wage_change
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Result
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.solver.instance import compile_problem

CALLER = "swap_options"
DIGITS = 6
"""Of money and contacts, beyond which there is only rounding."""


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
        _priced(plan, candidate, rules, service)
        for candidate in Hands(plan).candidates(*cell)
        if not rules.broken_by(candidate.change)
    ]
    found.sort(key=lambda each: each.order)
    return tuple(_option(plan, cell, each, service) for each in found[:most])


@dataclass(frozen=True, eq=False)
class _Priced:
    """A candidate that breaks nothing, and what it changes."""

    candidate: Candidate
    wages: float
    service: float
    wishes: dict[tuple[int, tuple[str, ...]], float]
    supply: Ints

    @property
    def order(self) -> tuple[float, bool, int, int]:
        """Cheapest first; of equal ones a give-away, then by the taker and the day back."""
        total = self.wages + self.service + sum(self.wishes.values())
        back = self.candidate.back
        return round(total, DIGITS), back is not None, self.candidate.other, back or 0


def _priced(plan: Plan, candidate: Candidate, rules: Promises, service: Service) -> _Priced:
    supply = service.supply(candidate.change)
    return _Priced(
        candidate,
        wage_change(plan, candidate.change),
        service.change(supply),
        rules.priced(candidate.change),
        supply,
    )


def _option(plan: Plan, cell: Cell, found: _Priced, service: Service) -> SwapOption:
    problem, back = plan.problem, found.candidate.back
    agent = problem.agents[cell[0]].id
    answers = service.answers(found.supply)
    return SwapOption(
        kind="give_away" if back is None else "trade",
        agent=agent,
        other=problem.agents[found.candidate.other].id,
        day=problem.horizon.date_of(cell[1]),
        back=None if back is None else problem.horizon.date_of(back),
        moves=moves_of(plan, found.candidate.change),
        wages=_rounded(found.wages),
        service=_rounded(found.service),
        answers={
            queue.id: _rounded(float(more))
            for queue, more in zip(problem.demand.queues, answers, strict=True)
        },
        wishes=wish_changes(problem.rules, found.wishes, agent),
    )


def moves_of(plan: Plan, change: Change) -> tuple[SwapMove, ...]:
    """What changes for whom on which day."""
    return tuple(
        SwapMove(
            agent=plan.problem.agents[row].id,
            day=plan.problem.horizon.date_of(day),
            before=plan.shifts.get((row, day)),
            after=after,
        )
        for (row, day), after in change.items()
    )


def wish_changes(
    rules: tuple[Rule, ...], found: dict[tuple[int, tuple[str, ...]], float], agent: str
) -> tuple[WishChange, ...]:
    """Whose wishes are kept worse or better, as it may be told to one agent.

    What concerns several others is shared out among them in equal parts, so that no one can tell
    with whom they are tied.
    """
    named: dict[tuple[str, tuple[str, ...]], float] = defaultdict(float)
    for (number, agents), change in found.items():
        if not agents or agent in agents:
            named[rules[number].name(), agents] += change
            continue
        for other in agents:
            named["", (other,)] += change / len(agents)
    rounded = {key: _rounded(change) for key, change in named.items()}
    return tuple(
        WishChange(agents=agents, rule=rule, change=change)
        for (rule, agents), change in sorted(rounded.items(), key=lambda item: item[0][::-1])
        if change
    )


def _rounded(amount: float) -> float:
    return round(amount, DIGITS) + 0.0
