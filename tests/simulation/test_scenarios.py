"""The courses of a forecast, call by call."""

from __future__ import annotations

import numpy as np
import pytest

from tests.simulation.centres import always, centre
from wfm.errors import InputError
from wfm.forecast import Scenarios
from wfm.horizon import Horizon
from wfm.queue import Queue
from wfm.simulation import Assumptions, Busyness, simulate, trace
from wfm.window import Window

NIGHT = Window(start="20:00", end="24:00")
QUEUES = [Queue(id="calls", patience=60), Queue(id="late", patience=60, hours=(NIGHT,))]
PROBLEM = centre(QUEUES, [10, 10], [60, 60], [(2, ("calls", "late"))])


def drawn(days=1, queues=("other", "late", "calls")):
    """Three samples of half-hours."""
    horizon = Horizon(start="2026-12-07", days=days, interval=30)
    counts = np.random.default_rng(1).poisson(4.0, (3, len(queues), horizon.slots))
    aht = np.full((len(queues), horizon.slots), 60.0)
    return Scenarios(horizon, queues, counts.astype(np.int32), aht)


def test_as_many_come_as_the_scenarios_say():
    """Replications take the samples in turn; what comes while a queue is closed is left out."""
    scenarios = drawn()
    found = simulate(PROBLEM, always(PROBLEM), replications=4, scenarios=scenarios)
    hours = scenarios.contacts[[0, 1, 2, 0]].reshape(4, 3, 24, 2).sum(axis=3)
    assert (found.counts[:, 0, :, 0] == hours[:, 2]).all()
    assert (found.counts[:, 1, 20:, 0] == hours[:, 1, 20:]).all()
    assert not found.counts[:, 1, :20, 0].any()


def test_they_come_at_any_time_of_their_interval():
    """Arrivals are spread evenly over half-hours, and a trace follows the same sample."""
    scenarios = drawn()
    calls = trace(PROBLEM, always(PROBLEM), replication=2, scenarios=scenarios)
    calls = calls[calls["queue"] == "calls"]
    counts = calls.groupby(calls["arrival"].dt.floor("30min")).size()
    told = scenarios.contacts[2, 2]
    assert counts.tolist() == told[told > 0].tolist()
    within = (calls["arrival"] - calls["arrival"].dt.floor("30min")).dt.total_seconds() / 1800
    assert within.mean() == pytest.approx(0.5, abs=0.1)
    assert within.std() == pytest.approx(12**-0.5, abs=0.05)


@pytest.mark.parametrize(
    ("scenarios", "assumptions", "message"),
    [
        (drawn(days=2), None, "scenarios must be of the days"),
        (drawn(queues=("a", "b", "calls")), None, "scenarios must hold all queues"),
        (np.ones((3, 2, 24)), None, "scenarios must be Scenarios"),
        (drawn(), Assumptions(busy=Busyness(cv=0.1)), "Assumptions.busy must be left out"),
    ],
)
def test_what_does_not_fit_is_refused(scenarios, assumptions, message):
    """Other days, queues that are missing, and days that would vary twice are named."""
    with pytest.raises(InputError, match=message):
        simulate(PROBLEM, always(PROBLEM), scenarios=scenarios, assumptions=assumptions)
