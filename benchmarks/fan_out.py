"""Problems one after the other, and two at a time on threads, processes, Dask and Ray.

The problems are the sample centre's week with a seed for each. Every backend solves them twice: the
first time it also starts its workers and loads the solver's kernels in each, the second time both
are there. Overhead is what a problem takes beyond its share of the seconds that were asked for.
All have two workers, so a machine with fewer than two free cores shows less of a gain; costs say
what the searches came to beside each other.
"""

from __future__ import annotations

import argparse
import importlib
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from statistics import fmean
from typing import Any

import joblib
from rich.console import Console

from benchmarks.harness import Figures, arguments, run, show_facts, show_table, warm_up
from benchmarks.sample_week import sample_problem
from wfm.problem import Problem
from wfm.solver.solve_all import solve_all

WORKERS = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    parser.add_argument("--problems", type=int, default=4, help="how many; default 4")
    parser.add_argument("--seconds", type=float, help="of each solve; default 10, quick: 1")
    options = parser.parse_args(argv)
    if options.seconds is None:
        options.seconds = 1.0 if options.quick else 10.0
    return run("fan_out", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve the problems on each backend that is installed, twice."""
    problem = sample_problem()
    warm_up(problem, options.seconds)
    found = {
        name: times(problem, options.problems, options.seconds, *backend)
        for name, backend in backends().items()
    }
    show(console, found, options)
    return {"backends": found, "missing": [name for name in ("dask", "ray") if name not in found]}


def backends() -> dict[str, tuple[int, Callable[[], AbstractContextManager[Any]]]]:
    """Workers of each backend, and how to make it the one that joblib uses."""
    found: dict[str, tuple[int, Callable[[], AbstractContextManager[Any]]]] = {
        "one after the other": (1, lambda: joblib.parallel_config(n_jobs=1)),
        "threads": (WORKERS, lambda: joblib.parallel_config(backend="threading", n_jobs=WORKERS)),
        "processes": (WORKERS, lambda: joblib.parallel_config(backend="loky", n_jobs=WORKERS)),
    }
    if find_spec("distributed"):
        found["dask"] = (WORKERS, dask)
    if find_spec("ray"):
        found["ray"] = (WORKERS, ray)
    return found


@contextmanager
def dask() -> Iterator[None]:
    """A Dask cluster on this machine."""
    distributed = importlib.import_module("distributed")
    workers = {"n_workers": WORKERS, "threads_per_worker": 1, "processes": True}
    with (
        distributed.LocalCluster(**workers, host="127.0.0.1", dashboard_address=None) as cluster,
        distributed.Client(cluster),
        joblib.parallel_config(backend="dask"),
    ):
        yield


@contextmanager
def ray() -> Iterator[None]:
    """A Ray cluster on this machine that tells nobody of it."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    library = importlib.import_module("ray")
    quiet = {"include_dashboard": False, "log_to_driver": False, "logging_level": "error"}
    store = {"object_store_memory": 80_000_000, "_node_ip_address": "127.0.0.1"}
    library.init(num_cpus=WORKERS, **quiet, **store)
    try:
        importlib.import_module("ray.util.joblib").register_ray()
        with joblib.parallel_config(backend="ray"):
            yield
    finally:
        library.shutdown()


def times(
    problem: Problem,
    many: int,
    seconds: float,
    workers: int,
    backend: Callable[[], AbstractContextManager[Any]],
) -> Figures:
    """Seconds of a first and a second go, overhead of a problem in each, and the mean cost."""
    share = seconds * -(-many // workers)
    walls, costs = [], []
    began = time.monotonic()
    with backend():
        for _ in range(2):
            results = solve_all([problem] * many, seconds=seconds, seed=range(1, many + 1))
            walls.append(time.monotonic() - began)
            costs += [result.objective for result in results if result.objective is not None]
            began = time.monotonic()
    return {
        "workers": workers,
        "seconds": walls,
        "overhead_per_problem": [(wall - share) / many for wall in walls],
        "mean_cost": fmean(costs) if costs else None,
    }


def show(console: Console, found: dict[str, Figures], options: argparse.Namespace) -> None:
    """Print a row for each backend."""
    columns = ["", "workers", "first", "again", "overhead first", "again", "mean cost"]
    rows = [
        [
            name,
            str(figures["workers"]),
            *(f"{wall:.1f} s" for wall in figures["seconds"]),
            *(f"{spent:+.2f} s" for spent in figures["overhead_per_problem"]),
            "none" if figures["mean_cost"] is None else f"{figures['mean_cost']:,.0f}",
        ]
        for name, figures in found.items()
    ]
    show_table(console, f"{options.problems} problems of {options.seconds:g} s", columns, rows)
    facts = {
        "first": "with the start of workers and cluster, and the kernels loaded in each",
        "overhead": "of a problem: seconds beyond its share of those asked for",
    }
    show_facts(console, facts)


if __name__ == "__main__":
    sys.exit(main())
