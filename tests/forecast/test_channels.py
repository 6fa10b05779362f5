"""Chat, blending, lines that are carried on, loads that lag, busy days."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm import BusyFactor, InputError, Queue, ServiceTarget
from wfm.forecast.erlang import (
    blend,
    course,
    modified_load,
    performance,
    queue_course,
    queue_level,
    queue_requirement,
    required_agents,
)


def chat_by_sums(rate: float, times: list[float], agents: int) -> float:
    """Share of chats that find no place, by the chain of an even spread, without patience."""
    weights, states = [1.0], agents * len(times)
    for held in range(1, states + 1):
        least, more = divmod(held, agents)
        ended = (agents - more) * least / times[least - 1] if least else 0.0
        ended += more * (least + 1) / times[least] if more else 0.0
        weights.append(weights[-1] * rate / ended)
    queue = weights[-1] / (1 - rate * times[-1] / states)
    return queue / (sum(weights[:-1]) + queue)


@given(st.integers(1, 12), st.integers(2, 4), st.floats(0.1, 0.95), st.floats(1.0, 1.8))
def test_chat_is_the_chain_of_an_even_spread(agents, places, busy, slower):
    """For whole agents the wait equals the chain's own sums."""
    growth = np.linspace(1.0, slower, places)
    rate = busy * agents * places / (300 * slower)
    found = performance(3600 * rate, 300, agents, 30, growth=growth).wait_probability
    assert found == pytest.approx(chat_by_sums(rate, list(300 * growth), agents), rel=1e-9)


def test_chats_that_do_not_slow_each_other_are_servers():
    """Three at once at the same pace are three times the agents."""
    chat = performance(200, 180, 5, 20, growth=(1, 1, 1))
    assert chat.service_level == pytest.approx(performance(200, 180, 15, 20).service_level)


@pytest.mark.parametrize("growth", [(), (0.0, 1.0), (1.0, 0.9), (1.0, 2.5), [[1.0]], "slow"])
def test_bad_growth_is_refused(growth):
    """Handle times that fall, or rise so fast that less gets done, are named."""
    with pytest.raises(InputError, match="growth"):
        performance(200, 180, 5, 20, growth=growth)


def test_blending_as_published():
    """CCmath's example: 16 agents, two kept free, 4 calls a minute of 3 minutes."""
    mixed = blend(240, 180, 16, 2, 0.333 * 60)
    assert float(mixed.contacts.service_level) == pytest.approx(0.6334, abs=5e-5)
    assert float(mixed.contacts.asa) / 60 == pytest.approx(0.43, abs=5e-3)
    assert float(mixed.contacts.occupancy) == pytest.approx(0.9583, abs=5e-5)
    assert float(mixed.deferred_per_hour) / 60 == pytest.approx(1.11, abs=5e-3)


def test_keeping_everyone_free_blends_nothing():
    """With all agents in reserve service is Erlang's own, and no deferred work is done."""
    mixed, alone = blend(200, 180, 14, 14), performance(200, 180, 14)
    assert float(mixed.contacts.service_level) == pytest.approx(alone.service_level)
    assert float(mixed.deferred_per_hour) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("patience", [math.inf, 180.0])
def test_a_course_of_equal_intervals_comes_to_rest(patience):
    """After some hours every measure is that of the steady state."""
    agents = 12 if math.isinf(patience) else 9
    last = {k: v[-1] for k, v in vars(course([200] * 24, 180, agents, 30, 20, patience)).items()}
    steady = performance(200, 180, agents, 20, patience)
    for name in ("wait_probability", "service_level", "abandonment", "mean_queue"):
        assert last[name] == pytest.approx(getattr(steady, name), rel=1e-6, abs=1e-12)


def test_a_course_conserves_contacts():
    """What an overloaded half-hour leaves is what came less what was done, some of it at hand."""
    left = course([200, 400, 200], 180, [14, 14, 14], 30).left_waiting
    assert left[1] == pytest.approx((400 - 280) / 2, abs=3)
    assert left[2] < left[1]


@pytest.mark.parametrize(
    ("changed", "place"),
    [({"interval": 0}, "interval"), ({"patience": 0.0}, "patience"), ({"agents": [-1]}, "agents")],
)
def test_bad_courses_are_refused(changed, place):
    """Each bad value is named."""
    given = {"arrivals_per_hour": [100], "aht": 180, "agents": [9], "interval": 30}
    with pytest.raises(InputError, match=place):
        course(**{**given, **changed})


def test_a_line_is_carried_only_from_an_overload():
    """Slots before an overload keep their levels, those after it fall until the line is gone."""
    queue, aht = Queue(id="a"), np.full(8, 180.0)
    contacts, agents = np.full(8, 100.0), np.array([14.0] * 8)
    level = queue_level(queue, contacts * aht / 1800, aht, agents)
    assert queue_course(queue, contacts, aht, agents, 30, level).tolist() == level.tolist()
    agents[3] = 9
    level = queue_level(queue, contacts * aht / 1800, aht, agents)
    carried = queue_course(queue, contacts, aht, agents, 30, level)
    assert carried[:3].tolist() == level[:3].tolist()
    assert carried[4] < level[4] - 0.1
    assert carried[7] == pytest.approx(level[7], abs=0.02)


def test_the_modified_load_lags_and_forgets_nothing():
    """It rises after the contacts, and the hours of work are the same in the end."""
    rates = np.array([0, 0, 200, 200, 200, 0, 0, 0, 0, 0, 0.0])
    load = modified_load(rates, 900, 30)
    assert load[2] < load[3] < load[4] < 50
    assert load[5] > 0
    assert load.sum() == pytest.approx((rates * 900 / 3600).sum(), rel=1e-3)
    assert modified_load([100, 100], 600, 30).tolist() == pytest.approx([100 / 6] * 2)


def test_busy_days_take_more_people():
    """Expected service over uncertain days takes more agents, a high probability more still."""
    queue = Queue(id="a", patience=180)
    load, aht = np.array([100.0]), np.array([180.0])
    plans = (None, BusyFactor(cv=0.15), BusyFactor(cv=0.15, probability=0.8))
    needed = [int(queue_requirement(queue, load, aht, 1.0, busy)[0]) for busy in plans]
    assert needed[0] < needed[1] < needed[2]
    level = queue_level(queue, load, aht, needed[1], plans[1])[0]
    assert level >= 0.8 > queue_level(queue, load, aht, needed[1] - 1, plans[1])[0]


def test_a_probability_is_that_of_the_days_that_meet_the_target():
    """Staffed for 8 days of 10, the target holds on the days up to the factor's 8th decile."""
    queue, aht = Queue(id="a", patience=180), np.array([180.0])
    busy = BusyFactor(cv=0.2, probability=0.8)
    agents = int(queue_requirement(queue, np.array([100.0]), aht, 1.0, busy)[0])
    days = np.random.default_rng(1).gamma(25.0, 1 / 25.0, 4000)
    met = queue_level(queue, 100.0 * days, 180.0, agents) >= 0.8
    assert 0.8 - 0.03 < met.mean() < 0.8 + 0.06


def test_definitions_and_limits_of_a_queue_reach_its_requirement():
    """A limit on hanging up and another definition of the level change what is required."""
    load, aht = np.array([30.0]), np.array([240.0])

    def needed(**target):
        queue = Queue(id="a", patience=120, target=ServiceTarget(**target))
        return int(queue_requirement(queue, load, aht, 1.0)[0])

    assert needed(max_abandonment=0.01) == required_agents(
        450, 240, patience=120, max_abandonment=0.01
    )
    assert needed(definition="answered_or_abandoned") < needed()
    assert needed(max_asa=2.0) > needed()
