"""How long a forecast of many queues takes: 100 queues, two years of 15 minutes, 4 weeks ahead.

History is drawn, read and forecast in processes of their own, each with its seconds and its peak
memory; a forecast begins with a history that has been read.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import joblib
import numpy as np
from joblib.externals.loky import get_reusable_executor
from rich.console import Console

from benchmarks.forecasting.verdicts import Verdict, show_verdicts
from benchmarks.forecasting.watched import Watched, watched
from benchmarks.harness import Figures, arguments, machine, run, show_table
from wfm.forecast import Calendar, StructuralForecaster, read_history
from wfm.horizon import Horizon
from wfm.sample.patterns import PATTERNS, Pattern
from wfm.sample.synthetic import synthetic_history

START, ZONE = date(2024, 1, 1), "Europe/Berlin"
COUNTRIES = ("DE", "AT", "PL", "FR")
INTERVAL, AHEAD = 15, 28
QUEUES, DAYS = 100, 731
QUICK_QUEUES, QUICK_DAYS = 3, 70
SECONDS, MEGABYTES = 60.0, 2000.0
"""What the forecast is to stay below."""
SPREAD = 0.8
"""Of the queues' volumes, on the log scale."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = arguments(__doc__)
    parser.add_argument("--queues", type=int, default=QUEUES, help="number of queues")
    parser.add_argument("--days", type=int, default=DAYS, help="days of history")
    cores = machine()["cores"]
    parser.add_argument("--jobs", type=int, default=cores, help="processes, one a core by default")
    options = parser.parse_args(argv)
    if options.quick:
        options.queues, options.days = QUICK_QUEUES, QUICK_DAYS
    return run("forecast_scale", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Draw, read and forecast."""
    with TemporaryDirectory() as folder:
        table, history = Path(folder) / "history.csv", Path(folder) / "history.pickle"
        steps = {
            "draw and write": watched(draw, options.queues, options.days, table),
            "read": watched(read, table, history),
            "forecast": watched(forecast, history, options.days, options.jobs),
        }
    show(console, steps)
    verdicts = _verdicts(steps["forecast"], options.queues)
    show_verdicts(console, verdicts)
    return {
        "steps": {
            name: {"seconds": step.seconds, "megabytes": step.megabytes, **step.found}
            for name, step in steps.items()
        },
        "verdicts": [verdict.record() for verdict in verdicts],
    }


def patterns(queues: int) -> list[Pattern]:
    """Queues like the sample's, of many sizes, in four countries."""
    sizes = np.exp(SPREAD * np.random.default_rng(1).standard_normal(queues))
    kinds = islice(cycle(PATTERNS), queues)
    return [
        Pattern(
            **{
                **vars(pattern),
                "queue": f"{pattern.queue} {number + 1}",
                "contacts": pattern.contacts * float(size),
                "country": COUNTRIES[number % len(COUNTRIES)],
            }
        )
        for number, (pattern, size) in enumerate(zip(kinds, sizes, strict=True))
    ]


def draw(queues: int, days: int, file: Path) -> Figures:
    """Draw a history and write it as a table."""
    table, _ = synthetic_history(
        patterns(queues), START, days, country="DE", timezone=ZONE, interval=INTERVAL
    )
    table.to_csv(file, index=False)
    return {"rows": len(table)}


def read(table: Path, file: Path) -> Figures:
    """Read the table, with all that is checked of it."""
    history = read_history(table, timezone=ZONE)
    with file.open("wb") as out:
        pickle.dump(history, out)
    return {"rows": len(history.frame)}


def forecast(file: Path, days: int, jobs: int) -> Figures:
    """Forecast every queue of a history that has been read."""
    with file.open("rb") as source:
        history = pickle.load(source)
    horizon = Horizon(
        start=START + timedelta(days=days), days=AHEAD, timezone=ZONE, interval=INTERVAL
    )
    queues = {pattern.queue: (str(pattern.country),) for pattern in patterns(len(history.queues))}
    forecaster = StructuralForecaster(calendar=Calendar(countries=("DE",), queues=queues))
    with joblib.parallel_config(n_jobs=jobs):
        volume = forecaster.forecast(history, horizon)
    # Else the process would wait for its idle workers before it ends.
    get_reusable_executor().shutdown(wait=True)
    contacts = volume.array("contacts")
    return {"queues": len(contacts), "contacts": float(contacts.sum())}


def show(console: Console, steps: dict[str, Watched]) -> None:
    """Print what each step took."""
    rows = [
        [name, f"{step.seconds:.1f}", f"{step.megabytes:,.0f}", f"{step.found.get('rows', 0):,}"]
        for name, step in steps.items()
    ]
    show_table(console, "Each in a process of its own", ["step", "s", "peak MB", "rows"], rows)


def _verdicts(step: Watched, queues: int) -> list[Verdict]:
    return [
        Verdict(
            f"{queues} queues are forecast in less than {SECONDS:.0f} s",
            f"{step.seconds:.1f} s",
            step.seconds < SECONDS,
        ),
        Verdict(
            f"with less than {MEGABYTES:,.0f} MB",
            f"{step.megabytes:,.0f} MB",
            step.megabytes < MEGABYTES,
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
