"""A function in a process of its own: its seconds, and the memory of it and of its children."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.harness import Figures

PAUSE = 0.1
"""Seconds between two looks at the memory."""
MEGA = 1e6


@dataclass(frozen=True)
class Watched:
    """What a process took.

    Attributes
    ----------
    found : dict
        What the function gave.
    seconds : float
        Of the function alone, without the start of the process.
    megabytes : float
        Peak memory of the process and its children together, each shared page counted once where
        the system tells (Linux), else the peak of the largest of them.
    """

    found: Figures
    seconds: float
    megabytes: float


def watched(work: Callable[..., Figures], *given: Any) -> Watched:
    """Run a function of a module in a new process, and watch it.

    Raises
    ------
    RuntimeError
        If the process ends without a result.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, work, given))
    process.start()
    theirs.close()
    peak = 0.0
    while not ours.poll(PAUSE) and process.is_alive():
        peak = max(peak, sum(map(_megabytes, _family(process.pid or 0))))
    try:
        found, seconds, largest = ours.recv()
    except EOFError:
        raise RuntimeError(f"{work.__name__} ended without a result") from None
    process.join()
    return Watched(found, seconds, max(peak, largest))


def _run(answer: Connection, work: Callable[..., Figures], given: tuple[Any, ...]) -> None:
    begin = time.perf_counter()
    found = work(*given)
    seconds = time.perf_counter() - begin
    answer.send((found, seconds, _largest()))


def _largest() -> float:
    """Peak of this process or of its largest child, whichever is more."""
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss * unit / MEGA for each in who)


def _family(process: int) -> Iterator[int]:
    """A process and all that it started, as far as the system tells."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found = children.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))


def _megabytes(process: int) -> float:
    """Memory of a process, a share of each page that it shares with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / MEGA
