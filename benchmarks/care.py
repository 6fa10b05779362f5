"""What care costs in the centre for families: with all promises and wishes, and without any.

Both are solved from nothing for the same time. Then, from the schedule with all of them, one kind
of promise after the other is dropped in a chain of solves, beside a second chain that keeps all and
goes on for the same time; the steps add up to the distance between the two at the end. Each kind is
also dropped alone, all others being kept, to see how far such prices are from adding up.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console

from benchmarks.family_centre import family_problem
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
from benchmarks.wishes import wishes_kept
from wfm.care.price import prices
from wfm.care.promises import without
from wfm.care.values import Price, Prices
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.result import Result
from wfm.rule import Rule
from wfm.solver.solve_all import solve_all

SEED = 1
KINDS = {
    "someone at home": ("someone_at_home",),
    "times kept free": ("caregiving_window", "shift_bounds"),
    "free time together": ("same_days_off", "shared_free_time"),
    "one car, or apart": ("starts_together", "apart"),
    "states, festivals": ("no_nights", "no_overtime", "paid_rest", "stepped_hours", "festivals"),
    "days off wished": ("day_off_request",),
    "shifts wished": ("shift_request",),
    "rankings, points": ("ranked_request", "bid"),
}
"""What is priced together, by names of rules."""
QUICK = {
    "to families": tuple(name for label in list(KINDS)[:5] for name in KINDS[label]),
    "wished": tuple(name for label in list(KINDS)[5:] for name in KINDS[label]),
}
"""The same, more of them together."""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    add = parser.add_argument
    add("--days", type=int, help="that are planned; default 7, quick: 2")
    add("--seconds", type=float, help="for each of the two centres; default 300, quick: 3")
    add("--each", type=float, help="for each solve of a chain, or alone; default 30, quick: 1")
    options = parser.parse_args(argv)
    defaults = {"days": 2, "seconds": 3.0, "each": 1.0} if options.quick else {}
    for name, value in {"days": 7, "seconds": 300.0, "each": 30.0, **defaults}.items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return run("care", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve with and without all promises, and price each kind."""
    problem = family_problem(days=options.days)
    places = [place for place, rule in enumerate(problem.rules) if rule.kind != "work"]
    bare = without(problem, places)
    warm_up(problem, options.seconds)
    found = solve_all([problem, bare], seconds=options.seconds, seed=SEED)
    kept, free = (_told(each, result) for each, result in zip((problem, bare), found, strict=True))
    both = {"with": kept, "without": free, **_difference(kept, free)}
    show_both(console, problem, both)
    asked = groups(problem, QUICK if options.quick else KINDS)
    goal = {"groups": asked, "seconds": options.each, "seed": SEED}
    steps = prices(problem, found[0], steps=True, **goal)
    show_prices(console, "One kind after the other, beside a chain that keeps all", steps)
    apart = prices(problem, found[0], **goal)
    show_prices(console, "Each kind alone, all others being kept", apart)
    figures = {"steps": _figures(steps), "apart": _figures(apart)}
    show_facts(console, verdict(both, figures))
    return {"both": both, **figures}


def groups(problem: Problem, kinds: Mapping[str, Sequence[str]] = KINDS) -> dict[str, list[Rule]]:
    """Promises of the problem by what they are priced with."""
    by_name = {name: label for label, names in kinds.items() for name in names}
    found: dict[str, list[Rule]] = {label: [] for label in kinds}
    for rule in problem.rules:
        if rule.kind != "work":
            found[by_name[rule.name()]].append(rule)
    return {label: rules for label, rules in found.items() if rules}


def _told(problem: Problem, result: Result) -> Figures:
    """What became of one of the two centres."""
    report = verify(problem, schedule_of(result))
    return {
        "cost": report.costs.total,
        "costs": report.costs.model_dump(),
        "bound": result.bound,
        "gap": result.gap,
        "hard_violations": len(report.hard),
        "promises": report.promises,
        "promises_kept": report.promises_kept,
        "requests": report.requests,
        "requests_kept": report.requests_kept,
        "wishes": wishes_kept(problem, report.violations),
    }


def _difference(kept: Figures, free: Figures) -> Figures:
    """What is between the costs of both, and what is certain of it by their bounds."""
    least = max(0.0, kept["bound"] - free["cost"])
    most = kept["cost"] - min(free["cost"], free["bound"])
    return {
        "difference": kept["cost"] - free["cost"],
        "bound_difference": kept["bound"] - free["bound"],
        "bound_share": kept["bound"] / free["bound"] - 1,
        "least": least,
        "most": most,
        "share": kept["cost"] / free["cost"] - 1,
        "most_share": most / (kept["cost"] - most),
    }


def _figures(found: Prices) -> Figures:
    """Prices as figures."""
    return {
        "each": [_priced(price) for price in found.each],
        "whole": _priced(found.whole),
        "total": found.total,
        "total_by_whole": found.total / found.whole.money if found.whole.money else None,
        "share": found.whole.money / found.whole.dropping.cost,
    }


def _priced(price: Price) -> Figures:
    return {
        "label": price.label,
        "rules": len(price.rules),
        "money": price.money,
        "least": price.least,
        "most": price.most,
        "cost_with": price.keeping.cost,
        "bound_with": price.keeping.bound,
        "cost_without": price.dropping.cost,
        "bound_without": price.dropping.bound,
        "answers": price.answers,
    }


def show_both(console: Console, problem: Problem, both: Figures) -> None:
    """Print the two centres beside each other."""
    title = (
        f"{problem.horizon.days} days of {len(problem.agents)} people, {len(problem.rules)} rules"
    )
    columns = ["", "cost", "bound", "gap", "wages", "premiums", "service", "rules", "broken"]
    rows = []
    for name in ("with", "without"):
        each, costs = both[name], both[name]["costs"]
        parts = [f"{costs[part]:,.0f}" for part in ("wages", "premiums", "service", "rules")]
        money = [f"{each['cost']:,.0f}", f"{each['bound']:,.0f}", percent(each["gap"], 2)]
        rows.append([name, *money, *parts, str(each["hard_violations"])])
    show_table(console, title, columns, rows)


def show_prices(console: Console, title: str, found: Prices) -> None:
    """Print what each kind costs."""
    queues = list(found.whole.answers)
    columns = ["kind", "rules", "price", "at least", "at most", "with", "without", *queues]
    rows = []
    for price in (*found.each, found.whole):
        money = (price.money, price.least, price.most, price.keeping.cost, price.dropping.cost)
        cells = [f"{amount:,.0f}" for amount in money]
        answers = [f"{price.answers[queue]:+,.0f}" for queue in queues]
        rows.append([price.label, str(len(price.rules)), *cells, *answers])
    show_table(console, title, columns, rows)


def verdict(both: Figures, figures: Figures) -> dict[str, str]:
    """What was to be shown, and what was found."""
    kept, steps, apart = both["with"], figures["steps"], figures["apart"]
    wishes = kept["wishes"]["share_kept"]
    bounds = f"{both['bound_difference']:,.0f}, {percent(both['bound_share'], 2)}"
    return {
        "from nothing": f"{both['difference']:,.0f} dearer, {percent(both['share'], 2)}; by the "
        f"bounds alone {bounds}; certain: {both['least']:,.0f} to {both['most']:,.0f}, at most "
        f"{percent(both['most_share'], 2)}",
        "side by side": f"{steps['whole']['money']:,.0f} dearer, {percent(steps['share'], 2)}",
        "steps": f"add up to {percent(steps['total_by_whole'])} of the whole",
        "alone": f"add up to {percent(apart['total_by_whole'])} of the whole",
        "promises": f"{kept['promises_kept']} of {kept['promises']} kept",
        "wishes": f"{percent(wishes)} of their weight kept",
    }


if __name__ == "__main__":
    sys.exit(main())
