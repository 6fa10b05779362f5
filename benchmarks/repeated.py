"""The same seed and work in fresh processes, under conditions that must not matter.

A problem is written once, and solved with a limit of work in processes of their own: twice
plainly, with another hash seed, with fewer features of the CPU for numpy, OpenBLAS and numba, with
more threads, and beside busy loops. Every schedule must be equal to the first, byte by byte. Costs
and bounds of all steps on the way are compared to the last bit, too: where only they differ, it
was luck that the schedules do not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from numpy._core import _multiarray_umath as umath
from rich.console import Console

from benchmarks.harness import Figures, arguments, run, schedule_of, show_table
from benchmarks.instances import build, family
from benchmarks.scale import numbers
from wfm.io.files import read_problem, write_text
from wfm.result import Progress
from wfm.solver.solve import solve

SOLVE = (sys.executable, "-c", "from benchmarks.repeated import solved; solved()")
BUSY = (sys.executable, "-c", "while True: pass")
BUSY_LOOPS = 2
COLUMNS = ("agents", "work", "condition", "schedule", "equal", "all steps", "seconds")


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    add = parser.add_argument
    add("--agents", help="people, or several numbers: 20,50; default 20,50, quick: 10")
    add("--work", type=int, help="tours to find; default 5000, quick: 200")
    add("--days", type=int, default=7, help="whole weeks")
    add("--seed", type=int, default=1, help="of the instances and of the solver")
    add("--only", help="conditions by a part of their names, with commas between them")
    options = parser.parse_args(argv)
    options.agents = options.agents or ("10" if options.quick else "20,50")
    options.work = options.work or (200 if options.quick else 5000)
    return run("repeated", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve each size under each condition, and compare the schedules with the first."""
    runs: list[Figures] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        given = chosen(conditions(home / "kernels", quick=options.quick), options.only)
        for agents in numbers("--agents", options.agents, int):
            problem = home / f"{agents}.json"
            specification = family(agents, options.days).model_copy(update={"seed": options.seed})
            write_text(problem, build(specification).to_json())
            mine = repeated(problem, options, given)
            runs += [{"agents": agents, "work": options.work, **found} for found in mine]
    rows = [
        [
            str(found["agents"]),
            f"{found['work']:,}",
            found["condition"],
            found["schedule"],
            "yes" if found["equal"] else "NO",
            "yes" if found["steps_equal"] else "NO",
            f"{found['seconds']:.1f}",
        ]
        for found in runs
    ]
    show_table(console, "Schedules of the same seed and work", COLUMNS, rows, left=6)
    equal = sum(found["equal"] for found in runs)
    console.print(f"{equal} of {len(runs)} are equal to the first of their problem")
    return {"runs": runs, "equal": equal, "steps_equal": sum(r["steps_equal"] for r in runs)}


def conditions(kernels: Path, *, quick: bool) -> dict[str, dict[str, str]]:
    """Environments by what they change; `kernels` is a folder for those compiled anew."""
    found = {
        "plain": {},
        "plain again": {},
        "hash seed": {"PYTHONHASHSEED": "12345"},
        "OpenBLAS of Nehalem": {"OPENBLAS_CORETYPE": "Nehalem"},
        "OpenBLAS of Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
        "OpenBLAS with 2 threads": {"OPENBLAS_NUM_THREADS": "2"},
        "numpy without dispatch": {"NPY_DISABLE_CPU_FEATURES": " ".join(dispatched())},
        "C library without FMA": {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F"},
        "loaded machine": {},
    }
    if not quick:
        found["numba for any CPU"] = {
            "NUMBA_CPU_NAME": "generic",
            "NUMBA_CPU_FEATURES": "",
            "NUMBA_CACHE_DIR": str(kernels),
        }
    return found


def dispatched() -> list[str]:
    """Features of this CPU for which numpy has loops of their own."""
    return [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__.get(name)]


def chosen(given: dict[str, dict[str, str]], only: str | None) -> dict[str, dict[str, str]]:
    """The plain condition, and those others whose names hold a part that is asked for."""
    parts = [""] if only is None else only.split(",")
    return {
        name: change
        for name, change in given.items()
        if name == "plain" or any(part in name for part in parts)
    }


def repeated(
    problem: Path, options: argparse.Namespace, given: Mapping[str, dict[str, str]]
) -> Iterator[Figures]:
    """Solve a problem under each condition; figures of each, compared with the first."""
    first: tuple[bytes, bytes] | None = None
    for number, (name, change) in enumerate(given.items()):
        out = problem.with_name(f"{problem.stem}-{number}.json")
        with busy(BUSY_LOOPS if name == "loaded machine" else 0):
            began = time.monotonic()
            steps = subprocess.run(
                [*SOLVE, str(problem), str(out), str(options.work), str(options.seed)],
                check=True,
                stdout=subprocess.PIPE,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", **change},
            ).stdout
            seconds = time.monotonic() - began
        schedule = out.read_bytes()
        first = first or (schedule, steps)
        yield {
            "condition": name,
            "schedule": hashlib.sha256(schedule).hexdigest()[:12],
            "equal": schedule == first[0],
            "steps_equal": steps == first[1],
            "seconds": seconds,
        }


def solved() -> None:
    """Solve a problem, write its schedule, and print each step to the last bit.

    Meant to run in a process of its own, with the files, the work and the seed as arguments.
    """
    problem, out, work, seed = sys.argv[1:]

    def tell(seen: Progress) -> None:
        print(seen.step, float(seen.objective).hex(), float(seen.bound).hex())

    result = solve(read_problem(problem), work=int(work), seed=int(seed), on_progress=tell)
    write_text(out, schedule_of(result).to_json())


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep so many cores busy meanwhile."""
    started = [subprocess.Popen(BUSY) for _ in range(loops)]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
