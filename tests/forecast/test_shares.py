"""Shares of a day's times: how weekdays and holidays borrow from each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.forecast.profile.shares import special_shares, weekday_shares

TIMES = 24


def counted(shape, contacts, seed=0):
    """Poisson counts of each weekday by a shape, and their sums."""
    random = np.random.default_rng(seed)
    shares = shape / shape.sum(axis=1, keepdims=True).clip(1e-9)
    counts = random.poisson(shares * contacts).astype(float)
    return counts, counts.sum(axis=1)


def bell(centre):
    return np.exp(-(((np.arange(TIMES) - centre) / 4) ** 2)) + 0.05


def test_equal_weekdays_are_pooled():
    """Weekdays that differ by chance alone end up with nearly one shape, closer to the truth."""
    shape = np.tile(bell(12), (7, 1))
    truth = shape[0] / shape[0].sum()
    counts, sums = counted(shape, 300)
    own = counts / sums[:, None]
    found = weekday_shares(counts, sums, 1.0)
    off, alone = np.abs(found - truth)[:5].sum(), np.abs(own - truth)[:5].sum()
    assert off < 0.6 * alone


def test_other_weekdays_stay_themselves():
    """A Friday that is over by noon is not drawn to the other days."""
    shape = np.tile(bell(14), (7, 1))
    shape[4] = bell(9)
    counts, sums = counted(shape, 200_000)
    found = weekday_shares(counts, sums, 1.0)
    np.testing.assert_allclose(found[4], shape[4] / shape[4].sum(), atol=0.004)


def test_a_quiet_time_is_not_closed():
    """Of a queue with few contacts, a time that had none by chance gets what similar days had."""
    shape = np.tile(bell(12), (7, 1))
    counts, sums = counted(shape, 40)
    found = weekday_shares(counts, sums, 1.0)
    seen = counts[:5].any(axis=0)
    assert (counts[:5] == 0).sum() > 20
    assert (found[:5, seen] > 0).all()


def test_days_with_other_hours_lend_nothing():
    """A weekday that closes at noon gives and gets no share of the afternoon."""
    shape = np.tile(bell(12), (7, 1))
    shape[2, 12:] = 0
    found = weekday_shares(shape * 1000, shape.sum(axis=1) * 1000, 1.0)
    assert not found[2, 12:].any()
    np.testing.assert_allclose(found[2], shape[2] / shape[2].sum())


@given(
    st.lists(st.integers(0, 40), min_size=7 * 6, max_size=7 * 6),
    st.floats(0.2, 1),
)
@settings(max_examples=60)
def test_rows_add_up(values, chance):
    """Whatever was counted, each row adds up to 1, or is closed, and no share is negative."""
    counts = np.reshape(values, (7, 6)).astype(float)
    found = weekday_shares(counts, counts.sum(axis=1), chance)
    busy = counts.any(axis=1)
    np.testing.assert_allclose(found.sum(axis=1), busy.astype(float), atol=1e-9)
    assert (found >= 0).all()
    similar = np.repeat([counts[:5].any(axis=0), counts[5:].any(axis=0)], [5, 2], axis=0)
    assert (found[~similar] == 0).all()
    assert (found[counts > 0] > 0).all()


@pytest.mark.parametrize(("contacts", "weight"), [(0, 0.0), (100, 0.5), (900, 0.9)])
def test_holidays_by_how_many_were_seen(contacts, weight):
    """Holidays weigh by their contacts against a typical day's."""
    usual = np.tile(bell(12) / bell(12).sum(), (7, 1))
    late = bell(18) / bell(18).sum()
    found = special_shares(usual, late * contacts, 100.0)
    np.testing.assert_allclose(found[0], weight * late + (1 - weight) * usual[0])
