"""What a simulation takes for granted beyond the problem and the schedule."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.value import Value


class HandleTimes(Value):
    """How handle times spread around the demand's average.

    Parameters
    ----------
    kind : {"exponential", "lognormal", "gamma", "empirical"}
        Their distribution.
    cv : float
        Coefficient of variation of lognormal and gamma times; exponential ones have 1.
    samples : tuple of float
        Handle times to draw from if they are empirical, in any unit: they are scaled to the
        demand's average.
    """

    kind: Literal["exponential", "lognormal", "gamma", "empirical"] = "exponential"
    cv: float = Field(default=1.0, gt=0, le=10)
    samples: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _has_samples(self) -> HandleTimes:
        if (self.kind == "empirical") != bool(self.samples):
            must = "be given for empirical handle times, and for no other"
            raise InputError("HandleTimes.samples", must, self.samples)
        if self.samples and (min(self.samples) < 0 or sum(self.samples) <= 0):
            raise InputError("HandleTimes.samples", "be from 0 up, not all 0", min(self.samples))
        return self


class Redial(Value):
    """Callers who hung up and call again; every attempt counts as a contact.

    Parameters
    ----------
    probability : float
        Share of those who hang up that call again.
    delay : float
        Mean seconds until then, exponential.
    attempts : int
        Calls that one caller makes at most.
    """

    probability: float = Field(gt=0, le=1)
    delay: float = Field(default=300.0, gt=0)
    attempts: int = Field(default=3, ge=2, le=10)


class Overflow(Value):
    """Further agents who answer a queue's contacts once these have waited.

    Parameters
    ----------
    skill : str
        Agents with this skill, which need not name the queue.
    after : float
        Seconds that a contact must have waited.
    """

    skill: str = Field(min_length=1)
    after: float = Field(ge=0)


class QueueAssumptions(Value):
    """What is assumed of one queue.

    Parameters
    ----------
    queue : str
        Its id.
    handle_times : HandleTimes
        How they spread.
    balking : float
        Share of callers with a patience who hang up at once if nobody is free; of the others, the
        patience is the queue's.
    redial : Redial, optional
        Whether callers who hung up call again. None: nobody does.
    priority : int
        Queues with a smaller number go first, whoever has waited for how long in the others.
    overflow : tuple of Overflow
        Further agents, after so many seconds.
    reserve : int
        Agents who could answer it that are to stay free: a contact is begun only while more are.
    """

    queue: str = Field(min_length=1)
    handle_times: HandleTimes = HandleTimes()
    balking: float = Field(default=0.0, ge=0, le=1)
    redial: Redial | None = None
    priority: int = 0
    overflow: tuple[Overflow, ...] = ()
    reserve: int = Field(default=0, ge=0)


class AgentAssumptions(Value):
    """What is assumed of one agent.

    Parameters
    ----------
    agent : str
        The agent's id.
    speed : float
        How fast the agent works: handle times are divided by it.
    ranks : dict
        Queue's id -> rank, 0 if it is not named. Of the agents who are free for a contact, one
        with the smallest rank for its queue takes it; of the queues of equal priority in which
        somebody waits, an agent takes the one of smallest rank.
    """

    agent: str = Field(min_length=1)
    speed: float = Field(default=1.0, gt=0, le=10)
    ranks: dict[str, int] = Field(default_factory=dict)


class Busyness(Value):
    """How much busier or calmer than expected times turn out to be.

    A factor of mean 1 with a gamma distribution, for each queue and slot.

    Parameters
    ----------
    cv : float
        Its coefficient of variation.
    between_queues : float
        Correlation (of normal scores) between two queues: 1 if all are busy together.
    hour_to_hour : float
        Correlation (of normal scores) between times an hour apart, of what days do not have in
        common: 1 if the whole day is busy.
    day_to_day : float
        Correlation (of normal scores) between two days: 1 if the whole horizon is busy.
    """

    cv: float = Field(gt=0, le=2)
    between_queues: float = Field(default=1.0, ge=0, le=1)
    hour_to_hour: float = Field(default=1.0, ge=0, le=1)
    day_to_day: float = Field(default=0.0, ge=0, le=1)


class Lateness(Value):
    """Agents who come late to a shift.

    Parameters
    ----------
    probability : float
        Share of shifts that begin late.
    minutes : float
        Mean minutes by which they do, exponential.
    """

    probability: float = Field(gt=0, le=1)
    minutes: float = Field(default=10.0, gt=0)


class Assumptions(Value):
    """What a simulation takes for granted beyond the problem and the schedule.

    Parameters
    ----------
    queues : tuple of QueueAssumptions
        Of queues that are not as the defaults say.
    agents : tuple of AgentAssumptions
        Of agents that are not as the defaults say.
    busy : Busyness, optional
        How days vary. None: by the demand's own busy factor, and if it has none, not at all.
    late_breaks : {"full", "cut"}
        A break that begins late, after the contact in hand, is taken in full, or ends as planned.
    preempt : bool
        Whether deferred work is laid aside for a contact that finds nobody free.
    absence : float
        Share of shifts to which nobody comes.
    lateness : Lateness, optional
        Shifts that begin late. None: none does.
    shrinkage : bool
        Whether agents are away for the share of their time that is the mean shrinkage of their
        queues.
    spell : int
        Minutes that they are away at a time.
    """

    queues: tuple[QueueAssumptions, ...] = ()
    agents: tuple[AgentAssumptions, ...] = ()
    busy: Busyness | None = None
    late_breaks: Literal["full", "cut"] = "full"
    preempt: bool = True
    absence: float = Field(default=0.0, ge=0, lt=1)
    lateness: Lateness | None = None
    shrinkage: bool = True
    spell: int = Field(default=15, ge=1, le=480)

    @model_validator(mode="after")
    def _once_each(self) -> Assumptions:
        for place, ids in (
            ("Assumptions.queues", [each.queue for each in self.queues]),
            ("Assumptions.agents", [each.agent for each in self.agents]),
        ):
            twice = next((name for name in ids if ids.count(name) > 1), None)
            if twice is not None:
                raise InputError(place, "name each once", twice)
        return self
