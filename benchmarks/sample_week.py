"""The sample centre's week as a problem, and what is said of its solutions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Figures
from wfm.forecast import forecast_volume, read_history, staff
from wfm.io import read_center
from wfm.judge.report import Report
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
    volume = forecast_volume(history, start=START, days=PLANNED_DAYS, holidays=center.country)
    return center.problem(staff(volume, center.queues, interval=center.interval), previous)


def level(report: Report, queue: str) -> Figures:
    """Weekly service level of a queue, and how many of its target periods miss their target."""
    rows = [found for found in report.service if found.queue == queue]
    days = [found for found in rows if found.kind == "day"]
    aims = [found for found in rows if found.target is not None and found.level is not None]
    offered = sum(day.offered for day in days)
    return {
        "level": sum(day.in_time for day in days) / offered if offered else None,
        "target": next((found.target for found in aims), None),
        "periods": len(aims),
        "periods_missed": sum((found.level or 0.0) < (found.target or 0.0) for found in aims),
    }
