"""The simulations behind the benchmarks agree with chains that can be summed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.truth import simulate_chat, simulate_day, simulate_groups
from benchmarks.truth.contacts import Stream
from benchmarks.truth.day import _serve as serve_day

THRESHOLD = 20.0


class Chain:
    """M/M/n+M in steady state by sums over its states, rates in seconds.

    A contact that finds k >= n others is answered after k - n + 1 departures, each of them a
    service or an abandonment of somebody before it.
    """

    def __init__(self, per_hour, aht, agents, patience=np.inf, states=600):
        rate, self.mu, theta = per_hour / 3600, 1 / aht, 1 / patience
        k = np.arange(states)
        deaths = np.minimum(k, agents) * self.mu + np.maximum(k - agents, 0) * theta
        weights = np.exp(np.cumsum(np.r_[0.0, np.log(rate / deaths[1:])]))
        self.p = weights / weights.sum()
        self.agents, self.theta, self.rate = agents, theta, rate
        self.queue = np.maximum(k - agents, 0)
        self.busy = np.minimum(k, agents) @ self.p

    @property
    def wait(self):
        return self.p[self.agents :].sum()

    @property
    def mean_wait(self):
        return self.queue @ self.p / self.rate

    @property
    def abandonment(self):
        return self.mean_wait * self.theta

    def level(self, threshold=THRESHOLD, steps=2000):
        """Follow a marked contact from its arrival until it is answered, leaves, or time is up."""
        ahead = self.p[self.agents :].copy()  # of those who wait, by the number before them
        stays, answered, dt = 1.0, self.p[: self.agents].sum(), threshold / steps
        down = self.agents * self.mu + np.arange(ahead.size) * self.theta
        for step in range(steps):
            # The exact loss of the first place is approached by the middle of the step.
            stays = np.exp(-self.theta * (step + 0.5) * dt)
            flow = ahead * -np.expm1(-down * dt)
            answered += stays * flow[0]
            ahead = ahead - flow + np.r_[flow[1:], 0.0]
        return answered


def close(estimate, truth, most, errors=4.0):
    """Whether an estimate is near the truth, and sharp enough to say so."""
    value, error = np.asarray(estimate.value), np.asarray(estimate.error)
    assert (error < most).all(), f"an error of {error} says too little"
    return (np.abs(value - truth) <= errors * error).all()


def steady(per_hour, agents, hours=10, replications=200, **more):
    """Simulate one queue; the first of the two parts is for warming up."""
    part = 3600.0 * hours
    arrivals = [per_hour * hours, per_hour * hours]
    options = {"interval": part, "replications": replications, "seed": 7, **more}
    return simulate_day(arrivals, [agents, agents], threshold=THRESHOLD, **options)


@pytest.mark.parametrize("agents", [9, 11])
def test_erlang_c(agents):
    """Without abandonment, a queue in steady state waits as Erlang C says."""
    chain = Chain(160, 180, agents)
    found = steady(160, agents, aht=180)
    load = 8.0
    wait = chain.wait * np.exp(-(agents - load) * THRESHOLD / 180)
    assert close(found.share("in_time", [1]), 1 - wait, 0.01)
    assert close(found.share("delayed", [1]), chain.wait, 0.01)
    assert close(found.share("waits", [1]), chain.mean_wait, 6)
    assert found.abandoned.sum() == 0
    assert chain.level() == pytest.approx(1 - wait, abs=2e-4)


@pytest.mark.parametrize(("agents", "patience"), [(8, 60), (7, 180), (10, 180)])
def test_erlang_a(agents, patience):
    """With exponential patience, a queue in steady state abandons as Erlang A says."""
    chain = Chain(160, 180, agents, patience)
    found = steady(160, agents, aht=180, patience=patience)
    assert close(found.share("in_time", [1]), chain.level(), 0.005)
    assert close(found.share("delayed", [1]), chain.wait, 0.005)
    assert close(found.share("waits", [1]), chain.mean_wait, 0.5)
    assert close(found.share("abandoned", [1]), chain.abandonment, 0.003)
    busy = found.mean("busy")
    assert close(type(busy)(busy.value[1] / 36000, busy.error[1] / 36000), chain.busy, 0.02)


def test_means_of_lognormal_work():
    """Lognormal work has the mean and the spread that were asked for."""
    many = Stream(np.array([200_000.0]), 3600.0, np.array([180.0]), np.array([60.0]), cv=0.5)
    works = many.draw(np.random.SeedSequence(1)).works
    assert works.mean() == pytest.approx(180, rel=0.01)
    assert works.std() == pytest.approx(90, rel=0.01)


def test_a_day_by_hand():
    """Who leaves at a boundary finishes what is in hand, and only then is missing."""
    edges, agents = np.array([100.0, 200.0]), np.array([2, 1])
    times = np.array([10.0, 20.0, 30.0, 110.0])
    works = np.array([100.0, 130.0, 5.0, 5.0])
    leaves = np.array([np.inf, np.inf, np.inf, 152.0])
    started, busy, deferred = serve_day(times, works, leaves, edges, agents, 9, np.ones(1))
    # One of the two is free at 110 but has left; the other ends at 150.
    assert started.tolist() == [10, 20, 150, np.inf]
    assert busy.tolist() == [90 + 80, 10 + 50 + 5]
    assert deferred.sum() == 0


def test_nobody_there():
    """Where nobody comes, those with patience abandon and the others are not answered."""
    found = simulate_day([5, 5], [0, 0], aht=60, patience=30, replications=20)
    assert found.answered.sum() == 0
    assert (found.abandoned == found.offered).all()
    assert found.share("waits").value == pytest.approx(30, rel=0.3)


def test_contacts_stay_the_same():
    """More agents, or a busier day, change what becomes of the contacts, not the contacts."""
    stream = Stream(np.array([50.0, 80.0]), 1800.0, np.full(2, 180.0), np.full(2, 60.0))
    plain, busier = (stream.draw(np.random.SeedSequence(3), factor) for factor in (1.0, 1.1))
    size = plain.times.size
    assert (busier.works[:size] == plain.works).all()
    assert (busier.patience[:size] == plain.patience).all()
    assert (busier.times[:size] < plain.times).all()
    few, more = (simulate_day([50, 80], [n, n], aht=180, replications=5) for n in (5, 9))
    assert (few.offered == more.offered).all()
    assert few.in_time.sum() < more.in_time.sum()


@pytest.mark.parametrize("patience", [np.inf, 90.0])
def test_chats_that_do_not_slow_down(patience):
    """Sessions at a constant speed are as many servers."""
    chain = Chain(100, 300, 9, patience)
    found = simulate_chat(100, [300] * 3, 3, patience=patience, replications=100, seed=2)
    assert close(found.share("in_time"), chain.level(), 0.01)
    assert close(found.share("delayed"), chain.wait, 0.01)
    assert close(found.share("abandoned"), chain.abandonment, 0.005)


def test_one_agent_with_two_chats():
    """A single agent is a chain whose speed depends on the number in hand."""
    rate, times = 12 / 3600, np.array([120.0, 200.0])
    speeds = np.r_[1 / times[0], np.full(400, 2 / times[1])]
    weights = np.cumprod(np.r_[1.0, rate / speeds])
    waits = weights[2:].sum() / weights.sum()
    found = simulate_chat(12, times, 1, hours=100, replications=300, seed=5)
    assert close(found.share("delayed"), waits, 0.005)


def test_groups_that_are_one():
    """Two queues that the same people answer are one queue."""
    chain = Chain(160, 180, 9, 120)
    found = simulate_groups([100, 60], {(0, 1): 9}, aht=180, patience=120, replications=100)
    assert close(found.share("in_time"), chain.level(), 0.01)
    assert close(found.shares("delayed"), chain.wait, 0.01)
    assert close(found.shares("abandoned"), chain.abandonment, 0.01)


def test_groups_apart():
    """Queues with people of their own are Erlang A each."""
    chains = [Chain(100, 180, 6, 120), Chain(60, 240, 4, 60)]
    options = {"aht": [180, 240], "patience": [120, 60], "replications": 100, "seed": 4}
    found = simulate_groups([100, 60], {(0,): 6, (1,): 4}, **options)
    assert close(found.shares("in_time"), [chain.level() for chain in chains], 0.01)
    assert close(found.shares("abandoned"), [chain.abandonment for chain in chains], 0.01)


def test_a_group_between_two_queues():
    """Losses of two queues with one shared agent follow the chain of who is busy."""
    rate, mu = 20 / 3600, 1 / 120
    # States: own agent of each queue busy, shared one busy. Own agents go first; nobody waits.
    states = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    flows = np.zeros((8, 8))
    for i, state in enumerate(states):
        for queue in (0, 1):
            taker = queue if not state[queue] else 2
            if not state[taker]:
                reached = tuple(1 if k == taker else s for k, s in enumerate(state))
                flows[i, states.index(reached)] += rate
        for k in range(3):
            if state[k]:
                reached = tuple(0 if j == k else s for j, s in enumerate(state))
                flows[i, states.index(reached)] += mu
    balance = np.vstack([(flows - np.diag(flows.sum(axis=1))).T, np.ones(8)])
    p = np.linalg.lstsq(balance, np.r_[np.zeros(8), 1.0])[0]
    lost = sum(chance for chance, state in zip(p, states, strict=True) if state[0] and state[2])
    groups = {(0, 1): 1, (0,): 1, (1,): 1}
    found = simulate_groups([20, 20], groups, aht=120, patience=1e-6, replications=200, seed=6)
    assert close(found.shares("abandoned"), lost, 0.005)


def test_blending():
    """Deferred work is taken while more than two are free: occupancy, waits and pieces begun."""
    # At least 14 of 16 are busy: the chain of the number in hand starts there.
    weights = np.array([1, 4 / 5, 4 / 5 * 3 / 4 / (1 - 3 / 4)])
    p = weights / weights.sum()
    busy = p @ [14, 15, 16]
    level = 1 - p[2] * np.exp(-(16 / 3 - 4) * THRESHOLD / 60)
    assert busy / 16 == pytest.approx(0.9583, abs=5e-5)
    assert level == pytest.approx(0.634, abs=5e-4)
    found = steady(240, 16, aht=180, reserve=2, hours=20)
    hours = found.mean("deferred")
    assert close(found.share("in_time", [1]), level, 0.005)
    pieces = type(hours)(hours.value[1] / 1200, hours.error[1] / 1200)
    assert close(pieces, (busy - 12) / 3, 0.01)
    seconds = found.mean("busy")
    share = type(seconds)(seconds.value[1] / 16 / 72000, seconds.error[1] / 16 / 72000)
    assert close(share, busy / 16, 0.001)
