"""The parts of cleaning: runs, what is usual, and the scatter around it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.forecast.cleaning.runs import repeated, runs
from wfm.forecast.cleaning.usual import Scatter, around, deviations, typical

FLAGS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30)


@given(FLAGS, st.integers(1, 5))
def test_runs_against_a_loop(cells, apart):
    """Runs are what a loop over the cells finds, passing over those that cannot be judged."""
    flags, judged = (np.array(values) for values in zip(*cells, strict=True))
    expected, last, open_run = [], None, False
    for index in np.flatnonzero(judged):
        if not flags[index]:
            open_run = False
        elif open_run and index - last <= apart:
            expected[-1][1] = last = index
        else:
            expected.append([index, index])
            last, open_run = index, True
    found = runs(flags, judged, apart)
    assert list(zip(found.first, found.last, strict=True)) == [tuple(run) for run in expected]
    values = np.arange(len(flags), dtype=float)
    assert list(found.sums(values)) == [sum(range(a, b + 1)) for a, b in expected]
    inside = {cell for a, b in expected for cell in range(a, b + 1)}
    assert set(np.flatnonzero(found.inside(len(flags)))) == inside


def test_repeated_on_three_of_seven_days():
    """A time of day that is chosen on three of seven days is a pattern, on two it is not."""
    inside = np.zeros((14, 2), dtype=bool)
    inside[[2, 5, 8], 0] = True
    inside[[2, 6], 1] = True
    again = repeated(inside)
    assert list(np.flatnonzero(again[:, 0])) == [5]
    assert not again[:, 1].any()


def test_typical_of_busy_intervals_is_the_median_of_five_weeks():
    """With many contacts, each cell's typical value is the median of the weeks around."""
    offered = np.full((5, 7, 24), 100.0)
    offered[:, 2, 10] = [90, 500, 100, 110, 95]
    assert (typical(offered, 60)[:, 2, 10] == 100).all()
    assert (typical(offered, 60)[:, 3] == 100).all()


def test_typical_of_few_contacts_is_that_of_a_block():
    """One contact every other hour is half a contact in each, not none."""
    offered = np.zeros((5, 7, 24))
    offered[:, :, ::2] = 1.0
    offered = np.roll(offered, 1, axis=2)
    offered[1::2] = np.roll(offered[1::2], 1, axis=2)
    found = typical(offered, 60)
    assert found.sum(axis=-1) == pytest.approx(12)
    assert found.max() <= 0.61


def test_typical_needs_three_weeks():
    """Of two weeks neither can be called usual."""
    assert np.isnan(typical(np.full((2, 7, 24), 100.0), 60)).all()


def test_typical_of_closed_hours_is_nothing():
    """Where there never was a contact, none is usual."""
    assert (typical(np.zeros((4, 7, 24)), 60) == 0).all()


def test_level_around_follows_what_lasts_four_days():
    """Three odd days do not move the level around them, four do."""
    ratio = np.ones(21)
    ratio[5:8], ratio[14:18] = 3.0, 2.0
    level = around(ratio, np.ones(21, dtype=bool))
    assert list(level[:14]) == [1.0] * 14
    assert list(level[14:18]) == [2.0] * 4
    assert list(around(ratio, np.zeros(21, dtype=bool))) == [1.0] * 21


def test_scatter_of_poisson_and_beyond():
    """Poisson's counts scatter by about 1; a tenth of noise shows where contacts are many."""
    rng = np.random.default_rng(1)
    expected = rng.choice([20.0, 2000.0], 20_000)
    plain = Scatter(rng.poisson(expected).astype(float), expected)
    assert plain.of(np.float64(2000)) == pytest.approx(1, abs=0.05)
    noisy = rng.poisson(expected * rng.gamma(100, 0.01, len(expected))).astype(float)
    scatter = Scatter(noisy, expected)
    assert scatter.of(np.float64(2000)) == pytest.approx(np.sqrt(1 + 0.01 * 2000), rel=0.05)
    assert scatter.of(np.float64(20)) == pytest.approx(np.sqrt(1 + 0.01 * 20), rel=0.1)
    assert Scatter(np.zeros(0), np.zeros(0)).of(np.float64(100)) == 1


def test_deviations_of_poisson_have_a_standard_deviation_of_one():
    """The transformed counts scatter by one, whatever their mean."""
    rng = np.random.default_rng(2)
    for mean in (5.0, 50.0, 5000.0):
        assert deviations(rng.poisson(mean, 20_000), mean).std() == pytest.approx(1, abs=0.05)
