"""Every conflict of the hard rules of a problem that is independent of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wfm.conflict import Conflict, Conflicts
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.solver.book import open_book
from wfm.solver.conflicts.holding import Patience, possible
from wfm.solver.conflicts.smallest import smallest_conflict
from wfm.solver.conflicts.teams import Team, teams
from wfm.solver.conflicts.telling import not_found, told
from wfm.solver.conflicts.whom import Inquiry, concerned
from wfm.solver.instance import Instance, compile_problem

PATIENCE = 60.0
"""Seconds that a search without a schedule takes to say why."""
PART = 10.0
"""Seconds for the days of a conflict, and as many for what could give way."""


@dataclass(frozen=True)
class Findings:
    """What is in the way of some teams.

    Attributes
    ----------
    conflicts : tuple of Conflict
        What is known.
    undecided : tuple of Team
        Those of whom nothing is.
    sentences : tuple of str
        Both in words.
    """

    conflicts: tuple[Conflict, ...]
    undecided: tuple[Team, ...]
    sentences: tuple[str, ...]


def conflicts(problem: Problem, *, seconds: float = PATIENCE, seed: int = 1) -> Conflicts:
    """Tell which hard rules cannot hold together, for whom and when, and what could give way.

    Of people whom rules tie together the fewest rules in conflict are found, then, once those are
    set aside, the fewest of what is left, until the rest can hold. Rules that are kept at a price,
    or only reported, are in nobody's way. What is to be held inside shifts, such as a coaching, is
    taken to fit where shifts have room for it.

    Parameters
    ----------
    problem : Problem
        What to look at.
    seconds : float
        Time limit.
    seed : int
        Of the engine.

    Returns
    -------
    Conflicts
        What is in the way, in words too: ``print(wfm.conflicts(problem))``.

    Raises
    ------
    InputError
        If `seconds` is not above 0, or the problem has more queues than agents can be divided
        over exactly.
    """
    if not seconds > 0:
        raise InputError("conflicts: seconds", "be above 0", seconds)
    instance, patience = compile_problem(problem), Patience(seconds)
    lost, undecided = list[Team](), list[Team]()
    for alike in _alike(instance, teams(open_book(problem))):
        found = possible(instance, alike[0], seed, patience)
        if not found:
            (undecided if found is None else lost).extend(alike)
    findings = explain(instance, lost, seed, patience)
    undecided += findings.undecided
    status = "infeasible" if findings.conflicts else "unknown" if undecided else "feasible"
    return Conflicts(
        status=status,
        found=findings.conflicts,
        undecided=tuple(problem.agents[a].id for team in undecided for a in team.agents),
    )


def explain(
    instance: Instance, lost: Iterable[Team], seed: int, patience: Patience | None = None
) -> Findings:
    """Say why teams have no tours that keep every hard rule.

    Parameters
    ----------
    instance : Instance
        The problem, compiled.
    lost : iterable of Team
        Those without tours.
    seed : int
        Of the engine.
    patience : Patience, optional
        How long it may take.
    """
    inquiry = Inquiry(instance, seed, patience or Patience(PATIENCE))
    found, undecided, sentences = list[Conflict](), list[Team](), list[str]()
    for alike in _alike(instance, lost):
        mine = list(_independent(inquiry, alike))
        found += mine
        sentences += [sentence for conflict in mine for sentence in conflict.sentences]
        if not mine:
            undecided += alike
            sentences += [not_found(instance.problem, team) for team in alike]
    return Findings(tuple(found), tuple(undecided), tuple(sentences))


def _independent(inquiry: Inquiry, alike: list[Team]) -> Iterator[Conflict]:
    """Conflicts of a team, what each asks of its people set aside before the next is looked for."""
    left = alike[0]
    while True:
        rules, smallest = smallest_conflict(inquiry.holding(left))
        if not rules:
            return
        part = concerned(inquiry, left, rules)
        people = part.agents if len(alike) == 1 else [a for team in alike for a in team.agents]
        yield told(inquiry, part, people, smallest=smallest, seconds=PART)
        left = left.without(part)


def _alike(instance: Instance, every: Iterable[Team]) -> list[list[Team]]:
    """Teams put together if they are of one person each, of whom the same is asked."""
    found: dict[object, list[Team]] = {}
    for team in every:
        alone = len(team.agents) == 1 and not team.joint
        entries = tuple(id(entry) for entry in team.own[0])
        key = (int(instance.contract[team.agents[0]]), entries) if alone else team.agents
        found.setdefault(key, []).append(team)
    return list(found.values())
