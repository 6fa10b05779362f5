"""Simulate a schedule call by call, many times over."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.schedule import Schedule
from wfm.simulation.centre import Centre
from wfm.simulation.counting import MEASURES, count
from wfm.simulation.courses import Scenarios
from wfm.simulation.outcome import Outcome
from wfm.simulation.values import Assumptions

MOST_SEED = 2**63


def simulate(
    problem: Problem,
    schedule: Schedule,
    *,
    replications: int = 50,
    seed: int = 1,
    assumptions: Assumptions | None = None,
    scenarios: Scenarios | None = None,
    confidence: float = 0.95,
    on_progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Simulate a schedule call by call.

    Arrival, work and patience belong to the contact: with the same seed, other schedules for the
    same demand are tried on the same contacts, and the first replications are the same however many
    there are.

    Parameters
    ----------
    problem : Problem
        Demand, queues, agents and their skills.
    schedule : Schedule
        Who works when, with breaks and activities.
    replications : int
        How often the horizon is run through.
    seed : int
        Of everything random.
    assumptions : Assumptions, optional
        What is taken for granted beyond problem and schedule.
    scenarios : wfm.forecast.Scenarios, optional
        Courses of the same days, one for each replication in turn: as many contacts come as these
        say. None: as many as the demand's rates and the busy factor give, by chance.
    confidence : float
        Of the intervals of the outcome.
    on_progress : callable, optional
        Called with the number of replications done, after each.

    Returns
    -------
    Outcome
        Service, waits and occupancy with confidence intervals.

    Raises
    ------
    InputError
        If an argument is out of bounds, or names what the problem does not have.
    """
    if replications < 1:
        raise InputError("replications", "be at least 1", replications)
    if not 0 < confidence < 1:
        raise InputError("confidence", "lie between 0 and 1", confidence)
    centre = Centre.of(problem, schedule, assumptions or Assumptions(), scenarios)
    horizon = problem.horizon
    width, end = 60.0 * horizon.interval, 60.0 * horizon.minutes
    shape = (replications, len(problem.demand.queues), horizon.slots, len(MEASURES))
    counts = np.zeros(shape)
    busy = np.zeros((replications, len(problem.agents), horizon.days))
    there = np.zeros_like(busy)
    for number in range(replications):
        done = centre.run(number, seed_of(seed, number))
        count(done.contacts, centre.thresholds, width, end, counts[number])
        busy[number], there[number] = done.busy, done.there
        if on_progress is not None:
            on_progress(number + 1)
    return Outcome(problem, counts, busy, there, confidence)


def seed_of(seed: int, replication: int) -> np.random.SeedSequence:
    """Seed of one replication, the same as that spawned for it."""
    if not 0 <= seed < MOST_SEED:
        raise InputError("seed", "be from 0 up, with at most 63 bits", seed)
    return np.random.SeedSequence(seed, spawn_key=(replication,))
