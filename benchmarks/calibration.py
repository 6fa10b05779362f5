"""The loop between formulas and simulation: planned against simulated service, and what it saves.

The sample centre and a centre of three queues and five groups are calibrated; every target period
is to come out within a point of its target, or above it where rules and floors hold it there. Then
the three queues are staffed in groups without shifts, beside each queue staffed alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

import numpy as np
from rich.console import Console

from benchmarks.harness import Figures, arguments, percent, run, show_facts, show_table
from benchmarks.open_centres import random_centre, three_queues
from benchmarks.sample_week import sample_problem
from wfm.calibration.calibrating import calibrate
from wfm.calibration.groups.staffing import staff_groups
from wfm.calibration.groups.values import GroupStaffing
from wfm.calibration.values import Calibration, CalibrationRound
from wfm.demand import Demand
from wfm.forecast import required_agents
from wfm.problem import Problem
from wfm.simulation import simulate

COLUMNS = ("", "round", "hours", "cost", "off plan", "off target", "")
FRESH = 1_000_003
"""Seed of the contacts on which a schedule is tried that the loop has not seen."""
COSTS = {"both": 1.05, "all": 1.1}


def main(given: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    parser = arguments(__doc__)
    parser.add_argument("--work", type=int, default=20_000, help="tours to find in each round")
    parser.add_argument("--replications", type=int, default=50, help="of each simulation")
    parser.add_argument("--rounds", type=int, default=6, help="most schedules to make")
    options = parser.parse_args(given)
    if options.quick:
        options.work, options.replications, options.rounds = 300, 5, 2
    return run("calibration", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Measure, print and return the figures."""
    cases = {"three queues, five groups": three_queues()}
    if options.quick:
        cases = {"a small centre": random_centre(1, days=2)}
    else:
        cases["the sample centre"] = sample_problem()
    loops = [loop(name, problem, options) for name, problem in cases.items()]
    rows = [_cells(each["name"], row) for each in loops for row in each["rounds"]]
    show_table(console, "Rounds; points that the worst target period is off", COLUMNS, rows)
    show_facts(console, {each["name"]: each["text"] for each in loops})
    groups = in_groups(options)
    console.print()
    show_facts(console, {"three queues in groups, without shifts": groups["text"]})
    return {"loops": loops, "groups": groups}


def loop(name: str, problem: Problem, options: argparse.Namespace) -> Figures:
    """Calibrate one centre, and try its schedule on other contacts."""
    began = time.perf_counter()
    found = calibrate(
        problem, rounds=options.rounds, work=options.work, replications=options.replications
    )
    seconds = time.perf_counter() - began
    rounds = [_figures(each) for each in found.rounds]
    alone = erlang_c_hours(problem.demand)
    kept = found.rounds[found.kept - 1]
    fresh = _fresh(problem, found, options.replications)
    text = (
        f"{found.status} after {len(rounds)} rounds, {seconds:.0f} s; "
        f"{kept.hours:,.1f} paid hours; "
        f"Erlang C queue by queue asks for {alone:,.1f} agent hours; off target by at most "
        f"{kept_off(kept):.1f} points below, on other contacts {fresh:.1f}"
    )
    return {
        "name": name,
        "status": found.status,
        "reasons": list(found.reasons),
        "rounds": rounds,
        "kept": found.kept,
        "seconds": seconds,
        "hours_erlang_c": alone,
        "below_on_other_contacts": fresh,
        "periods": [each.model_dump() for each in kept.queues],
        "text": text,
    }


def kept_off(found: CalibrationRound) -> float:
    """Points by which the worst period lies below its target, 0 if none does."""
    return max(0.0, 100 * found.worst)


def _fresh(problem: Problem, found: Calibration, replications: int) -> float:
    """Points by which the worst period is below its target on contacts of another seed."""
    assert found.schedule is not None
    outcome = simulate(problem, found.schedule, replications=replications, seed=FRESH)
    levels = {
        (row.queue, row.period): row.level
        for by in ("day", "week", "horizon")
        for row in outcome.service(by).itertuples()
    }
    kept = found.rounds[found.kept - 1].queues
    return 100 * max(0.0, *(each.target - levels[each.queue, each.period] for each in kept))


def _figures(found: CalibrationRound) -> Figures:
    return {
        "number": found.number,
        "hours": found.hours,
        "cost": found.cost,
        "planned_less_simulated": 100 * max(abs(e.planned - e.simulated) for e in found.queues),
        "off_target": 100 * max(abs(e.simulated - e.target) for e in found.queues),
        "standings": [each.standing for each in found.queues],
    }


def _cells(name: str, row: Figures) -> list[str]:
    counts = {word: row["standings"].count(word) for word in dict.fromkeys(row["standings"])}
    return [
        name,
        str(row["number"]),
        f"{row['hours']:,.1f}",
        f"{row['cost']:,.0f}",
        f"{row['planned_less_simulated']:.1f}",
        f"{row['off_target']:.1f}",
        ", ".join(f"{many} {word}" for word, many in counts.items()),
    ]


def in_groups(options: argparse.Namespace) -> Figures:
    """Staff the three queues in groups, and say what that saves."""
    problem = three_queues()
    groups = {skill.id: skill.queues for skill in problem.skills}
    demand = problem.demand
    began = time.perf_counter()
    rounds = 2 if options.quick else 8
    found = staff_groups(
        demand, groups, costs=COSTS, rounds=rounds, replications=options.replications
    )
    by_c = erlang_c_hours(demand)
    return {
        "status": found.status,
        "rounds": len(found.rounds),
        "hours": found.hours,
        "hours_erlang_a": found.hours_alone,
        "hours_erlang_c": by_c,
        "seconds": time.perf_counter() - began,
        "text": _groups_text(found, by_c),
    }


def _groups_text(found: GroupStaffing, by_c: float) -> str:
    levels = [percent(each.simulated) for each in found.rounds[found.kept - 1].queues]
    return (
        f"{found.status} after {len(found.rounds)} rounds with {', '.join(levels)}: "
        f"{found.hours:,.1f} agent hours; alone by Erlang A {found.hours_alone:,.1f} "
        f"({percent(1 - found.hours / found.hours_alone)} saved), by Erlang C {by_c:,.1f} "
        f"({percent(1 - found.hours / by_c)} saved)"
    )


def erlang_c_hours(demand: Demand) -> float:
    """Scheduled hours if each queue is staffed alone, interval by interval, as if nobody hung up.

    Deferred queues ask for nobody in any interval; chats count by their concurrency.
    """
    total = 0.0
    for row, queue in enumerate(demand.queues):
        if row in demand.works:
            continue
        per_hour = demand.contacts_array[row] * 60 / demand.horizon.interval
        aht, target = demand.aht_array[row] / queue.concurrency, queue.target
        needed = required_agents(per_hour, aht, target.level, target.threshold)
        total += float(np.sum(needed / queue.available(demand.horizon)))
    return total * demand.horizon.interval / 60


if __name__ == "__main__":
    sys.exit(main())
