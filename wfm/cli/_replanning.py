"""`wfm reoptimise`: a known schedule planned anew in the course of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from wfm.cli._spared import check_outputs
from wfm.errors import InputError
from wfm.io.files import read_problem, read_schedule, read_value, write_files
from wfm.replan.reoptimise import reoptimise
from wfm.replan.values import Happenings


@dataclass(frozen=True)
class Files:
    """What is read, and what is written; None where it is not asked for."""

    problem: Path
    schedule: Path
    changes: Path
    out: Path
    new_problem: Path | None
    json: Path | None


def run_reoptimise(files: Files, now: str, days: int) -> None:
    """Plan anew, print what that changes and brings, and write the new schedule."""
    outputs = {"--out": files.out, "--new-problem": files.new_problem, "--json": files.json}
    check_outputs(outputs, [files.problem, files.schedule, files.changes])
    when = _time(now)
    asked = read_value(Happenings, files.changes)
    known = read_schedule(files.schedule)
    found = reoptimise(
        read_problem(files.problem), known, when, asked.changes, prices=asked.prices, days=days
    )
    written = {files.out: found.schedule.to_json()}
    if files.new_problem is not None:
        written[files.new_problem] = found.problem.to_json()
    if files.json is not None:
        written[files.json] = found.to_json(indent=2)
    write_files(written)
    typer.echo(str(found))
    typer.echo(f"written to {files.out}")


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InputError("--now", "be a time such as 2026-12-08 10:40", text) from None
