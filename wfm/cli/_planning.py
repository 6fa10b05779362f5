"""`wfm plan` and `wfm demo`: from a planner's folder to files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from wfm.cli._app import NO
from wfm.cli._outputs import FILES, OF_A_FORECAST, write_outputs
from wfm.cli._progress import progress
from wfm.cli._spared import check_outputs
from wfm.cli._summary import summary
from wfm.errors import InputError
from wfm.io.files import check_folder
from wfm.io.folder import folder_files
from wfm.plan import plan_folder
from wfm.sample import write_sample
from wfm.sample.centres import centre_named


def run_demo(out: Path, start: date, centre: str, *, seconds: float | None, seed: int) -> None:
    """Write a sample centre into a folder, and plan it there."""
    sample = centre_named(centre)
    check_folder(out)
    center = write_sample(out / "center", start=start, seed=seed, centre=centre)
    run_plan(center, start, sample.days, out, seconds=seconds or sample.seconds, seed=seed)


def run_plan(folder: Path, start: date, days: int, out: Path, *, seconds: float, seed: int) -> None:
    """Plan a folder, write what was made, and say what it came to."""
    check_folder(out)
    if out.resolve() == folder.resolve():
        raise InputError("--out", "be another folder than the centre's own", str(out))
    if folder.is_dir():
        check_outputs({f"--out {name}": out / name for name in FILES}, folder_files(folder))
    with progress("Reading and forecasting") as watch:
        made = plan_folder(
            folder,
            start,
            days,
            seconds=seconds,
            seed=seed,
            on_progress=watch,
        )
    with progress("Drawing"):
        written = write_outputs(made, out)
    typer.echo(summary(made))
    typer.echo(f"\nwritten to {out}: {', '.join(path.name for path in written)}")
    if len(written) < (len(OF_A_FORECAST) if made.report is None else len(FILES)):
        raise KeyboardInterrupt
    if made.report is None or not made.report.ok:
        raise typer.Exit(NO)
