"""Two runs of `python -m benchmarks.tune`: whether the later one is better, as far as they show.

Runs are paired by instance and seed. The least cost and the largest bound of each instance are
those of both files. One measure, named beforehand, decides by a permutation test of the pairs; the
others are shown beside it. The exit code is 0; 1 if the later runs are worse; 2 if the files cannot
be compared.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import Field, JsonValue
from rich.console import Console

from benchmarks.harness import Figures, arguments, run
from benchmarks.tuning.measures import MEASURES
from benchmarks.tuning.runs import Run
from benchmarks.tuning.tables import show_verdict
from benchmarks.tuning.verdicts import judge
from wfm.errors import InputError
from wfm.value import Value


class Tuned(Value):
    """The figures of a benchmark that are compared."""

    target: float = Field(gt=0)
    known: JsonValue
    measures: JsonValue
    means: JsonValue
    runs: tuple[Run, ...]


class Record(Value):
    """A file that `python -m benchmarks.tune --json` has written."""

    benchmark: str
    settings: JsonValue
    machine: dict[str, JsonValue]
    versions: dict[str, str]
    figures: Tuned


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and compare."""
    parser = arguments(__doc__)
    parser.add_argument("before", type=Path, metavar="BEFORE.json")
    parser.add_argument("after", type=Path, metavar="AFTER.json")
    parser.add_argument("--by", choices=MEASURES, default="gap", help="what decides; default gap")
    outcomes: list[str] = []

    def measure(options: argparse.Namespace, console: Console) -> Figures:
        figures = compared(options, console)
        outcomes.append(figures["outcome"])
        return figures

    code = run("compare", measure, parser.parse_args(argv))
    return code or int("worse" in outcomes)


def compared(options: argparse.Namespace, console: Console) -> Figures:
    """Read both files and print the verdict."""
    before, after = (read_record(path) for path in (options.before, options.after))
    target = before.figures.target
    if target != after.figures.target:
        raise InputError("The two runs", "have the same target", (target, after.figures.target))
    warnings = unlike(before, after)
    for line in warnings:
        console.print(f"  Mind: {line}", soft_wrap=True)
    verdict = judge(before.figures.runs, after.figures.runs, target, options.by)
    show_verdict(console, f"{options.after.name} against {options.before.name}", verdict)
    return {"warnings": warnings, **asdict(verdict)}


def read_record(path: Path) -> Record:
    """Read a file of runs.

    Raises
    ------
    InputError
        If there is none, or it is of something else.
    """
    try:
        text = path.read_bytes()
    except OSError:
        raise InputError(path.name, "be a file that can be read") from None
    record = Record.from_json(text, path.name)
    if record.benchmark != "tune":
        raise InputError(path.name, "be written by benchmarks.tune", record.benchmark)
    return record


def unlike(before: Record, after: Record) -> list[str]:
    """What else differs besides the solver, a line each: the machine, versions, moves."""
    pairs: dict[str, tuple[Any, Any]] = {}
    for name in ("cores", "cpu", "system"):
        pairs[f"the machine's {name}"] = before.machine.get(name), after.machine.get(name)
    for name in before.versions | after.versions:
        pairs[name] = before.versions.get(name), after.versions.get(name)
    one, other = (sorted({run.moves for run in each.figures.runs}) for each in (before, after))
    pairs["moves"] = ", ".join(one), ", ".join(other)
    return [
        f"{name}: {old} before, {new} after." for name, (old, new) in pairs.items() if old != new
    ]


if __name__ == "__main__":
    sys.exit(main())
