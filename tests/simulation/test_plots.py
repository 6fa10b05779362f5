"""Pictures of a simulation are drawn on the axes given and show its figures."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from tests.simulation.centres import always, centre
from wfm import plot
from wfm.errors import InputError
from wfm.judge.verify import verify
from wfm.queue import Queue
from wfm.simulation import simulate


@pytest.fixture(autouse=True)
def _without_a_screen():
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def problem():
    queues = [Queue(id="calls", patience=60), Queue(id="sales", patience=60)]
    teams = [(2, ("calls",)), (1, ("calls", "sales"))]
    return centre(queues, [20, 10], [180, 180], teams, days=2)


@pytest.fixture(scope="module")
def outcome(problem):
    return simulate(problem, always(problem), replications=20)


def test_days(outcome, problem):
    """Each day's level stands at its height, with what the judge predicts beside it."""
    given = Figure().subplots()
    report = verify(problem, always(problem))
    assert plot.simulated_days(outcome, "calls", report, given) is given
    frame = outcome.service("day")
    simulated, predicted = given.lines[0], given.lines[-2]
    assert list(simulated.get_ydata()) == list(frame[frame["queue"] == "calls"]["level"])
    told = [s.level for s in report.service if s.queue == "calls" and s.kind == "day"]
    assert list(predicted.get_ydata()) == told
    assert given.get_title(loc="left") == "calls: service level by day"


def test_weeks(outcome):
    """All replications stand in the histogram, and the title says how many reach the target."""
    given = Figure().subplots()
    assert plot.simulated_weeks(outcome, "calls", given) is given
    assert sum(bar.get_height() for bar in given.patches) == 20
    share = (outcome.levels("horizon")[1][:, 0, 0] >= 0.8).mean()
    assert f"{share:.0%} of 20" in given.get_title(loc="left")


def test_occupancy(outcome):
    """Each agent has a bar, the busiest at the left, one colour for each set of queues."""
    given = Figure().subplots()
    assert plot.occupancy(outcome, given) is given
    bars = sorted(given.patches, key=lambda bar: bar.get_x())
    heights = [bar.get_height() for bar in bars]
    assert heights == sorted(outcome.occupancy()["occupancy"], reverse=True)
    assert len({bar.get_facecolor() for bar in bars}) == 2


def test_own_axes(outcome):
    """Without axes, new ones are made."""
    assert plot.simulated_days(outcome, "sales").figure is not None
    assert plot.occupancy(outcome).figure is not None


@pytest.mark.parametrize("draw", [plot.simulated_days, plot.simulated_weeks])
def test_unknown_queues(draw, outcome):
    """A queue that is not there is named."""
    with pytest.raises(InputError, match="be one of calls, sales"):
        draw(outcome, "mail")
