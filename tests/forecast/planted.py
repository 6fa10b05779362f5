"""Synthetic histories whose faults are known because they were planted."""

import numpy as np
import pandas as pd

from wfm.forecast import History

ZONE = "Europe/Berlin"


def made(
    hourly,
    *,
    days=84,
    interval=30,
    hours=(0, 24),
    weekend=0.5,
    level=None,
    busy=0.0,
    noise=0.0,
    queue="calls",
    first="2026-01-05",
    zone=ZONE,
    seed=1,
):
    """Poisson contacts of a weekly pattern from a Monday on; `level` is a factor of each day."""
    rng = np.random.default_rng(seed)
    begin = pd.Timestamp(first, tz=zone)
    end = begin + pd.DateOffset(days=days)
    local = pd.date_range(begin, end, freq=f"{interval}min", inclusive="left")
    minute = np.asarray(local.hour * 60 + local.minute)
    day = np.asarray((local.tz_localize(None).normalize() - pd.Timestamp(first)).days)
    opened = (minute >= hours[0] * 60) & (minute < hours[1] * 60)
    bow = 1 - 0.5 * np.cos((minute / 60 - hours[0]) / (hours[1] - hours[0]) * 2 * np.pi)
    mean = hourly * interval / 60 * np.where(opened, bow, 0.0)
    mean *= np.where(np.asarray(local.day_of_week) >= 5, weekend, 1.0)
    mean *= 1.0 if level is None else np.asarray(level, dtype=float)[day]
    mean *= np.exp(rng.normal(0, busy, days))[day] if busy else 1.0
    mean *= rng.gamma(1 / noise**2, noise**2, len(mean)) if noise else 1.0
    offered = rng.poisson(mean).astype(float)
    count = np.maximum(offered, 1)
    aht = np.where(offered > 0, 300 * rng.gamma(count, 1 / count), np.nan)
    start = local.tz_convert("UTC").as_unit("s")
    frame = pd.DataFrame({"queue": queue, "start": start, "offered": offered, "aht": aht})
    return frame.astype({"queue": str})


def history(*frames, interval=30, zone=ZONE):
    return History(zone, interval, pd.concat(frames, ignore_index=True))


def during(frame, start, end, zone=ZONE):
    """Mask of the rows from one local time to another."""
    first, last = (pd.Timestamp(when, tz=zone) for when in (start, end))
    return np.asarray((frame["start"] >= first) & (frame["start"] < last))


def planted(frame, start, end, offered):
    """The frame with other contacts in a stretch: a number, or a function of those that were."""
    inside = during(frame, start, end)
    found = frame.copy()
    before = frame.loc[inside, "offered"]
    found.loc[inside, "offered"] = offered(before) if callable(offered) else offered
    found["aht"] = np.where(found["offered"] > 0, found["aht"].fillna(300.0), np.nan)
    return found
