"""Commands on the way to a plan, with their arguments; each loads what it does when called."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wfm.cli._app import app
from wfm.cli._arguments import (
    EachSeconds,
    EachWork,
    Json,
    ProblemFile,
    ScheduleFile,
    Seconds,
    Seed,
    Start,
    a_number,
    first_day,
)
from wfm.cli._method import Method

SAMPLE_START = "2026-12-07"


@app.command()
def demo(
    out: Annotated[Path, typer.Argument(help="Folder for the sample centre and its plan.")],
    centre: Annotated[
        str, typer.Option("--centre", "--center", help="Which sample centre: first or families.")
    ] = "first",
    seconds: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            callback=a_number,
            help="Time to search for schedules; by default 45, and 900 for families.",
        ),
    ] = None,
    seed: Seed = 1,
    start: Start = SAMPLE_START,
) -> None:
    """Plan a sample centre, to see what comes out: forty people for a week, or 120 for four."""
    from wfm.cli._planning import run_demo

    run_demo(out, first_day(start), centre, seconds=seconds, seed=seed)


@app.command()
def plan(
    folder: Annotated[Path, typer.Argument(help="Holds center.toml, agents.csv and the history.")],
    *,
    start: Start,
    days: Annotated[int, typer.Option(min=1, max=366, help="Number of days.")] = 7,
    seconds: Seconds = 60.0,
    seed: Seed = 1,
    out: Annotated[
        Path | None, typer.Option(help="Folder for what is made; else FOLDER/plan-DATE.")
    ] = None,
) -> None:
    """Forecast, staff and schedule some days of a centre."""
    from wfm.cli._planning import run_plan

    first = first_day(start)
    run_plan(folder, first, days, out or folder / f"plan-{first}", seconds=seconds, seed=seed)


@app.command()
def forecast(
    history: Annotated[
        Path | None,
        typer.Argument(metavar="[HISTORY.csv]", help="Past contacts; else those of the centre."),
    ] = None,
    *,
    center: Annotated[
        Path, typer.Option(metavar="center.toml", help="Holds queues, time zone and calendar.")
    ],
    start: Start,
    days: Annotated[int, typer.Option(min=1, max=366, help="Number of days.")] = 7,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="VOLUME.csv", help="Where to write.")],
    quantiles: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Where to write what days may come to.")
    ] = None,
    scenarios: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Where to write samples.")
    ] = None,
    changes: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Where to write what was cleaned.")
    ] = None,
    clean: Annotated[bool, typer.Option(help="Whether faults of the history are cleaned.")] = True,
    method: Annotated[Method, typer.Option(help="How.")] = Method.STRUCTURAL,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="Forecast the last 12 weeks, too, and compare.")
    ] = False,
    samples: Annotated[int, typer.Option(min=20, max=100_000, help="How many to draw.")] = 500,
    seed: Seed = 1,
) -> None:
    """Forecast contacts and handle times, with what may come, for `wfm staff`."""
    from wfm.cli._forecasting import Outputs, Wishes, run_forecast

    outputs = Outputs(out, scenarios, quantiles, changes)
    wishes = Wishes(method, clean, backtest, samples, seed)
    run_forecast(center, history, first_day(start), days, outputs, wishes)


@app.command()
def staff(
    volume: Annotated[
        Path, typer.Argument(metavar="VOLUME.csv", help="A forecast: queue, start, contacts, aht.")
    ],
    *,
    center: Annotated[
        Path, typer.Option(metavar="center.toml", help="Holds the queues and the time zone.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DEMAND.csv", help="Where to write.")],
    json: Json = None,
) -> None:
    """Tell how many agents each queue requires in each interval of a forecast."""
    from wfm.cli._staffing import run_staff

    run_staff(volume, center, out, json)


@app.command()
def solve(
    problem: ProblemFile,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="SCHEDULE.json", help="Where to write.")
    ],
    seconds: EachSeconds = None,
    work: EachWork = None,
    seed: Seed = 1,
    as_found: Annotated[
        bool, typer.Option("--as-found", help="Write each better schedule as soon as it is found.")
    ] = False,
) -> None:
    """Find a schedule of least cost for a problem."""
    from wfm.cli._judging import run_solve

    run_solve(problem, out, seconds=seconds, work=work, seed=seed, as_found=as_found)


@app.command()
def verify(
    problem: ProblemFile,
    schedule: ScheduleFile,
    json: Json = None,
) -> None:
    """Judge a schedule by every rule, and tell what it costs and what service it gives."""
    from wfm.cli._judging import run_verify

    run_verify(problem, schedule, json)
