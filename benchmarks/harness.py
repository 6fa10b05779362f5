"""What every benchmark shares: arguments, the machine, tables for people, figures in a file."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from rich import box
from rich.console import Console
from rich.table import Table

import wfm
from wfm.io.files import check_file, write_text
from wfm.problem import Problem
from wfm.result import Result
from wfm.schedule import Schedule
from wfm.solver.solve import solve

PACKAGES = (
    "numpy",
    "scipy",
    "pandas",
    "numba",
    "ortools",
    "pydantic",
    "holidays",
    "statsmodels",
    "statsforecast",
)
BAD_INPUT = 2
WIDTH = 124

Given = ParamSpec("Given")
Found = TypeVar("Found")
Number = TypeVar("Number", int, float)
Figures = dict[str, Any]
Measure = Callable[[argparse.Namespace, Console], Figures]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Make a parser with the arguments of every benchmark."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a few seconds, to see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    return parser


def run(name: str, measure: Measure, options: argparse.Namespace) -> int:
    """Run a benchmark: say where it runs, measure, write the figures.

    Parameters
    ----------
    name : str
        Name of the benchmark.
    measure : callable
        Takes the options and a console to print on; gives the figures by name.
    options : argparse.Namespace
        As :func:`arguments` parses them; all but `json` are written as settings.

    Returns
    -------
    int
        Exit code: 0, or 2 with one line on stderr if something that it needs cannot be used.
    """
    console = make_console()
    try:
        if options.json is not None:
            check_file(options.json)
        where, versions = machine(), package_versions()
        show_header(console, name, where, versions)
        figures = measure(options, console)
        if options.json is not None:
            about = {"settings": _settings(options), "machine": where, "versions": versions}
            record = {"benchmark": name, **about, "figures": figures}
            text = json.dumps(record, indent=2, allow_nan=False, ensure_ascii=False)
            write_text(options.json, text + "\n")
    except wfm.InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    return 0


def numbers(place: str, text: str, kind: Callable[[str], Number]) -> list[Number]:
    """Numbers with commas between them.

    Raises
    ------
    InputError
        If they are none.
    """
    try:
        return [kind(each) for each in text.split(",")]
    except ValueError:
        raise wfm.InputError(place, "be numbers with commas between them", text) from None


def in_a_process_of_its_own(
    work: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs
) -> Found:
    """Do some work in a new process, so that its memory and what it compiles are its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(work, *args, **kwargs).result()


def warm_up(problem: Problem, seconds: float) -> None:
    """Solve for a moment, so that what is compiled once on a machine is compiled."""
    solve(problem, seconds=min(2.0, seconds), seed=0)


def schedule_of(result: Result) -> Schedule:
    """Take the schedule of a result; without one, end with exit code 1 and say why."""
    if result.schedule is None:
        sys.exit("\n".join([f"no schedule: {result.status}", *result.conflict]))
    return result.schedule


def make_console() -> Console:
    """Make a console that is as wide as the tables need, on a narrow terminal or in a pipe too."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = max(console.width, WIDTH)
    return console


def machine() -> dict[str, Any]:
    """Describe the machine: cores that may be used, CPU model, system, load before the start."""
    free = getattr(os, "sched_getaffinity", None)
    return {
        "cores": len(free(0)) if free else os.cpu_count(),
        "cpu": _cpu_model(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def package_versions() -> dict[str, str]:
    """Versions of Python, of wfm, and of the packages that the figures depend on."""
    found = {"Python": platform.python_version(), "wfm": wfm.__version__}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


def show_header(
    console: Console, name: str, where: Mapping[str, Any], versions: Mapping[str, str]
) -> None:
    """Print what is measured, and where."""
    cores = f"{where['cores']} cores of {where['cpu']} ({where['system']}, load {where['load']})"
    console.print(f"{name} on {cores}", style="bold")
    numbers = ", ".join(f"{package} {number}" for package, number in versions.items())
    console.print(numbers, soft_wrap=True)


def show_table(
    console: Console,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    left: int = 1,
) -> None:
    """Print a table.

    Parameters
    ----------
    console : rich.console.Console
        Where.
    title : str
        What it shows.
    columns : sequence of str
        Headings.
    rows : sequence of sequence of str
        Cells.
    left : int
        So many first columns are words, aligned left; the others are numbers.
    """
    table = Table(box=box.SIMPLE_HEAD)
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index < left else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console.print()
    console.print(title, style="bold")
    console.print(table)


def show_facts(console: Console, facts: Mapping[str, str]) -> None:
    """Print names and what they came to, line by line."""
    width = max(map(len, facts))
    for name, text in facts.items():
        console.print(f"  {name:<{width}}  {text}", soft_wrap=True)


def percent(share: float | None, digits: int = 1) -> str:
    """Write a share as a percentage for people."""
    return "-" if share is None else f"{share:.{digits}%}"


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or "an unknown CPU"


def _settings(options: argparse.Namespace) -> Figures:
    """Options as they can be written, files without the folders that they lie in."""
    chosen = {key: value for key, value in vars(options).items() if key != "json"}
    for key, value in chosen.items():
        if isinstance(value, Path):
            chosen[key] = value.name
        elif isinstance(value, date):
            chosen[key] = value.isoformat()
    return chosen
