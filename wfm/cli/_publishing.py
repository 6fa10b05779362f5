"""`wfm publish`: what a schedule leaves behind for the next one."""

from __future__ import annotations

from pathlib import Path

import typer

from wfm.cli._app import NO
from wfm.cli._spared import check_outputs
from wfm.io.files import read_problem, read_schedule
from wfm.io.folder import folder_files
from wfm.io.ledger import publish, published_files
from wfm.io.toml import read_toml
from wfm.judge.verify import verify

READ = 4
"""The first so many files of a folder are the planner's own: all but what is published there."""


def run_publish(folder: Path, problem: Path, schedule: Path) -> None:
    """Judge a schedule and, if it keeps the hard rules, publish it in a folder."""
    written = published_files(folder)
    spared = folder_files(folder)[:READ]
    outputs = dict(zip(("the ledger", "the roster before"), written, strict=True))
    check_outputs(outputs, [problem, schedule, *spared])
    planned, shifts = read_problem(problem), read_schedule(schedule)
    report = verify(planned, shifts)
    if not report.ok:
        typer.echo(str(report))
        raise typer.Exit(NO)
    paths = publish(folder, planned, shifts)
    typer.echo(f"published: {planned.horizon.span_label}")
    typer.echo(f"written: {', '.join(map(str, paths))}")
    if written[1] not in paths:
        typer.echo(f"{written[1].name} is left as it is: a later period has been published")
    elif "previous" not in read_toml(spared[0]).data:
        typer.echo(f'to plan from it, write into {spared[0].name}: previous = "{written[1].name}"')
