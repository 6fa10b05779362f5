"""A whole contact centre: its desk, its people and their rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SerializeAsAny

from wfm.agent import Agent, Contract, Household, Skill
from wfm.deferred import DeferredWork
from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.io.desk import ForecastDesk
from wfm.io.past import read_previous
from wfm.io.place import at
from wfm.problem import Previous, Problem
from wfm.rule import Rule
from wfm.shift import ShiftTemplate

CENTER = "center.toml"


class Center(ForecastDesk):
    """A contact centre as a planner's folder describes it: its desk, and who works there.

    Fields beside these are those of :class:`ForecastDesk`.

    Parameters
    ----------
    previous : pathlib.Path, optional
        File of the roster of the days before, as :func:`wfm.io.read_previous` reads it.
    skills, contracts, shifts, households, rules, agents : tuple
        As in :class:`wfm.Problem`.
    """

    previous: Path | None = None
    skills: tuple[Skill, ...] = Field(min_length=1)
    contracts: tuple[Contract, ...] = Field(min_length=1)
    shifts: tuple[ShiftTemplate, ...] = Field(min_length=1)
    households: tuple[Household, ...] = ()
    rules: tuple[Annotated[SerializeAsAny[Rule], BeforeValidator(Rule.parse)], ...] = ()
    agents: tuple[Agent, ...] = Field(min_length=1)

    def problem(self, demand: Demand, previous: Previous | None = None) -> Problem:
        """Make the problem of planning these people for a demand.

        Parameters
        ----------
        demand : Demand
            What the queues ask for; holds the horizon.
        previous : Previous, optional
            The end of the period before.

        Raises
        ------
        InputError
            If the tables and rules of the folder do not fit together.
        """
        with at(CENTER, without="Problem: "):
            return Problem(
                demand=demand,
                agents=self.agents,
                contracts=self.contracts,
                skills=self.skills,
                households=self.households,
                shifts=self.shifts,
                rules=self.rules,
                previous=previous or Previous(),
            )

    def past(self, horizon: Horizon) -> Previous:
        """Read who worked what before a horizon; nobody, without a file of it."""
        if self.previous is None:
            return Previous()
        return read_previous(
            self.previous, horizon, [agent.id for agent in self.agents], self.shifts
        )

    def check(self, horizon: Horizon) -> None:
        """Raise `InputError` if tables and rules do not fit together on these days."""
        nothing = (0.0,) * horizon.slots
        count = len(self.queues)
        self.problem(
            Demand(
                horizon=horizon,
                queues=self.queues,
                contacts=(nothing,) * count,
                aht=(nothing,) * count,
                required=((0,) * horizon.slots,) * count,
                service=((((0, 0.0),),) * horizon.slots,) * count,
                deferred=tuple(
                    DeferredWork(queue=queue.id, arrived=nothing, due=nothing)
                    for queue in self.queues
                    if queue.channel == "deferred"
                ),
            )
        )
