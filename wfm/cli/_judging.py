"""`wfm solve` and `wfm verify`: problems and schedules in JSON."""

from __future__ import annotations

from pathlib import Path

import typer

from wfm.cli._app import NO
from wfm.cli._progress import progress
from wfm.cli._spared import check_outputs
from wfm.io.files import read_problem, read_schedule, write_text
from wfm.judge.verify import verify
from wfm.schedule import Schedule
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.solve import solve


def run_solve(
    problem: Path,
    out: Path,
    *,
    seconds: float | None,
    work: int | None,
    seed: int,
    as_found: bool,
) -> None:
    """Solve a problem and write its schedule, or each better one as soon as it is found."""

    def write(schedule: Schedule) -> None:
        write_text(out, schedule.to_json())

    read = read_problem(problem)
    check_outputs({"--out": out}, [problem])
    with progress("Compiling") as watch:
        result = solve(
            read,
            seconds=seconds,
            work=work,
            seed=seed,
            on_progress=watch,
            on_best=write if as_found else None,
        )
    # Ctrl-C again, after it has ended the search, must not lose what was found.
    with heeding_interrupts():
        typer.echo(str(result))
        if result.schedule is None:
            raise typer.Exit(NO)
        write(result.schedule)
        typer.echo(f"written to {out}")


def run_verify(problem: Path, schedule: Path, json: Path | None) -> None:
    """Judge a schedule, and write the report if a file is named for it."""
    check_outputs({"--json": json}, [problem, schedule])
    report = verify(read_problem(problem), read_schedule(schedule))
    if json is not None:
        write_text(json, report.to_json(indent=2))
    typer.echo(str(report))
    if not report.ok:
        raise typer.Exit(NO)
