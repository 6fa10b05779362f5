"""A contact centre to try things on: forty people, three queues, two years of history."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from string import Template

from wfm.errors import InputError
from wfm.io.files import write_text
from wfm.sample.history import sample_history
from wfm.sample.nights import sample_nights

PLANNED_DAYS = 7


def write_sample(folder: str | Path, *, start: date | str = "2026-12-07", seed: int = 1) -> Path:
    """Write a planner's folder: ``center.toml`` and the tables ``agents.csv`` and others.

    The centre answers calls round the clock, calls of a second queue from Monday to Saturday, and
    chats in the daytime. Its people have five contracts, six groups of skills and five
    households; its history is the two years before the planned week, and three of its people work
    the night in which that week begins.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where; it is made if it is missing.
    start : datetime.date or str
        First day of the week to be planned.
    seed : int
        Equal seeds give equal folders.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    home = Path(folder)
    first = _date(start)
    days = {f"day{n}": (first + timedelta(days=n)).isoformat() for n in range(PLANNED_DAYS)}
    center = Template(_template("center.toml")).substitute(days)
    history = sample_history(first, seed).to_csv(index=False)
    write_text(home / "center.toml", center)
    write_text(home / "agents.csv", _template("agents.csv"))
    write_text(home / "previous.csv", sample_nights(first))
    write_text(home / "history.csv", history)
    return home


def _template(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _date(start: date | str) -> date:
    try:
        return start if isinstance(start, date) else date.fromisoformat(start)
    except ValueError:
        raise InputError("start", "be a date such as 2026-12-07", start) from None
