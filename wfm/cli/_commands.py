"""The commands with their arguments; each loads what it does only when it is called."""

# ruff: noqa: PLC0415

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from wfm.cli._app import app as app  # noqa: PLC0414  (for `main`)
from wfm.cli._by import By
from wfm.cli._method import Method
from wfm.cli._stretch import Stretch

SAMPLE_START = "2026-12-07"


def _a_number(seconds: float | None) -> float | None:
    if seconds != seconds:  # noqa: PLR0124  (only "not a number" differs from itself)
        raise typer.BadParameter("nan is no number of seconds")
    return seconds


def _first(start: str) -> date:
    """The first day, of years that can be planned."""
    from wfm.forecast.clock import to_date
    from wfm.horizon import check_years

    first = to_date(start, "--start")
    check_years("--start", first)
    return first


Seconds = Annotated[
    float, typer.Option(min=0.1, callback=_a_number, help="Time to search for schedules.")
]
Seed = Annotated[int, typer.Option(min=0, help="Of everything random.")]
Start = Annotated[str, typer.Option(metavar="DATE", help="First day: 2026-12-07.")]
ProblemFile = Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="A problem.")]
ScheduleFile = Annotated[Path, typer.Argument(metavar="SCHEDULE.json", help="A schedule for it.")]


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
            callback=_a_number,
            help="Time to search for schedules; by default 45, and 900 for families.",
        ),
    ] = None,
    seed: Seed = 1,
    start: Start = SAMPLE_START,
) -> None:
    """Plan a sample centre, to see what comes out: forty people for a week, or 120 for four."""
    from wfm.cli._planning import run_demo

    run_demo(out, _first(start), centre, seconds=seconds, seed=seed)


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

    first = _first(start)
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
    run_forecast(center, history, _first(start), days, outputs, wishes)


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
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the demand as JSON.")
    ] = None,
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
    seconds: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            callback=_a_number,
            help="Time to search for schedules; 60 unless the work is limited.",
        ),
    ] = None,
    work: Annotated[
        int | None,
        typer.Option(
            min=1, help="Tours to find, some thousands a second: the same schedule each time."
        ),
    ] = None,
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
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the report as JSON.")
    ] = None,
) -> None:
    """Judge a schedule by every rule, and tell what it costs and what service it gives."""
    from wfm.cli._judging import run_verify

    run_verify(problem, schedule, json)


@app.command()
def swaps(
    problem: ProblemFile,
    schedule: ScheduleFile,
    *,
    agent: Annotated[str, typer.Option(metavar="ID", help="Who wants to give a shift away.")],
    day: Annotated[str, typer.Option(metavar="DATE", help="Its day: 2026-12-07.")],
    most: Annotated[int, typer.Option(min=1, help="How many to tell, the best first.")] = 20,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write them as JSON.")
    ] = None,
) -> None:
    """Tell who could take a shift, for nothing or in a trade, and what that would change."""
    from wfm.cli._swaps import run_swaps
    from wfm.forecast.clock import to_date

    run_swaps(problem, schedule, agent, to_date(day, "--day"), most, json)


@app.command()
def explain(
    problem: ProblemFile,
    schedule: Annotated[
        Path | None,
        typer.Argument(metavar="[SCHEDULE.json]", help="A schedule, of which a day is asked."),
    ] = None,
    *,
    agent: Annotated[str | None, typer.Option(metavar="ID", help="Whose day.")] = None,
    day: Annotated[str | None, typer.Option(metavar="DATE", help="The day: 2026-12-07.")] = None,
    seconds: Seconds = 60.0,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it as JSON.")
    ] = None,
) -> None:
    """Tell which hard rules conflict; or, of a schedule, why someone works or is off on a day."""
    from wfm.cli._explaining import run_conflicts, run_explain
    from wfm.forecast.clock import to_date

    asked = {"SCHEDULE.json": schedule, "--agent": agent, "--day": day}
    missing = [name for name, value in asked.items() if value is None]
    if len(missing) == len(asked):
        run_conflicts(problem, json, seconds=seconds)
    elif schedule is None or agent is None or day is None:
        raise typer.BadParameter(f"a day is explained with {' and '.join(missing)} too")
    else:
        run_explain(problem, schedule, agent, to_date(day, "--day"), json)


@app.command()
def price(
    problem: ProblemFile,
    schedule: ScheduleFile,
    *,
    by: Annotated[By, typer.Option(help="Each promise, or all with a rule's name.")] = By.EACH,
    steps: Annotated[
        bool, typer.Option("--steps", help="Drop one after the other, so that they add up.")
    ] = False,
    seconds: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            callback=_a_number,
            help="Time for each search; 60 unless the work is limited.",
        ),
    ] = None,
    work: Annotated[
        int | None,
        typer.Option(min=1, help="Tours to find in each search: the same prices each time."),
    ] = None,
    seed: Seed = 1,
    jobs: Annotated[int | None, typer.Option(help="Searches at a time; as many as cores.")] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write them as JSON.")
    ] = None,
) -> None:
    """Tell what promises and wishes cost, by searching with and without them."""
    from wfm.cli._pricing import Limits, run_price

    limits = Limits(seconds, work, seed, jobs)
    run_price(problem, schedule, by, limits, json, steps=steps)


@app.command()
def reoptimise(
    problem: ProblemFile,
    schedule: ScheduleFile,
    *,
    now: Annotated[str, typer.Option(metavar="TIME", help='Time of day: "2026-12-08 10:40".')],
    changes: Annotated[
        Path, typer.Option(metavar="CHANGES.json", help="What has happened, and what is offered.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="NEW.json", help="Where to write the schedule.")
    ],
    new_problem: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write the problem that it keeps."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days may change.")] = 1,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write all of it as JSON.")
    ] = None,
) -> None:
    """Plan the day anew after absences and offers: few changes for much service."""
    from wfm.cli._replanning import Files, run_reoptimise

    files = Files(problem, schedule, changes, out, new_problem, json)
    run_reoptimise(files, now, days)


@app.command()
def simulate(
    problem: ProblemFile,
    schedule: ScheduleFile,
    replications: Annotated[int, typer.Option(min=1, help="How often it is run through.")] = 50,
    seed: Seed = 1,
    assumptions: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="What is assumed beyond the problem.")
    ] = None,
    by: Annotated[Stretch, typer.Option(help="Stretches of the table that is written.")] = (
        Stretch.DAY
    ),
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE.csv", help="Where to write it.")
    ] = None,
    trace: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Where to write the first run contact by contact."),
    ] = None,
) -> None:
    """Simulate a schedule call by call: service with confidence, and how sure its targets are."""
    from wfm.cli._simulating import Files, run_simulate

    files = Files(problem, schedule, assumptions, out, trace)
    run_simulate(files, replications=replications, seed=seed, by=by)


@app.command()
def calibrate(
    problem: ProblemFile,
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="SCHEDULE.json", help="Where to write.")
    ],
    rounds: Annotated[int, typer.Option(min=1, help="Most schedules to make.")] = 6,
    tolerance: Annotated[
        float, typer.Option(min=0.0001, max=0.5, help="Distance from a target that passes.")
    ] = 0.01,
    replications: Annotated[int, typer.Option(min=2, help="How often each is simulated.")] = 50,
    seconds: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            callback=_a_number,
            help="Time of each round's search; 60 unless the work is limited.",
        ),
    ] = None,
    work: Annotated[
        int | None, typer.Option(min=1, help="Tours to find in each round, as for `wfm solve`.")
    ] = None,
    seed: Seed = 1,
    assumptions: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="What is assumed beyond the problem.")
    ] = None,
    new_problem: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write the problem with corrected curves."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write all of it as JSON.")
    ] = None,
) -> None:
    """Solve, simulate and correct until the service that is promised comes out."""
    from wfm.cli._calibrating import Bounds, Files, run_calibrate

    files = Files(problem, assumptions, out, new_problem, json)
    run_calibrate(files, Bounds(rounds, tolerance, replications, seconds, work, seed))


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="Its center.toml names a ledger.")],
    problem: ProblemFile,
    schedule: ScheduleFile,
) -> None:
    """Write what a schedule asks of people into the ledger, and its roster for the next plan."""
    from wfm.cli._publishing import run_publish

    run_publish(folder, problem, schedule)


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(help="Problem, Schedule, ..., or a rule: min_rest; else all values.")
    ] = "",
) -> None:
    """Print the JSON schema of a value or a rule, or of all values by name."""
    from wfm.cli._schemas import print_schema

    print_schema(name)
