"""`wfm price`: what the promises of a problem cost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from wfm.care.price import prices
from wfm.cli._by import By
from wfm.cli._spared import check_outputs
from wfm.io.files import read_problem, read_schedule, write_text


@dataclass(frozen=True)
class Limits:
    """How long each solve takes, and how many run at a time."""

    seconds: float | None
    work: int | None
    seed: int
    jobs: int | None


def run_price(
    problem: Path, schedule: Path, by: By, limits: Limits, json: Path | None, *, steps: bool
) -> None:
    """Print what promises cost, and write it if a file is named."""
    check_outputs({"--json": json}, [problem, schedule])
    found = prices(
        read_problem(problem),
        read_schedule(schedule),
        groups=by.value,
        steps=steps,
        seconds=limits.seconds,
        work=limits.work,
        seed=limits.seed,
        jobs=limits.jobs,
    )
    if json is not None:
        write_text(json, found.to_json(indent=2))
    typer.echo(str(found))
