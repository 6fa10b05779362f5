"""People whom hard rules tie together, with what these rules ask of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from wfm.solver.book import STANDING, Book, Entry, Joint


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

    def bound_by(self, rule: int) -> set[int]:
        """Those of them whom a rule binds."""
        found = {
            agent
            for agent, entries in zip(self.agents, self.own, strict=True)
            if any(entry.rule == rule for entry in entries)
        }
        return found.union(*(joint.agents for joint in self.joint if joint.entry.rule == rule))

    def under(self, rules: Collection[int]) -> Team:
        """The same people under some of the rules."""
        return self._kept(lambda entry: entry.rule in rules)

    def on(self, days: Collection[int]) -> Team:
        """The same people under what looks at some days alone."""
        return self._kept(lambda entry: all(day in days for day in entry.days))

    def of(self, agents: Collection[int]) -> Team:
        """Some of them; limits in which others have a role fall away."""
        pairs = [pair for pair in zip(self.agents, self.own, strict=True) if pair[0] in agents]
        some = set(agents)
        joint = tuple(joint for joint in self.joint if some.issuperset(joint.agents))
        return Team(tuple(a for a, _ in pairs), tuple(own for _, own in pairs), joint)

    def without(self, part: Team) -> Team:
        """The same people without all that is asked of a part of them."""
        gone = {
            (agent, id(entry))
            for agent, entries in zip(part.agents, part.own, strict=True)
            for entry in entries
            if entry.rule != STANDING
        }
        own = tuple(
            tuple(entry for entry in entries if (agent, id(entry)) not in gone)
            for agent, entries in zip(self.agents, self.own, strict=True)
        )
        joint = tuple(joint for joint in self.joint if not any(joint is j for j in part.joint))
        return Team(self.agents, own, joint)

    def _kept(self, kept: Callable[[Entry], bool]) -> Team:
        own = tuple(
            tuple(entry for entry in entries if entry.rule == STANDING or kept(entry))
            for entries in self.own
        )
        return Team(self.agents, own, tuple(joint for joint in self.joint if kept(joint.entry)))


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
