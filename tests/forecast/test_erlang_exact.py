"""Erlang's formulas against fifty digits, and those against the queue's own Markov chain."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from scipy.linalg import expm

from benchmarks import exact
from benchmarks.accuracy import FUNCTIONS, GOAL, blocked, delayed, measures, quantile
from benchmarks.quadrature import moments, mp

INF = math.inf
NUMBERS = {
    "erlang_b": 100,
    "erlang_c": 150,
    "performance, Erlang C": 80,
    "performance, Erlang A": 180,
    "wait_quantile": 40,
}
"""Random points of each function; the benchmark takes thousands."""


def beyond(compare, points):
    """Points at which some error is beyond the goal, with the errors."""
    found = [(point, compare(point)) for point in points]
    return [(point, errors) for point, errors in found if not max(errors.values()) <= GOAL]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_random_points(name):
    """At random points the relative error of every field is below 1e-10."""
    draw, compare = FUNCTIONS[name]
    rng = random.Random(f"test of {name}")
    assert beyond(compare, [draw(rng) for _ in range(NUMBERS[name])]) == []


LOADS = [
    (1e-9, 1.0),
    (1e-9, 1e-9),
    (1e-9, 0.3e-9),
    (1e-9, 7.5),
    (1e-3, 5.0),
    (0.5, 0.5),
    (1.0, 1.0),
    (1.0, math.nextafter(1.0, 2.0)),
    (10.0, 10.0),
    (10.0, 9.999999),
    (123.456, 123.456),
    (123.456, 1e-3),
    (1000.0, 1000.0),
    (1e4, 1e4 + 0.5),
    (1e5, 1e5),
    (1e5, 1e5 - 1),
    (1e5, 1e5 + 2000),
    (1e5, 0.3e5),
    (1e5, 3e5),
    (1e5, 1.0),
]
"""Tiny, huge, level, and almost level."""


@pytest.mark.parametrize(("compare", "loads"), [(blocked, LOADS), (delayed, LOADS)])
def test_corners_of_b_and_c(compare, loads):
    """Blocking and waiting hold their digits where load and agents are level, tiny or huge."""
    assert beyond(compare, loads) == []


CORNERS = [
    # arrivals an hour, aht, agents, threshold, patience
    (3600 * 1e-9 / 200, 200.0, 1.0, 20.0, INF),
    (3600 * 1e-9 / 200, 200.0, 1.0, 20.0, 100.0),
    (3600 * 1e-9 / 200, 200.0, 1e-9, 20.0, 100.0),
    (3600 * 1e-9 / 200, 200.0, 2.0, 0.0, 1e8),
    (180.0, 200.0, 10.0, 20.0, 100.0),
    (180.0, 200.0, 10.0, 0.0, 100.0),
    (180.0, 200.0, 10.0, 2000.0, 100.0),
    (180.0, 200.0, 10.0, 20.0, 0.2),
    (180.0, 200.0, 10.0, 20.0, 1e-6),
    (180.0, 200.0, 10.0, 20.0, 2e8),
    (180.0, 200.0, math.nextafter(10.0, 11.0), 20.0, INF),
    (180.0, 200.0, 11.0, 0.0, INF),
    (180.0, 200.0, 11.0, 2000.0, INF),
    (180.0, 200.0, 3.0, 20.0, 2e8),
    (180.0, 200.0, 30.0, 20.0, 2e8),
    (180.0, 200.0, 1e-3, 20.0, 60.0),
    (180.0, 200.0, 9.5, 100.0, 60.0),
    (1.8e6, 200.0, 1e5, 20.0, 100.0),
    (1.8e6, 200.0, 1e5, 0.0, 0.2),
    (1.8e6, 200.0, 1e5, 20.0, 2e8),
    (1.8e6, 200.0, 1e5 + 1000.5, 1.0, 2e8),
    (1.8e6, 200.0, 1e5 - 1000, 20.0, 2e8),
    (1.8e6, 200.0, 0.5e5, 20.0, 300.0),
    (1.8e6, 200.0, 0.3e5, 100.0, 2e8),
    (1.8e6, 200.0, 3e5, 1.0, 2e8),
    (1.8e6, 200.0, 1e5 + 1, 0.5, INF),
]
"""A billionth of an erlang, 100,000 of them, level load, patience and threshold at their ends."""


def test_corners_of_performance():
    """Every field holds its digits where values are extreme, up to n patience/aht of 1e11."""
    assert beyond(measures, CORNERS) == []


def test_corners_of_the_quantile():
    """The median, the ninth decile and the far tail hold their digits there too."""
    chosen = CORNERS[4::4]
    queues = [(*queue[:3], share, queue[4]) for queue in chosen for share in (0.5, 0.9, 1 - 1e-9)]
    assert beyond(quantile, queues) == []


def by_chain(load, agents, turns, patience, states=400):
    """Levels, waits and abandonment from the chain's stationary states, for whole agents.

    Whoever arrives to `agents + j` contacts waits for `j + 1` departures, and may go first; a
    matrix exponential says who is answered, gone or still there after `turns` handle times.
    """
    leaving = np.minimum(np.arange(1, agents + states), agents).astype(float)
    leaving[agents:] += np.arange(1, states) / patience
    weight = np.exp(np.concatenate([[0], np.cumsum(np.log(load / leaving))]))
    state = weight / weight.sum()
    ahead = np.arange(states)
    rates = np.zeros((states + 2, states + 2))
    rates[ahead, np.where(ahead > 0, ahead - 1, states)] = agents + ahead / patience
    rates[ahead, states + 1] = 1 / patience
    rates[ahead, ahead] = -rates[ahead].sum(axis=1)
    waiting = state[agents:]
    after = np.concatenate([waiting, [0, 0]]) @ expm(rates * turns)
    queue = waiting @ ahead
    gone = queue / patience / load
    soon = 1 - waiting.sum() + after[states]
    return {
        "wait_probability": waiting.sum(),
        "service_level": soon,
        "service_level_less_abandoned": soon / (1 - after[states + 1]),
        "service_level_of_answered": soon / (1 - gone),
        "service_level_with_abandoned": soon + after[states + 1],
        "asa": queue / load,
        "wait_of_waiting": queue / load / waiting.sum(),
        "abandonment": gone,
        "occupancy": state @ np.minimum(np.arange(state.size), agents) / agents,
        "mean_queue": queue,
    }


@pytest.mark.parametrize(
    ("load", "agents", "turns", "patience"),
    [(3.0, 4, 0.1, 0.5), (12.0, 10, 0.5, 3.0), (12.0, 12, 0.0, 0.05), (0.2, 1, 2.0, 1.0)],
)
def test_the_fifty_digits_are_those_of_the_chain(load, agents, turns, patience):
    """For whole agents the integrals agree with the Markov chain that they stand for."""
    true = exact.performance(load * 3600, 1.0, agents, turns, patience)
    for field, value in by_chain(load, agents, turns, patience).items():
        assert value == pytest.approx(float(true[field]), rel=1e-11), field


def test_the_fifty_digits_by_two_ways():
    """Gauss's rule and the series agree to 35 digits; idle sides follow the recursion in n."""
    for y, x in ((30.0, 20.0), (39.0, 3.5), (25.0, 70.0), (39.0, 39.0)):
        for low, high in ((0.0, INF), (0.0, 0.3), (0.3, INF)):
            bounds = mp.mpf(y), mp.mpf(x), mp.mpf(low), mp.mpf(high)
            by_series, by_rule = moments(*bounds), moments(*bounds, few=0)
            for one, other in zip(by_series, by_rule, strict=True):
                assert abs(one / other - 1) < mp.mpf(10) ** -35
    for load, agents in ((0.5, 0.25), (7.0, 5.5), (3000.0, 3010.3)):
        following = (mp.mpf(agents) + 1) * (1 + exact.idle(mp.mpf(load), mp.mpf(agents))) / load
        assert abs(exact.idle(mp.mpf(load), mp.mpf(agents) + 1) / following - 1) < mp.mpf(10) ** -40


def test_the_quantile_is_where_the_share_is_reached():
    """At the wait that fifty digits give, the share of waits up to there is the one asked for."""
    for queue in ((180.0, 200.0, 9.5, 60.0), (180.0, 200.0, 11.0, INF)):
        wait, _ = exact.wait_quantile(*queue[:3], 0.9, queue[3])
        found = exact.performance(*queue[:3], wait, queue[3])
        assert abs(found["service_level_with_abandoned"] - mp.mpf(0.9)) < mp.mpf(10) ** -30
