"""`wfm calibrate`: a schedule whose simulated service is what is promised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from wfm.calibration.calibrating import calibrate
from wfm.cli._spared import check_outputs
from wfm.io.files import read_problem, read_value, write_files
from wfm.simulation import Assumptions


@dataclass(frozen=True)
class Files:
    """What is read, and what is written; None where it is not asked for."""

    problem: Path
    assumptions: Path | None
    out: Path
    new_problem: Path | None
    json: Path | None


@dataclass(frozen=True)
class Bounds:
    """How far the loop goes."""

    rounds: int
    tolerance: float
    replications: int
    seconds: float | None
    work: int | None
    seed: int


def run_calibrate(files: Files, bounds: Bounds) -> None:
    """Run the loop, telling each round; the exit code is 1 where a promise is not kept."""
    read = [files.problem, *([files.assumptions] if files.assumptions else [])]
    outputs = {"--out": files.out, "--new-problem": files.new_problem, "--json": files.json}
    check_outputs(outputs, read)
    told = read_value(Assumptions, files.assumptions) if files.assumptions else None
    found = calibrate(
        read_problem(files.problem),
        rounds=bounds.rounds,
        tolerance=bounds.tolerance,
        seconds=bounds.seconds,
        work=bounds.work,
        seed=bounds.seed,
        replications=bounds.replications,
        assumptions=told,
        on_round=lambda each: typer.echo(str(each)),
    )
    written = {}
    if found.schedule is not None:
        written[files.out] = found.schedule.to_json()
        if files.new_problem is not None:
            written[files.new_problem] = found.problem.to_json()
    if files.json is not None:
        written[files.json] = found.to_json(indent=2)
    write_files(written)
    typer.echo("\n".join([found.verdict, *found.reasons]))
    if found.schedule is not None:
        typer.echo(f"written to {files.out}")
    if found.status != "met":
        raise typer.Exit(1)
