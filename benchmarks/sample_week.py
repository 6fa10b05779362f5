"""The sample centre's week as a problem."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from wfm.forecast import ProfileForecaster, forecast_volume, read_history, staff
from wfm.io import read_center
from wfm.problem import Problem
from wfm.sample import PLANNED_DAYS, write_sample

START = date(2026, 12, 7)


def sample_problem() -> Problem:
    """The sample centre's week as `plan_folder` would solve it; its files are gone afterwards."""
    with TemporaryDirectory() as folder:
        center = read_center(write_sample(Path(folder) / "center", start=START))
        horizon = center.horizon(START, PLANNED_DAYS)
        previous = center.past(horizon)
        history = read_history(center.history, timezone=center.timezone, queues=center.queues)
    forecaster = ProfileForecaster(holidays=center.country)
    volume = forecast_volume(history, start=START, days=PLANNED_DAYS, forecaster=forecaster)
    return center.problem(staff(volume, center.queues, interval=center.interval), previous)
