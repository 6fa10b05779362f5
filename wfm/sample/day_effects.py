"""Which named effects a queue's days truly have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zlib import crc32

import numpy as np

from wfm.sample.happenings import Campaign, Payday
from wfm.sample.holiday_days import LUNAR_NEW_YEAR, HolidayDays, holiday_days
from wfm.sample.patterns import Pattern

HOLIDAY_SPREAD = 0.25
"""Standard deviation of the logarithm of a holiday's factor, between holidays."""
DAY_BEFORE, DAY_AFTER = "day before holiday", "day after holiday"
BETWEEN = "weekend between holidays"
BEFORE, AFTER, WEEKEND_BETWEEN = 1.06, 1.15, 0.8
FIRST_OF_WEEKEND = 5
LUNAR_WEEK = range(7)
"""Days from the lunar New Year that are quiet, unless people work on them."""
LUNAR = {
    **dict(zip(range(-7, 0), (1.04, 1.06, 1.08, 1.1, 1.12, 1.08, 1.0), strict=True)),
    **dict.fromkeys(LUNAR_WEEK, 0.6),
    **dict(zip(range(7, 11), (1.14, 1.1, 1.06, 1.03), strict=True)),
}
"""Days from the lunar New Year -> factor, beside that of its public holidays."""


class DayEffect(NamedTuple):
    """A factor that a day's contacts have, and why."""

    day: date
    effect: str
    factor: float


class Happenings(NamedTuple):
    """What happens when, for one country."""

    days: tuple[date, ...]
    special: HolidayDays
    paydays: tuple[Payday, ...]
    campaigns: tuple[Campaign, ...]


def country_happenings(
    country: str,
    days: Sequence[date],
    paydays: Sequence[Payday],
    campaigns: Sequence[Campaign],
) -> Happenings:
    """Collect what happens on some days, with the holidays of a country around them."""
    special = holiday_days(country, range(days[0].year - 1, days[-1].year + 2))
    return Happenings(tuple(days), special, tuple(paydays), tuple(campaigns))


def day_effects(pattern: Pattern, happenings: Happenings, seed: Sequence[int]) -> list[DayEffect]:
    """List the effects of a queue's days.

    Parameters
    ----------
    pattern : Pattern
        The queue; around its `holiday` the factors of the single holidays scatter.
    happenings : Happenings
        What happens.
    seed : sequence of int
        Of the queue; equal seeds give each holiday the same factor in any span of days.

    Returns
    -------
    list of DayEffect
        A day may have several, whose factors multiply, or none.
    """
    inside = set(happenings.days)
    sources = (_holidays(pattern, happenings, seed), *_others(pattern, happenings))
    return [found for source in sources for found in source if found.day in inside]


def _holidays(pattern: Pattern, happenings: Happenings, seed: Sequence[int]) -> Iterator[DayEffect]:
    """Yield holidays; on a weekend, which is quiet already, one has the root of its factor."""
    for day, name in sorted(happenings.special.names.items()):
        random = np.random.default_rng([*seed, crc32(name.encode())])
        factor = float(pattern.holiday * np.exp(HOLIDAY_SPREAD * random.standard_normal()))
        if day.weekday() < FIRST_OF_WEEKEND:
            yield DayEffect(day, name, factor)
        else:
            yield DayEffect(day, f"{name} on a weekend", factor**0.5)


def _others(pattern: Pattern, happenings: Happenings) -> Iterator[Iterator[DayEffect]]:
    yield _around_holidays(happenings)
    yield _lunar(happenings)
    for payday in happenings.paydays:
        if not payday.queues or pattern.queue in payday.queues:
            yield _paydays(payday, happenings)
    for campaign in happenings.campaigns:
        if not campaign.queues or pattern.queue in campaign.queues:
            yield _campaign(campaign)


def _around_holidays(happenings: Happenings) -> Iterator[DayEffect]:
    """Yield the last business day before a holiday, the first after it, and weekends between."""
    special = happenings.special
    for day in happenings.days:
        before, after = special.holiday_before(day), special.holiday_after(day)
        if special.works(day):
            if before:
                yield DayEffect(day, DAY_AFTER, AFTER)
            if after:
                yield DayEffect(day, DAY_BEFORE, BEFORE)
        elif day not in special.names and before and after:
            yield DayEffect(day, BETWEEN, WEEKEND_BETWEEN)


def _lunar(happenings: Happenings) -> Iterator[DayEffect]:
    for first in happenings.special.lunar:
        for offset, factor in LUNAR.items():
            day = first + timedelta(days=offset)
            if offset not in LUNAR_WEEK or not happenings.special.works(day):
                yield DayEffect(day, f"{LUNAR_NEW_YEAR} {offset:+d}", factor)


def _paydays(payday: Payday, happenings: Happenings) -> Iterator[DayEffect]:
    first, last = happenings.days[0], happenings.days[-1]
    for month in range(12 * first.year + first.month - 2, 12 * last.year + last.month + 1):
        due = _business_day(_date(month, payday.day), happenings.special.works)
        yield from _with_tail(due, 1, payday.name, payday.factor, payday.tail)


def _campaign(campaign: Campaign) -> Iterator[DayEffect]:
    return _with_tail(campaign.start, campaign.days, campaign.name, campaign.factor, campaign.tail)


def _with_tail(
    start: date, days: int, name: str, factor: float, tail: Sequence[float]
) -> Iterator[DayEffect]:
    for day in range(days):
        yield DayEffect(start + timedelta(days=day), name, factor)
    for after, value in enumerate(tail):
        yield DayEffect(start + timedelta(days=days + after), f"{name} +{after + 1}", value)


def _date(month: int, day: int) -> date:
    """Day of a month that is counted from the year 0 on; -1 is its last."""
    if day == -1:
        return _date(month + 1, 1) - timedelta(days=1)
    return date(month // 12, month % 12 + 1, day)


def _business_day(day: date, works: Callable[[date], bool]) -> date:
    """The day itself, or the last business day before it."""
    while not works(day):
        day -= timedelta(days=1)
    return day
