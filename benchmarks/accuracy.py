"""How far the staffing formulas are from the truth: random queues against fifty digits.

Loads from a thousandth to 100,000 erlangs, agents from 0.3 to 3 times the load or near it, whole
and not, mean patience from a thousandth to a million handle times, thresholds up to ten of them.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_context

from rich.console import Console

from benchmarks import exact
from benchmarks.harness import Figures, arguments, run, show_facts, show_table
from wfm.forecast.erlang import erlang_b, erlang_c, performance, wait_quantile

GOAL = 1e-10
RARE = 1e-6
"""A probability below this may be off by `SMALL` whatever that is of it."""
SMALL = 1e-14
NOTHING = 1e-300
PROBABILITIES = ("wait_probability", "abandonment", "occupancy", "service_level")
POINTS = 10_000
QUICK = 20

Point = tuple[float, ...]
Errors = dict[str, float]


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = arguments(__doc__)
    parser.add_argument("--points", type=int, default=POINTS, help="random points a function")
    parser.add_argument("--seed", type=int, default=0, help="of the random points")
    options = parser.parse_args(argv)
    if options.quick:
        options.points = min(options.points, QUICK)
    return run("accuracy", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Compare each function at its random points."""
    found: Figures = {}
    with get_context("spawn").Pool() as pool:
        for name, (draw, compare) in FUNCTIONS.items():
            rng = random.Random(f"{name} {options.seed}")
            points = [draw(rng) for _ in range(options.points)]
            errors = pool.map(compare, points, chunksize=8)
            found[name] = summary(points, errors)
            show(console, name, found[name])
    worst = max(field["largest"] for fields in found.values() for field in fields.values())
    beyond = sum(field["beyond"] for fields in found.values() for field in fields.values())
    facts = {
        "error": f"relative; of probabilities below {RARE:g} the absolute one counts if it is "
        f"small, {SMALL:g} of it as {GOAL:g}",
        "worst": f"{worst:.2g}",
        "beyond": f"{beyond} values beyond {GOAL:g}",
    }
    show_facts(console, facts)
    return {"functions": found, "worst": worst, "beyond": beyond}


def summary(points: Sequence[Point], errors: Sequence[Errors]) -> Figures:
    """For each field: points, the largest error, where it occurred, and how many are beyond."""
    fields = {}
    for field in errors[0]:
        each = [error[field] for error in errors]
        largest = max(range(len(each)), key=each.__getitem__)
        fields[field] = {
            "points": len(each),
            "largest": each[largest],
            "at": [None if math.isinf(value) else value for value in points[largest]],
            "beyond": sum(error > GOAL for error in each),
        }
    return fields


def show(console: Console, name: str, fields: Figures) -> None:
    """Print one function's fields as a table."""
    columns = ["field", "points", "largest error", f"beyond {GOAL:g}", "at"]
    rows = [
        [
            field,
            f"{figures['points']:,}",
            f"{figures['largest']:.2g}",
            str(figures["beyond"]),
            ", ".join("inf" if value is None else f"{value:.4g}" for value in figures["at"]),
        ]
        for field, figures in fields.items()
    ]
    show_table(console, name, columns, rows)


def error(field: str, got: float, true: exact.Real) -> float:
    """Relative error of a value, or what counts as such where the truth is small."""
    off = abs(exact.mp.mpf(got) - true)
    if off <= NOTHING:
        return 0.0
    relative = float(off / abs(true)) if true else math.inf
    if field.startswith(PROBABILITIES) and true < RARE:
        return min(relative, float(off) * (GOAL / SMALL))
    return relative


def blocked(point: Point) -> Errors:
    """Erlang B at a load and a number of agents."""
    return {"wait_probability": error("wait_probability", erlang_b(*point), exact.erlang_b(*point))}


def delayed(point: Point) -> Errors:
    """Erlang C at a load and a number of agents."""
    return {"wait_probability": error("wait_probability", erlang_c(*point), exact.erlang_c(*point))}


def measures(point: Point) -> Errors:
    """Every field of a queue's performance."""
    got, true = performance(*point), exact.performance(*point)
    return {field: error(field, getattr(got, field), true[field]) for field in true}


def quantile(point: Point) -> Errors:
    """The wait of a share of the contacts; where waits are rare, by the share that it is off."""
    got, (true, density) = wait_quantile(*point), exact.wait_quantile(*point)
    by_share = float(abs(exact.mp.mpf(got) - true) * density) * (GOAL / SMALL)
    return {"wait": min(error("wait", got, true), by_share) if true else error("wait", got, true)}


def draw_agents(rng: random.Random) -> Point:
    """A load and agents for it."""
    load = 10 ** rng.uniform(-3, 5)
    near = load + rng.uniform(-6, 6) * math.sqrt(load)
    agents = near if rng.random() < 0.5 and near > 0 else load * rng.uniform(0.3, 3)
    return load, float(math.ceil(agents)) if rng.random() < 0.5 else agents


def draw_spare(rng: random.Random) -> Point:
    """A load and more agents than that."""
    while True:
        load, agents = draw_agents(rng)
        if load < agents:
            return load, agents


def draw_queue(rng: random.Random, patience: float | None = None) -> Point:
    """Arrivals, handle time, agents, threshold, patience."""
    load, agents = draw_agents(rng) if patience is None else draw_spare(rng)
    aht = 10 ** rng.uniform(0.5, 3.5)
    turns = rng.choice((0, 10 ** rng.uniform(-3, 1), rng.uniform(0, 10)))
    if patience is None:
        patience = aht * 10 ** rng.uniform(-3, 6)
    arrivals = load * 3600 / aht
    if patience == math.inf and arrivals * aht / 3600 >= agents:
        return draw_queue(rng, patience)
    return arrivals, aht, agents, aht * turns, patience


def draw_share(rng: random.Random) -> Point:
    """Arrivals, handle time, agents, a share of the contacts, patience; some without end."""
    queue = draw_queue(rng, rng.choice((None, None, None, math.inf)))
    share = rng.choice((rng.random(), rng.choice((0.5, 0.8, 0.9, 0.99, 0.999999))))
    return *queue[:3], share, queue[4]


FUNCTIONS: dict[str, tuple[Callable[[random.Random], Point], Callable[[Point], Errors]]] = {
    "erlang_b": (draw_agents, blocked),
    "erlang_c": (draw_agents, delayed),
    "performance, Erlang C": (lambda rng: draw_queue(rng, math.inf), measures),
    "performance, Erlang A": (draw_queue, measures),
    "wait_quantile": (draw_share, quantile),
}
"""By name: how a point is drawn, and what the errors there are."""

if __name__ == "__main__":
    sys.exit(main())
