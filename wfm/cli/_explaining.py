"""`wfm explain`: why there is no schedule, or why someone works on a day of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from wfm.advice.why import why
from wfm.cli._app import NO
from wfm.cli._spared import check_outputs
from wfm.io.files import read_problem, read_schedule, write_text
from wfm.solver.conflicts.find import conflicts


def run_conflicts(problem: Path, json: Path | None, *, seconds: float) -> None:
    """Print which hard rules conflict, and write it if a file is named; "no" if any do."""
    check_outputs({"--json": json}, [problem])
    found = conflicts(read_problem(problem), seconds=seconds)
    if json is not None:
        write_text(json, found.to_json(indent=2))
    typer.echo(str(found))
    if found.status != "feasible":
        raise typer.Exit(NO)


def run_explain(problem: Path, schedule: Path, agent: str, day: date, json: Path | None) -> None:
    """Print why an agent works, or is off, on a day, and write it if a file is named."""
    check_outputs({"--json": json}, [problem, schedule])
    planned = read_problem(problem)
    reasons = why(planned, read_schedule(schedule), agent, day)
    if json is not None:
        write_text(json, reasons.to_json(indent=2))
    for sentence in reasons.sentences(planned):
        typer.echo(sentence)
