"""From forecast to demand: requirement, load, shrinkage, and curves that keep what they say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm import Horizon, Queue, ServiceTarget, Window
from wfm.forecast import Volume, staff
from wfm.forecast.erlang import performance, required_agents
from wfm.forecast.service_curve import breakpoints, concave


def service_level(load, agents, aht, threshold):
    """Erlang C's level of so many erlangs."""
    per_hour = np.asarray(load) * 3600 / aht
    return performance(per_hour, aht, agents, threshold).service_level


def volume_of(contacts: list[float], aht: float, interval: int = 30, days: int = 1) -> Volume:
    """A forecast of one queue from midnight on."""
    horizon = Horizon(start=date(2026, 12, 7), days=days, interval=interval)
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


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60), st.floats(0, 3))
def test_few_breakpoints_keep_the_error_that_they_state(steps, error):
    """Lines between breakpoints lie at most so far below the curve, and never above it."""
    curve = np.concatenate([[0.0], np.cumsum(sorted(steps, reverse=True))])
    heads, contacts = np.array(breakpoints(curve, error)).T
    line = np.interp(np.arange(len(curve)), heads, contacts)
    assert (line <= curve + 1e-9).all()
    assert (curve - line <= error + 1e-9).all()
    assert (heads[0], heads[-1]) == (0, len(curve) - 1)


def test_a_large_queue_has_few_breakpoints():
    """A curve of hundreds of agents is told by some tens of points, within a thousandth."""
    demand = staff(volume_of([3000], 240), [Queue(id="a")])
    (curve,) = demand.service[0][:1]
    assert curve[-1][0] > 400
    assert len(curve) < 40
    assert demand.curve_error == 0.001


def test_patience_asks_for_fewer():
    """Erlang A takes the place of Erlang C where patience is known."""
    by_c = staff(volume_of([300], 300), [Queue(id="a")]).required[0][0]
    by_a = staff(volume_of([300], 300), [Queue(id="a", patience=120)]).required[0][0]
    assert by_a == required_agents(600, 300, patience=120) < by_c


def test_long_contacts_are_staffed_by_the_load_that_is_felt():
    """From ten minutes on, the first slot after opening needs fewer than its contacts alone."""
    hours = [0, 0, 60, 60, 60, 60]
    short = staff(volume_of(hours, 599), [Queue(id="a")])
    long = staff(volume_of(hours, 1200), [Queue(id="a")])
    assert short.load[0][2] == pytest.approx(60 * 599 / 1800)
    assert long.load[0][2] < 0.6 * 60 * 1200 / 1800 < long.load[0][5]
    assert long.required[0][2] < long.required[0][5]
    assert long.required[0][6] == 0
