"""A problem, its schedule and what is assumed, ready to be run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.schedule import Schedule
from wfm.simulation.arrivals import by_rates, draw_contacts, draw_factors
from wfm.simulation.courses import Courses, Scenarios
from wfm.simulation.kernel import run
from wfm.simulation.records import (
    AGENT,
    AWAY,
    CONTACT,
    ENDS,
    NOBODY,
    QUEUE,
    Floats,
    Ints,
    Records,
    State,
)
from wfm.simulation.roster import Roster, read_roster
from wfm.simulation.routes import Routes, check, told_agents, told_queues
from wfm.simulation.values import Assumptions, Busyness


@dataclass(frozen=True, eq=False)
class Centre:
    """What all replications share.

    Attributes
    ----------
    problem : Problem
        Demand, queues and agents.
    assumptions : Assumptions
        What is taken for granted.
    routes : Routes
        Who may answer what.
    roster : Roster
        Who is there when.
    courses : Courses, optional
        The contacts that come. None: as many as the demand's rates and the busy factor give.
    """

    problem: Problem
    assumptions: Assumptions
    routes: Routes
    roster: Roster
    courses: Courses | None = None

    @classmethod
    def of(
        cls,
        problem: Problem,
        schedule: Schedule,
        assumptions: Assumptions,
        scenarios: Scenarios | None = None,
    ) -> Centre:
        """Read a problem and its schedule; raises `InputError` for ids that are not there."""
        check(problem, schedule, assumptions)
        if scenarios is not None and assumptions.busy is not None:
            must = "be left out beside scenarios, which hold how days vary"
            raise InputError("Assumptions.busy", must, assumptions.busy)
        courses = None if scenarios is None else Courses.of(problem, scenarios)
        if assumptions.busy is None and problem.demand.busy is not None:
            told = problem.demand.busy
            busy = Busyness(cv=told.cv, day_to_day=told.day_to_day)
            assumptions = assumptions.model_copy(update={"busy": busy})
        routes = Routes(problem, assumptions)
        roster = read_roster(problem, schedule, assumptions, routes)
        return cls(problem, assumptions, routes, roster, courses)

    def run(self, replication: int, seed: np.random.SeedSequence) -> State:
        """Run one replication to its end."""
        busy, contacts, people = seed.spawn(3)
        demand = self.problem.demand
        if self.courses is None:
            arrivals = by_rates(demand, draw_factors(demand, self.assumptions.busy, busy))
        else:
            arrivals = partial(self.courses.arrivals, replication)
        state = self.begin(draw_contacts(demand, self.assumptions, arrivals, contacts))
        self.play(state, people)
        return state

    def play(self, state: State, seed: np.random.SeedSequence) -> None:
        """Let the contacts of a state meet the roster."""
        changes = self.roster.draw(seed, self.assumptions)
        run(state, changes, self.assumptions.late_breaks == "full", self.assumptions.preempt)

    @cached_property
    def thresholds(self) -> Floats:
        """Seconds within which an answer is in time, shape ``(queues,)``."""
        return np.array([float(q.target.threshold) for q in self.problem.demand.queues])

    def begin(self, contacts: Records) -> State:
        """Nobody there, nobody waiting, and these contacts, in order of arrival, to come."""
        blank = self._blank
        changed = ("agents", "queues", "hand", "lists", "times", "heap", "place", "busy", "there")
        fresh = {name: getattr(blank, name).copy() for name in changed}
        return blank._replace(contacts=contacts, **fresh)

    @cached_property
    def _blank(self) -> State:
        """Nobody there, nobody waiting, no contacts to come."""
        horizon = self.problem.horizon
        offers, offered = self.routes.offers()
        picks, choices = self.routes.picks()
        pace = self._pace()
        agents = self._agents()
        queues, stages = self._queues(offered)
        slots = len(agents) + len(queues)
        lists = np.zeros(len(choices) * (pace.shape[1] + 1), dtype=ENDS)
        lists["first"], lists["last"] = NOBODY, NOBODY
        days = (len(agents), horizon.days)
        return State(
            contacts=np.zeros(0, dtype=CONTACT),
            agents=agents,
            queues=queues,
            hand=np.zeros((len(agents), pace.shape[1]), dtype=np.int64),
            offers=offers,
            picks=picks,
            choices=choices,
            pace=pace,
            stages=stages,
            lists=lists,
            times=np.full(slots, np.inf),
            heap=np.arange(slots),
            place=np.arange(slots),
            midnights=60.0 * np.array([horizon.midnight(d) for d in range(horizon.days + 1)]),
            busy=np.zeros(days),
            there=np.zeros(days),
        )

    def _agents(self) -> Records:
        agents = np.zeros(len(self.problem.agents), dtype=AGENT)
        told = told_agents(self.assumptions)
        agents["speed"] = [
            told[agent.id].speed if agent.id in told else 1.0 for agent in self.problem.agents
        ]
        agents["group"], agents["list"] = AWAY, NOBODY
        agents["there_from"] = np.inf
        return agents

    def _queues(self, offered: Ints) -> tuple[Records, Floats]:
        told = told_queues(self.assumptions)
        queues = np.zeros(len(self.problem.demand.queues), dtype=QUEUE)
        queues["groups"], queues["head"], queues["tail"] = offered, NOBODY, NOBODY
        delays: list[list[float]] = []
        for row, queue in enumerate(self.problem.demand.queues):
            queues[row]["most"] = queue.concurrency
            queues[row]["deferred"] = queue.channel == "deferred"
            assumed = told.get(queue.id)
            queues[row]["reserve"] = assumed.reserve if assumed else 0
            after = {each.after for each in assumed.overflow} if assumed else set()
            delays.append(sorted(after - {0.0}))
        queues["stages"] = [len(each) for each in delays]
        stages = np.full((len(delays), max(map(len, delays)) or 1), np.inf)
        for row, each in enumerate(delays):
            stages[row, : len(each)] = each
        return queues, stages

    def _pace(self) -> Floats:
        """Speed of work by the number in hand, shape (queues, most in hand)."""
        queues = self.problem.demand.queues
        pace = np.ones((len(queues), max(queue.concurrency for queue in queues)))
        for row, queue in enumerate(queues):
            if queue.handle_time_growth:
                growth = np.array(queue.handle_time_growth)
                pace[row, : len(growth)] = growth[-1] / growth
        return pace
