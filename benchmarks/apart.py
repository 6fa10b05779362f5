"""A centre whose teams share queues: solved whole, and team by team.

People are dealt to the teams in turn, couples together, so every team serves every queue and the
teams depend on each other as much as they can. Both ways have the same work: tours found, in all
rounds and teams together; or the same seconds by the clock, the teams two at a time. Loss is what
team by team costs more, as a share of the whole's cost; what is left above the whole's bound says
how much of it could be lost at all. Bounds are the largest that either way has proven.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from rich.console import Console

from benchmarks.harness import Figures, arguments, percent, run, schedule_of, show_table, warm_up
from benchmarks.instances import build, family
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.result import Progress, Result
from wfm.solver.solve import solve
from wfm.solver.solve_teams import solve_teams

JOBS = 2
WARM_AGENTS = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    add = parser.add_argument
    add("--agents", type=int, help="people in all; default 100, quick: 20")
    add("--teams", type=int, default=4, help="teams; default 4")
    add("--rounds", type=int, help="of the teams; default 4, quick: 2")
    add("--work", type=int, help="tours to find, each way; default 32000, quick: 400")
    add("--seconds", type=float, help="by the clock, each way; default 40, quick: 2")
    add("--seed", type=int, default=1, help="of the instance and of the solver")
    options = parser.parse_args(argv)
    quick = {"agents": 20, "rounds": 2, "work": 400, "seconds": 2.0}
    whole = {"agents": 100, "rounds": 4, "work": 32_000, "seconds": 40.0}
    for name, value in (quick if options.quick else whole).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return run("apart", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve the same centre both ways, by work and by the clock."""
    specification = family(options.agents).model_copy(update={"seed": options.seed})
    problem = build(specification)
    teams = dealt(problem, options.teams)
    warm(options.teams)
    limits = {
        "equal work": {"work": options.work},
        "equal time": {"seconds": options.seconds},
    }
    found = {}
    for name, limit in limits.items():
        common = {**limit, "seed": options.seed}
        whole = timed(problem, lambda told, c=common: solve(problem, **c, on_progress=told))
        apart = timed(
            problem,
            lambda told, c=common: solve_teams(
                problem, teams=teams, rounds=options.rounds, jobs=JOBS, **c, on_progress=told
            ),
        )
        found[name] = compared(whole, apart)
        show(console, f"{options.agents} people in {options.teams} teams, {name}", found[name])
    return found


def dealt(problem: Problem, teams: int) -> dict[str, str]:
    """Deal people to teams in turn, members of a household to the same one."""
    home = {member: house.id for house in problem.households for member in house.members}
    given: dict[str, str] = {}
    for agent in problem.agents:
        given.setdefault(home.get(agent.id, agent.id), f"team {len(given) % teams + 1}")
    return {agent.id: given[home.get(agent.id, agent.id)] for agent in problem.agents}


def warm(teams: int) -> None:
    """Let this process and the workers load what is compiled."""
    small = build(family(WARM_AGENTS))
    warm_up(small, 2.0)
    solve_teams(small, teams=dealt(small, teams), rounds=2, work=200, jobs=JOBS)


def timed(problem: Problem, way: Callable[[Callable[[Progress], object]], Result]) -> Figures:
    """Solve one way, and let the judge say what it came to."""
    trace: list[Progress] = []
    began = time.monotonic()
    result = way(trace.append)
    wall = time.monotonic() - began
    report = verify(problem, schedule_of(result))
    return {
        "cost": report.costs.total,
        "bound": result.bound,
        "unavoidable": result.unavoidable,
        "wall_seconds": wall,
        "broken_hard_rules": len(report.hard),
        "rounds": [
            {"seconds": seen.seconds, "cost": seen.objective}
            for seen in trace
            if seen.step == "round"
        ],
    }


def compared(whole: Figures, apart: Figures) -> Figures:
    """Both ways, with the loss of each round against the whole."""
    for each in apart["rounds"]:
        each["loss"] = each["cost"] / whole["cost"] - 1
    bound = max(whole["bound"], apart["bound"])
    for way in (whole, apart):
        way["loss"] = way["cost"] / whole["cost"] - 1
        way["gap"] = 1 - bound / way["cost"]
        way["strict_gap"] = (way["cost"] - bound) / (way["cost"] - way["unavoidable"])
    return {"bound": bound, "whole": whole, "apart": apart}


def show(console: Console, title: str, found: Figures) -> None:
    """Print both ways, and the rounds between."""
    rows = []
    for number, seen in enumerate(found["apart"]["rounds"], start=1):
        cells = [f"{seen['seconds']:.1f} s", f"{seen['cost']:,.0f}", percent(seen["loss"], 2)]
        rows.append([f"  after round {number}", *cells, "", "", ""])
    both = []
    for name in ("whole", "apart"):
        way = found[name]
        shares = [percent(way[key], 2) for key in ("loss", "gap", "strict_gap")]
        broken = str(way["broken_hard_rules"])
        both.append([name, f"{way['wall_seconds']:.1f} s", f"{way['cost']:,.0f}", *shares, broken])
    columns = ["", "by the clock", "cost", "loss", "gap", "strict gap", "hard rules broken"]
    show_table(console, f"{title}; bound {found['bound']:,.0f}", columns, [*both, *rows])


if __name__ == "__main__":
    sys.exit(main())
