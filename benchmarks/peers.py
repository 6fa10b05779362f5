"""The same problems solved by wfm and by the schedulers whose examples they are, side by side.

``python -m benchmarks.peers --peers-python PATH`` runs pyworkforce, Timefold and OR-tools in
processes of their own by the interpreter that has them, this one unless another is named; a peer
that it lacks is told as absent, with the reason. Every answer of either side is brought to the same
plain rows; the peer's own objective is counted from those, and what breaks the peer's own rules
does not count as an answer. wfm's schedules are judged by `verify` as well. Times are those of
stating and solving: neither side's imports, compilation or start of Java.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from benchmarks.harness import Figures, arguments, run, schedule_of, show_facts, show_table
from benchmarks.others.asking import Answered, ask
from benchmarks.others.case import Case
from benchmarks.others.reading import grown_cover, grown_roster, read_cases
from wfm import solve, verify
from wfm.schedule import Schedule

Plan = TypeVar("Plan")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "other_schedulers"
QUICK = 2.0
CLOSE = 1e-6


def solve_by_wfm(case: Case[Plan], seconds: float, seed: int) -> Answered[Plan]:
    """State and solve a case; the last schedule must be one that the judge accepts."""
    began = time.monotonic()
    found: list[tuple[float, Schedule]] = []
    problem = case.problem()
    result = solve(
        problem,
        seconds=seconds,
        seed=seed,
        on_best=lambda best: found.append((time.monotonic() - began, best)),
    )
    took = time.monotonic() - began
    broken = [violation.sentence for violation in verify(problem, schedule_of(result)).hard]
    if broken:
        sys.exit("\n".join([f"{case.name}: the judge refuses what was solved:", *broken]))
    plans = [(at, case.of_schedule(schedule)) for at, schedule in found]
    return Answered(plans, took, result.status == "optimal")


def counted(case: Case[Plan], answered: Answered[Plan]) -> Figures:
    """Objective of each allowed plan, counted anew, and when the best of them was there."""
    course = [
        (at, case.objective(plan))
        for at, plan in answered.plans
        if next(case.faults(plan), None) is None
    ]
    best = min((cost for _, cost in course), default=None)
    last = answered.plans[-1][1] if answered.plans else None
    return {
        "objective": best,
        "course": course,
        "found_after": reached(course, best),
        "seconds": answered.seconds,
        "proven": answered.proven,
        "version": answered.version,
        "absent": answered.absent,
        "faults": [] if last is None else list(case.faults(last))[:3],
    }


def reached(course: list[tuple[float, float]], aim: float | None) -> float | None:
    """Seconds until a plan was as good as `aim`; None if none was."""
    if aim is None:
        return None
    return next((at for at, cost in course if cost <= aim + CLOSE), None)


def compared(case: Case[Any], ours: Figures, theirs: Figures) -> Figures:
    """Both sides of a case, when wfm was as good as the peer, and in one word how it did."""
    aim = theirs["objective"]
    as_good = reached(ours["course"], aim)
    if theirs["absent"]:
        verdict = "peer absent"
    elif ours["objective"] is None or (aim is not None and as_good is None):
        verdict = "worse"
    elif aim is None or ours["objective"] < aim - CLOSE:
        verdict = "better"
    else:
        verdict = "equal, sooner" if as_good <= theirs["found_after"] else "equal, later"
    return {
        "case": case.name,
        "size": case.size,
        "peer": case.peer,
        "known": case.known,
        "wfm": ours,
        "other": theirs,
        "as_good_after": as_good,
        "verdict": verdict,
    }


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve every case by both, one after the other, and print them."""
    cases = read_cases(options.data)
    if options.only:
        wanted = options.only.lower().split(",")
        cases = [case for case in cases if any(word in case.name.lower() for word in wanted)]
    elif options.quick:
        cases = [case for case in cases if not case.name.startswith("Grown")]
    seconds = QUICK if options.quick else options.seconds
    for small in (grown_cover(days=1), grown_roster(people=12, days=7)):
        solve(small.problem(), seconds=seconds, seed=0)
    rows = []
    for case in cases:
        ours = counted(case, solve_by_wfm(case, seconds, options.seed))
        theirs = counted(case, ask(case, options.peers_python, seconds))
        rows.append(compared(case, ours, theirs))
        print(f"{case.name}: {rows[-1]['verdict']}", file=sys.stderr)
    show(console, rows, seconds)
    return {"cases": rows, "seconds": seconds}


def show(console: Console, rows: list[Figures], seconds: float) -> None:
    """Print what each found and when, the versions of the peers, and where wfm is behind."""
    lines = []
    for row in rows:
        known = "" if row["known"] is None else f"{row['known']:g}"
        level = _time(row["as_good_after"])
        lines.append([row["case"], "wfm", *_cells(row["wfm"]), known, level])
        lines.append([f"  {row['size']}", row["peer"], *_cells(row["other"]), "", row["verdict"]])
    columns = ("problem", "by", "objective", "found", "ended", "proven", "optimum", "level after")
    title = f"The peer's own objective, less is better; times in seconds, at most {seconds:g}"
    show_table(console, title, columns, lines, left=2)
    peers = {row["peer"]: row["other"] for row in rows}
    facts = {
        peer: f"absent: {found['absent']}" if found["absent"] else found["version"]
        for peer, found in peers.items()
    }
    for verdict in ("better", "equal, sooner", "equal, later", "worse", "peer absent"):
        named = [row["case"] for row in rows if row["verdict"] == verdict]
        facts[f"wfm {verdict}" if verdict != "peer absent" else verdict] = str(len(named))
    facts["wfm worse in"] = ", ".join(r["case"] for r in rows if r["verdict"] == "worse") or "none"
    show_facts(console, facts)


def _cells(found: Figures) -> list[str]:
    if found["absent"]:
        return ["absent", "-", "-", "-"]
    cost = "none" if found["objective"] is None else f"{found['objective']:,.1f}".removesuffix(".0")
    proven = "yes" if found["proven"] else "no"
    return [cost, _time(found["found_after"]), _time(found["seconds"]), proven]


def _time(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:.2f}"


def main(given: list[str] | None = None) -> int:
    """Read the arguments and run."""
    parser = arguments(__doc__)
    parser.add_argument("--peers-python", type=Path, default=Path(sys.executable), metavar="PATH")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the peers' examples")
    parser.add_argument("--only", metavar="WORDS", help="cases whose names hold one of these")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each case and side")
    parser.add_argument("--seed", type=int, default=1)
    return run("peers", measure, parser.parse_args(given))


if __name__ == "__main__":
    sys.exit(main())
