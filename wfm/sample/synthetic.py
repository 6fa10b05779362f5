"""Histories of any queues in any countries, with the truth that they were drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from wfm.errors import InputError
from wfm.sample.busy_hours import busy_factors
from wfm.sample.day_effects import Happenings, country_happenings, day_effects
from wfm.sample.happenings import Busy, Campaign, Outage, Payday
from wfm.sample.patterns import Pattern
from wfm.sample.shape import counted, week_shape
from wfm.sample.truth import Truth
from wfm.sample.world import World, local_times

INTERVALS = (5, 10, 15, 30, 60)


@dataclass(frozen=True)
class _Drawn:
    """One queue: its history, the truth of each row, of each effect and of each day."""

    table: pd.DataFrame
    expected: pd.DataFrame
    effects: pd.DataFrame
    level: pd.DataFrame


def synthetic_history(
    queues: Sequence[Pattern],
    start: date | str,
    days: int,
    *,
    country: str = "CN",
    timezone: str = "Asia/Shanghai",
    interval: int = 30,
    seed: int = 1,
    campaigns: Sequence[Campaign] = (),
    outages: Sequence[Outage] = (),
    paydays: Sequence[Payday] = (),
    busy: Busy = Busy(),  # noqa: B008 (a frozen value)
    growth: float = 0.03,
    yearly_swing: float = 0.08,
    level_drift: float = 0.004,
) -> tuple[pd.DataFrame, Truth]:
    """Draw the history of a centre, and keep what it was drawn from.

    Expected contacts are a pattern's week × the level (growth, a yearly season and a random walk
    on the log scale) × the factors of the day's effects: public holidays of the queue's country,
    each with a factor of its own around `Pattern.holiday`, days before and after them, the days
    around the lunar New Year where it is kept, paydays and campaigns. A working weekend follows
    the weekday on which people are off for it. Contacts are Poisson around that × a busy factor.

    Parameters
    ----------
    queues : sequence of Pattern
        The queues; each may be of another country.
    start : datetime.date or str
        First day.
    days : int
        Number of days.
    country : str
        Country of queues that state none, such as ``"CN"`` or ``"DE-BY"``.
    timezone : str
        IANA name of the zone whose wall clock the centre lives by.
    interval : {5, 10, 15, 30, 60}
        Minutes.
    seed : int
        Equal seeds give equal histories.
    campaigns, outages, paydays : sequence
        What happens.
    busy : Busy
        How busy factors scatter.
    growth, yearly_swing : float
        Growth in a year, and amplitude of the year's season, as shares.
    level_drift : float
        Standard deviation of a day's step of the level, on the log scale.

    Returns
    -------
    table : pandas.DataFrame
        ``queue``, ``start`` (UTC), ``offered``, ``handled`` and ``aht`` (seconds, NaN where no
        contact was handled), for the intervals in which a queue is open. `read_history` takes it.
    truth : Truth
        What it was drawn from.

    Raises
    ------
    InputError
        For what cannot be used.
    """
    first = _date(start)
    _check(queues, days, interval, (*campaigns, *outages, *paydays))
    times = local_times(first, days, timezone, interval)
    world = World(
        first, days, times, interval, growth, yearly_swing, level_drift, busy, tuple(outages)
    )
    codes = dict.fromkeys(queue.country or country for queue in queues)
    happenings = {code: country_happenings(code, world.dates, paydays, campaigns) for code in codes}
    drawn = [
        _draw(queue, happenings[queue.country or country], world, (seed, number))
        for number, queue in enumerate(queues)
    ]
    join = {
        name: pd.concat([getattr(queue, name) for queue in drawn], ignore_index=True)
        for name in ("table", "expected", "effects", "level")
    }
    return join.pop("table"), Truth(**join, busy=busy, timezone=timezone, interval=interval)


def _draw(pattern: Pattern, happenings: Happenings, world: World, seed: tuple[int, int]) -> _Drawn:
    walk, busy, count = np.random.default_rng(seed).spawn(3)
    effects = pd.DataFrame(
        day_effects(pattern, happenings, seed), columns=["day", "effect", "factor"]
    )
    level = world.level(walk)
    weekday = np.array([happenings.special.swaps.get(d, d.weekday()) for d in happenings.days])
    shape = week_shape(pattern, world.interval)[weekday[world.day], world.slot]
    rate = pattern.contacts * (level * world.product(effects))[world.day] * shape
    open_ = rate > 0
    rate *= world.outage(pattern)
    factors = busy_factors(world.busy, world.times, world.interval, busy)
    table = counted(pattern, world.times, rate * factors, count)
    utc = world.times.tz_convert("UTC").as_unit("s")
    table.insert(0, "start", utc)
    expected = pd.DataFrame({"start": utc, "expected": rate, "busy": factors})
    by_day = pd.DataFrame({"day": happenings.days, "level": level, "weekday": weekday})
    frames = (table[open_], expected[open_], effects, by_day)
    for frame in frames:
        frame.insert(0, "queue", pattern.queue)
    return _Drawn(*frames)


def _check(
    queues: Sequence[Pattern],
    days: int,
    interval: int,
    events: Sequence[Campaign | Outage | Payday],
) -> None:
    names = [queue.queue for queue in queues]
    if not names or len(set(names)) < len(names):
        raise InputError("queues", "name at least one queue, each once", names)
    if days < 1:
        raise InputError("days", "be at least 1", days)
    if interval not in INTERVALS:
        raise InputError("interval", "be 5, 10, 15, 30 or 60 minutes", interval)
    for event in events:
        for queue in event.queues:
            if queue not in names:
                must = f"be of {', '.join(names)}"
                raise InputError(f"{type(event).__name__}.queues", must, queue)


def _date(start: date | str) -> date:
    try:
        return start if isinstance(start, date) else date.fromisoformat(start)
    except ValueError:
        raise InputError("start", "be a date such as 2026-12-07", start) from None
