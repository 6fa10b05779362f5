"""The best of several forecasters, and their mean."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.pasts import history, horizon, joined
from tests.forecast.test_backtest import Constant
from wfm.errors import InputError
from wfm.forecast import AutoForecaster, Combination, Scenarios, SeasonalNaive, WeekdayMean

NEXT = horizon("2026-03-16")
STEADY = history([10] * 10)


@dataclass(frozen=True)
class Drawn(Constant):
    """Samples that are all as expected."""

    def scenarios(self, history, horizon, samples=500, seed=1):  # noqa: ARG002
        shape = (samples, len(history.queues), horizon.slots)
        contacts = np.full(shape, self.contacts, dtype=np.int32)
        return Scenarios(horizon, history.queues, contacts, np.full(shape[1:], self.aht))


def test_each_queue_gets_the_better_one():
    """The forecaster that is right about a queue is chosen for it, and says what it would do."""
    past = joined(STEADY, history([30] * 10, queue="chat"))
    auto = AutoForecaster({"ten": Constant(10), "thirty": Constant(30)})
    choice = auto.choose(past)
    assert choice.chosen == {"calls": "ten", "chat": "thirty"}
    made = auto.forecast(past, NEXT).array("contacts")
    assert [set(row) for row in made] == [{10.0}, {30.0}]
    assert str(choice).splitlines() == [
        "calls: ten (WAPE: ten 0.0%, thirty 200.0%)",
        "chat: thirty (WAPE: ten 66.7%, thirty 0.0%)",
    ]


def test_scenarios_follow_the_choice():
    """Samples of each queue are those of its forecaster."""
    past = joined(STEADY, history([30] * 10, queue="chat"))
    auto = AutoForecaster({"ten": Drawn(10), "thirty": Drawn(30)}, by="pinball", samples=20)
    drawn = auto.scenarios(past, NEXT, samples=5).contacts
    assert drawn.shape == (5, 2, 168)
    assert [set(drawn[:, row].ravel().tolist()) for row in (0, 1)] == [{10}, {30}]


def test_equals_go_to_the_first():
    """Of two that are equally good the first one forecasts."""
    auto = AutoForecaster({"one": Constant(10, aht=1), "two": Constant(10, aht=2)})
    assert auto.choose(STEADY).chosen == {"calls": "one"}


def test_the_choice_is_made_by_the_past():
    """What comes after the horizon's start does not count."""
    past = history([10] * 10 + [30] * 20)
    auto = AutoForecaster({"thirty": Constant(30), "ten": Constant(10)})
    assert set(auto.forecast(past, NEXT).array("contacts")[0]) == {10.0}


@pytest.mark.parametrize("weeks", [1, 2, 4])
def test_too_short_a_history(weeks):
    """Where there is nothing to choose by, the first candidate forecasts, and that is told."""
    past = history([10] * weeks)
    auto = AutoForecaster({"thirty": Constant(30), "ten": Constant(10)})
    choice = auto.choose(past)
    assert choice.chosen == {"calls": "thirty"}
    assert str(choice).startswith("calls: thirty, the first candidate; the history is too short")
    assert set(auto.forecast(past, NEXT).array("contacts")[0]) == {30.0}


def test_a_young_queue_beside_an_old_one():
    """A queue that began in the last weeks gets the first candidate, without figures."""
    old, young = history([10] * 20), history([10] * 3, queue="young", start="2026-05-04")
    auto = AutoForecaster({"thirty": Constant(30), "ten": Constant(10)})
    lines = str(auto.choose(joined(old, young))).splitlines()
    assert lines[0].startswith("calls: ten (WAPE: ")
    assert lines[1].startswith("young: thirty, the first candidate; the history is too short")


def test_a_short_history_has_fewer_origins():
    """Five weeks leave room for one trial, which is enough to choose by."""
    choice = AutoForecaster({"thirty": Constant(30), "ten": Constant(10)}).choose(history([10] * 5))
    assert choice.chosen == {"calls": "ten"}
    assert choice.table["origins"].unique().tolist() == [1]


def test_a_young_queue_goes_to_the_first():
    """A queue of two weeks is no hindrance: it goes to the first candidate, others are tried."""
    young = history([30] * 2, queue="chat", start="2026-03-02")
    choice = AutoForecaster({"thirty": Constant(30), "ten": Constant(10)}).choose(
        joined(STEADY, young)
    )
    assert choice.chosen == {"calls": "ten", "chat": "thirty"}


def test_the_first_sees_every_queue():
    """The first candidate may learn for a queue from the others; another one sees its own."""
    seen = {}

    @dataclass(frozen=True)
    class Looks(Constant):
        def forecast(self, history, horizon):
            seen[self.contacts] = history.queues
            return super().forecast(history, horizon)

    past = joined(STEADY, history([30] * 10, queue="chat"))
    choice = AutoForecaster({"ten": Looks(10), "thirty": Looks(30)}).choose(past)
    choice.forecast(past, NEXT)
    assert seen == {10: ("calls", "chat"), 30: ("chat",)}


def test_who_refuses_is_left_out():
    """A candidate that cannot forecast is not chosen, and what it said is told."""

    @dataclass(frozen=True)
    class Refuses(Constant):
        def forecast(self, history, horizon):  # noqa: ARG002
            raise InputError("history", "be longer")

    choice = AutoForecaster({"no": Refuses(10), "ten": Constant(10)}).choose(STEADY)
    assert choice.chosen == {"calls": "ten"}
    assert "no was left out: history, for 'no' forecasting from" in str(choice)


def test_real_candidates():
    """Of a noisy level the mean of four weeks is chosen; of a steep rise, last week."""
    rng = np.random.default_rng(4)
    noise = history([100 * rng.uniform(0.7, 1.3, (7, 1)) for _ in range(16)])
    rise = history([10 * 1.2**week for week in range(16)])
    auto = AutoForecaster({"naive": SeasonalNaive(), "mean": WeekdayMean()})
    assert auto.choose(noise).chosen == {"calls": "mean"}
    assert auto.choose(rise).chosen == {"calls": "naive"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"candidates": {}}, "forecasters must map at least one name"),
        ({"by": "bias"}, "AutoForecaster.by must be one of wape, wape_day, pinball, got 'bias'"),
        ({"by": "pinball"}, r"AutoForecaster.candidates\['ten'\] must have scenarios"),
        ({"horizon": 0}, "AutoForecaster.horizon must be from 1 to 366 days, got 0"),
        ({"origins": 0}, "AutoForecaster.origins must be at least 1, got 0"),
        ({"samples": 0}, "AutoForecaster.samples must be at least 1, got 0"),
    ],
)
def test_bad_choices(options, message):
    """Each option that makes no sense is refused by its name."""
    with pytest.raises(InputError, match=message):
        AutoForecaster(**{"candidates": {"ten": Constant(10)}} | options)


PAIR = {"ten": Drawn(10, half=2, aht=100), "thirty": Drawn(30, half=4, aht=300)}


def test_mean_by_hand():
    """10 of 100 s and 30 of 300 s: 20 contacts of 250 s, and a band of 17 to 23."""
    made = Combination(PAIR).forecast(STEADY, NEXT)
    expected = {"contacts": 20.0, "aht": 250.0, "lower": 17.0, "upper": 23.0}
    for name, value in expected.items():
        np.testing.assert_allclose(made.array(name), value)
    assert made.coverage == 0.8


def test_weights_by_hand():
    """Three parts of 10 and one of 30 make 15; a weight of 0 asks nobody."""
    weighted = Combination(PAIR, weights={"ten": 3, "thirty": 1})
    np.testing.assert_allclose(weighted.forecast(STEADY, NEXT).array("contacts"), 15.0)
    alone = Combination({**PAIR, "no": WeekdayMean()}, weights={"ten": 2, "thirty": 0, "no": 0})
    made = alone.forecast(history([10]).until("2026-01-08"), horizon("2026-01-08"))
    np.testing.assert_allclose(made.array("contacts"), 10.0)


def test_inverse_errors_by_hand():
    """Of 20 that came, 10 and 25 are off by 10 and 5: the second weighs twice as much."""
    both = {"ten": Constant(10), "more": Constant(25)}
    combined = Combination(both, weights="inverse error")
    shares = combined.shares(history([20] * 10))
    assert shares == pytest.approx({"ten": 1 / 3, "more": 2 / 3})
    assert combined.shares(history([20] * 2)) == {"ten": 0.5, "more": 0.5}


def test_scenarios_in_proportion():
    """A quarter of the samples come from the forecaster with a quarter of the weight, mixed."""
    combined = Combination(PAIR, weights={"ten": 3, "thirty": 1})
    drawn = combined.scenarios(STEADY, NEXT, samples=40, seed=2)
    first = drawn.contacts[:, 0, 0]
    assert (first == 10).sum() == 30
    assert (first == 30).sum() == 10
    assert (first[:30] == 30).any()
    np.testing.assert_allclose(drawn.aht, (30 * 10 * 100 + 10 * 30 * 300) / (30 * 10 + 10 * 30))


@settings(max_examples=20)
@given(
    contacts=st.lists(st.floats(0, 50), min_size=1, max_size=4),
    samples=st.integers(1, 30),
    data=st.data(),
)
def test_a_mean_lies_between(contacts, samples, data):
    """Contacts lie between the least and the most of the parts; samples are as many as asked."""
    parts = {str(index): Drawn(each) for index, each in enumerate(contacts)}
    weights = {name: data.draw(st.floats(0.01, 9)) for name in parts}
    combined = Combination(parts, weights=weights)
    made = combined.forecast(STEADY, horizon("2026-03-16", days=1)).array("contacts")
    assert min(contacts) - 1e-9 <= made.min() <= made.max() <= max(contacts) + 1e-9
    assert combined.scenarios(STEADY, NEXT, samples=samples).samples == samples


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Combination({}), "forecasters must map at least one name"),
        (lambda: Combination(PAIR, weights="best"), "Combination.weights must have one for each"),
        (lambda: Combination(PAIR, weights={"ten": 1}), "weights must have one for each of ten, t"),
        (
            lambda: Combination(PAIR, weights={"ten": 0, "thirty": 0}),
            "weights.* must be 0 or more, and not all 0",
        ),
        (
            lambda: Combination(PAIR, weights={"ten": 2, "thirty": -1}),
            "weights.* must be 0 or more, and not all 0",
        ),
        (lambda: Combination(PAIR, horizon=0), "Combination.horizon must be from 1 to 366"),
    ],
)
def test_bad_combinations(make, message):
    """Each option that makes no sense is refused by its name."""
    with pytest.raises(InputError, match=message):
        make()


def test_what_cannot_be_combined():
    """Bands of different coverage, and parts without scenarios, are refused."""
    bands = Combination({"one": WeekdayMean(), "two": WeekdayMean(coverage=0.5)})
    with pytest.raises(InputError, match="coverage must be the same for all forecasters"):
        bands.forecast(STEADY, NEXT)
    with pytest.raises(InputError, match="forecaster 'one' must have a method scenarios"):
        Combination({"one": Constant(1)}).scenarios(STEADY, NEXT)
    with pytest.raises(InputError, match="samples must be at least 1, got 0"):
        Combination(PAIR).scenarios(STEADY, NEXT, samples=0)
