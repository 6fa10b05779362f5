"""`wfm swaps` and `wfm explain`: what people ask of a schedule that they know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer
from pydantic import TypeAdapter

from wfm.advice.find import swap_options
from wfm.advice.option import SwapOption, told
from wfm.advice.text import swaps_text
from wfm.advice.why import why
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


def run_explain(problem: Path, schedule: Path, agent: str, day: date, json: Path | None) -> None:
    """Print why an agent works, or is off, on a day, and write it if a file is named."""
    check_outputs({"--json": json}, [problem, schedule])
    planned = read_problem(problem)
    reasons = why(planned, read_schedule(schedule), agent, day)
    if json is not None:
        write_text(json, reasons.to_json(indent=2))
    for sentence in reasons.sentences(planned):
        typer.echo(sentence)
