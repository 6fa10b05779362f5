"""What holds for Erlang's formulas at any values: directions, limits, least agents."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from wfm.forecast.erlang import (
    DEFINITIONS,
    erlang_b,
    erlang_c,
    performance,
    required_agents,
    wait_quantile,
)

INF = math.inf
LEVELS = (
    "service_level",
    "service_level_less_abandoned",
    "service_level_of_answered",
    "service_level_with_abandoned",
)
SHARES = (*LEVELS, "wait_probability", "abandonment", "occupancy")
WAITS = ("asa", "wait_of_waiting", "mean_queue")
BURDENS = ("wait_probability", "abandonment", "occupancy", *WAITS)
FIELDS = (*LEVELS, *BURDENS)
ROUNDING = 1e-11


def powers(low, high):
    """Powers of ten with an exponent in a range."""
    return st.floats(low, high).map(lambda exponent: 10.0**exponent)


loads = powers(-3, 4)
ratios = st.one_of(powers(-1, 0.5), st.floats(0.95, 1.05))
handle_times = powers(0.5, 3.5)
turns = st.one_of(st.just(0.0), powers(-3, 1))
patiences = powers(-4, 6)
growths = powers(-3, 1).map(lambda more: 1 + more)


@pytest.fixture(autouse=True)
def _no_warning():
    """Neither Python nor numpy has anything to warn of, whatever is asked."""
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        yield


def fields(found):
    """Every measure by its name."""
    return {name: getattr(found, name) for name in FIELDS}


def rises(before, after, share):
    """Whether a value does not fall, but for rounding."""
    return before <= after * (1 + ROUNDING) + (ROUNDING if share else 0)


def moves(before, after, up=(), down=(), still=()):
    """Assert in which direction each field goes."""
    for field in (*up, *down, *still):
        old, new = getattr(before, field), getattr(after, field)
        if field not in down:
            assert rises(old, new, field in SHARES), field
        if field not in up:
            assert rises(new, old, field in SHARES), field


@settings(deadline=None)
@given(loads, ratios, handle_times, turns, st.one_of(patiences, st.just(INF)), growths)
def test_more_agents_serve_better(load, ratio, aht, turn, patience, growth):
    """With more agents every level rises, and waiting, abandonment and occupancy fall."""
    queue = (load * 3600 / aht, aht)
    rest = (turn * aht, patience * aht)
    before = performance(*queue, load * ratio, *rest)
    after = performance(*queue, load * ratio * growth, *rest)
    moves(before, after, up=LEVELS, down=BURDENS)


@settings(deadline=None)
@given(loads, ratios, handle_times, turns, st.one_of(patiences, st.just(INF)), growths)
def test_more_contacts_are_served_worse(load, ratio, aht, turn, patience, growth):
    """With more contacts every level falls, and waiting, abandonment and occupancy rise."""
    rest = (aht, load * ratio, turn * aht, patience * aht)
    before = performance(load * 3600 / aht, *rest)
    after = performance(load * growth * 3600 / aht, *rest)
    moves(before, after, up=BURDENS, down=LEVELS)


@settings(deadline=None)
@given(loads, ratios, handle_times, turns, st.one_of(patiences, st.just(INF)), growths)
def test_a_longer_threshold_is_met_more_often(load, ratio, aht, turn, patience, growth):
    """With a longer threshold every level rises; all else stays as it is."""
    queue = (load * 3600 / aht, aht, load * ratio)
    before = performance(*queue, turn * aht, patience * aht)
    after = performance(*queue, turn * growth * aht, patience * aht)
    moves(before, after, up=LEVELS, still=BURDENS)


@settings(deadline=None)
@given(loads, ratios, handle_times, turns, patiences, growths)
def test_more_patience_makes_longer_lines(load, ratio, aht, turn, patience, growth):
    """With more patience fewer hang up, more wait, and longer; the level of those offered may turn.

    Over offered it rises where few would be late and falls where many are; by the other three
    definitions, which do not count those against the queue who hang up, it always falls.
    """
    queue = (load * 3600 / aht, aht, load * ratio, turn * aht)
    before = performance(*queue, patience * aht)
    after = performance(*queue, patience * growth * aht)
    burdens = set(BURDENS) - {"abandonment"}
    moves(before, after, up=burdens, down=(*LEVELS[1:], "abandonment"))


def test_more_patience_moves_the_level_of_those_offered_either_way():
    """In overload patient callers spoil the level, at a long threshold they improve it."""
    crowded = [performance(360, 300, 20, 20, patience).service_level for patience in (60, 600)]
    calm = [performance(200, 180, 14, 300, patience).service_level for patience in (60, 600)]
    assert crowded[0] > crowded[1] + 0.05
    assert calm[0] < calm[1] - 0.02


@settings(deadline=None)
@given(loads, ratios, handle_times, turns, st.one_of(patiences, st.just(INF)))
def test_shares_are_shares(load, ratio, aht, turn, patience):
    """Shares lie in [0, 1], waits from 0 up, and the four levels in their order."""
    found = performance(load * 3600 / aht, aht, load * ratio, turn * aht, patience * aht)
    for field, value in fields(found).items():
        assert 0 <= value <= (1 if field in SHARES else INF), field
    assert rises(found.service_level, found.service_level_less_abandoned, share=True)
    assert rises(found.service_level, found.service_level_of_answered, share=True)
    assert rises(found.service_level_less_abandoned, found.service_level_with_abandoned, share=True)
    assert [found.level(name) for name in DEFINITIONS] == [getattr(found, name) for name in LEVELS]


@settings(deadline=None)
@given(loads, ratios, handle_times, turns, patiences)
def test_books_balance(load, ratio, aht, turn, patience):
    """Waiting, abandonment, the line and the agents' time tell of the same contacts."""
    arrivals, agents = load * 3600 / aht, load * ratio
    found = performance(arrivals, aht, agents, turn * aht, patience * aht)
    about = pytest.approx
    assert found.asa == about(found.abandonment * patience * aht, rel=1e-10)
    assert found.asa == about(found.wait_of_waiting * found.wait_probability, rel=1e-10)
    assert found.mean_queue == about(arrivals / 3600 * found.asa, rel=1e-10)
    assert found.occupancy == about(load * (1 - found.abandonment) / agents, rel=1e-9, abs=1e-10)


@settings(deadline=None)
@given(loads, st.one_of(powers(0.02, 0.5)), handle_times, turns)
def test_endless_patience_is_erlang_c(load, ratio, aht, turn):
    """As patience grows Erlang A tends to Erlang C, and infinite patience is it."""
    agents, arrivals = load * ratio, load * 3600 / aht
    spare = agents - load
    c = performance(arrivals, aht, agents, turn * aht)
    a = performance(arrivals, aht, agents, turn * aht, 1e9 * (aht + aht / spare**2))
    for field, value in fields(c).items():
        assert getattr(a, field) == pytest.approx(value, rel=1e-5, abs=1e-7), field
    assert c.wait_probability == pytest.approx(erlang_c(load, agents), rel=1e-9)
    assert c.asa == pytest.approx(erlang_c(load, agents) * aht / spare, rel=1e-9)


@settings(deadline=None)
@given(loads, ratios, handle_times, turns)
def test_no_patience_is_erlang_b(load, ratio, aht, turn):
    """As patience vanishes Erlang A tends to Erlang B, and no patience is it."""
    agents, arrivals = load * ratio, load * 3600 / aht
    blocked = pytest.approx(erlang_b(load, agents), rel=1e-9)
    gone = performance(arrivals, aht, agents, turn * aht, 0.0)
    assert gone.abandonment == gone.wait_probability == blocked
    assert gone.service_level == pytest.approx(1 - erlang_b(load, agents), rel=1e-9, abs=1e-12)
    assert gone.asa == gone.wait_of_waiting == gone.mean_queue == 0
    hasty = performance(arrivals, aht, agents, turn * aht, 1e-9 * aht / (1 + agents + load))
    for field in ("wait_probability", "abandonment", "occupancy", "asa"):
        value = getattr(gone, field)
        assert getattr(hasty, field) == pytest.approx(value, rel=1e-6, abs=1e-7 * aht), field


@settings(deadline=None)
@given(loads, ratios, handle_times, st.floats(0, 0.9999), st.one_of(patiences, st.just(INF)))
def test_the_quantile_turns_the_distribution_round(load, ratio, aht, share, patience):
    """So many wait no longer than the quantile, counted until an answer or until hanging up."""
    queue, patience = (load * 3600 / aht, aht, load * ratio), patience * aht
    wait = wait_quantile(*queue, share, patience)
    assume(wait <= 1e9)
    within = performance(*queue, wait, patience).service_level_with_abandoned
    assert within >= share - 1e-10
    if wait > 0:
        assert within == pytest.approx(share, abs=1e-10)
    if share > 0:
        assert wait_quantile(*queue, share / 2, patience) <= wait


goals = st.fixed_dictionaries(
    {
        "target": st.one_of(st.none(), st.floats(0.01, 0.99)),
        "max_asa": st.one_of(st.none(), powers(-2, 3)),
        "max_abandonment": st.one_of(st.none(), powers(-3, -0.1)),
        "max_occupancy": st.one_of(st.none(), st.floats(0.1, 1)),
    }
).filter(lambda chosen: any(value is not None for value in chosen.values()))


def meets(queue, agents, goal, definition, slack):
    """Whether so many agents meet every goal, looked up one by one."""
    arrivals, aht, threshold, patience = queue
    if agents < 0 or (patience == INF and arrivals * aht / 3600 >= agents):
        return False
    found = performance(arrivals, aht, agents, threshold, patience)
    most = {
        "max_asa": found.asa,
        "max_abandonment": found.abandonment,
        "max_occupancy": found.occupancy,
    }
    level = goal["target"] is None or found.level(definition) >= goal["target"] - slack
    return level and all(
        goal[name] is None or value <= goal[name] * (1 + slack) + slack * (name != "max_asa")
        for name, value in most.items()
    )


@settings(deadline=None)
@given(
    powers(-2, 3.5),
    handle_times,
    turns,
    st.one_of(powers(-2, 3), st.just(INF)),
    goals,
    st.sampled_from(DEFINITIONS),
)
def test_required_agents_are_the_fewest(load, aht, turn, patience, goal, definition):
    """They meet every goal, one fewer misses one; the same for a fraction and a millionth less."""
    queue = (load * 3600 / aht, aht, turn * aht, patience * aht)
    arguments = {**goal, "definition": definition}
    whole = required_agents(*queue[:2], threshold=queue[2], patience=queue[3], **arguments)
    assert isinstance(whole, int)
    assert meets(queue, whole, goal, definition, 1e-11)
    assert not meets(queue, whole - 1, goal, definition, 1e-13)
    exactly = required_agents(
        *queue[:2], threshold=queue[2], patience=queue[3], fractional=True, **arguments
    )
    assert isinstance(exactly, float)
    # Of those answered so many are answered in time by any number of agents, however small.
    assume(exactly == 0 or exactly > 1e-6)
    assert whole - 1 < exactly * (1 + 1e-9)
    assert exactly <= whole * (1 + 1e-9)
    assert meets(queue, exactly * (1 + 1e-12), goal, definition, 1e-10)
    assert exactly == 0 or not meets(queue, exactly * (1 - 1e-5), goal, definition, 0.0)


def test_erlang_a_may_need_fewer_agents_than_the_load():
    """100 erlangs with a minute's patience reach 80/20 with 96 agents, Erlang C needs 107."""
    arrivals, aht = 2000, 180
    assert required_agents(arrivals, aht, 0.8, 20, 60) < 100 < required_agents(arrivals, aht)
    fraction = required_agents(arrivals, aht, 0.8, 20, 60, fractional=True)
    assert performance(arrivals, aht, fraction, 20, 60).service_level == pytest.approx(0.8)


@settings(deadline=None)
@given(loads, handle_times)
def test_erlang_c_is_staffed_above_the_load(load, aht):
    """Without patience more agents than the load are needed, however low the goal."""
    arrivals = load * 3600 / aht
    for fractional in (False, True):
        agents = required_agents(arrivals, aht, 0.0, fractional=fractional)
        assert agents > arrivals * aht / 3600 * (1 - 1e-15)
        assert performance(arrivals, aht, agents).asa < INF


FINITE = st.one_of(st.just(0.0), powers(-9, 9), powers(-320, 9))


@settings(deadline=None)
@given(
    FINITE,
    st.one_of(powers(-9, 9), handle_times),
    FINITE,
    FINITE,
    st.one_of(st.just(INF), FINITE, powers(9, 308)),
    st.floats(0, 1, exclude_max=True),
)
@example(10.0, 1.0, 1e-17, 0.0, 1.0, 0.0)
@example(1e9, 1e9, 1e9, 1e9, 5e-324, 0.5)
@example(5e-324, 1e-9, 5e-324, 5e-324, 1e308, 0.5)
def test_never_nan_never_a_warning(arrivals, aht, agents, threshold, patience, share):
    """Whatever is allowed has an answer: shares in [0, 1], waits from 0 up, none of them NaN."""
    for value in (erlang_b(arrivals, agents), erlang_c(arrivals, agents)):
        assert 0 <= value <= 1
    plain = performance(arrivals, aht, agents, threshold, patience)
    arrays = performance([arrivals], aht, agents, threshold, patience)
    for field, value in fields(plain).items():
        assert 0 <= value <= (1 if field in SHARES else INF), field
        assert getattr(arrays, field).tolist() == [value], field
    assert wait_quantile(arrivals, aht, agents, share, patience) >= 0
    assert wait_quantile([arrivals], aht, agents, share, patience)[0] >= 0


@settings(deadline=None)
@given(powers(-9, 5), handle_times, FINITE, st.one_of(st.just(INF), FINITE), goals)
def test_every_goal_has_an_answer(load, aht, threshold, patience, goal):
    """For up to 100,000 erlangs a finite number of agents is found, one by one and in arrays."""
    arrivals = load * 3600 / aht
    arguments = {"threshold": threshold, "patience": patience, **goal}
    agents = required_agents(arrivals, aht, **arguments)
    assert 0 <= agents < INF
    assert required_agents([arrivals], aht, **arguments).tolist() == [agents]
