"""Contact centres to try things on: forty people for a week, or 120 with families for four."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from string import Template

from wfm.errors import InputError
from wfm.io.files import write_text
from wfm.sample.centres import CENTRES, FIRST, SampleCentre, centre_named
from wfm.sample.history import sample_history

PLANNED_DAYS = CENTRES[FIRST].days
DAYS_BEFORE = (60, 120)
"""How long before the first planned day dates lie that templates may name."""


def write_sample(
    folder: str | Path,
    *,
    start: date | str = "2026-12-07",
    seed: int = 1,
    centre: str = FIRST,
) -> Path:
    """Write a planner's folder: ``center.toml`` and the tables ``agents.csv`` and others.

    The first centre answers calls round the clock, calls of a second queue from Monday to Saturday,
    and chats in the daytime. Its people have five contracts, six groups of skills and five
    households; its history is the two years before the planned week, and three of its people work
    the night in which that week begins.

    The second one, ``"families"``, has four queues, 120 people in twelve teams at three sites, and
    25 households, for four weeks: most kinds of promise and of wish that there are.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where; it is made if it is missing.
    start : datetime.date or str
        First day of those to be planned.
    seed : int
        Equal seeds give equal folders.
    centre : str
        Which: ``"first"`` or ``"families"``.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    home = Path(folder)
    sample = centre_named(centre)
    first = _date(start)
    history = sample_history(first, seed, sample.patterns).to_csv(index=False)
    write_text(home / "center.toml", _dated(sample, first))
    write_text(home / "agents.csv", _template(sample, "agents.csv"))
    write_text(home / "previous.csv", sample.previous(first))
    write_text(home / "history.csv", history)
    return home


def _dated(sample: SampleCentre, first: date) -> str:
    """The centre's own description, with its dates filled in."""
    days = {f"day{n}": first + timedelta(days=n) for n in range(sample.days)}
    days |= {f"before{n}": first - timedelta(days=n) for n in DAYS_BEFORE}
    return Template(_template(sample, "center.toml")).substitute(days)


def _template(sample: SampleCentre, name: str) -> str:
    return files(__name__).joinpath(sample.folder, name).read_text(encoding="utf-8")


def _date(start: date | str) -> date:
    try:
        return start if isinstance(start, date) else date.fromisoformat(start)
    except ValueError:
        raise InputError("start", "be a date such as 2026-12-07", start) from None
