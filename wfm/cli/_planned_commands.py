"""Commands for a plan that is there, with their arguments; each loads what it does when called."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wfm.cli._app import app
from wfm.cli._arguments import (
    AssumptionsFile,
    EachSeconds,
    EachWork,
    Json,
    ProblemFile,
    ScheduleFile,
    Seconds,
    Seed,
)
from wfm.cli._by import By
from wfm.cli._stretch import Stretch


@app.command()
def swaps(
    problem: ProblemFile,
    schedule: ScheduleFile,
    *,
    agent: Annotated[str, typer.Option(metavar="ID", help="Who wants to give a shift away.")],
    day: Annotated[str, typer.Option(metavar="DATE", help="Its day: 2026-12-07.")],
    most: Annotated[int, typer.Option(min=1, help="How many to tell, the best first.")] = 20,
    json: Json = None,
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
    json: Json = None,
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
    seconds: EachSeconds = None,
    work: EachWork = None,
    seed: Seed = 1,
    jobs: Annotated[int | None, typer.Option(help="Searches at a time; as many as cores.")] = None,
    json: Json = None,
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
    json: Json = None,
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
    assumptions: AssumptionsFile = None,
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
    seconds: EachSeconds = None,
    work: EachWork = None,
    seed: Seed = 1,
    assumptions: AssumptionsFile = None,
    new_problem: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write the problem with corrected curves."),
    ] = None,
    json: Json = None,
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
