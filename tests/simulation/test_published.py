"""Published results of another simulation: ContactCenters by L'Ecuyer and Buist."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.simulation.centres import centre, shift
from wfm.queue import Queue, ServiceTarget
from wfm.schedule import Schedule
from wfm.simulation import AgentAssumptions, Assumptions, Busyness, QueueAssumptions, simulate
from wfm.simulation.counting import COLUMN

DATA = Path(__file__).parents[3] / "shared/data/reference_values/contactcenters.json"
needs_values = pytest.mark.skipif(
    not DATA.is_file(), reason="the results of ContactCenters (reference_values) are not here"
)


def model(name):
    return next(each for each in json.loads(DATA.read_text("utf-8")) if each["id"] == name)


def day(problem, hours):
    """Everybody from the first to the last hour."""
    return Schedule.of_shifts([shift(agent.id, 0, 60 * hours) for agent in problem.agents])


def near(values, published, half_width):
    """Whether a mean over replications agrees with a published one, given its 95 % half-width."""
    values = np.asarray(values)
    error = np.hypot(values.std(ddof=1) / np.sqrt(len(values)), half_width / 1.96)
    return abs(values.mean() - published) <= 3 * error


@needs_values
@pytest.mark.parametrize("name", ["MMC", "MMCAb"])
def test_one_queue(name):
    """A day of eight hours that begins empty, with and without patience."""
    told = model(name)
    minutes = told.get("patience_rate_per_min")
    patience = 60 / minutes if minutes else None
    target = ServiceTarget(threshold=20)
    calls = Queue(id="calls", patience=patience, target=target)
    rates = [60 * told["lambda_per_min"]] * 8 + [0.0] * 16
    problem = centre([calls], rates, [60 / told["mu_per_min"]], [(told["agents"], ("calls",))])
    # Whoever still waits in the evening is answered.
    found = simulate(problem, day(problem, 9), replications=300, seed=2)
    part = {key: found.counts[:, 0].sum(axis=1)[:, column] for key, column in COLUMN.items()}
    sim = told["sim"]
    # There, the level is of those answered, or of those offered less those who hung up in time.
    if name == "MMC":
        low, high = sim["ci95"]
        assert near(part["in_time"] / part["offered"], sim["service_level"], (high - low) / 2)
        assert near(part["wait"] / part["offered"] / 60, sim["asa_min"], 0.0025)
    else:
        assert near(part["abandoned"], sim["abandoned_per_day"], 0.95)
        level = part["in_time"] / part["answered"]
        assert near(level, sim["service_level"], 0.001)
        level = part["in_time"] / (part["offered"] - part["abandoned_in_time"])
        assert near(level, sim["service_level_with_abandonment"], 0.001)


@needs_values
def test_a_day_of_thirteen_hours():
    """Hours of other rates and agents, very busy days, and callers who do not wait at all: CallCC.

    Rates, agents and distributions are those of the example in the guide to SSJ, of as many calls.
    Figures there are over the calls expected; the level counts who hung up in time.
    """
    agents = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4, 4]
    rates = [100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60]
    assert sum(rates) == 1660
    calls = Queue(id="calls", patience=1000)
    problem = centre([calls], rates + [0] * 11, [100], [(max(agents), ("calls",))])
    shifts = []
    for number, agent in enumerate(problem.agents):
        there = np.array([number < many for many in agents])
        edges = np.flatnonzero(np.diff(there, prepend=False, append=False)).reshape(-1, 2)
        shifts += [shift(agent.id, 60 * start, 60 * end) for start, end in edges.tolist()]
    told = QueueAssumptions(queue="calls", balking=0.1)
    assumptions = Assumptions(queues=[told], busy=Busyness(cv=10**-0.5))
    found = simulate(
        problem, Schedule.of_shifts(shifts), replications=1000, seed=3, assumptions=assumptions
    )
    part = {key: found.counts[:, 0].sum(axis=1)[:, column] for key, column in COLUMN.items()}
    wider = 1.96 / 1.645  # published with 90 % intervals
    assert near(part["offered"], 1639.507, 26.7 * wider)
    assert near(part["wait"] / 1660, 11.834, 1.774 * wider)
    assert near((part["in_time"] + part["abandoned_in_time"]) / 1660, 0.853, 0.009 * wider)
    assert near(part["abandoned"] / 1660, 0.0342, 0.00315 * wider)


@needs_values
def test_three_queues_and_two_groups():
    """Three types of contacts, two groups, three periods of two hours, and busy days: SimpleMSK.

    Means of handle times and patience are those of the period of arrival, so that each type has
    a queue for each period. A group takes whoever waits longest; contacts of type 1 are offered
    to the first group first.
    """
    told = model("SimpleMSK")
    cells = [(kind, period) for kind in range(3) for period in range(3)]
    queues = [
        Queue(id=f"{kind} in {period}", patience=60 / told["patience_rate_per_min"][period])
        for kind, period in cells
    ]
    rates = np.zeros((9, 24))
    for row, (kind, period) in enumerate(cells):
        rates[row, 2 * period : 2 * period + 2] = 60 * told["lambda_per_min"][kind][period]
    aht = [60 / told["mu_per_min"][period] for _, period in cells]
    staff = np.array(told["agents"])
    answers = [
        tuple(f"{kind} in {period}" for kind, period in cells if kind in kinds)
        for kinds in told["group_to_type"]
    ]
    problem = centre(
        queues, rates, aht, list(zip(staff.max(axis=1).tolist(), answers, strict=True))
    )
    shifts, ranks = [], []
    for agent in problem.agents:
        group, number = (int(part) for part in agent.id.split("-"))
        ranks.append(AgentAssumptions(agent=agent.id, ranks=dict.fromkeys(answers[group], group)))
        there = np.flatnonzero(number < staff[group])
        end = 10 if there[-1] == 2 else 2 * (int(there[-1]) + 1)  # the last ones finish all
        shifts.append(shift(agent.id, 120 * int(there[0]), 60 * end))
    assumptions = Assumptions(agents=ranks, busy=Busyness(cv=28.7**-0.5))
    found = simulate(
        problem, Schedule.of_shifts(shifts), replications=600, seed=5, assumptions=assumptions
    )
    part = {key: found.counts[..., column].sum(axis=2) for key, column in COLUMN.items()}
    assert near(part["answered"].sum(axis=1), 4297.305, 27.155)
    assert near(part["abandoned"].sum(axis=1), 910.335, 33.699)
    means = [170.154, 599.334, 15.490, 262.936, 511.648, 34.697, 259.806, 613.732, 24.888]
    widths = [5.816, 5.175, 1.708, 8.339, 5.372, 3.427, 9.628, 6.147, 2.751]
    for row, cell in enumerate(cells):
        assert near(part["in_time"][:, row], means[row], widths[row]), cell
    counted = part["offered"].sum() - part["abandoned_in_time"].sum()
    assert part["in_time"].sum() / counted == pytest.approx(0.501, abs=3 * 0.005)
