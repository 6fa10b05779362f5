"""A whole contact centre: its desk, its people and their rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SerializeAsAny

from wfm.agent import Agent, Contract, Household, Skill
from wfm.deferred import DeferredWork
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.fairness import weighed
from wfm.horizon import Horizon
from wfm.io.desk import ForecastDesk
from wfm.io.files import read_text
from wfm.io.keyed import rule_places
from wfm.io.past import read_previous
from wfm.io.place import at
from wfm.io.toml import read_toml
from wfm.ledger import BURDENS, PLANNED, Counts, Ledger
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
    ledger : pathlib.Path, optional
        File of what published schedules have asked of people; it may not be there yet.
    refused_wishes_weigh : float
        How many times their weight wishes may have of those whose wishes were refused more often
        than the average, by the ledger; see :func:`wfm.fairness.weighed`.
    skills, contracts, shifts, households, rules, agents : tuple
        As in :class:`wfm.Problem`.
    """

    previous: Path | None = None
    ledger: Path | None = None
    refused_wishes_weigh: float = Field(default=1.0, ge=1, le=10)
    skills: tuple[Skill, ...] = Field(min_length=1)
    contracts: tuple[Contract, ...] = Field(min_length=1)
    shifts: tuple[ShiftTemplate, ...] = Field(min_length=1)
    households: tuple[Household, ...] = ()
    rules: tuple[Annotated[SerializeAsAny[Rule], BeforeValidator(Rule.parse)], ...] = ()
    agents: tuple[Agent, ...] = Field(min_length=1)

    def problem(self, demand: Demand, previous: Previous | None = None) -> Problem:
        """Make the problem of planning these people for a demand.

        Its rules tell of dates no more than its days need: when somebody was born or comes back
        is not to be read from it.

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
        horizon = self.swapped(demand.horizon)
        if horizon != demand.horizon:
            demand = demand.model_copy(update={"horizon": horizon})
        with at(CENTER):
            problem = Problem(
                demand=demand,
                agents=self.agents,
                contracts=self.contracts,
                skills=self.skills,
                households=self.households,
                shifts=self.shifts,
                rules=self.rules,
                previous=previous or Previous(),
            )
        return weighed(problem.clipped(), self.refused_wishes_weigh)

    def past(self, horizon: Horizon) -> Previous:
        """Read who worked what before a horizon, and what the ledger carries over into it.

        Without a file of either, nobody worked, and nothing is carried over.
        """
        past = Previous()
        if self.previous is not None:
            agents = [agent.id for agent in self.agents]
            past = read_previous(self.previous, horizon, agents, self.shifts)
        if self.ledger is None:
            return past
        ledger = Ledger()
        if self.ledger.exists():
            ledger = Ledger.from_json(read_text(self.ledger), place=self.ledger.name)
        # Rules may name what every period counts before the first one has been published.
        empty: Counts = {measure: {} for measure in (PLANNED, *BURDENS)}
        return past.model_copy(update={"counters": empty | ledger.counters(horizon.start)})

    def check(
        self, horizon: Horizon, file: Path | None = None, previous: Previous | None = None
    ) -> None:
        """Raise `InputError` if tables and rules do not fit together on these days.

        Parameters
        ----------
        horizon : Horizon
            The days.
        file : pathlib.Path, optional
            The ``center.toml`` that the centre was read from: with it, each fault of a rule names
            the line of its table.
        previous : Previous, optional
            The end of the period before, whose counters rules may name.
        """
        demand = self._no_demand(horizon)
        if file is not None:
            self._check_rules(demand, previous, rule_places(read_toml(file)))
        self.problem(demand, previous)

    def _check_rules(self, demand: Demand, previous: Previous | None, places: list[str]) -> None:
        """Raise `InputError` with the faults of all rules, each at its place in the file."""
        bare = self.model_copy(update={"rules": ()}).problem(demand, previous)
        faults = []
        for rule, place in zip(self.rules, places, strict=True):
            try:
                rule.check_discreetly(bare)
            except InputError as error:
                key = error.place.removeprefix("rule ")
                faults.append(InputError(f"{place} {key}", error.must, error.got))
        if faults:
            raise InputError.of(faults)

    def _no_demand(self, horizon: Horizon) -> Demand:
        nothing = (0.0,) * horizon.slots
        count = len(self.queues)
        return Demand(
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
