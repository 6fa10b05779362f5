"""The second sample centre: promises and wishes over four weeks, and fairness over months.

First the four weeks of 120 people are planned once, and the independent judge says what became of
hard rules, of the promises to families and of the wishes. Then periods are planned one after
another, each with the roster before it, twice: with what the ledger carries over, and without. What
differs between the two is only what each period knows of those long before it. The spread of a
burden is that of its rate, so many nights or weekends per thousand hours of the contract, over all
people who share it, with everything since the first period.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence

from rich.console import Console

from benchmarks.family_centre import START, family_problem
from benchmarks.harness import (
    Figures,
    arguments,
    percent,
    run,
    schedule_of,
    show_facts,
    show_table,
    warm_up,
)
from benchmarks.rolled import BURDENS, chain
from benchmarks.sample_week import level
from benchmarks.wishes import wishes_kept
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.solver.solve import solve

SEED = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    parser.add_argument("--seconds", type=float, help="for the four weeks; default 900, quick: 20")
    parser.add_argument("--periods", type=int, help="to plan one after another; default 6, quick: 2")
    parser.add_argument("--days", type=int, help="of each of these; default 14, quick: 7")
    parser.add_argument("--each", type=float, help="seconds for each of these; default 120, quick: 5")
    options = parser.parse_args(argv)
    quick = {"seconds": 20.0, "periods": 2, "days": 7, "each": 5.0}
    whole = {"seconds": 900.0, "periods": 6, "days": 14, "each": 120.0}
    for name, value in (quick if options.quick else whole).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return run("families", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Plan the four weeks, and the periods."""
    problem = family_problem(days=7 if options.quick else 28)
    warm_up(problem, options.seconds)
    weeks = four_weeks(problem, options.seconds)
    show_weeks(console, weeks)
    first = family_problem(days=options.days)
    chains = [
        chain(
            first.demand,
            first.previous,
            options.periods,
            options.each,
            SEED,
            ledger=ledger,
            told=lambda _: None,
        )
        for ledger in (True, False)
    ]
    fairness = compare(*chains)
    show_fairness(console, fairness)
    return {"weeks": weeks, "fairness": fairness}


def four_weeks(problem: Problem, seconds: float) -> Figures:
    """Solve once, and let the judge say what is kept."""
    began = time.monotonic()
    result = solve(problem, seconds=seconds, seed=SEED)
    wall = time.monotonic() - began
    report = verify(problem, schedule_of(result))
    return {
        "start": START.isoformat(),
        "days": problem.horizon.days,
        "agents": len(problem.agents),
        "households": len(problem.households),
        "rules": len(problem.rules),
        "kinds_of_rule": len({rule.name() for rule in problem.rules}),
        "hard_violations": len(report.hard),
        "promises": report.promises,
        "promises_kept": report.promises_kept,
        "requests": report.requests,
        "requests_kept": report.requests_kept,
        "wishes": wishes_kept(problem, report.violations),
        "costs": report.costs.model_dump(),
        "cost": report.costs.total,
        "cost_by_solver": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "service": {queue.id: level(report, queue.id) for queue in problem.demand.queues},
        "seconds": result.seconds,
        "seconds_before_search": max(0.0, wall - result.seconds),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
