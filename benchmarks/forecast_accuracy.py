"""How good forecasts are: real calls against peers, synthetic centres against their truth.

Rolling origins: from each of many past days, every forecaster sees the time before it only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.forecasting.bank import measure_bank
from benchmarks.forecasting.synthetic import measure_synthetic
from benchmarks.forecasting.verdicts import show_verdicts
from benchmarks.harness import Figures, arguments, machine, run

DATA = Path("../shared/data/bank_calls/bank_calls.csv")


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, default=DATA, metavar="CSV", help="the bank's calls")
    cores = machine()["cores"]
    parser.add_argument("--jobs", type=int, default=cores, help="processes, one a core by default")
    return run("forecast_accuracy", measure, parser.parse_args(argv))


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Measure on real and on synthetic data, and say which claims hold."""
    bank, real = measure_bank(options.data, options.quick, console)
    synthetic, made = measure_synthetic(options.quick, options.jobs, console)
    verdicts = [*real, *made]
    show_verdicts(console, verdicts)
    return {
        "bank": bank,
        "synthetic": synthetic,
        "verdicts": [verdict.record() for verdict in verdicts],
    }


if __name__ == "__main__":
    sys.exit(main())
