"""Speed of the staffing formulas, side by side with pyworkforce in one run.

Required agents by Erlang C and by Erlang A, many intervals in one call and single ones, and a year
of quarter hours of a hundred queues at once. Both libraries solve the same intervals; where they
answer differently, ours has been checked by the formula. Erlang A came to pyworkforce with 0.5.4,
which needs Python 3.12.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.harness import Figures, arguments, run, show_facts, show_table
from wfm.errors import MissingExtraError
from wfm.forecast.erlang import erlang_c, performance, required_agents

Floats = NDArray[np.float64]
YEAR = 100 * 365 * 96
INTERVAL = 30.0
TARGET, THRESHOLD, PATIENCE = 0.8, 20.0, 180.0
SEED = 1


def main(given: list[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    parser = arguments(__doc__)
    parser.add_argument("--intervals", type=int, default=10_000, help="for Erlang C")
    parser.add_argument("--patient", type=int, default=40, help="intervals for the peer's Erlang A")
    options = parser.parse_args(given)
    if options.quick:
        options.intervals, options.patient = 200, 3
    return run("staffing", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Measure, print and return the figures."""
    peer = _peer()
    rows = [
        _many("Erlang C, required agents", options.intervals, np.inf, peer, 2000.0),
        _many("Erlang A, required agents", options.patient, PATIENCE, peer, 600.0),
    ]
    scalars = _single_calls(peer)
    year = _apart(_year, YEAR // 100 if options.quick else YEAR)
    show_table(
        console,
        "Many intervals: contacts a half hour and AHT 60 to 600 s at random, 80/20",
        ["", "intervals", "wfm s", "peer s", "ratio", "peer more", "peer less"],
        [
            [
                row["name"],
                f"{row['intervals']:,}",
                f"{row['seconds']:.5f}",
                _seconds(row["peer_seconds"]),
                _ratio(row["ratio"]),
                _count(row["peer_more"]),
                _count(row["peer_less"]),
            ]
            for row in rows
        ],
    )
    show_table(
        console,
        "Single calls at 10 erlangs (100 contacts of 180 s a half hour), least of 7 rounds",
        ["", "wfm µs", "peer µs", "ratio"],
        [
            [name, f"{own * 1e6:.1f}", _micro(other), _ratio(other / own if other else None)]
            for name, (own, other) in scalars.items()
        ],
    )
    console.print()
    show_facts(
        console,
        {
            f"{year['intervals']:,} intervals in one call": f"{year['seconds']:.2f} s",
            "memory at its peak": f"{year['peak_mb']:,.0f} MB, of which {year['input_mb']:,.0f} MB "
            f"are the intervals themselves, and {year['before_mb']:,.0f} MB Python and libraries",
        },
    )
    return {
        "many": rows,
        "single": {
            name: {"seconds": own, "peer_seconds": other} for name, (own, other) in scalars.items()
        },
        "year": year,
    }


def _peer() -> ModuleType:
    try:
        from pyworkforce import queuing  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("pyworkforce", "bench") from None
    return queuing


def _intervals(many: int, most: float) -> tuple[Floats, Floats]:
    """Contacts in half an hour and AHT in seconds, shape ``(many,)`` each."""
    random = np.random.default_rng(SEED)
    return random.uniform(1, most, many).round(), random.uniform(60, 600, many).round()


def _many(name: str, many: int, patience: float, peer: ModuleType, most: float) -> Figures:
    """Solve the same intervals by both libraries; Erlang A on fewer contacts, for the peer."""
    contacts, aht = _intervals(many, most)
    per_hour = contacts * 60 / INTERVAL

    def ours() -> NDArray[np.int64]:
        return np.asarray(required_agents(per_hour, aht, TARGET, THRESHOLD, patience))

    found = ours()
    seconds = min(_timed(ours) for _ in range(7))
    solve = _peer_solver(peer, patience)
    record: Figures = {"name": name, "intervals": many, "seconds": seconds}
    if solve is None:
        return record | dict.fromkeys(("peer_seconds", "ratio", "peer_more", "peer_less"))
    began = time.perf_counter()
    theirs = np.array([solve(n, t) for n, t in zip(contacts, aht, strict=True)])
    spent = time.perf_counter() - began
    # The machine's speed wanders within seconds: rounds on both sides of the peer's.
    seconds = min(seconds, *(_timed(ours) for _ in range(7)))
    record["seconds"] = seconds
    _check(found, per_hour, aht, patience)
    return record | {
        "peer_seconds": spent,
        "ratio": spent / seconds,
        "peer_more": int((theirs > found).sum()),
        "peer_less": int((theirs < found).sum()),
    }


def _check(agents: NDArray[np.int64], per_hour: Floats, aht: Floats, patience: float) -> None:
    """Hold our own answers to the formula on both sides, before any speed is claimed."""
    level = performance(per_hour, aht, agents, THRESHOLD, patience).service_level
    below = performance(per_hour, aht, agents - 1, THRESHOLD, patience).service_level
    assert np.all(level >= TARGET - 1e-9)
    assert np.all(below < TARGET)


def _peer_solver(peer: ModuleType, patience: float) -> Callable[[float, float], int] | None:
    kind = getattr(peer, "ErlangC" if np.isinf(patience) else "ErlangA", None)
    if kind is None:
        return None
    more = {} if np.isinf(patience) else {"patience": patience / 60}

    def solve(contacts: float, aht: float) -> int:
        queue = kind(
            transactions=float(contacts),
            aht=float(aht) / 60,
            asa=THRESHOLD / 60,
            interval=int(INTERVAL),
            **more,
        )
        return int(queue.required_positions(service_level=TARGET)["raw_positions"])

    return solve


def _single_calls(peer: ModuleType) -> dict[str, tuple[float, float | None]]:
    """Seconds of a call of ours and of the peer's, an object made beforehand where it needs one."""
    queue = peer.ErlangC(transactions=100, aht=3, asa=1 / 3, interval=30)
    patient = getattr(peer, "ErlangA", None)
    caller = patient and patient(transactions=100, aht=3, asa=1 / 3, interval=30, patience=3)
    pairs: dict[str, tuple[Callable[[], object], Callable[[], object] | None]] = {
        "Erlang C, waiting": (
            lambda: erlang_c(10.0, 14),
            lambda: queue.waiting_probability(14),
        ),
        "Erlang C, service level": (
            lambda: performance(200.0, 180.0, 14, 20.0).service_level,
            lambda: queue.service_level(14),
        ),
        "Erlang C, required agents": (
            lambda: required_agents(200.0, 180.0),
            lambda: queue.required_positions(service_level=0.8),
        ),
        "Erlang A, service level": (
            lambda: performance(200.0, 180.0, 11, 20.0, 180.0).service_level,
            (lambda: caller.service_level(11)) if caller else None,
        ),
        "Erlang A, required agents": (
            lambda: required_agents(200.0, 180.0, patience=180.0),
            (lambda: caller.required_positions(service_level=0.8)) if caller else None,
        ),
    }
    return {
        name: (_call_seconds(own), None if other is None else _call_seconds(other))
        for name, (own, other) in pairs.items()
    }


def _call_seconds(call: Callable[[], object]) -> float:
    """Least mean time of a call over seven rounds of at least a hundredth of a second."""
    call()
    times = max(1, int(0.01 / max(_timed(call), 1e-7)))
    rounds = []
    for _ in range(7):
        began = time.perf_counter()
        for _ in range(times):
            call()
        rounds.append((time.perf_counter() - began) / times)
    return min(rounds)


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _apart(work: Callable[[int], Figures], size: int) -> Figures:
    """Run in a process of its own, so that its peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (size,))


def _year(many: int) -> Figures:
    required_agents(np.ones(2), 180.0)
    before = _peak_mb()
    contacts, aht = _intervals(many, 500.0)
    per_hour = contacts * 60 / INTERVAL
    del contacts
    began = time.perf_counter()
    required_agents(per_hour, aht)
    return {
        "intervals": many,
        "seconds": time.perf_counter() - began,
        "before_mb": before,
        "input_mb": (per_hour.nbytes + aht.nbytes) / 1e6,
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    """Largest memory of this process so far; Linux counts it in kilobytes, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _micro(value: float | None) -> str:
    return "-" if value is None else f"{value * 1e6:,.1f}"


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:,.1f} x"


def _count(value: int | None) -> str:
    return "-" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main())
