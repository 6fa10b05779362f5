"""In steady state the simulation agrees with formulas and chains, within three standard errors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.linalg import spsolve

from tests.simulation.centres import always, centre, close, share
from wfm.forecast.erlang import erlang_c, performance
from wfm.queue import Queue
from wfm.simulation import (
    AgentAssumptions,
    Assumptions,
    HandleTimes,
    QueueAssumptions,
    simulate,
)

STEADY = slice(24, None)  # without the first day, which begins empty


def steady(problem, assumptions=None, replications=40, seed=3):
    return simulate(
        problem, always(problem), replications=replications, seed=seed, assumptions=assumptions
    )


@pytest.mark.parametrize("agents", [9, 11])
def test_erlang_c(agents):
    """Without abandonment a queue waits as Erlang C says."""
    problem = centre([Queue(id="calls")], [160], [180], [(agents, ("calls",))], days=7)
    told = performance(160, 180, agents, 20)
    found = steady(problem)
    assert close(share(found, "in_time", slots=STEADY), told.service_level, 0.01)
    assert close(share(found, "delayed", slots=STEADY), told.wait_probability, 0.01)
    assert close(share(found, "wait", slots=STEADY), told.asa, 6)
    assert found.counts[..., 3].sum() == 0


@pytest.mark.parametrize(("agents", "patience"), [(8, 60), (7, 180), (10, 180)])
def test_erlang_a(agents, patience):
    """With exponential patience, by all four definitions of service, a queue is Erlang A."""
    calls = Queue(id="calls", patience=patience)
    problem = centre([calls], [160], [180], [(agents, ("calls",))], days=7)
    told = performance(160, 180, agents, 20, patience)
    found = steady(problem)
    assert close(share(found, "in_time", slots=STEADY), told.service_level, 0.005)
    assert close(share(found, "delayed", slots=STEADY), told.wait_probability, 0.005)
    assert close(share(found, "wait", slots=STEADY), told.asa, 0.5)
    assert close(share(found, "abandoned", slots=STEADY), told.abandonment, 0.003)
    answered = share(found, "in_time", "answered", STEADY)
    assert close(answered, told.service_level_of_answered, 0.005)
    hung_up = share(found, "abandoned_in_time", slots=STEADY)
    assert close(hung_up, told.service_level_with_abandoned - told.service_level, 0.005)
    hours = found.busy[:, :, 1:].sum(axis=(1, 2)) / found.there[:, :, 1:].sum(axis=(1, 2))
    error = hours.std(ddof=1) / np.sqrt(len(hours))
    assert close((hours.mean(), error), told.occupancy, 0.003)


def test_priorities():
    """Without preemption a queue that goes first waits as Cobham's formula says.

    A. Cobham (1954), "Priority assignment in waiting line problems".
    """
    rates, agents, aht = (60.0, 100.0), 9, 180.0
    queues = [Queue(id="vip"), Queue(id="calls")]
    problem = centre(queues, rates, [aht] * 2, [(agents, ("vip", "calls"))], days=7)
    told = Assumptions(queues=(QueueAssumptions(queue="vip", priority=-1),))
    found = steady(problem, told)
    load = sum(rates) * aht / 3600
    first = rates[0] * aht / 3600 / agents
    scale = float(erlang_c(load, agents)) * aht / agents / (1 - first)
    waits = [scale, scale / (1 - load / agents)]
    assert close(share(found, "wait", slots=STEADY), waits, 6)


@pytest.mark.parametrize(
    "times",
    [
        HandleTimes(kind="lognormal", cv=0.6),
        HandleTimes(kind="gamma", cv=1.5),
        HandleTimes(kind="empirical", samples=(1.0, 2.0, 6.0)),
    ],
)
def test_one_agent_with_other_handle_times(times):
    """A single agent's queue waits as Pollaczek and Khinchine say, whatever the distribution."""
    calls = Queue(id="calls")
    problem = centre([calls], [12], [180], [(1, ("calls",))], days=20)
    found = steady(
        problem, Assumptions(queues=(QueueAssumptions(queue="calls", handle_times=times),))
    )
    cv = np.std(times.samples) / np.mean(times.samples) if times.samples else times.cv
    load = 12 * 180 / 3600
    wait = load / (1 - load) * 180 * (1 + cv**2) / 2
    assert close(share(found, "wait", slots=STEADY), wait, 15)


def test_busy_agents_of_two_speeds():
    """Two agents of whom the faster is asked first: the chain of who is busy."""
    rate, fast, slow = 24 / 3600, 1 / 100, 1 / 200
    # States: none, fast, slow, both, and those who wait, of which there may be any number.
    flows = np.array([[0, rate, 0, 0], [fast, 0, 0, rate], [slow, 0, 0, rate], [0, slow, fast, 0]])
    p = stationary(flows)
    tail = p[3] / (1 - rate / (fast + slow))
    delayed = tail / (p[:3].sum() + tail)
    problem = centre([Queue(id="calls")], [24], [100], [(2, ("calls",))], days=14)
    told = (
        AgentAssumptions(agent="0-000", ranks={"calls": 0}),
        AgentAssumptions(agent="0-001", ranks={"calls": 1}, speed=0.5),
    )
    found = steady(problem, Assumptions(agents=told))
    assert close(share(found, "delayed", slots=STEADY), delayed, 0.005)


def test_chats_at_constant_speed_are_servers():
    """Three agents with three chats each are nine servers, if chats do not slow each other down."""
    chat = Queue(id="chat", channel="chat", concurrency=3, patience=90)
    problem = centre([chat], [100], [300], [(3, ("chat",))], days=7)
    told = performance(100, 300, 9, 20, 90)
    found = steady(problem)
    assert close(share(found, "in_time", slots=STEADY), told.service_level, 0.005)
    assert close(share(found, "abandoned", slots=STEADY), told.abandonment, 0.005)


def test_chats_that_slow_each_other_down():
    """A single agent with two chats is a chain whose speed depends on the number in hand."""
    rate, alone, both = 12 / 3600, 1 / 120, 2 / 200
    weights = np.cumprod(np.r_[1.0, rate / np.r_[alone, np.full(400, both)]])
    delayed = weights[2:].sum() / weights.sum()
    growth = (120.0, 200.0)
    chat = Queue(id="chat", channel="chat", concurrency=2, handle_time_growth=growth)
    problem = centre([chat], [12], [200], [(1, ("chat",))], days=20)
    assert close(share(steady(problem), "delayed", slots=STEADY), delayed, 0.005)


def test_a_shared_group_beside_a_group_of_its_own():
    """Queues of which one has agents of its own, and shared ones: the chain in four dimensions.

    Calls go to their own two agents first; the two shared ones take the other queue first.
    """
    own, shared, waiting = 2, 2, 25
    rates, mu, leave = (40 / 3600, 30 / 3600), 1 / 150, 1 / 120
    flows, states = n_model(own, shared, waiting, rates, mu, leave)
    p = stationary(flows)
    a, b, first, second = np.array(states).T
    full = (a == own) & (b == shared)
    delayed = [p[full].sum(), p[b == shared].sum()]
    lost = [leave * (p @ queue) / rate for queue, rate in zip((first, second), rates, strict=True)]
    queues = [Queue(id="calls", patience=120), Queue(id="sales", patience=120)]
    groups = [(own, ("calls",)), (shared, ("calls", "sales"))]
    problem = centre(queues, [40, 30], [150, 150], groups, days=14)
    told = [
        AgentAssumptions(agent=agent.id, ranks={"calls": 1, "sales": 0})
        for agent in problem.agents
        if len(agent.skills) == 2
    ]
    found = steady(problem, Assumptions(agents=told))
    assert close(share(found, "delayed", slots=STEADY), delayed, 0.005)
    assert close(share(found, "abandoned", slots=STEADY), lost, 0.005)


def n_model(own, shared, most, rates, mu, leave):
    """Flows between the states: busy own, busy shared, calls waiting, others waiting."""
    place, edges, todo = {(0, 0, 0, 0): 0}, [], [(0, 0, 0, 0)]

    def go(start, rate, end):
        if rate > 0:
            if end not in place:
                place[end] = len(place)
                todo.append(end)
            edges.append((place[start], place[end], rate))

    while todo:
        state = a, b, first, second = todo.pop()
        if a < own:
            go(state, rates[0], (a + 1, b, first, second))
        elif b < shared:
            go(state, rates[0], (a, b + 1, first, second))
        elif first < most:
            go(state, rates[0], (a, b, first + 1, second))
        if b < shared:
            go(state, rates[1], (a, b + 1, first, second))
        elif second < most:
            go(state, rates[1], (a, b, first, second + 1))
        go(state, a * mu, (a, b, first - 1, second) if first else (a - 1, b, first, second))
        if second:
            go(state, b * mu, (a, b, first, second - 1))
        else:
            go(state, b * mu, (a, b, first - 1, 0) if first else (a, b - 1, 0, 0))
        go(state, first * leave, (a, b, first - 1, second))
        go(state, second * leave, (a, b, first, second - 1))
    rows, columns, found = zip(*edges, strict=True)
    return sparse.csr_array((found, (rows, columns)), (len(place),) * 2), list(place)


def stationary(flows):
    """Long-run shares of time of a chain's states."""
    flows = sparse.csr_array(flows)
    balance = (flows - sparse.diags_array(flows.sum(axis=1))).T.tolil()
    balance[0, :] = 1.0
    return spsolve(sparse.csc_array(balance), np.eye(flows.shape[0])[0])
