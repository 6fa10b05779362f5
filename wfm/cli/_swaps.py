"""`wfm swaps`: who could take a shift of a schedule that people know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer
from pydantic import TypeAdapter

from wfm.advice.find import swap_options
from wfm.advice.option import SwapOption, told
from wfm.advice.text import swaps_text
from wfm.cli._spared import check_outputs
from wfm.io.files import read_problem, read_schedule, write_text

OPTIONS = TypeAdapter(tuple[SwapOption, ...])


def run_swaps(
    problem: Path, schedule: Path, agent: str, day: date, most: int, json: Path | None
) -> None:
    """Print the swaps of an agent's shift, best first, and write them if a file is named."""
    check_outputs({"--json": json}, [problem, schedule])
    planned, known = read_problem(problem), read_schedule(schedule)
    options = swap_options(planned, known, agent, day, most=most)
    if json is not None:
        write_text(json, OPTIONS.dump_json(options, indent=2).decode())
    shift = known.on(agent, planned.horizon.day(day))
    typer.echo(f"{planned.agent(agent)} has {told(planned.horizon, shift)}")
    typer.echo("")
    typer.echo(swaps_text(planned, options))
