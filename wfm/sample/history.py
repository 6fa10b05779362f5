"""Two years of contacts that no centre had, but many could have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import holidays
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.sample.patterns import PATTERNS, Pattern
from wfm.sample.shape import counted, week_shape

Floats = NDArray[np.float64]

ZONE = "Europe/Berlin"
COUNTRY = "DE"
INTERVAL = 30
YEARLY_SWING = 0.08
YEARLY_GROWTH = 0.03
DAY_FACTOR_CV = 0.07
MONTH_START = 1.12
AFTER_HOLIDAY = 1.15
OUTAGE_DAYS_BEFORE = 257
OUTAGE_HOURS = (9.5, 13.0)


def sample_history(start: date, seed: int, patterns: Sequence[Pattern] = PATTERNS) -> pd.DataFrame:
    """Two years of 30-minute history before a week.

    Poisson counts around a weekly and a yearly season, with growth, busier starts of months,
    national holidays, a factor of each day that is gamma distributed, and one outage of a few
    hours; handle times that vary by time of day.

    Parameters
    ----------
    start : datetime.date
        First day that is not in the history.
    seed : int
        Equal seeds give equal histories.
    patterns : sequence of Pattern
        The queues.

    Returns
    -------
    pandas.DataFrame
        ``queue``, ``start`` (local, ISO 8601 with offset), ``offered``, ``handled`` and ``aht``
        (seconds, NaN where no contact was handled), for the intervals in which a queue is open.
    """
    first = start - timedelta(days=2 * 365)
    times = pd.date_range(str(first), str(start), freq=f"{INTERVAL}min", tz=ZONE, inclusive="left")
    streams = np.random.default_rng(seed).spawn(len(patterns))
    season = _season(times, start)
    stamps = _iso(times)
    outage = _outage(times, start)
    tables = []
    for pattern, random in zip(patterns, streams, strict=True):
        rate = season * np.where(outage, pattern.outage, 1.0) * _rate(pattern, times)
        table = _drawn(pattern, times, rate, random)
        table.insert(0, "start", stamps)
        table.insert(0, "queue", pattern.queue)
        tables.append(table[rate > 0])
    return pd.concat(tables, ignore_index=True)


def _rate(pattern: Pattern, times: pd.DatetimeIndex) -> Floats:
    """Contacts to be expected in each interval of weeks without a season."""
    week = _week_shape(pattern, times) * _holiday_factor(times, pattern.holiday)
    return np.asarray(pattern.contacts * week)


def _drawn(
    pattern: Pattern, times: pd.DatetimeIndex, rate: Floats, random: np.random.Generator
) -> pd.DataFrame:
    """Contacts and handle times by chance, around their rate."""
    day = np.asarray((times.tz_localize(None).normalize() - pd.Timestamp(0)).days)
    factors = random.gamma(DAY_FACTOR_CV**-2, DAY_FACTOR_CV**2, size=np.ptp(day) + 1)
    return counted(pattern, times, rate * factors[day - day.min()], random)


def _week_shape(pattern: Pattern, times: pd.DatetimeIndex) -> Floats:
    """Share of a plain week's contacts in each interval."""
    slot = (times.hour * 60 + times.minute) // INTERVAL
    return np.asarray(week_shape(pattern, INTERVAL)[times.day_of_week, slot])


def _season(times: pd.DatetimeIndex, start: date) -> Floats:
    """Factor of the year's season, growth and the start of the month; about 1 near `start`."""
    years = np.asarray((times - pd.Timestamp(str(start), tz=ZONE)).days, dtype=float) / 365.25
    turn = 2 * np.pi * (years + (start.timetuple().tm_yday - 20) / 365.25)
    now = 2 * np.pi * (start.timetuple().tm_yday - 20) / 365.25
    swing = (1 + YEARLY_SWING * np.cos(turn)) / (1 + YEARLY_SWING * np.cos(now))
    month = np.where(np.asarray(times.day) <= 3, MONTH_START, 1.0)
    return np.asarray(swing * (1 + YEARLY_GROWTH) ** years * month)


def _holiday_factor(times: pd.DatetimeIndex, factor: float) -> Floats:
    calendar = holidays.country_holidays(COUNTRY, years=sorted(set(times.year)))
    off = pd.DatetimeIndex(sorted(calendar))
    dates = times.tz_localize(None).normalize()
    holiday = np.asarray(dates.isin(off))
    after = np.asarray(dates.isin(off + pd.Timedelta(days=1))) & ~holiday
    after &= np.asarray(times.day_of_week) < 5
    return np.where(holiday, factor, np.where(after, AFTER_HOLIDAY, 1.0))


def _outage(times: pd.DatetimeIndex, start: date) -> NDArray[np.bool_]:
    """Mark the hours without telephones, on a Wednesday in the year before `start`."""
    about = start - timedelta(days=OUTAGE_DAYS_BEFORE)
    wednesday = about + timedelta(days=2 - about.weekday())
    hour = np.asarray(times.hour + times.minute / 60)
    on_day = np.asarray(times.tz_localize(None).normalize() == pd.Timestamp(wednesday))
    return np.asarray(on_day & (hour >= OUTAGE_HOURS[0]) & (hour < OUTAGE_HOURS[1]))


def _iso(times: pd.DatetimeIndex) -> NDArray[np.object_]:
    """Local times with their offset, such as ``2026-10-25 02:30+01:00``."""
    text = times.strftime("%Y-%m-%d %H:%M%z")
    return np.asarray(text.str[:-2] + ":" + text.str[-2:], dtype=object)
