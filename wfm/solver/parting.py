"""A problem parted into teams: who is in which, what couples them, and a problem for each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from wfm.errors import InputError
from wfm.problem import Previous, Problem
from wfm.rule import Rule
from wfm.solver.activities.queues import binding
from wfm.solver.book import STANDING, Book, open_book
from wfm.solver.narrowing import narrowed
from wfm.solver.team_problem import STRANGER, TeamProblem

FEW = 4
"""People whom a refusal names."""


def teams_of(problem: Problem, given: Mapping[str, str] | None) -> list[list[int]]:
    """Agents of each team by index: by what is given, else by their teams, else by their sites.

    Raises
    ------
    InputError
        If agents and the mapping do not fit.
    """
    ids = [agent.id for agent in problem.agents]
    if given is None:
        by_team = any(agent.team for agent in problem.agents)
        given = {agent.id: agent.team if by_team else agent.site for agent in problem.agents}
    problem.must_know("agents", given, "solve_teams: teams")
    lacking = next((agent for agent in ids if agent not in given), None)
    if lacking is not None:
        raise InputError("solve_teams: teams", "name a team for each agent", f"none for {lacking}")
    found: dict[str, list[int]] = {}
    for row, agent in enumerate(ids):
        found.setdefault(given[agent], []).append(row)
    return list(found.values())


class Parting:
    """The teams of a problem.

    Parameters
    ----------
    problem : Problem
        The whole.
    teams : list of list of int
        Agents of each team by index.

    Raises
    ------
    InputError
        If a rule couples people of several teams.
    """

    def __init__(self, problem: Problem, teams: list[list[int]]) -> None:
        self.problem = problem
        self.teams = teams
        self.members = [{problem.agents[row].id for row in team} for team in teams]
        book = open_book(problem)
        team_of = {agent: number for number, some in enumerate(self.members) for agent in some}
        for rule, agents in _coupled(problem, book):
            if len({team_of[agent] for agent in agents}) > 1:
                self._refuse(rule, agents)
        self._bound = _bound(problem, book)

    def _refuse(self, rule: int, agents: Sequence[str]) -> None:
        names = ", ".join(agents[:FEW]) + (", ..." if len(agents) > FEW else "")
        words = self.problem.rules[rule].shown_words(self.problem)
        must = f"keep {names} in one team, because rules[{rule}] holds for them together: {words}"
        raise InputError("solve_teams: teams", must)

    def part(self, number: int, **update: Any) -> TeamProblem:
        """The problem of one team, with some of its fields given."""
        whole, members = self.problem, self.members[number]
        fields = {name: getattr(whole, name) for name in Problem.model_fields}
        fields["agents"] = tuple(agent for agent in whole.agents if agent.id in members)
        homes = (home for home in whole.households if members.issuperset(home.members))
        fields["households"] = tuple(homes)
        fields["rules"] = tuple(self._rules(members))
        fields["previous"] = _previous(whole.previous, members)
        return TeamProblem(**(fields | update))

    def numbers(self, number: int) -> list[int]:
        """Places, among the problem's rules, of the rules of one team's problem."""
        members = self.members[number]
        return [n for n, bound in enumerate(self._bound) if not bound.isdisjoint(members)]

    def _rules(self, members: set[str]) -> Iterator[Rule]:
        """Rules that bind some of a team, told of them alone; nothing that is only reported."""
        for rule, bound in zip(self.problem.rules, self._bound, strict=True):
            if not bound.isdisjoint(members):
                yield narrowed(rule, self.problem, members)


def _coupled(problem: Problem, book: Book) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rules, hard or soft, with the ids of agents whom they couple."""
    for joint in book.joint:
        yield joint.entry.rule, tuple(problem.agents[row].id for row in joint.agents)
    for number, _, piece in binding(problem):
        if piece.together:
            yield number, piece.agents


def _bound(problem: Problem, book: Book) -> list[set[str]]:
    """Ids of the agents whom each rule binds."""
    found: list[set[str]] = [set() for _ in problem.rules]
    for agent, entries in zip(problem.agents, book.own, strict=True):
        for number in {entry.rule for entry in entries} - {STANDING}:
            found[number].add(agent.id)
    for joint in book.joint:
        found[joint.entry.rule].update(problem.agents[row].id for row in joint.agents)
    for number, _, piece in binding(problem):
        found[number].update(piece.agents)
    return found


def _previous(previous: Previous, members: Collection[str]) -> Previous:
    """What came before for a team; rules ask whether anybody's shifts are known."""
    shifts = tuple(shift for shift in previous.shifts if shift.agent in members)
    if previous.shifts and not shifts:
        one = previous.shifts[0]
        past = {"agent": STRANGER, "end": min(one.end, 0), "breaks": (), "activities": ()}
        shifts = (one.model_copy(update=past),)
    return Previous(
        shifts=shifts,
        counters={
            name: {agent: value for agent, value in values.items() if agent in members}
            for name, values in previous.counters.items()
        },
    )
