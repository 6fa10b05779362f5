"""`wfm simulate`: a schedule in JSON, call by call."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from wfm.cli._spared import check_outputs
from wfm.cli._stretch import Stretch
from wfm.io.files import read_problem, read_schedule, read_text, write_text
from wfm.simulation import Assumptions, simulate, trace
from wfm.simulation.stretches import By

WORDS: dict[Stretch, By] = {
    Stretch.HORIZON: "horizon",
    Stretch.WEEK: "week",
    Stretch.DAY: "day",
    Stretch.INTERVAL: "interval",
}


@dataclass(frozen=True)
class Files:
    """Files that are read and written."""

    problem: Path
    schedule: Path
    assumptions: Path | None
    out: Path | None
    trace: Path | None


def run_simulate(files: Files, *, replications: int, seed: int, by: Stretch) -> None:
    """Simulate, print what comes out, and write the tables that files are named for."""
    read = [files.problem, files.schedule, *([files.assumptions] if files.assumptions else [])]
    check_outputs({"--out": files.out, "--trace": files.trace}, read)
    problem, schedule = read_problem(files.problem), read_schedule(files.schedule)
    told = Assumptions()
    if files.assumptions is not None:
        text = read_text(files.assumptions)
        told = Assumptions.from_json(text, str(files.assumptions))
    outcome = simulate(problem, schedule, replications=replications, seed=seed, assumptions=told)
    typer.echo(str(outcome))
    if files.out is not None:
        write_text(files.out, outcome.service(WORDS[by]).to_csv(index=False))
        typer.echo(f"written to {files.out}")
    if files.trace is not None:
        calls = trace(problem, schedule, seed=seed, assumptions=told)
        write_text(files.trace, calls.to_csv())
        typer.echo(f"written to {files.trace}")
