"""Speed of the simulation: contacts a second on one core, beside ciw, and a week many times over.

Contacts a second are per second of processor time, so that a busy machine does not count; the wall
clock stands beside it. Compiled code is there before anything is measured. Both simulators run the
same queue (Erlang A, steady); that their answers agree is a test (tests/simulation/test_ciw.py).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from types import ModuleType
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from rich.console import Console

from benchmarks.harness import Figures, arguments, percent, run, show_facts, show_table
from benchmarks.open_centres import random_centre
from wfm.agent import Agent, Contract, Skill
from wfm.calibration.calibrating import calibrate
from wfm.demand import BusyFactor, Demand
from wfm.horizon import Horizon
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.queue import Queue
from wfm.schedule import BreakTime, Schedule, Shift
from wfm.shift import ShiftTemplate
from wfm.simulation import simulate

AHT, PATIENCE = 180.0, 120.0
JOBS = 2
"""Random centres at a time."""
QUEUES: Mapping[str, Queue] = {
    name: Queue(id=name, patience=PATIENCE) for name in ("calls", "sales", "service")
}
Team = tuple[int, tuple[str, ...]]
CASES: tuple[tuple[str, tuple[str, ...], tuple[Team, ...], float, int], ...] = (
    ("one queue", ("calls",), ((9, ("calls",)),), 160.0, 1),
    ("one queue, 200 agents", ("calls",), ((200, ("calls",)),), 3900.0, 20),
    (
        "three queues, five groups",
        tuple(QUEUES),
        (
            (12, ("calls",)),
            (12, ("sales",)),
            (12, ("service",)),
            (8, ("calls", "sales")),
            (8, tuple(QUEUES)),
        ),
        330.0,
        5,
    ),
)
"""Name, queues, teams, contacts per hour of each queue, and by how much fewer days are taken."""
COLUMNS = ("", "agents", "queues", "contacts", "contacts/s", "wall s")


def main(given: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    parser = arguments(__doc__)
    parser.add_argument("--contacts", type=int, default=100_000, help="in the week")
    parser.add_argument("--replications", type=int, default=20, help="of the week")
    parser.add_argument(
        "--planned", type=int, default=0, metavar="N", help="calibrate so many random centres, too"
    )
    parser.add_argument("--rounds", type=int, default=6, help="of each such centre, at most")
    options = parser.parse_args(given)
    if options.quick:
        options.contacts, options.replications = 2_000, 2
    return run("simulation", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Measure, print and return the figures."""
    small = 50 if options.quick else 400
    rows = [speed(*case, max(small // many, 2)) for *case, many in CASES]
    cells = [
        [
            row["name"],
            str(row["agents"]),
            str(row["queues"]),
            f"{row['contacts']:,}",
            f"{row['per_second']:,.0f}",
            f"{row['wall_seconds']:.2f}",
        ]
        for row in rows
    ]
    show_table(console, "Days around the clock, one core", COLUMNS, cells)
    hours = (6, 0.25) if options.quick else (120, 5)
    beside = [peer(row, many) for row, many in zip(rows, hours, strict=False)]
    show_facts(console, {f"ciw, {row['name']}": row["text"] for row in beside})
    week = a_week(options.contacts, options.replications)
    console.print()
    show_facts(console, {"a week with breaks, skills and busy days": week["text"]})
    centres = (
        planned_centres(options.planned, options.rounds, options.quick, console)
        if options.planned
        else []
    )
    return {"rows": rows, "ciw": beside, "week": week, "centres": centres}


def planned_centres(many: int, rounds: int, quick: bool, console: Console) -> list[Figures]:
    """Planned against simulated level of random centres, before and after calibration."""
    found = Parallel(n_jobs=JOBS)(
        delayed(planned_centre)(draw, rounds, quick) for draw in range(1, many + 1)
    )
    console.print()
    show_facts(console, {f"{many} random centres": _before_and_after(found)})
    return list(found)


def planned_centre(draw: int, rounds: int, quick: bool) -> Figures:
    """Calibrate a random centre: what was planned, and what is stated in the end."""
    loop = calibrate(
        random_centre(draw, days=2 if quick else 7),
        rounds=2 if quick else rounds,
        work=200 if quick else 2_000,
        replications=10 if quick else 40,
    )
    kept = loop.rounds[loop.kept - 1]
    before = [100 * abs(each.planned - each.simulated) for each in loop.rounds[0].queues]
    assert loop.schedule is not None
    stated = {
        (row.queue, row.period): row.planned
        for row in verify(loop.problem, loop.schedule).service
        if row.planned is not None
    }
    after = [100 * abs(stated[each.queue, each.period] - each.simulated) for each in kept.queues]
    return {
        "draw": draw,
        "status": loop.status,
        "rounds": len(loop.rounds),
        "before": before,
        "after": after,
        "short": 100 * kept.worst,
    }


def _before_and_after(found: Sequence[Figures]) -> str:
    told = []
    for when in ("before", "after"):
        points = np.array([each for row in found for each in row[when]])
        told.append(f"{when} mean {points.mean():.1f}, largest {points.max():.1f}")
    met = sum(row["status"] == "met" for row in found)
    short = sum(row["short"] <= 1 for row in found)
    return (
        f"points between planned and simulated: {'; '.join(told)}; {met} have all targets met, "
        f"in {short} no period is more than a point short"
    )


def speed(
    name: str, queues: Sequence[str], teams: Sequence[Team], rate: float, many: int
) -> Figures:
    """Contacts a second, drawing and counting included."""
    problem = centre(queues, teams, np.full(24, rate))
    everybody = [shift(problem, agent.id, 0, 1440) for agent in problem.agents]
    schedule = Schedule.of_shifts(everybody)
    simulate(problem, schedule, replications=2)
    found, used, wall = timed(lambda: simulate(problem, schedule, replications=many))
    contacts = int(found.counts[..., 0].sum())
    return {
        "name": name,
        "rate": rate,
        "agents": len(problem.agents),
        "queues": len(queues),
        "contacts": contacts,
        "per_second": contacts / used,
        "wall_seconds": wall,
        "abandonment": float(found.service("horizon")["abandonment"].mean()),
    }


def peer(row: Figures, hours: float) -> Figures:
    """A case of one queue in ciw, or why it is left out."""
    found: Figures = {"name": row["name"], "per_second": None, "times": None}
    try:
        import ciw  # noqa: PLC0415
    except ImportError:
        return {**found, "text": "left out: ciw (extra bench) is not installed"}
    contacts, used, _ = timed(lambda: ciw_contacts(ciw, row["rate"], row["agents"], hours))
    speed_there = contacts / used
    times = row["per_second"] / speed_there
    text = f"{speed_there:,.0f} contacts/s by ciw {version('ciw')}, wfm {times:,.0f} times as fast"
    return {**found, "per_second": speed_there, "times": times, "contacts": contacts, "text": text}


def ciw_contacts(ciw: ModuleType, rate: float, agents: int, hours: float) -> int:
    """Simulate one queue for some hours; gives the number of contacts."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate / 3600)],
        service_distributions=[ciw.dists.Exponential(1 / AHT)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE)],
        number_of_servers=[agents],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(3600.0 * hours)
    return len(simulation.get_all_records())


def a_week(contacts: int, replications: int) -> Figures:
    """A week from 8 to 20 with three queues, half of the agents in two of them, breaks and all."""
    names = tuple(QUEUES)
    day = np.zeros(24)
    day[8:20] = np.sin(np.linspace(0.5, 2.6, 12))
    rates = np.tile(day * contacts / 21 / day.sum(), 7)
    heads = max(int(1.35 * rates.max() * AHT / 3600), 2)
    teams: list[Team] = [(heads, (name,)) for name in names]
    teams += [(heads, pair) for pair in zip(names, (*names[1:], names[0]), strict=True)]
    problem = centre(names, teams, rates, busy=0.1)
    schedule = Schedule.of_shifts(list(shifts(problem)))
    simulate(problem, schedule, replications=1)
    found, used, wall = timed(lambda: simulate(problem, schedule, replications=replications))
    frame, frames, _ = timed(lambda: found.service("week"))
    level, half = frame["level"][0], (frame["level_high"][0] - frame["level_low"][0]) / 2
    count = int(found.counts[..., 0].sum())
    text = (
        f"{len(problem.agents)} agents, {count:,} contacts in {replications} replications: "
        f"{used:.2f} s of processor time, {wall:.2f} s by the wall clock, tables {frames:.2f} s; "
        f"weekly level {percent(level)} ± {percent(half)}"
    )
    return {
        "text": text,
        "agents": len(problem.agents),
        "contacts": count,
        "replications": replications,
        "seconds": used,
        "wall_seconds": wall,
        "table_seconds": frames,
        "level": float(level),
        "half_width": float(half),
    }


def shifts(problem: Problem) -> list[Shift]:
    """Early and late shifts of eight hours with two breaks, five days a week."""
    made = []
    for row, agent in enumerate(problem.agents):
        for day in range(7):
            if (row + day) % 7 < 5:
                start = 1440 * day + (480 if row % 2 else 720)
                breaks = [(start + 120 + row % 60, 15), (start + 240 + row % 90, 30)]
                pauses = [BreakTime(start=at, end=at + minutes) for at, minutes in breaks]
                made.append(shift(problem, agent.id, start, start + 480, breaks=tuple(pauses)))
    return made


def shift(problem: Problem, agent: str, start: int, end: int, **more: Any) -> Shift:
    """One shift, in minutes."""
    day = problem.horizon.day_of(start)
    return Shift(agent=agent, day=day, template="day", start=start, end=end, **more)


def centre(
    queues: Sequence[str], teams: Sequence[Team], rates: np.ndarray, busy: float | None = None
) -> Problem:
    """A centre with the same contacts per hour in each queue."""
    horizon = Horizon(start="2026-12-07", days=len(rates) // 24, interval=60)
    slots = horizon.slots
    return Problem(
        demand=Demand(
            horizon=horizon,
            queues=[QUEUES[name] for name in queues],
            contacts=[rates.tolist()] * len(queues),
            aht=[[AHT] * slots] * len(queues),
            required=[[0] * slots] * len(queues),
            service=[[((0, 0),)] * slots] * len(queues),
            busy=None if busy is None else BusyFactor(cv=busy),
        ),
        agents=[
            Agent(id=f"{team}-{number}", contract="all", skills=skills)
            for team, (many, skills) in enumerate(teams)
            for number in range(many)
        ],
        contracts=[Contract(id="all")],
        skills=[Skill(id=name, queues=(name,)) for name in queues],
        shifts=[ShiftTemplate(id="day", start="08:00", lengths=(480,))],
    )


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What some work gives, its seconds of processor time, and those of the wall clock."""
    used, wall = time.process_time(), time.perf_counter()
    found = work()
    return found, time.process_time() - used, time.perf_counter() - wall


if __name__ == "__main__":
    sys.exit(main())
