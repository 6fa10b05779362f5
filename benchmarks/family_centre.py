"""The second sample centre as problems: its four weeks, and periods that follow each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from wfm.demand import Demand
from wfm.forecast import forecast_volume, read_history, staff
from wfm.io import read_center
from wfm.io.center import Center
from wfm.problem import Previous, Problem
from wfm.sample import write_sample
from wfm.sample.centres import CENTRES

START = date(2026, 12, 7)
FAMILIES = "families"
DAYS = CENTRES[FAMILIES].days


def family_problem(start: date = START, days: int = DAYS) -> Problem:
    """Some days of the centre as `plan_folder` would solve them."""
    with TemporaryDirectory() as folder:
        center = _center(folder, start)
        previous = center.past(center.horizon(start, days))
        history = read_history(center.history, timezone=center.timezone, queues=center.queues)
    volume = forecast_volume(history, start=start, days=days, holidays=center.country)
    return center.problem(staff(volume, center.queues, interval=center.interval), previous)


def later_problem(demand: Demand, start: date, previous: Previous) -> Problem:
    """The centre's people in a later period, with the demand of an earlier one and its own dates.

    Wishes and other dated rules are those of the sample, as if everyone asked anew for the same
    days of each period.
    """
    with TemporaryDirectory() as folder:
        center = _center(folder, start)
    moved = demand.horizon.model_copy(update={"start": start})
    return center.problem(demand.model_copy(update={"horizon": moved}), previous)


def _center(folder: str, start: date) -> Center:
    return read_center(write_sample(Path(folder) / "center", start=start, centre=FAMILIES))
