"""Whether everyone has a tour at all, and if not, the smallest sets of rules in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.book import STANDING, Book, Entry, Joint
from wfm.solver.budget import Budget
from wfm.solver.instance import Instance
from wfm.solver.model import TourModel, solver_for

Ints = NDArray[np.int64]
SECONDS = 20.0
BRIEFLY = 2.0
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True, eq=False)
class Team:
    """Agents whom hard rules tie together, directly or through others."""

    agents: tuple[int, ...]
    own: tuple[tuple[Entry, ...], ...]
    joint: tuple[Joint, ...]

    @property
    def rules(self) -> list[int]:
        """Rules that bind them hard."""
        entries = [entry for entries in self.own for entry in entries]
        entries += [joint.entry for joint in self.joint]
        return sorted({entry.rule for entry in entries} - {STANDING})


def teams(book: Book) -> list[Team]:
    """Split the agents into teams that hard rules do not tie to each other."""
    leader = list(range(len(book.own)))

    def find(agent: int) -> int:
        while leader[agent] != agent:
            agent = leader[agent]
        return agent

    hard = [joint for joint in book.joint if joint.entry.weight is None]
    for joint in hard:
        for agent in joint.agents:
            leader[find(agent)] = find(joint.agents[0])
    members: dict[int, list[int]] = {}
    for agent in range(len(leader)):
        members.setdefault(find(agent), []).append(agent)
    mine: dict[int, list[Joint]] = {}
    for joint in hard:
        mine.setdefault(find(joint.agents[0]), []).append(joint)
    return [
        Team(tuple(agents), _hard(book, agents), tuple(mine.get(root, ())))
        for root, agents in members.items()
    ]


def _hard(book: Book, agents: Iterable[int]) -> tuple[tuple[Entry, ...], ...]:
    return tuple(tuple(e for e in book.own[agent] if e.weight is None) for agent in agents)


def group_of(book: Book, agents: Sequence[int]) -> Team:
    """Some agents with the hard limits in which any of them has a role."""
    some = set(agents)
    joint = (j for j in book.joint if j.entry.weight is None and not some.isdisjoint(j.agents))
    return Team(tuple(agents), _hard(book, agents), tuple(joint))


def feasible_tours(
    instance: Instance,
    team: Team,
    seed: int,
    budget: Budget,
    most: float = SECONDS,
    fixed: Ints | None = None,
) -> dict[int, Ints] | None:
    """Tours of a team that keep every hard rule, or None if none were found in the time.

    The engine has at most so long by the budget's clock. Others who play a role in the team's
    limits keep the tours that are `fixed`, shape (agents, days).
    """
    built = TourModel(instance, team.agents, fixed)
    _post(built, team, {})
    # One worker finds tours as fast as several, and the same ones each time.
    solver = solver_for(seed, workers=1)
    if budget.run(solver, built.model, most) in FOUND:
        return built.tours(solver, instance.days, instance.off)
    return None


def smallest_conflict(instance: Instance, team: Team, seed: int) -> list[int]:
    """Fewest rules that no tours of a team can keep together; empty if none is proven.

    A set of rules is in conflict if it meets every set whose removal makes the rest possible, so
    the smallest set that meets all those found so far is either in conflict itself, and then the
    smallest, or it shows another one (Ignatiev, Previti, Liffiton and Marques-Silva, 2015).
    """
    removals: list[frozenset[int]] = []
    rules = team.rules
    while True:
        suspects = _smallest_hitting_set(rules, removals)
        kept = _kept_beside(instance, team, suspects, seed)
        if kept is None:
            return sorted(suspects)
        if len(kept) == len(rules):
            return []
        removals.append(frozenset(rules) - kept)


def _kept_beside(
    instance: Instance, team: Team, suspects: frozenset[int], seed: int
) -> frozenset[int] | None:
    """Many rules that hold together with all suspects; None if the suspects cannot hold.

    All rules, so that nothing is claimed, if that could not be told in the time.
    """
    built = TourModel(instance, team.agents)
    keep = {rule: built.model.new_bool_var(f"keep_{rule}") for rule in team.rules}
    _post(built, team, keep)
    for rule in suspects:
        built.model.add(keep[rule] == 1)
    solver = solver_for(seed, SECONDS)
    status = solver.solve(built.model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in FOUND:
        return frozenset(keep)
    first = frozenset(rule for rule, literal in keep.items() if solver.boolean_value(literal))
    # The more of them are kept, the fewer rounds it takes; any of them will do.
    built.model.maximize(sum(keep.values()))
    solver = solver_for(seed, BRIEFLY)
    if solver.solve(built.model) not in FOUND:
        return first
    return frozenset(rule for rule, literal in keep.items() if solver.boolean_value(literal))


def _post(built: TourModel, team: Team, keep: dict[int, cp_model.IntVar]) -> None:
    for agent, entries in zip(team.agents, team.own, strict=True):
        for entry in entries:
            built.post(entry, (agent,), keep.get(entry.rule))
    for joint in team.joint:
        built.post(joint.entry, joint.agents, keep.get(joint.entry.rule))


def _smallest_hitting_set(rules: list[int], sets: list[frozenset[int]]) -> frozenset[int]:
    model = cp_model.CpModel()
    taken = {rule: model.new_bool_var(f"rule_{rule}") for rule in rules}
    for members in sets:
        model.add_bool_or([taken[rule] for rule in sorted(members)])
    model.minimize(sum(taken.values()))
    solver = solver_for(seed=1, seconds=SECONDS, workers=1)
    solver.solve(model)
    return frozenset(rule for rule, literal in taken.items() if solver.boolean_value(literal))


def concerned(instance: Instance, team: Team, conflict: list[int], seed: int) -> Team:
    """The part of a team without whom the rules in conflict could hold."""
    left = _narrowed(team, set(team.agents), conflict)
    # Whoever plays a role in a rule that couples people is part of what it says.
    for agent in team.agents:
        if any(agent in joint.agents for joint in left.joint):
            continue
        fewer = _narrowed(team, set(left.agents) - {agent}, conflict)
        if fewer.agents and _kept_beside(instance, fewer, frozenset(fewer.rules), seed) is None:
            left = fewer
    return left


def _narrowed(team: Team, agents: set[int], rules: list[int]) -> Team:
    """Some agents of a team under some rules; joint limits that reach beyond them fall away."""
    own = (
        tuple(entry for entry in entries if entry.rule in (STANDING, *rules))
        for agent, entries in zip(team.agents, team.own, strict=True)
        if agent in agents
    )
    joint = (j for j in team.joint if j.entry.rule in rules and agents.issuperset(j.agents))
    return Team(tuple(a for a in team.agents if a in agents), tuple(own), tuple(joint))


def explain(instance: Instance, team: Team, seed: int) -> Iterator[str]:
    """The smallest conflict of a team in sentences: first whom it concerns, then each rule."""
    problem = instance.problem
    conflict = smallest_conflict(instance, team, seed)
    if not conflict:
        yield "No schedule was found within the time for: " + _names(instance, team) + "."
        return
    names = _names(instance, concerned(instance, team, conflict, seed))
    if len(conflict) == 1:
        yield f"For {names} this rule cannot hold with the shifts that are on offer:"
    else:
        yield f"For {names} these {len(conflict)} rules cannot hold together:"
    for rule in conflict:
        words = problem.rules[rule].words(problem)
        yield f"{words[0].upper()}{words[1:]}."


def _names(instance: Instance, team: Team) -> str:
    return ", ".join(str(instance.problem.agents[agent]) for agent in team.agents)
