"""Requirement and service curves, against published values and the formula itself."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from wfm import Horizon, Queue, ServiceTarget, Window
from wfm.forecast import Volume, staff
from wfm.forecast.erlang import erlang_c, required_agents, service_level
from wfm.forecast.staffing import concave


def erlang_c_by_sums(load: float, agents: int) -> float:
    """Erlang C through the recursion of Erlang B, for whole agents."""
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked / (1 - load / agents * (1 - blocked))


PUBLISHED = [
    # load, agents, aht, threshold, waiting, service level; R package ErlangC 0.1.0, its tests
    (10, 11, 180, 20, 0.6821182, 0.3896138),
    (10, 12, 180, 20, 0.4493882, 0.640158),
    (10, 13, 180, 20, 0.2852705, 0.7955948),
    (10, 14, 180, 20, 0.1741319, 0.88835),
    # CCmath's ERLANG demo: 4 calls a minute of 3 minutes, within 0.333 minutes
    (12, 14, 180, 19.98, None, 0.6142),
    # 88 erlangs of 198 s: recomputed
    (88, 95, 198, 20, 0.358018, 0.823466),
]


@pytest.mark.parametrize(("load", "agents", "aht", "threshold", "waiting", "level"), PUBLISHED)
def test_published_values(load, agents, aht, threshold, waiting, level):
    """Probability of waiting and service level equal the published digits."""
    assert float(service_level(load, agents, aht, threshold)) == pytest.approx(level, abs=5e-5)
    if waiting is not None:
        assert float(erlang_c(load, agents)) == pytest.approx(waiting, abs=5e-7)


@given(st.floats(1e-6, 300), st.integers(1, 320))
def test_erlang_c_equals_the_recursion(load, agents):
    """For whole agents the closed form equals the textbook recursion; overload always waits."""
    expected = 1.0 if load >= agents else erlang_c_by_sums(load, agents)
    assert float(erlang_c(load, agents)) == pytest.approx(expected, rel=1e-9, abs=1e-14)


@given(st.floats(0.01, 200), st.floats(0.01, 50))
def test_erlang_c_of_a_fraction_of_agents(load, spare):
    """For fractional agents it equals Jagerman's integral form through the incomplete gamma."""
    agents = load + spare
    log = agents * np.log(load) - load - special.gammaln(agents + 1)
    ratio = special.gammaincc(agents, load) / np.exp(log)
    expected = 1 / (1 + ratio * spare / agents)
    assert float(erlang_c(load, agents)) == pytest.approx(expected, rel=1e-8, abs=1e-14)


@given(
    st.lists(st.floats(1e-3, 400), min_size=1, max_size=20),
    st.floats(20, 2000),
    st.floats(0.05, 0.99),
    st.floats(0, 120),
    st.floats(0.5, 1),
)
def test_required_agents_are_the_fewest(loads, aht, target, threshold, occupancy):
    """With them the goals are met, with one fewer one of them is missed."""
    load = np.array(loads)
    agents = required_agents(load, aht, target, threshold, occupancy)

    def meets(count):
        level = service_level(load, np.maximum(count, 0), aht, threshold)
        return (level >= target - 1e-9) & (load <= count * occupancy * (1 + 1e-9))

    assert meets(agents).all()
    assert not meets(agents - 1).any()


def test_no_load_needs_nobody():
    """Zero contacts need zero agents and are served in full by none."""
    assert required_agents([0.0, 1.0], 180).tolist()[0] == 0
    assert float(service_level(0, 0, 180, 20)) == 1.0


def test_occupancy_raises_the_requirement():
    """Ten erlangs at most 70 % busy take 15 agents, as pyworkforce's example says."""
    assert int(required_agents(10, 180, 0.8, 20, 0.85)) == 14
    assert int(required_agents(10, 180, 0.8, 20, 0.7)) == 15


def test_fourty_four_erlangs_twice_in_one_pool():
    """88 erlangs at AHT 198 s and 80/20 need 95 agents."""
    assert int(required_agents(88, 198)) == 95


def volume_of(contacts: list[float], aht: float, interval: int = 30) -> Volume:
    """A forecast of one queue from midnight on."""
    horizon = Horizon(start=date(2026, 12, 7), days=1, interval=interval)
    row = np.zeros((1, horizon.slots))
    row[0, : len(contacts)] = contacts
    times = np.full(row.shape, aht)
    return Volume(horizon=horizon, queues=("a",), contacts=row, aht=times, lower=row, upper=row)


def test_a_slot_is_staffed_as_published():
    """100 contacts of 180 s in half an hour: 14 agents, and a curve through Erlang C's levels."""
    demand = staff(volume_of([100], 180), [Queue(id="a")])
    assert demand.required[0][0] == 14
    assert demand.required[0][1] == 0
    curve = dict(demand.service[0][0])
    assert curve[14] == pytest.approx(88.835, abs=1e-3)
    assert curve[13] == pytest.approx(79.559, abs=1e-3)
    assert len(demand.service[0][1]) == 1


def test_shrinkage_divides():
    """At 30 % shrinkage the requirement is the fractional one over 0.7, rounded up."""
    demand = staff(volume_of([100], 180), [Queue(id="a", shrinkage=0.3)])
    agents = demand.required[0][0]
    assert float(service_level(10, agents * 0.7, 180, 20)) >= 0.8
    assert float(service_level(10, (agents - 1) * 0.7, 180, 20)) < 0.8
    assert agents in (19, 20)


def test_concurrency_counts_sessions():
    """An agent of two chats at once is two servers."""
    demand = staff(volume_of([100], 180), [Queue(id="a", channel="chat", concurrency=2)])
    assert demand.required[0][0] == 7


def test_outside_its_hours_a_queue_asks_for_nobody():
    """Contacts forecast before opening are not staffed, those after are."""
    hours = (Window(start="00:30", end="12:00"),)
    demand = staff(volume_of([100, 100], 180), [Queue(id="a", hours=hours)])
    assert demand.required[0][:2] == (0, 14)
    assert demand.contacts[0][:2] == (0.0, 100.0)


def test_a_finer_interval_keeps_the_load():
    """Half an hour cut in two gives the same requirement in both halves."""
    demand = staff(volume_of([100], 180), [Queue(id="a")], interval=15)
    assert demand.horizon.interval == 15
    assert demand.required[0][:3] == (14, 14, 0)


@given(st.floats(0.1, 400), st.floats(30, 1500), st.floats(0, 0.5), st.floats(0.3, 0.95))
def test_curves_never_promise_more_than_the_formula(contacts, aht, shrinkage, level):
    """They are concave, meet Erlang C at the requirement, and lie nowhere above it."""
    target = ServiceTarget(level=level, floor=0.2)
    demand = staff(volume_of([contacts], aht), [Queue(id="a", shrinkage=shrinkage, target=target)])
    curve = demand.curves.table()[0, 0, : demand.service[0][0][-1][0] + 1]
    heads = np.arange(len(curve)) * (1 - shrinkage)
    truth = contacts * service_level(contacts * aht / 1800, heads, aht, 20)
    assert (curve <= truth + 1e-9 * contacts).all()
    assert (np.diff(curve, 2) <= 1e-9 * contacts).all()
    assert curve[-1] == pytest.approx(truth[-1])


@given(st.lists(st.floats(0, 5), min_size=1, max_size=12))
def test_concave_leaves_concave_curves_alone(steps):
    """A curve whose steps only fall comes back as it is."""
    curve = np.concatenate([[0.0], np.cumsum(sorted(steps, reverse=True))])[None, :]
    assert concave(curve) == pytest.approx(curve)
