"""Medians beneath the profile forecaster."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wfm.forecast.profile.robust import day_levels, local_median, one_offs, weighted_median

FLOATS = st.floats(0, 1e6)


@given(arrays(float, st.integers(1, 12), elements=FLOATS | st.just(np.nan)), st.integers(1, 9))
def test_local_median_against_a_loop(values, window):
    """The local median is the lower median of the nearest known values, counted one by one."""
    medians = local_median(values, window)
    window = min(window, len(values))
    for index, found in enumerate(medians):
        first = min(max(index - window // 2, 0), len(values) - window)
        near = sorted(values[first : first + window][~np.isnan(values[first : first + window])])
        expected = near[(len(near) - 1) // 2] if near else np.nan
        np.testing.assert_equal(found, expected)


@given(st.lists(st.tuples(FLOATS, st.integers(0, 5)), min_size=1, max_size=12))
def test_weighted_median_is_the_median_of_repeats(pairs):
    """With whole weights it is the lower median of the values repeated so often."""
    repeated = sorted(value for value, weight in pairs for _ in range(weight))
    expected = repeated[(len(repeated) - 1) // 2] if repeated else np.nan
    found = weighted_median(np.array([v for v, _ in pairs]), np.array([float(w) for _, w in pairs]))
    np.testing.assert_equal(found, expected)


def test_weighted_median_ignores_values_without_weight():
    """A value of weight 0 may be missing or infinite."""
    values = np.array([[np.nan, 2.0, 9.0], [np.inf, 1.0, 1.0]])
    found = weighted_median(values, np.array([[0.0, 3.0, 1.0], [0.0, 1.0, 1.0]]))
    assert found.tolist() == [2.0, 1.0]


def test_day_levels_survive_a_morning_s_outage():
    """A busy day's level is its ratio to the weeks around it, though its morning was lost."""
    offered = np.full((8, 7, 48), 50.0)
    offered[4, 2] *= 1.5
    offered[4, 2, :16] = 0.0
    levels = day_levels(offered, 30)
    assert levels[4, 2] == 1.5
    assert np.delete(levels.ravel(), 4 * 7 + 2) == pytest.approx(1)


def test_one_offs_are_found_where_they_are():
    """A spike and an outage are found, and nothing else; on a busy day neither is the day."""
    offered = np.full((8, 7, 48), 50.0)
    offered[3] *= 1.4
    offered[3, 1, 20] = 400.0
    offered[6, 5, 10:14] = 0.0
    found = one_offs(offered, day_levels(offered, 30))
    assert np.argwhere(found).tolist() == [[3, 1, 20], *[[6, 5, time] for time in range(10, 14)]]


@pytest.mark.parametrize("weeks", [1, 2])
def test_too_few_weeks_to_compare(weeks):
    """With fewer than three weeks nothing can be said to be a one-off."""
    offered = np.full((weeks, 7, 48), 50.0)
    offered[0, 0, 0] = 5000.0
    assert not one_offs(offered, day_levels(offered, 30)).any()


@pytest.mark.parametrize("rate", [0.02, 0.3, 1.0, 5.0, 300.0])
def test_poisson_noise_is_no_one_off(rate):
    """Of pure Poisson counts, at any rate, hardly a cell is taken for a one-off."""
    offered = np.random.default_rng(7).poisson(rate, (52, 7, 96)).astype(float)
    assert one_offs(offered, day_levels(offered, 15)).mean() < 1e-3
