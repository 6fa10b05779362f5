"""Why what came was not what was forecast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.actual import actual_of
from wfm.forecast.argument import instance
from wfm.forecast.clock import to_dates
from wfm.forecast.history import History
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

Floats = NDArray[np.float64]
Unit = Literal["contacts", "hours"]
CAUSES: Final = ("level", "calendar", "profile", "handle_time")
WORDS: Final = {
    "level": "the level of days",
    "calendar": "the calendar",
    "profile": "the time of day",
    "handle_time": "handle times",
}


@dataclass(frozen=True, eq=False)
class Variance:
    """The difference between what came and what was forecast, by cause.

    Attributes
    ----------
    contacts : pandas.DataFrame
        A row for each ``queue`` and ``date`` with some known interval, in contacts over the known
        intervals: ``forecast``, the causes ``level``, ``calendar``, ``profile`` and
        ``handle_time``, which add up to ``actual`` minus ``forecast``, and ``actual``. A profile
        moves contacts within the day, and handle times move none; both are 0 here. ``moved``:
        contacts that came at another time of the day than forecast.
    hours : pandas.DataFrame
        The same in hours of handling, without ``moved``. A profile counts here where handle times
        differ over the day.
    """

    contacts: pd.DataFrame
    hours: pd.DataFrame

    def table(
        self, unit: Unit = "hours", by: Literal["queue", "date", "both"] = "queue"
    ) -> pd.DataFrame:
        """Sums by queue, by date, or by both."""
        if unit not in ("contacts", "hours"):
            raise InputError("unit", "be contacts or hours", unit)
        if by not in ("queue", "date", "both"):
            raise InputError("by", "be queue, date or both", by)
        keys = ["queue", "date"] if by == "both" else [by]
        frame: pd.DataFrame = getattr(self, unit)
        return frame.groupby(keys, sort=False).sum(numeric_only=True)

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each queue: how far off it was, and why, the largest cause first."""
        hours, contacts = self.table("hours"), self.table("contacts")
        if not len(hours):
            return ("Nothing of what was forecast is known to have come.",)
        return tuple(_sentence(str(queue), hours, contacts) for queue in hours.index)

    def __str__(self) -> str:
        return "\n".join(self.sentences())


def explain_variance(
    volume: Volume, actual: History, *, special: Iterable[date | str] = ()
) -> Variance:
    """Split the difference between what came and a forecast by queue, day and cause.

    In this order, each day by itself: the *level*, the day's contacts by those forecast; on a
    special day the level of the queue's ordinary days, and what is left of the day's total is due
    to the *calendar*; the *profile*, contacts that came at other times of the day; *handle time*,
    that of the contacts that came. Only intervals that are known are counted; where no contact
    came, or its handle time is unknown, that of the forecast is taken.

    Parameters
    ----------
    volume : Volume
        The forecast.
    actual : History
        What came, in the forecast's zone and interval.
    special : iterable of datetime.date or str
        Days on which the calendar, such as a holiday or a campaign, is to answer for the total.

    Raises
    ------
    InputError
        If zone or interval differ, or a special day lies outside the forecast.
    """
    instance("volume", volume, Volume, "be a Volume")
    horizon = volume.horizon
    came = actual_of(actual, volume.queues, horizon)
    known = ~np.isnan(came.contacts)
    forecast, aht = np.where(known, volume.array("contacts"), 0.0), volume.array("aht")
    contacts = np.where(known, came.contacts, 0.0)
    parts = _parts(forecast, contacts, horizon, _special(special, horizon))
    hours = {name: values * aht / 3600 for name, values in parts.items()}
    worked = np.where(came.aht > 0, came.aht, aht)
    hours["handle_time"] = contacts * (worked - aht) / 3600
    hours["actual"] = contacts * worked / 3600

    first = np.flatnonzero(np.diff(horizon.slot_days, prepend=-1))
    rows, days = np.nonzero(np.add.reduceat(known, first, axis=1))

    def frame(slots: dict[str, Floats]) -> pd.DataFrame:
        keys = {
            "queue": np.array(volume.queues, dtype=object)[rows],
            "date": [horizon.date_of(day) for day in days.tolist()],
        }
        sums = {k: np.add.reduceat(v, first, axis=1)[rows, days] for k, v in slots.items()}
        return pd.DataFrame(keys | sums)

    moved = {"moved": np.abs(parts["profile"]) / 2}
    # Within a day a profile adds nothing, but for rounding.
    counted = frame(parts | moved).assign(profile=0.0)
    return Variance(counted, frame(hours))


def _special(special: Iterable[date | str], horizon: Horizon) -> NDArray[np.bool_]:
    """Which days of a horizon are special, shape ``(days,)``."""
    chosen = np.zeros(horizon.days, dtype=bool)
    for day in to_dates(special, "special"):
        index = horizon.day(day)
        if not 0 <= index < horizon.days:
            span = f"{horizon.start} to {horizon.date_of(horizon.days - 1)}"
            raise InputError("special", f"lie within the forecast ({span})", str(day))
        chosen[index] = True
    return chosen


def _parts(
    forecast: Floats, actual: Floats, horizon: Horizon, special: NDArray[np.bool_]
) -> dict[str, Floats]:
    """Contacts of each slot by cause, shape ``(queues, slots)`` each.

    A day of which nothing was forecast is off by its level, or by the calendar, alone.
    """
    day = horizon.slot_days
    first = np.flatnonzero(np.diff(day, prepend=-1))
    made, came = (np.add.reduceat(values, first, axis=1) for values in (forecast, actual))
    ratio = np.divide(came, made, out=np.ones_like(made), where=made > 0)
    ordinary = np.where(special | (made <= 0), 0.0, 1.0)
    usual = (ordinary * made).sum(axis=1)
    level = np.ones_like(usual)
    np.divide((ordinary * came).sum(axis=1), usual, out=level, where=usual > 0)
    level_of_day = np.where(special, level[:, None], ratio)[:, day]
    none = (made <= 0)[:, day]
    unforeseen = np.where(none, actual, 0.0)
    on_special = special[day]
    return {
        "forecast": forecast,
        "level": (level_of_day - 1) * forecast + unforeseen * ~on_special,
        "calendar": (ratio[:, day] - level_of_day) * forecast + unforeseen * on_special,
        "profile": np.where(none, 0.0, actual - ratio[:, day] * forecast),
        "handle_time": np.zeros_like(forecast),
        "actual": actual,
    }


def _sentence(queue: str, hours: pd.DataFrame, contacts: pd.DataFrame) -> str:
    work, count = hours.loc[queue], contacts.loc[queue]
    total = work["actual"] - work["forecast"]
    causes = sorted(CAUSES, key=lambda cause: -abs(work[cause]))
    each = [
        f"{work[cause]:+.1f} from {WORDS[cause]}" for cause in causes if abs(work[cause]) >= 0.05
    ]
    size = f"{abs(total):.1f} hours of handling {'more' if total > 0 else 'less'}"
    return (
        f"{queue}: {size} than the {work['forecast']:.1f} forecast"
        f"{': ' if each else ''}{', '.join(each)}; {count['actual']:.0f} contacts for "
        f"{count['forecast']:.0f}, and {count['moved']:.0f} at another time of day."
    )
