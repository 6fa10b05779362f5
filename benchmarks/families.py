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
    add = parser.add_argument
    add("--seconds", type=float, help="for the four weeks; default 900, quick: 20")
    add("--periods", type=int, help="planned one after another; default 6, quick: 2; 0 for none")
    add("--days", type=int, help="of each of these; default 14, quick: 7")
    add("--each", type=float, help="seconds for each of these; default 120, quick: 5")
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
    if not options.periods:
        return {"weeks": weeks}
    first = family_problem(days=options.days)
    chains = {
        name: chain(
            first.demand,
            first.previous,
            options.periods,
            options.each,
            SEED,
            ledger=name == "with",
            told=lambda found: console.print(_told(found)),
        )
        for name in ("with", "without")
    }
    fairness = {"chains": chains, "ratios": ratios(chains["with"], chains["without"])}
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


def ratios(carried: Sequence[Figures], alone: Sequence[Figures]) -> list[Figures]:
    """Spread with the ledger over that without it, after each period."""
    return [
        {
            burden: {
                of: one["spread"][burden][of] / other["spread"][burden][of]
                for of in ("deviation", "range")
            }
            for burden in BURDENS
        }
        for one, other in zip(carried, alone, strict=True)
    ]


def show_weeks(console: Console, found: Figures) -> None:
    """Print what became of the four weeks."""
    wishes, costs = found["wishes"], found["costs"]
    title = f"{found['days']} days of {found['agents']} people, {found['households']} households"
    facts = {
        "rules": f"{found['rules']} of {found['kinds_of_rule']} kinds",
        "hard rules": f"{found['hard_violations']} violations",
        "promises": f"{found['promises_kept']} of {found['promises']} kept",
        "wishes": f"{percent(wishes['share_kept'])} of their weight kept, "
        f"{found['requests_kept']} of {found['requests']} wholly",
        "by rule": ", ".join(
            f"{name} {percent(share)}" for name, share in wishes["share_kept_by_rule"].items()
        ),
        "cost": f"{found['cost']:,.0f} ("
        + ", ".join(f"{name} {costs[name]:,.0f}" for name in costs if name != "total")
        + ")",
        "bound": f"{found['bound']:,.0f}, gap {percent(found['gap'], 2)}",
        "service": ", ".join(
            f"{queue} {percent(each['level'])} of {percent(each['target'], 0)}"
            f" ({each['periods_missed']} of {each['periods']} periods missed)"
            for queue, each in found["service"].items()
        ),
        "time": f"{found['seconds']:.0f} s, and {found['seconds_before_search']:.0f} s before",
        "memory": f"{found['megabytes']:,.0f} MB",
    }
    console.print()
    console.print(title, style="bold")
    show_facts(console, facts)


def show_fairness(console: Console, found: Figures) -> None:
    """Print the spreads after each period, and their ratios."""
    columns = ["period", "burden", "people", "mean"]
    columns += ["deviation with", "without", "ratio", "range with", "without", "ratio"]
    rows = []
    pairs = zip(found["chains"]["with"], found["chains"]["without"], found["ratios"], strict=True)
    for one, other, ratio in pairs:
        for burden in BURDENS:
            mine, theirs = one["spread"][burden], other["spread"][burden]
            row = [str(one["period"]), burden, str(mine["people"]), f"{mine['mean']:.2f}"]
            for of in ("deviation", "range"):
                row += [f"{mine[of]:.2f}", f"{theirs[of]:.2f}", f"{ratio[burden][of]:.2f}"]
            rows.append(row)
    title = "Nights and weekends per 1,000 hours of contract so far, with and without the ledger"
    show_table(console, title, columns, rows, left=2)


def _told(found: Figures) -> str:
    name = "with" if found["ledger"] else "without"
    return (
        f"  {name} the ledger, period {found['period']} from {found['start']}: "
        f"cost {found['cost']:,.0f}, gap {percent(found['gap'])}, "
        f"{found['hard_violations']} hard violations"
    )


if __name__ == "__main__":
    sys.exit(main())
