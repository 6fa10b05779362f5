"""The day that the tables share, and how it is staffed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benchmarks.truth import Tally, simulate_day
from benchmarks.truth.contacts import Floats
from wfm.forecast.erlang import required_agents

OPENS, CLOSES = 7.0, 21.0
INTERVAL = 1800.0
TARGET, THRESHOLD = 0.8, 20.0
STARTS = np.arange(OPENS, CLOSES, INTERVAL / 3600)


def _arrivals() -> Floats:
    """Contacts by half-hour: a high late morning, a lower afternoon, 200 at most."""
    middle = STARTS + INTERVAL / 7200
    morning = np.exp(-(((middle - 10.5) / 2.0) ** 2))
    afternoon = np.exp(-(((middle - 16.0) / 2.4) ** 2))
    shape = 0.15 + morning + 0.75 * afternoon
    return 200 * shape / shape.max()


ARRIVALS = _arrivals()


def per_hour(contacts: ArrayLike) -> Floats:
    """Contacts of an interval as a rate."""
    return np.asarray(contacts, dtype=float) * 3600 / INTERVAL


def staff(contacts: ArrayLike, aht: float, patience: float, **more: Any) -> Floats:
    """Least agents for the target in each interval by itself: Erlang A, or C if nobody leaves."""
    rates = per_hour(contacts)
    needed = required_agents(rates, aht, TARGET, THRESHOLD, patience=patience, **more)
    return np.asarray(needed)


def simulate(agents: ArrayLike, aht: float, patience: float, days: int, **more: Any) -> Tally:
    """Simulate the day."""
    whole = np.asarray(agents).astype(np.int64)
    options = {"threshold": THRESHOLD, "interval": INTERVAL, "replications": days, **more}
    return simulate_day(ARRIVALS, whole, aht=aht, patience=patience, **options)


def hours(agents: ArrayLike) -> float:
    """Agents' hours of a day."""
    return float(np.sum(agents)) * INTERVAL / 3600


def minutes(seconds: float) -> str:
    """Write a handle time for people."""
    return f"{seconds / 60:g} min"


def leaving(patience: float | None) -> str:
    """Write a patience for people; None is one without end."""
    return "none" if patience is None or math.isinf(patience) else f"{patience:g} s"


def clock(hour: float) -> str:
    """Write a time of day."""
    return f"{int(hour):02d}:{round(hour % 1 * 60):02d}"


def finite(value: float) -> float | None:
    """Take what is infinite or unknown out of figures that are written."""
    return float(value) if math.isfinite(value) else None
