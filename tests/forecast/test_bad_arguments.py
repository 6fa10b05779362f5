"""What a developer passes by mistake is refused in a sentence, never by a trace of our insides."""

import numpy as np
import pytest

from tests.forecast import pasts
from wfm import io, plot
from wfm.errors import InputError
from wfm.forecast import (
    AutoForecaster,
    Calendar,
    Combination,
    DayForecaster,
    DeflectedForecaster,
    Deflection,
    Driver,
    DriverForecaster,
    ExponentialSmoothing,
    SeasonalNaive,
    StructuralForecaster,
    WeekdayMean,
    backtest,
    clean,
    explain_variance,
    forecast_volume,
    known_days,
    reforecast,
    staff,
    with_learning,
)
from wfm.queue import Queue

PAST = pasts.history([np.full((7, 24), 20.0)] * 12)
AHEAD = pasts.horizon("2026-03-30")
MAKER = StructuralForecaster()
VOLUME = MAKER.forecast(PAST, AHEAD)
DRAWN = MAKER.scenarios(PAST, AHEAD, samples=5)
NAIVE = {"naive": SeasonalNaive()}
NO_NUMBERS = ["x", None, float("nan"), -1, [1], True]


@pytest.mark.parametrize("wrong", NO_NUMBERS)
@pytest.mark.parametrize(
    "call",
    [
        lambda wrong: StructuralForecaster(half_life=wrong),
        lambda wrong: StructuralForecaster(coverage=wrong),
        lambda wrong: StructuralForecaster(aht_contacts=wrong),
        lambda wrong: StructuralForecaster(band_samples=wrong),
        lambda wrong: WeekdayMean(weeks=wrong),
        lambda wrong: WeekdayMean(coverage=wrong),
        lambda wrong: SeasonalNaive(aht_contacts=wrong),
        lambda wrong: MAKER.scenarios(PAST, AHEAD, samples=wrong),
        lambda wrong: MAKER.scenarios(PAST, AHEAD, samples=5, seed=wrong),
        lambda wrong: WeekdayMean().scenarios(PAST, AHEAD, samples=wrong),
        lambda wrong: WeekdayMean().scenarios(PAST, AHEAD, samples=5, seed=wrong),
        lambda wrong: DRAWN.quantiles([wrong]),
        lambda wrong: DRAWN.frame([wrong]),
        DRAWN.volume,
        DRAWN.sample,
        VOLUME.regrid,
        lambda wrong: reforecast(VOLUME, PAST, "2026-03-30 10:00", spread=wrong),
        lambda wrong: backtest(PAST, NAIVE, samples=wrong),
        lambda wrong: backtest(PAST, NAIVE, seed=wrong),
        lambda wrong: backtest(PAST, NAIVE, step=wrong),
        lambda wrong: backtest(PAST, NAIVE, levels=[wrong]),
        lambda wrong: backtest(PAST, NAIVE, horizons=[wrong]),
    ],
)
def test_no_number(call, wrong):
    """Where a number is wanted, anything else and any other number is refused by its name."""
    with pytest.raises(InputError, match=r" must .*got "):
        call(wrong)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: StructuralForecaster(calendar="DE"), "calendar must be a Calendar, got 'DE'"),
        (lambda: StructuralForecaster(new=["a"]), "new must map queues to"),
        (lambda: StructuralForecaster(new={"a": "b"}), r"new\['a'\] must be a NewQueue"),
        (lambda: DayForecaster("ets"), "model must have a method predict"),
        (lambda: DayForecaster(ExponentialSmoothing), "model must have a method predict"),
        (lambda: MAKER.forecast(PAST.frame, AHEAD), "history must be a History"),
        (lambda: MAKER.forecast(PAST, "2026-03-30"), "horizon must be a Horizon"),
        (lambda: MAKER.effects(PAST, AHEAD, by="week"), "by must be 'effect' or 'day'"),
        (lambda: WeekdayMean().forecast(None, AHEAD), "history must be a History"),
        (lambda: forecast_volume(None, start="2026-03-30", days=7), "history must be a History"),
        (
            lambda: forecast_volume(PAST, start="2026-03-30", days=7, forecaster="naive"),
            "forecaster must have a method forecast",
        ),
        (lambda: DRAWN.quantiles(0.5), "levels must be numbers from 0 to 1"),
        (lambda: DRAWN.frame([]), "levels must be numbers from 0 to 1"),
        (lambda: VOLUME.array("staff"), "name must be one of contacts, aht, lower, upper"),
        (lambda: reforecast(DRAWN, PAST, "2026-03-30 10:00"), "volume must be a Volume"),
        (lambda: reforecast(VOLUME, None, "2026-03-30 10:00"), "so_far must be a History"),
        (
            lambda: reforecast(VOLUME, PAST, "2026-03-30 10:00", scenarios="x"),
            "scenarios must be Scenarios",
        ),
        (lambda: explain_variance(None, PAST), "volume must be a Volume"),
        (lambda: explain_variance(VOLUME, None), "history must be a History"),
        (lambda: clean(None), "history must be a History"),
        (lambda: clean(PAST, "all"), "rules must be CleaningRules"),
        (lambda: backtest(None, NAIVE), "history must be a History"),
        (lambda: backtest(PAST, NAIVE, horizons=7), "horizons must be whole numbers"),
        (lambda: backtest(PAST, NAIVE, levels=0.8), "levels must be between 0 and 1"),
        (lambda: backtest(PAST, NAIVE, queues=["calls"]), r"queues\[0\] must be a Queue"),
        (lambda: backtest(PAST, NAIVE, n_jobs=0), "n_jobs must be a whole number other than 0"),
        (lambda: DriverForecaster({"calls": 5.0}, MAKER), r"drivers\['calls'\] must be a Driver"),
        (lambda: Driver([1.0]), "Driver.values must be a mapping, a series or a data frame"),
        (lambda: Driver({"2026-01-01": 1.0}, lag=5), "Driver.lag must be shares from 0 up"),
        (lambda: Driver({"2026-01-01": 1.0}, lag=["x"]), "Driver.lag must be shares from 0 up"),
        (lambda: Driver({"2026-01-01": 1.0}, timezone="Home"), "timezone must be an IANA"),
        (lambda: explain_variance(VOLUME, PAST, special=None), "special must be a list of dates"),
        (lambda: clean(PAST, known_days="2026-03-01"), "known_days must be a list of dates"),
        (lambda: AutoForecaster(NAIVE, horizon="x"), "horizon must be from 1 to 366 days, got 'x'"),
        (lambda: AutoForecaster(NAIVE, origins=1.5), "origins must be a whole number, got 1.5"),
        (lambda: Combination(NAIVE, {"naive": "x"}), r"weights\['naive'\] must be 0 or more"),
        (
            lambda: Combination(NAIVE).scenarios(PAST, AHEAD, samples="x"),
            "samples must be a whole number",
        ),
        (lambda: DriverForecaster({}, "naive"), "forecaster must have a method forecast"),
        (lambda: DeflectedForecaster(["bot"], MAKER), r"deflections\[0\] must be a Deflection"),
        (
            lambda: DeflectedForecaster(Deflection(queue="calls", shares={"2026-01-01": 0}), MAKER),
            "deflections must be a list",
        ),
    ],
)
def test_no_such_thing(call, message):
    """An object of another kind than the one that is wanted is refused by its name."""
    with pytest.raises(InputError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: known_days("DE", PAST), "calendar must be a Calendar, such as Calendar.of"),
        (lambda: known_days(Calendar(), VOLUME), "history must be a History"),
        (lambda: with_learning(VOLUME, 3, {}, 1), "curve must be a LearningCurve, got 3"),
        (lambda: staff(VOLUME, [Queue(id="calls")], busy=0.1), "busy must be a BusyFactor"),
        (lambda: staff(PAST, [Queue(id="calls")]), "volume must be a Volume"),
        (lambda: plot.scenarios(VOLUME, "calls"), "drawn must be Scenarios"),
        (lambda: io.quantiles_frame(VOLUME), "scenarios must be Scenarios"),
        (lambda: io.samples_frame(VOLUME), "scenarios must be Scenarios"),
    ],
)
def test_another_kind_of_value(call, message):
    """One kind of value in place of another is refused by name."""
    with pytest.raises(InputError, match=message):
        call()
