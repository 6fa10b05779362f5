"""Lines that are carried on: large queues, long lines, and the chain against other ways."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from benchmarks.truth import simulate_day
from wfm import Queue
from wfm.forecast.erlang import course, performance, queue_course, queue_level
from wfm.forecast.erlang.fluid import in_time

AHT, INTERVAL, THRESHOLD = 300.0, 15, 20.0
WIDTH = INTERVAL * 60.0


def carried(queue: Queue, load: float, agents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Levels of slots of one load with the line carried on, and each by itself."""
    aht, contacts = np.full(agents.size, AHT), np.full(agents.size, load * WIDTH / AHT)
    level = queue_level(queue, np.full(agents.size, load), aht, agents)
    return queue_course(queue, contacts, aht, agents, INTERVAL, level), level


def dip(short: float) -> np.ndarray:
    """A day of agents, of whom some are missing for two hours."""
    agents = np.full(48, 1020.0)
    agents[16:24] -= short
    return agents


@pytest.mark.parametrize("agents", [970.0, 940.0])
def test_a_large_queue_that_lives_by_hang_ups_has_the_level_of_erlang_a(agents):
    """Fewer agents than load for a whole day leave no line of thousands where callers hang up."""
    levels, _ = carried(Queue(id="a", patience=120), 1000, np.full(96, agents))
    steady = performance(1000 * 3600 / AHT, AHT, agents, THRESHOLD, 120).service_level
    assert 0.5 < steady < 0.99
    assert levels[8:] == pytest.approx(steady, abs=1e-6)


def test_a_large_queue_is_served_as_simulated():
    """A day with a gap: each slot from the first gap on, and the whole day, within two points."""
    agents = dip(90)
    levels, _ = carried(Queue(id="a", patience=120), 1000, agents)
    told = simulate_day(
        np.full(48, 3000.0),
        agents.astype(int),
        aht=AHT,
        patience=120.0,
        threshold=THRESHOLD,
        interval=WIDTH,
        replications=20,
    )
    assert levels[16:] == pytest.approx(told.shares().value[16:], abs=0.04)
    assert levels.mean() == pytest.approx(told.share().value, abs=0.01)
    assert levels[18] < levels[30] - 0.05


@pytest.mark.parametrize("patience", [None, 600.0])
def test_a_deeper_overload_never_helps(patience):
    """From balance on, the more agents are missing from a large queue, the lower is its day."""
    days = [
        carried(Queue(id="a", patience=patience), 1000, dip(short))[0].mean()
        for short in (20, 21, 30, 60, 100, 200, 400, 1020)
    ]
    assert np.diff(days).max() <= 1e-12
    assert days[-1] < days[0] - 0.1


def test_balance_is_not_taken_for_a_queue_without_any_service():
    """Just as many agents as load, for two hours: nearly what one agent less gives."""
    queue = Queue(id="a")
    balance, less = (carried(queue, 1000, dip(short))[0] for short in (20, 21))
    assert balance == pytest.approx(less, abs=0.05)
    assert (balance >= less).all()
    assert balance[16] > 0.5


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=3, max_size=8),
    st.integers(0, 7),
    st.integers(1, 60),
    st.sampled_from([math.inf, 1200.0, 300.0]),
)
def test_an_agent_less_never_raises_a_level(agents, place, fewer, patience):
    """Whoever is taken away, no interval of a course is served better."""
    less = list(agents)
    less[place % len(agents)] = max(0, less[place % len(agents)] - fewer)
    before = course([360] * len(agents), AHT, agents, INTERVAL, THRESHOLD, patience).service_level
    after = course([360] * len(agents), AHT, less, INTERVAL, THRESHOLD, patience).service_level
    assert (after <= before + 1e-10).all()


def by_matrices(rate, agents, patience, threshold, states=140):
    """Levels and lines left by exponentials of the whole chain's matrix, two states for one."""
    own, now, found, left = 1 / patience, np.eye(states)[0], [], []
    numbers = np.arange(states)
    for there in agents:
        line = np.maximum(0, numbers - there)
        down = np.minimum(numbers, there) / AHT + line * own
        chain = np.diag(np.r_[np.full(states - 1, rate), 0.0][:-1], 1) + np.diag(down[1:], -1)
        chain -= np.diag(chain.sum(axis=1))
        # Beside the chain its own integral.
        both = expm(np.block([[chain, np.eye(states)], [np.zeros((states, 2 * states))]]) * WIDTH)
        mean, now = now @ both[:states, states:] / WIDTH, now @ both[:states, :states]
        ahead = np.zeros((states + 2, states + 2))
        for turn in range(1, states + 1):
            moves = there / AHT + (turn - 1) * own
            ahead[turn, [turn - 1, turn, -1]] = moves, -moves - own, own
        answered = expm(ahead * threshold)[:, 0]
        level = [1.0 if k < there else answered[int(k - there) + 1] for k in numbers]
        found.append(mean @ level)
        left.append(now @ line)
    return found, left


@pytest.mark.parametrize("patience", [math.inf, 400.0, 60.0])
@pytest.mark.parametrize("threshold", [0.0, 20.0, 120.0])
def test_a_small_course_is_that_of_the_whole_matrix(patience, threshold):
    """Leaving out states that hold next to nothing changes no level and no line."""
    agents = [10, 9, 5, 5, 8, 11, 12]
    told = course([96] * 7, AHT, agents, INTERVAL, threshold, patience)
    levels, left = by_matrices(96 / 3600, agents, patience, threshold)
    assert told.service_level == pytest.approx(levels, abs=1e-9)
    assert told.left_waiting == pytest.approx(left, abs=1e-8)


@pytest.mark.parametrize(("patience", "short"), [(math.inf, 300), (120.0, 600)])
def test_a_fluid_tells_a_deep_gap_nearly_as_the_chain_does(patience, short):
    """Slots without a chance, and when the line is gone, are the same in both."""
    agents = dip(short)
    agents[24:] += 150
    rates = np.full(48, 1000 / AHT)
    fluid = in_time(rates, np.full(48, 1 / AHT), agents, WIDTH, 1 / patience, THRESHOLD)
    chain = course(rates * 3600, AHT, agents, INTERVAL, THRESHOLD, patience).service_level
    assert fluid[16:].mean() == pytest.approx(chain[16:].mean(), abs=0.02)
    assert (fluid[18:24] < 1e-6).all()
    assert fluid[40:] == pytest.approx(chain[40:], abs=0.01)


def test_a_line_beyond_all_states_leaves_the_other_slots_as_they_are():
    """Tens of thousands wait for hours; before them and after them service is what it was."""
    agents = np.full(96, 5050.0)
    agents[20:40] = 3500
    agents[40:] = 6500
    levels, alone = carried(Queue(id="a"), 5000, agents)
    assert levels[:19] == pytest.approx(alone[:19])
    assert (levels[20:50] == 0).all()
    assert levels[-10:] == pytest.approx(alone[-10:], abs=0.01)
    assert alone[-1] > 0.99


def test_a_queue_beyond_all_states_that_lives_by_hang_ups_keeps_its_level():
    """Thirty thousand agents, 3 % short all day: the level is Erlang A's, not nothing."""
    levels, alone = carried(Queue(id="a", patience=120), 30_000, np.full(40, 29_100.0))
    assert 0.5 < alone[-1] < 1
    assert levels[4:] == pytest.approx(alone[4:], abs=0.02)
