"""Pictures of how forecasts did."""

from datetime import date

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch

from tests.forecast.pasts import history, horizon, joined
from tests.forecast.test_backtest import Constant
from wfm import plot
from wfm.errors import InputError
from wfm.forecast import Scenarios, SeasonalNaive, backtest, explain_variance
from wfm.horizon import Horizon
from wfm.queue import Queue


@pytest.fixture(autouse=True)
def _without_a_screen():
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def result():
    """Forecasts of 10 and of last week's contacts, where 8 and then 12 come."""
    return backtest(
        history([10, 8, 12]),
        {"ten": Constant(10), "naive": SeasonalNaive()},
        (1, 7),
        first="2026-01-12",
        queues=[Queue(id="calls")],
        samples=50,
    )


@pytest.fixture(scope="module")
def found():
    came = joined(history([12], aht=390.0), history([10], queue="chat", aht=360.0))
    volume = Constant(10, aht=360).forecast(came, horizon("2026-01-05"))
    return explain_variance(volume, came)


def heights(ax):
    return [round(bar.get_height(), 6) for bar in ax.patches]


def test_errors_by_forecaster_and_horizon(result):
    """Each forecaster has a bar at each horizon, as high as its WAPE; the axes are those given."""
    given = Figure().subplots()
    assert plot.backtest(result, ax=given) is given
    assert heights(given) == [0.2, 0.2, 0.3, 0.3]
    assert [text.get_text() for text in given.get_xticklabels()] == ["1 day ahead", "7 days ahead"]
    names = [text.get_text() for text in given.get_legend().get_texts()]
    assert names == ["ten", "naive"]


@pytest.mark.parametrize("measure", ["wape_day", "bias", "pinball", "staffing_error"])
def test_other_measures(result, measure):
    """Every measure of the table can be drawn; what is unknown has no height."""
    table = result.table()[measure]
    drawn = heights(plot.backtest(result, measure))
    expected = [round(table[name, days], 6) for name in ("ten", "naive") for days in (1, 7)]
    assert [each for each in drawn if each == each] == [e for e in expected if e == e]


def test_coverage_beside_what_is_promised(result):
    """Bands of intervals, days and weeks stand beside lines at 80 and 95 %."""
    ax = plot.backtest(result, "coverage", horizon=7)
    assert [text.get_text() for text in ax.get_xticklabels()][:2] == [
        "interval, 80 %",
        "interval, 95 %",
    ]
    lines = [float(lines.get_segments()[0][0, 1]) for lines in ax.collections]
    assert lines == [0.8, 0.95] * 3


def test_measures_that_are_not_there(result):
    """An unknown measure or horizon is refused."""
    with pytest.raises(InputError, match="measure must be one of wape, "):
        plot.backtest(result, "luck")
    with pytest.raises(InputError, match="horizon must be one of 1, 7, got 28"):
        plot.backtest(result, "coverage", horizon=28)


def test_causes_are_stacked(found):
    """A day's bars add up to its difference, of one queue or of all."""
    given = Figure().subplots()
    assert plot.variance(found, ax=given) is given
    by_cause = [heights(given)[first : first + 7] for first in range(0, 28, 7)]
    assert by_cause[0] == [pytest.approx(4.8)] * 7
    assert by_cause[3] == [pytest.approx(2.4)] * 7
    total = given.lines[0].get_ydata()
    assert total.tolist() == [pytest.approx(7.2)] * 7
    assert not any(heights(plot.variance(found, "chat")))


def test_an_unknown_queue(found):
    """A queue that the variance lacks is refused."""
    with pytest.raises(InputError, match="queue must be one of calls, chat, got 'mail'"):
        plot.variance(found, "mail")


@pytest.fixture(scope="module")
def drawn():
    """Ten samples of ten days from a Saturday, each day of every sample with its own contacts."""
    days = Horizon(start=date(2026, 1, 3), days=10, timezone="Europe/Berlin", interval=60)
    each = np.arange(1, 11)[:, None, None] * np.ones((10, 2, days.slots), dtype=np.int32)
    return Scenarios(days, ("calls", "chat"), each.astype(np.int32), np.full((2, 240), 180.0))


def steps(ax):
    return [patch.get_data() for patch in ax.patches if isinstance(patch, StepPatch)]


def test_bands_of_days(drawn):
    """Bands hold their shares of the samples, the wide ones behind; axes are those given."""
    given = Figure().subplots()
    assert plot.scenarios(drawn, "chat", ax=given, coverage=(0.5, 0.8)) is given
    wide, narrow, middle = steps(given)
    quantiles = drawn.quantiles([0.1, 0.9, 0.25, 0.75, 0.5])[:, 1, 0] * 24
    assert [wide.baseline[0], wide.values[0]] == pytest.approx(quantiles[:2])
    assert [narrow.baseline[0], narrow.values[0]] == pytest.approx(quantiles[2:4])
    assert middle.values.tolist() == pytest.approx([quantiles[4]] * 10)
    assert middle.edges.tolist() == [1440 * day for day in range(11)]
    names = [text.get_text() for text in given.get_legend().get_texts()]
    assert names == ["80 % band", "50 % band", "middle"]


def test_bands_of_weeks_and_intervals(drawn):
    """Weeks are cut at the ends of the horizon; what came is drawn in the middle of each."""
    ax = plot.scenarios(drawn, "calls", "week", actual=[200, 900, np.nan])
    assert steps(ax)[-1].edges.tolist() == [0, 2 * 1440, 9 * 1440, 10 * 1440]
    came = next(line for line in ax.lines if line.get_label() == "actual")
    assert list(came.get_xdata()) == [1440, 5.5 * 1440, 9.5 * 1440]
    assert len(steps(plot.scenarios(drawn, "calls", "interval"))[-1].values) == 240


def test_scenarios_that_are_not_there(drawn):
    """An unknown queue or stretch, and a share that is none, are refused."""
    with pytest.raises(InputError, match="queue must be one of calls, chat, got 'mail'"):
        plot.scenarios(drawn, "mail")
    with pytest.raises(InputError, match="by must be one of interval, day, week, got 'year'"):
        plot.scenarios(drawn, "calls", "year")
    with pytest.raises(InputError, match="coverage must be shares between 0 and 1, got 95"):
        plot.scenarios(drawn, "calls", coverage=(0.8, 95))
