"""Side by side with another simulator on small cases."""

from __future__ import annotations

import numpy as np
import pytest

from tests.simulation.centres import always, centre
from wfm.queue import Queue
from wfm.simulation import Assumptions, QueueAssumptions, simulate
from wfm.simulation.counting import COLUMN

ciw = pytest.importorskip("ciw", reason="ciw (the extra 'bench') is not here")

DAY, DAYS = 86_400.0, 25


def waits(rates, agents, aht, patience=None, priorities=None):
    """Days of ciw: for each class the mean wait of those answered, and the share who hang up."""
    names = [str(number) for number in range(len(rates))]
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate / 3600)]
            for name, rate in zip(names, rates, strict=True)
        },
        service_distributions={name: [ciw.dists.Exponential(1 / aht)] for name in names},
        number_of_servers=[agents],
        priority_classes=dict(zip(names, priorities or [0] * len(rates), strict=True)),
        **(
            {
                "reneging_time_distributions": {
                    n: [ciw.dists.Exponential(1 / patience)] for n in names
                }
            }
            if patience
            else {}
        ),
    )
    found = []
    for seed in range(DAYS):
        ciw.seed(seed)
        run = ciw.Simulation(network)
        run.simulate_until_max_time(DAY)
        records = run.get_all_records()
        row = []
        for name in names:
            mine = [each for each in records if each.customer_class == name]
            gone = sum(each.record_type == "renege" for each in mine)
            answered = [each.waiting_time for each in mine if each.record_type == "service"]
            row.append((np.mean(answered), gone / len(mine)))
        found.append(row)
    return np.array(found)


def ours(problem, assumptions=None):
    counts = simulate(
        problem, always(problem), replications=200, seed=9, assumptions=assumptions
    ).counts.sum(axis=2)
    part = {name: counts[..., column] for name, column in COLUMN.items()}
    wait = part["wait_of_answered"] / part["answered"]
    return np.stack([wait, part["abandoned"] / part["offered"]], axis=2)


def agree(one, other):
    """Whether means over days agree within three standard errors of their difference."""
    error = np.hypot(*(each.std(axis=0, ddof=1) / np.sqrt(len(each)) for each in (one, other)))
    return (np.abs(one.mean(axis=0) - other.mean(axis=0)) <= 3 * error + 1e-12).all()


def test_callers_who_hang_up():
    """One queue with patience: waits of those answered, and the share who hang up."""
    calls = Queue(id="calls", patience=120)
    problem = centre([calls], [60], [180], [(4, ("calls",))])
    assert agree(ours(problem), waits([60], 4, 180, patience=120))


def test_a_queue_that_goes_first():
    """Two queues, of which one goes first: waits of both."""
    queues = [Queue(id="vip"), Queue(id="calls")]
    problem = centre(queues, [20, 40], [180, 180], [(4, ("vip", "calls"))])
    told = Assumptions(queues=(QueueAssumptions(queue="vip", priority=-1),))
    assert agree(ours(problem, told), waits([20, 40], 4, 180, priorities=[0, 1]))
