"""What rules have in common that bind each of some agents alone."""

from __future__ import annotations

from abc import ABC
from typing import TYPE_CHECKING

from wfm.agent import Agent
from wfm.rule import Rule

if TYPE_CHECKING:
    from wfm.problem import Problem


class AgentRule(Rule, ABC):
    """A rule that binds each of some agents alone.

    Parameters
    ----------
    agents, contracts, teams, sites, skills : tuple of str
        Ids of the agents whom it binds, or of contracts, teams, sites or skills all of whose
        agents it binds; everyone if all are empty.
    waived_by : tuple of str
        Ids of agents who have agreed that it does not bind them.
    """

    agents: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    waived_by: tuple[str, ...] = ()

    @property
    def binds_everyone(self) -> bool:
        """Whether nobody is named."""
        return not (self.agents or self.contracts or self.teams or self.sites or self.skills)

    def who(self, problem: Problem) -> list[str]:
        """Ids of the agents that it binds, in the problem's order."""
        named = set(self.agents)
        if self.binds_everyone or self.contracts or self.teams or self.sites or self.skills:
            named.update(agent.id for agent in problem.agents if self._names(agent))
        return sorted(named.difference(self.waived_by), key=problem.rows.__getitem__)

    def _names(self, agent: Agent) -> bool:
        return (
            self.binds_everyone
            or agent.contract in self.contracts
            or agent.team in self.teams
            or agent.site in self.sites
            or any(skill in self.skills for skill in agent.skills)
        )

    def whom(self, problem: Problem) -> str:
        """Whom it binds, in words that take a singular verb."""
        named = [str(problem.agent(agent)) for agent in self.agents]
        named += [f"contract {contract}" for contract in self.contracts]
        named += [f"team {team}" for team in self.teams]
        named += [f"site {site}" for site in self.sites]
        named += [f"skill {skill}" for skill in self.skills]
        told = f"each of {' and '.join(named)}" if len(named) > 1 else "".join(named) or "everyone"
        waived = " and ".join(str(problem.agent(agent)) for agent in self.waived_by)
        return f"{told} but for {waived}" if waived else told

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone whom it names is not in the problem."""
        for kind in ("agents", "contracts", "teams", "sites", "skills"):
            problem.must_know(kind, getattr(self, kind), f"rule {self.name()}.{kind}")
        problem.must_know("agents", self.waived_by, f"rule {self.name()}.waived_by")
