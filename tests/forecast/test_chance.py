"""Chance within days, over days and between queues: what is measured, and what is drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.forecast.chance.draw import draw_cells, draw_days
from wfm.forecast.chance.together import together
from wfm.forecast.chance.within_day import WithinDay, within_day


def scattered(days, times, mean, variance, lasting, seed=0):
    """Counts around a flat day whose logs deviate as an autoregression."""
    random = np.random.default_rng(seed)
    root = np.linalg.cholesky(
        variance * lasting ** np.abs(np.subtract.outer(np.arange(times), np.arange(times)))
        + 1e-12 * np.eye(times)
    )
    rates = mean * np.exp(random.standard_normal((days, times)) @ root.T - variance / 2)
    counts = random.poisson(rates).astype(float)
    shares = np.full((days, times), 1 / times)
    return counts, counts.sum(axis=1, keepdims=True) * shares


@pytest.mark.parametrize(("variance", "lasting"), [(0.01, 0.0), (0.01, 0.5), (0.04, 0.8)])
def test_scatter_is_measured(variance, lasting):
    """Deviations beyond Poisson's chance are measured with their correlation."""
    counts, expected = scattered(400, 48, 200.0, variance, lasting)
    found = within_day(counts, expected, np.ones(counts.shape, dtype=bool))
    assert found.variance == pytest.approx(variance, rel=0.25)
    assert found.lasting == pytest.approx(lasting, abs=0.12)


@pytest.mark.parametrize("mean", [0.5, 3.0, 300.0])
def test_poisson_counts_have_no_scatter(mean):
    """Counts that are Poisson's show next to nothing beyond it."""
    counts, expected = scattered(300, 48, mean, 1e-12, 0.0)
    found = within_day(counts, expected, np.ones(counts.shape, dtype=bool))
    assert found.variance < 0.002


def test_nothing_to_measure():
    """Without intervals to look at there is no scatter, and no warning."""
    nothing = within_day(np.zeros((3, 4)), np.zeros((3, 4)), np.zeros((3, 4), dtype=bool))
    assert nothing == WithinDay(0.0, 0.0)


@given(
    expected=st.lists(st.floats(0, 500), min_size=6, max_size=6),
    variance=st.floats(0, 0.5),
    lasting=st.floats(0, 0.98),
)
@settings(max_examples=50)
def test_scatter_leaves_the_day_as_it_is(expected, variance, lasting):
    """Deviations within a day never change its total, and closed times stay closed."""
    random = np.random.default_rng(1)
    cells = np.array([expected])
    factors = random.uniform(0.5, 2, (7, 1))
    rates = draw_cells(cells, factors, WithinDay(variance, lasting), random)
    np.testing.assert_allclose(rates.sum(axis=-1), factors * cells.sum(), rtol=1e-9)
    assert not rates[:, cells == 0].any()


def test_days_are_drawn_with_their_covariance():
    """Logs of the factors have the covariance asked for, and a middle of 0."""
    covariance = np.array([[0.04, 0.03], [0.03, 0.09]])
    normals = np.random.default_rng(2).standard_normal((20_000, 2))
    logs = np.log(draw_days(covariance, normals))
    np.testing.assert_allclose(np.cov(logs.T), covariance, rtol=0.05)
    np.testing.assert_allclose(logs.mean(axis=0), 0, atol=0.01)


def test_days_without_doubt():
    """A covariance of nothing draws factors of 1."""
    drawn = draw_days(np.zeros((3, 3)), np.ones((2, 3)))
    np.testing.assert_allclose(drawn, 1, atol=1e-5)


def test_queues_are_busy_together():
    """Queues whose past days were off together are drawn together, others apart."""
    random = np.random.default_rng(3)
    shared = random.normal(0, 0.1, 400)
    one = shared + random.normal(0, 0.02, 400)
    other = 3 * shared + random.normal(0, 0.06, 400)
    alone = random.normal(0, 0.1, 300)
    other[50:80] = np.nan
    correlation = together([one, other, alone]) @ together([one, other, alone]).T
    np.testing.assert_allclose(np.diag(correlation), 1)
    assert 0.8 < correlation[0, 1] < 1
    assert np.abs(correlation[2, :2]).max() < 0.2


def test_few_days_in_common_say_little():
    """Five days in common do not tie queues; a queue without any known day is drawn alone."""
    shared = np.arange(5.0) - 2
    root = together([shared, shared, np.full(4, np.nan)])
    correlation = root @ root.T
    assert correlation[0, 1] < 0.2
    np.testing.assert_allclose(correlation[2], [0, 0, 1], atol=1e-9)
