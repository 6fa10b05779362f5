"""One replication contact by contact, so that a person can follow a call."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.schedule import Schedule
from wfm.simulation.centre import Centre
from wfm.simulation.courses import Scenarios
from wfm.simulation.records import NOBODY
from wfm.simulation.simulating import seed_of
from wfm.simulation.values import Assumptions


def trace(
    problem: Problem,
    schedule: Schedule,
    *,
    replication: int = 0,
    seed: int = 1,
    assumptions: Assumptions | None = None,
    scenarios: Scenarios | None = None,
) -> pd.DataFrame:
    """Follow every contact of one replication of :func:`simulate` with the same seed.

    Parameters
    ----------
    problem, schedule, seed, assumptions, scenarios
        As for :func:`simulate`.
    replication : int
        Which one, from 0.

    Returns
    -------
    pandas.DataFrame
        A row for each contact in order of arrival, with its number as index: `queue`, `arrival`,
        `answered`, `agent` (who did it, or did it last), `end`, `abandoned` (when), all as local
        times or missing; `wait` in seconds until the answer or the end of patience; `due` of
        deferred work; `begun`, how often it was begun (more than once if laid aside); `attempt_of`,
        the contact whose caller calls again here.

    Raises
    ------
    InputError
        As for :func:`simulate`.
    """
    if replication < 0:
        raise InputError("replication", "be at least 0", replication)
    centre = Centre.of(problem, schedule, assumptions or Assumptions(), scenarios)
    contacts = centre.run(replication, seed_of(seed, replication)).contacts
    came = contacts["came"]
    number = np.cumsum(came) - 1
    origin = contacts["origin"][came]
    contacts = contacts[came]
    answered = np.isfinite(contacts["answered"])
    gone = np.where(~answered, contacts["arrival"] + contacts["patience"], np.inf)
    queues = np.array([queue.id for queue in problem.demand.queues], dtype=object)
    agents = np.array([*(agent.id for agent in problem.agents), None], dtype=object)
    local = _Clock(problem)
    wait = np.where(answered, contacts["answered"] - contacts["arrival"], contacts["patience"])
    frame = pd.DataFrame(
        {
            "queue": queues[contacts["queue"]],
            "arrival": local(contacts["arrival"]),
            "answered": local(contacts["answered"]),
            "agent": agents[contacts["agent"]],
            "end": local(contacts["end"]),
            "abandoned": local(gone),
            "wait": np.where(np.isfinite(wait), wait, np.nan),
            "due": local(contacts["due"]),
            "begun": contacts["begun"],
            "attempt_of": pd.array(np.where(origin == NOBODY, -1, number[origin]), dtype="Int64"),
        }
    )
    frame["attempt_of"] = frame["attempt_of"].mask(frame["attempt_of"] < 0)
    return frame.rename_axis("contact")


class _Clock:
    """From seconds since the horizon's start to local time, missing where they are infinite."""

    def __init__(self, problem: Problem) -> None:
        self.start = problem.horizon.slot_starts[0]
        self.zone = problem.horizon.timezone

    def __call__(self, seconds: np.ndarray) -> pd.DatetimeIndex:
        known = np.isfinite(seconds)
        milliseconds = np.where(known, seconds, 0.0) * 1000
        times = self.start.astype("M8[ms]") + milliseconds.round().astype("m8[ms]")
        times[~known] = np.datetime64("NaT")
        return pd.DatetimeIndex(times, tz="UTC").tz_convert(self.zone)
