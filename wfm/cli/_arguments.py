"""Arguments that several commands take."""

# ruff: noqa: PLC0415

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def a_number(seconds: float | None) -> float | None:
    """Refuse what is no number of seconds."""
    if seconds != seconds:  # noqa: PLR0124  (only "not a number" differs from itself)
        raise typer.BadParameter("nan is no number of seconds")
    return seconds


def first_day(start: str) -> date:
    """The first day, of years that can be planned."""
    from wfm.forecast.clock import to_date
    from wfm.horizon import check_years

    first = to_date(start, "--start")
    check_years("--start", first)
    return first


Seconds = Annotated[
    float, typer.Option(min=0.1, callback=a_number, help="Time to search for schedules.")
]
EachSeconds = Annotated[
    float | None,
    typer.Option(
        min=0.1, callback=a_number, help="Time of each search; 60 unless the work is limited."
    ),
]
EachWork = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Tours to find in each search, some thousands a second: the same answer each time.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="Of everything random.")]
Start = Annotated[str, typer.Option(metavar="DATE", help="First day: 2026-12-07.")]
Json = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Where to write it as JSON.")
]
AssumptionsFile = Annotated[
    Path | None,
    typer.Option("--assumptions", metavar="FILE.json", help="What is assumed beyond the problem."),
]
ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem.")]
ScheduleFile = Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="A schedule for it.")]
