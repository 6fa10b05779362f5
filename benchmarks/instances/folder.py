"""An instance as a planner's folder, with a history drawn around its demand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.instances.centre import TIMEZONE
from wfm.demand import Demand
from wfm.io.files import write_files
from wfm.problem import Problem
from wfm.value import Value

WEEKS = 52
DAY_CV = 0.05
"""Coefficient of variation of the factor that a day's contacts share."""
LEVEL_STEP = 0.01
"""Standard deviation of a week's step of the level, on the log scale."""
AHT_SHAPE = 1.5
"""Handle times of single contacts are gamma distributed with this shape."""


def write_folder(home: Path, problem: Problem, seed: int) -> Path:
    """Write ``center.toml``, ``agents.csv`` and a year of ``history.csv``.

    Parameters
    ----------
    home : pathlib.Path
        The folder; it is made if it is missing.
    problem : Problem
        Whose people, rules and queues; the history ends as its first day begins.
    seed : int
        Equal seeds give equal histories.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    agents = [[a.id, a.contract, ";".join(a.skills)] for a in problem.agents]
    table = pd.DataFrame(agents, columns=["id", "contract", "skills"])
    write_files(
        {
            home / "center.toml": center_text(problem),
            home / "agents.csv": table.to_csv(index=False),
            home / "history.csv": history(problem.demand, seed).to_csv(index=False),
        }
    )
    return home


def center_text(problem: Problem) -> str:
    """The centre as ``wfm.io.read_center`` reads it."""
    tables: dict[str, Iterable[Value]] = {
        "queues": problem.demand.queues,
        "skills": problem.skills,
        "contracts": problem.contracts,
        "shifts": problem.shifts,
        "households": problem.households,
        "rules": problem.rules,
    }
    lines = [f'timezone = "{TIMEZONE}"', f"interval = {problem.horizon.interval}"]
    for name, values in tables.items():
        for value in values:
            fields = value.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
            lines += ["", f"[[{name}]]"]
            lines += [f"{key} = {_inline(field)}" for key, field in fields.items()]
    return "\n".join(lines) + "\n"


def history(demand: Demand, seed: int) -> pd.DataFrame:
    """A year before the first day: Poisson contacts around the demand's week, and handle times.

    Columns are ``queue``, ``start``, ``offered``, ``handled`` and ``aht`` in seconds.
    """
    random = np.random.default_rng(seed)
    horizon = demand.horizon
    slots = 7 * 24 * 60 // horizon.interval
    first = datetime.combine(horizon.start, datetime.min.time(), UTC) - timedelta(weeks=WEEKS)
    starts = pd.date_range(first, periods=WEEKS * slots, freq=f"{horizon.interval}min")
    tables = []
    for queue, contacts, aht in zip(demand.queues, demand.contacts, demand.aht, strict=True):
        level = np.exp(np.cumsum(random.normal(0, LEVEL_STEP, WEEKS))[::-1])
        days = random.gamma(DAY_CV**-2, DAY_CV**2, 7 * WEEKS)
        rate = np.tile(contacts[:slots], WEEKS) * np.repeat(level, slots)
        offered = random.poisson(rate * np.repeat(days, slots // 7))
        shape = np.maximum(offered, 1) * AHT_SHAPE
        seconds = np.tile(aht[:slots], WEEKS) * random.gamma(shape) / shape
        rows = {"queue": queue.id, "start": starts, "offered": offered, "handled": offered}
        table = pd.DataFrame(rows | {"aht": np.where(offered > 0, seconds.round(1), np.nan)})
        tables.append(table[rate > 0])
    return pd.concat(tables, ignore_index=True)


def _inline(value: Any) -> str:
    """A value on one line of TOML, which writes all but tables as JSON does."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(own)}" for key, own in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value)
