"""What Erlang's formulas take and give: ends of the range, shapes, types, and what they refuse."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest

from wfm import InputError
from wfm.forecast.erlang import erlang_b, erlang_c, performance, required_agents, wait_quantile

INF = math.inf
LEVELS = (
    "service_level",
    "service_level_less_abandoned",
    "service_level_of_answered",
    "service_level_with_abandoned",
)
BURDENS = (
    "wait_probability",
    "abandonment",
    "occupancy",
    "asa",
    "wait_of_waiting",
    "mean_queue",
)


@pytest.fixture(autouse=True)
def _no_warning():
    """Neither Python nor numpy has anything to warn of, whatever is asked."""
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        yield


def test_nobody_arrives():
    """Without contacts nobody waits, every level is 1, and nobody is needed."""
    for patience in (INF, 60.0, 0.0):
        for agents in (0, 3):
            found = performance(0, 180, agents, 20, patience)
            assert {getattr(found, field) for field in LEVELS} == {1.0}
            assert {getattr(found, field) for field in BURDENS} == {0.0}
            assert wait_quantile(0, 180, agents, 0.9, patience) == 0
        assert required_agents(0, 180, patience=patience) == 0
    assert erlang_b(0, 3) == erlang_b(0, 0) == erlang_c(0, 3) == erlang_c(0, 0) == 0


def test_nobody_answers():
    """Without agents all callers wait as long as they care to, and leave."""
    found = performance(100, 180, 0, 20, 60)
    assert found.wait_probability == found.abandonment == found.occupancy == 1
    assert found.asa == found.wait_of_waiting == 60
    assert found.service_level == found.service_level_of_answered == 0
    assert found.service_level_with_abandoned == pytest.approx(1 - math.exp(-20 / 60), rel=1e-14)
    assert found.mean_queue == pytest.approx(100 / 60, rel=1e-14)
    assert wait_quantile(100, 180, 0, 0.5, 60) == pytest.approx(60 * math.log(2), rel=1e-14)
    assert performance(100, 180, 0, 20).asa == INF
    assert erlang_b(5, 0) == erlang_c(5, 0) == 1


@pytest.mark.parametrize("agents", [3, 5, 4.99])
def test_no_steady_state(agents):
    """Erlang C without spare agents waits without end: level 0, occupancy 1, infinite times."""
    found = performance(100, 180, agents, 20)
    assert found.wait_probability == found.occupancy == 1
    assert [getattr(found, level) for level in LEVELS] == [0, 0, 0, 0]
    assert found.asa == found.wait_of_waiting == found.mean_queue == INF
    assert found.abandonment == 0
    assert wait_quantile(100, 180, agents, 0.5) == INF
    assert erlang_c(5, agents) == 1


def test_a_threshold_of_zero():
    """Within no time are answered those who find an agent free."""
    for patience in (INF, 60.0):
        found = performance(100, 180, 7, 0, patience)
        free = pytest.approx(1 - found.wait_probability, rel=1e-14)
        assert found.service_level == found.service_level_less_abandoned == free
        assert found.service_level_with_abandoned == free


def test_plain_numbers_give_plain_numbers():
    """Ints, floats and numpy's scalars give Python's own numbers."""
    for one in (int, float, np.float64, np.float32, np.int64):
        assert type(erlang_b(one(5), one(7))) is float
        assert type(erlang_c(one(5), one(7))) is float
        assert type(wait_quantile(one(100), one(180), one(7), 0.9)) is float
        assert type(required_agents(one(100), one(180))) is int
        assert type(required_agents(one(100), one(180), fractional=True)) is float
        found = performance(one(100), one(180), one(7), one(20), one(60))
        assert {type(getattr(found, field)) for field in LEVELS + BURDENS} == {float}


SHAPES = [
    (np.array(100.0), 180.0),
    ([], 180.0),
    (np.zeros((0, 3)), np.full(3, 180.0)),
    ([[100.0], [50.0], [0.0]], [60, 120, 180, 240]),
    (np.arange(24.0).reshape(4, 6)[::2, ::-3], 180),
    (np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.array(180, dtype=np.int32)),
    (np.arange(5, dtype=np.uint8), np.float32(180)),
    (range(4), (180,)),
]
"""Zero dimensions, none inside, rows against columns, views, Fortran's order, types, sequences."""


@pytest.mark.parametrize(("arrivals", "aht"), SHAPES)
def test_shapes_broadcast(arrivals, aht):
    """Values have the common shape, each is the one of its plain numbers."""
    rows, columns = np.broadcast_arrays(np.asarray(arrivals, float), np.asarray(aht, float))
    pairs = list(zip(rows.ravel().tolist(), columns.ravel().tolist(), strict=True))

    def agree(found, expected):
        assert np.shape(found) == rows.shape
        assert np.ravel(found).tolist() == expected

    agree(erlang_b(arrivals, aht), [erlang_b(*pair) for pair in pairs])
    agree(erlang_c(arrivals, aht), [erlang_c(*pair) for pair in pairs])
    agree(wait_quantile(arrivals, aht, 4, 0.9), [wait_quantile(*pair, 4, 0.9) for pair in pairs])
    agree(required_agents(arrivals, aht), [required_agents(*pair) for pair in pairs])
    assert np.asarray(required_agents(arrivals, aht)).dtype == np.int64
    exactly = required_agents(arrivals, aht, fractional=True)
    agree(exactly, [required_agents(*pair, fractional=True) for pair in pairs])
    together = performance(arrivals, aht, 4, 20, 60)
    for field in LEVELS + BURDENS:
        each = [getattr(performance(*pair, 4, 20, 60), field) for pair in pairs]
        agree(getattr(together, field), each)


def test_every_argument_broadcasts():
    """Any one of them may be the array."""
    plain = {"arrivals_per_hour": 100.0, "aht": 180.0, "threshold": 20.0, "patience": 60.0}
    for name, value in plain.items():
        arrays = {**plain, name: np.array([[value], [value / 2]])}
        singles = [{**plain, name: value}, {**plain, name: value / 2}]
        found = performance(**arrays, agents=4).asa
        assert found.tolist() == [[performance(**single, agents=4).asa] for single in singles]
        needed = required_agents(**arrays)
        assert needed.tolist() == [[required_agents(**single)] for single in singles]
    for goal in ("target", "max_asa", "max_abandonment", "max_occupancy"):
        needed = required_agents(**plain, **{goal: [0.3, 0.6]})
        assert needed.tolist() == [required_agents(**plain, **{goal: one}) for one in (0.3, 0.6)]
    waits = wait_quantile(100, 180, [3, 4], [[0.5], [0.9]], 60)
    assert waits.tolist() == [
        [wait_quantile(100, 180, n, p, 60) for n in (3, 4)] for p in (0.5, 0.9)
    ]


CALLS = {
    "erlang_b": (erlang_b, {"load": 5.0, "agents": 7.0}),
    "erlang_c": (erlang_c, {"load": 5.0, "agents": 7.0}),
    "performance": (
        performance,
        {"arrivals_per_hour": 100.0, "aht": 180.0, "agents": 7.0, "threshold": 20.0},
    ),
    "patience": (
        performance,
        {"arrivals_per_hour": 100.0, "aht": 180.0, "agents": 7.0, "patience": 60.0},
    ),
    "wait_quantile": (
        wait_quantile,
        {"arrivals_per_hour": 100.0, "aht": 180.0, "agents": 7.0, "probability": 0.9},
    ),
    "required_agents": (
        required_agents,
        {"arrivals_per_hour": 100.0, "aht": 180.0, "target": 0.8, "threshold": 20.0},
    ),
    "goals": (
        required_agents,
        {
            "arrivals_per_hour": 100.0,
            "aht": 180.0,
            "max_asa": 10.0,
            "max_abandonment": 0.1,
            "max_occupancy": 0.9,
        },
    ),
}
ENDLESS = {"patience", "max_asa"}
BAD = [
    (name, argument, bad)
    for name, (_, arguments) in CALLS.items()
    for argument in arguments
    for bad in (math.nan, -1.0, -INF, *([] if argument in ENDLESS else [INF]))
]


@pytest.mark.parametrize(("name", "argument", "bad"), BAD)
def test_bad_values_are_named(name, argument, bad):
    """NaN, negatives and infinities are refused, with the argument or its first bad index named."""
    call, arguments = CALLS[name]
    with pytest.raises(InputError, match=f"^{argument} must be"):
        call(**{**arguments, argument: bad})
    value = arguments[argument]
    with pytest.raises(InputError, match=rf"^{argument}\[1\] must be"):
        call(**{**arguments, argument: [value, bad, value, bad]})
    with pytest.raises(InputError, match=rf"^{argument}\[0, 2\] must be"):
        call(**{**arguments, argument: np.array([[value, value, bad], [bad, value, value]])})


@pytest.mark.parametrize(
    ("call", "place"),
    [
        (lambda: performance(100, 0, 7), "aht"),
        (lambda: required_agents(100, 180, 1.0), "target"),
        (lambda: required_agents(100, 180, [0.8, 1.0]), r"target\[1\]"),
        (lambda: required_agents(100, 180, max_occupancy=0.0), "max_occupancy"),
        (lambda: required_agents(100, 180, max_occupancy=1.1), "max_occupancy"),
        (lambda: required_agents(100, 180, max_abandonment=[0.1, 0.0]), r"max_abandonment\[1\]"),
        (lambda: required_agents(100, 180, max_asa=0.0), "max_asa"),
        (lambda: required_agents(100, 180, definition="best"), "definition"),
        (lambda: required_agents(100, 180, target=None), "required_agents"),
        (lambda: performance(100, 180, 7).level("best"), "definition"),
        (lambda: wait_quantile(100, 180, 7, 1.0), "probability"),
        (lambda: erlang_b([1, 2, 3], [1, 2]), "shapes"),
        (lambda: performance([1, 2, 3], 180, [1, 2]), "shapes"),
        (lambda: erlang_b("five", 7), "load"),
        (lambda: erlang_b(["five"], 7), "load"),
        (lambda: performance(None, 180, 7), "arrivals_per_hour"),
    ],
)
def test_what_cannot_be_asked(call, place):
    """A handle time of 0, a target of 1, goals without meaning and shapes apart are refused."""
    with pytest.raises(InputError, match=f"^{place} must"):
        call()
