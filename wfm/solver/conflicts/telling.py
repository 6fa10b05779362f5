"""A conflict in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from wfm.conflict import Conflict, ConflictRule
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.solver.conflicts.relaxing import relaxations
from wfm.solver.conflicts.teams import Team
from wfm.solver.conflicts.whom import Inquiry, days_of


def told(
    inquiry: Inquiry, part: Team, people: Sequence[int], *, smallest: bool, seconds: float
) -> Conflict:
    """Say a conflict, with its days and what could give way.

    Parameters
    ----------
    inquiry : Inquiry
        Asks the engine.
    part : Team
        Those in conflict, under the rules in conflict alone.
    people : sequence of int
        They and all who are in the same conflict, each for themselves.
    smallest : bool
        Whether the rules are proven to be the fewest.
    seconds : float
        Time for the days, and as long for what could give way.
    """
    problem = inquiry.instance.problem
    days = days_of(inquiry.briefly(seconds), part)
    ids = tuple(problem.agents[agent].id for agent in people)
    return Conflict(
        head=_head(problem, people, len(part.rules)),
        rules=tuple(_rule(problem, part, people, index) for index in part.rules),
        agents=ids,
        dates=tuple(problem.horizon.date_of(day) for day in days),
        when=_when(problem.horizon, days),
        relaxations=tuple(relaxations(inquiry.briefly(seconds), part, people, days)),
        smallest=smallest,
    )


def not_found(problem: Problem, team: Team) -> str:
    """Say that it is not known whether a team has tours."""
    return f"No schedule was found within the time for: {names(problem, team.agents)}."


def names(problem: Problem, agents: Sequence[int]) -> str:
    """Names with commas between them."""
    return ", ".join(str(problem.agents[agent]) for agent in agents)


def _head(problem: Problem, people: Sequence[int], rules: int) -> str:
    whom = names(problem, people)
    if rules == 1:
        return f"For {whom} this rule cannot hold with the shifts that are on offer:"
    return f"For {whom} these {rules} rules cannot hold together:"


def _rule(problem: Problem, part: Team, people: Sequence[int], index: int) -> ConflictRule:
    rule, bound = problem.rules[index], part.bound_by(index)
    alike = people if len(part.agents) == 1 else part.agents
    words = rule.shown_words(problem)
    return ConflictRule(
        index=index,
        rule=rule.shown_name,
        agents=tuple(problem.agents[a].id for a in alike if a in bound or len(part.agents) == 1),
        sentence=f"{words[0].upper()}{words[1:]}.",
    )


def _when(horizon: Horizon, days: list[int]) -> str:
    """Days in words, those in a row by the first and the last."""
    told_ones = []
    for _, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0]):
        row = [day for _, day in run]
        ends = [row[0]] if len(row) == 1 else [row[0], row[-1]]
        told_ones.append((", " if len(row) == 2 else " to ").join(map(horizon.day_label, ends)))
    return ", ".join(told_ones)
