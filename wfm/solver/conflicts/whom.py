"""Who is part of a conflict, and on which days it shows."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.solver.conflicts.holding import Holding, Patience, possible
from wfm.solver.conflicts.shrinking import shrunk
from wfm.solver.conflicts.teams import Team
from wfm.solver.instance import Instance


@dataclass(frozen=True, eq=False)
class Inquiry:
    """What every question to the engine needs.

    Attributes
    ----------
    instance : Instance
        The problem, compiled.
    seed : int
        Of the engine.
    patience : Patience
        How long all may take.
    """

    instance: Instance
    seed: int
    patience: Patience

    def impossible(self, team: Team) -> bool:
        """Whether it is proven that a team has no tours."""
        return possible(self.instance, team, self.seed, self.patience) is False

    def holding(self, team: Team) -> Holding:
        """A team's rules, each of which may be left out."""
        return Holding(self.instance, team, self.seed, self.patience)

    def briefly(self, seconds: float) -> Inquiry:
        """The same with less time."""
        return Inquiry(self.instance, self.seed, self.patience.at_most(seconds))


def concerned(inquiry: Inquiry, team: Team, rules: list[int]) -> Team:
    """The part of a team without any of whom the rules in conflict could hold."""
    left = team.under(rules)
    return left.of(shrunk(left.agents, lambda agents: inquiry.impossible(left.of(agents))))


def days_of(inquiry: Inquiry, part: Team) -> list[int]:
    """Days of a conflict: by what is asked within them it shows, once or several times over."""
    left, found = list(range(inquiry.instance.days)), list[int]()
    while left and inquiry.impossible(part.on(left)):
        shows = shrunk(left, lambda days: inquiry.impossible(part.on(days)))
        found += shows
        left = [day for day in left if day not in shows]
    return sorted(found)
