"""Everything that a schedule is made from, cross-checked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, SerializeAsAny, field_validator, model_validator

from wfm.agent import Agent, Contract, Household, Skill
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.horizon import DAY, Horizon
from wfm.limit import Grid
from wfm.rule import Rule
from wfm.schedule import SCHEMA_VERSION, Shift
from wfm.shift import ShiftOptions, ShiftTemplate, expand
from wfm.value import Value

Kind = Literal["agents", "contracts", "skills", "households", "shifts", "teams", "sites", "queues"]


class Previous(Value):
    """The end of the period before, so that rules hold across the seam.

    Parameters
    ----------
    shifts : tuple of Shift
        Who worked what just before the first day; days and minutes are negative.
    counters : dict
        What rules carry over: counter's name -> agent's id -> value.
    """

    shifts: tuple[Shift, ...] = ()
    counters: dict[str, dict[str, int]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_the_past(self) -> Previous:
        late = next((shift for shift in self.shifts if shift.day >= 0 or shift.start >= 0), None)
        if late is not None:
            place = f"Previous.shifts of agent {late.agent!r}"
            raise InputError(place, "start before the horizon, on a negative day", late.day)
        return self

    @model_validator(mode="after")
    def _one_place_at_a_time(self) -> Previous:
        long = next((shift for shift in self.shifts if shift.minutes > DAY), None)
        if long is not None:
            place = f"Previous.shifts of agent {long.agent!r}"
            raise InputError(place, "last at most a day", f"{long.minutes} min")
        for one, other in pairwise(sorted(self.shifts, key=lambda s: (s.agent, s.start))):
            if one.agent == other.agent and other.start < one.end:
                place = f"Previous.shifts of agent {one.agent!r}"
                raise InputError(place, "not overlap", f"two on day {other.day}")
        return self


class Problem(Value):
    """The people, the work, and the rules of one horizon.

    Parameters
    ----------
    demand : Demand
        What the queues ask for; holds the horizon.
    agents, contracts, skills, households, shifts : tuple
        Each with ids of its own.
    rules : tuple of Rule
        What a schedule must keep, or keep at a price; of a private one its effect.
    previous : Previous
        The end of the period before.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    demand: Demand
    agents: tuple[Agent, ...] = Field(min_length=1)
    contracts: tuple[Contract, ...] = Field(min_length=1)
    skills: tuple[Skill, ...] = Field(min_length=1)
    households: tuple[Household, ...] = ()
    shifts: tuple[ShiftTemplate, ...] = Field(min_length=1)
    rules: tuple[SerializeAsAny[Rule], ...] = ()
    previous: Previous = Previous()

    @field_validator("rules", mode="before")
    @classmethod
    def _named_rules(cls, rules: Any) -> Any:
        if not isinstance(rules, list | tuple):
            return rules
        parsed = []
        for index, rule in enumerate(rules):
            try:
                found = Rule.parse(rule)
            except InputError as error:
                raise InputError(f"rules[{index}] {error.place}", error.must, error.got) from None
            hidden = isinstance(found, Rule) and found.private
            parsed.append(found.effect() if hidden else found)
        return tuple(parsed)

    @model_validator(mode="after")
    def _unique_ids(self) -> Problem:
        for kind in ("agents", "contracts", "skills", "households", "shifts"):
            ids = [item.id for item in getattr(self, kind)]
            twice = next((name for name, times in Counter(ids).items() if times > 1), None)
            if twice is not None:
                raise InputError(f"Problem.{kind}", "have ids of their own", twice)
        return self

    @model_validator(mode="after")
    def _references(self) -> Problem:
        queues = [queue.id for queue in self.demand.queues]
        for skill in self.skills:
            _must_be_in(queues, skill.queues, f"skill {skill.id!r}.queues", "queues")
        for contract in self.contracts:
            self.must_know("shifts", contract.shifts, f"contract {contract.id!r}.shifts")
        for agent in self.agents:
            self.must_know("contracts", (agent.contract,), f"agent {agent.id!r}.contract")
            self.must_know("skills", agent.skills, f"agent {agent.id!r}.skills")
        for household in self.households:
            self.must_know("agents", household.members, f"household {household.id!r}.members")
        self.must_know("agents", (s.agent for s in self.previous.shifts), "previous.shifts agent")
        for rule in self.rules:
            rule.check_discreetly(self)
        return self

    @model_validator(mode="after")
    def _on_the_slots(self) -> Problem:
        width = self.horizon.interval
        for template in self.shifts:
            times = [*template.starts, *template.lengths]
            for pause in template.breaks:
                times += [pause.minutes, pause.earliest, pause.latest]
            odd = next((minute for minute in times if minute % width), None)
            if odd is not None:
                place = f"shift template {template.id!r}"
                raise InputError(place, f"lie on the {width}-minute intervals", f"{odd} min")
        return self

    def must_know(self, kind: Kind, ids: Iterable[str], place: str) -> None:
        """Raise `InputError` naming `place` if an id is not one of the problem's `kind`."""
        _must_be_in(self._known[kind], ids, place, kind)

    @cached_property
    def _known(self) -> dict[Kind, dict[str, None]]:
        """Ids of each kind, in order; rules of thousands of people ask for them one by one."""
        ids: dict[Kind, list[str]] = {
            "agents": [agent.id for agent in self.agents],
            "contracts": [contract.id for contract in self.contracts],
            "skills": [skill.id for skill in self.skills],
            "households": [household.id for household in self.households],
            "shifts": [template.id for template in self.shifts],
            "queues": [queue.id for queue in self.demand.queues],
            "teams": sorted({agent.team for agent in self.agents if agent.team}),
            "sites": sorted({agent.site for agent in self.agents if agent.site}),
        }
        return {kind: dict.fromkeys(names) for kind, names in ids.items()}

    def with_rules(self, *rules: Rule) -> Problem:
        """The same problem under some more rules."""
        return self.model_copy(update={"rules": (*self.rules, *rules)})

    def clipped(self) -> Problem:
        """The same problem, whose rules tell no dates of people that its days do not need."""
        clipped = (rule.clipped(self) for rule in self.rules)
        rules = tuple(rule for rule in clipped if rule is not None)
        return self if rules == self.rules else self.model_copy(update={"rules": rules})

    @property
    def horizon(self) -> Horizon:
        """The days that are planned."""
        return self.demand.horizon

    @cached_property
    def options(self) -> ShiftOptions:
        """Every concrete shift, the columns of a tour."""
        return expand(self.shifts, self.horizon)

    @cached_property
    def grid(self) -> Grid:
        """What rules state their limits on."""
        return Grid(self)

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        return {agent.id: agent for agent in self.agents}

    def agent(self, agent: str) -> Agent:
        """The agent with an id."""
        return self._agents[agent]

    @cached_property
    def rows(self) -> dict[str, int]:
        """Place of each agent among the agents, by id."""
        return {agent.id: row for row, agent in enumerate(self.agents)}

    def household(self, household: str) -> Household:
        """The household with an id."""
        return next(home for home in self.households if home.id == household)

    def contract_of(self, agent: str) -> Contract:
        """The contract of an agent."""
        name = self.agent(agent).contract
        return next(contract for contract in self.contracts if contract.id == name)

    @cached_property
    def serves(self) -> NDArray[np.bool_]:
        """Whether an agent answers a queue, shape ``(agents, queues)``."""
        opened = {skill.id: set(skill.queues) for skill in self.skills}
        mine = [set().union(*(opened[skill] for skill in agent.skills)) for agent in self.agents]
        return np.array([[q.id in queues for q in self.demand.queues] for queues in mine])


def _must_be_in(known: Collection[str], ids: Iterable[str], place: str, kind: str) -> None:
    for name in ids:
        if name not in known:
            listed = ", ".join([*known][:8]) + (", ..." if len(known) > 8 else "")
            raise InputError(place, f"be one of the {kind} ({listed})", name)
