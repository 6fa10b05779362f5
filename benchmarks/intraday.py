"""A day planned anew: some people fall away at 10:40 on a Tuesday, and some offer overtime.

A week of a centre is solved for a while and published. Then people who are at work fall away for
the rest of their shifts, others offer to stay longer, and the day is planned anew. The judge looks
at the plan before and after. Compiled kernels are warm before the clock starts. Touched are the
breaks that move and the shifts that change, out of all of that day. Every tenth person's Tuesday is
locked.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from rich.console import Console

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
from benchmarks.instances import build, family
from wfm.errors import InputError
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.replan.reoptimise import reoptimise
from wfm.replan.result import DayChange, Replan
from wfm.replan.values import Absence, Happening, OvertimeOffer
from wfm.rules.locked import Locked
from wfm.schedule import Schedule, Shift
from wfm.solver.solve import solve

CLOCK = 10 * 60 + 40
TUESDAY = 1
LEFT = 180
"""Minutes that are left at least of the shifts of those who fall away."""
WITHIN = 420
"""Shifts that end within so many minutes are those of people who may offer to stay."""
LONGER = 120
"""Minutes for which they offer to stay."""
COLUMNS = ("plan", "service", "wages", "rules", "in all", "answered on the day")


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    add = parser.add_argument
    add("--agents", type=int, help="people; default 200, quick: 20")
    add("--absences", type=int, help="who fall away; default 3, quick: 1")
    add("--offers", type=int, help="who offer two hours; default 12, quick: 4")
    add("--seconds", type=float, help="to solve what is published; default 45, quick: 2")
    add("--draws", type=int, help="how often other people are drawn; default 5, quick: 1")
    add("--seed", type=int, default=1, help="of the instance, the solver and the draws")
    options = parser.parse_args(argv)
    quick = {"agents": 20, "absences": 1, "offers": 4, "seconds": 2.0, "draws": 1}
    whole = {"agents": 200, "absences": 3, "offers": 12, "seconds": 45.0, "draws": 5}
    for name, value in (quick if options.quick else whole).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return run("intraday", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Publish a plan, and plan its Tuesday anew as often as people are drawn."""
    for name in ("absences", "draws"):
        if getattr(options, name) < 1:
            raise InputError(f"--{name}", "be at least 1", getattr(options, name))
    problem = build(family(options.agents).model_copy(update={"seed": options.seed}))
    warm_up(problem, options.seconds)
    published = schedule_of(solve(problem, seconds=options.seconds, seed=options.seed))
    problem = with_locks(problem, published)
    now = problem.horizon.local(problem.horizon.minute(TUESDAY, CLOCK)).replace(tzinfo=None)
    random = np.random.default_rng(options.seed)
    warm_replan(problem, published, now)
    draws = []
    for number in range(options.draws):
        changes = happenings(problem, published, now, options, random)
        begun = time.perf_counter()
        found = reoptimise(problem, published, now, changes)
        seconds = time.perf_counter() - begun
        figures = {"seconds": seconds, **judged(problem, published, now, found)}
        draws.append(figures)
        show(console, f"Draw {number + 1}", found, figures)
    recovered = [each["recovered"] for each in draws if each["recovered"] is not None]
    worst = {
        "most_seconds": max(each["seconds"] for each in draws),
        "most_touched": max(each["touched_share"] for each in draws),
        "least_recovered": min(recovered, default=None),
        "hard_violations": sum(each["hard_violations"] for each in draws),
        "moved_past_or_locked": sum(each["moved_past_or_locked"] for each in draws),
    }
    console.print()
    facts = {
        "longest": f"{worst['most_seconds']:.1f} s",
        "most touched": percent(worst["most_touched"]),
        "least recovered": percent(worst["least_recovered"]),
        "new breaches of hard rules": str(worst["hard_violations"]),
        "past or locked hours moved": str(worst["moved_past_or_locked"]),
    }
    show_facts(console, facts)
    return {"draws": draws, **worst}


def with_locks(problem: Problem, published: Schedule) -> Problem:
    """The problem, in which every tenth person's Tuesday is locked."""
    day = problem.horizon.date_of(TUESDAY)
    agents = [agent.id for agent in problem.agents][::10]
    return problem.with_rules(Locked.of(problem, published, first=day, last=day, agents=agents))


def warm_replan(problem: Problem, published: Schedule, now: datetime) -> None:
    """Plan anew, and judge, once for nothing, so that what is compiled once is compiled."""
    shift = at_work(problem, published, now)[0]
    found = reoptimise(problem, published, now, [Absence(agent=shift.agent, start=now)])
    verify(found.problem, found.schedule)


def at_work(problem: Problem, published: Schedule, now: datetime) -> list[Shift]:
    """Shifts that have begun and go on for long."""
    minute = problem.horizon.elapsed(now)
    found = [s for s in published.shifts if s.start < minute and s.end >= minute + LEFT]
    if not found:
        raise InputError("--agents", "be enough for some to be at work on a Tuesday morning")
    return found


def happenings(
    problem: Problem,
    published: Schedule,
    now: datetime,
    options: argparse.Namespace,
    random: np.random.Generator,
) -> list[Happening]:
    """Draw who falls away, and who offers to stay for two hours after the shift."""
    minute, local = problem.horizon.elapsed(now), problem.horizon.local
    here = at_work(problem, published, now)
    gone = random.choice(len(here), min(options.absences, len(here)), replace=False)
    away = {here[index].agent for index in gone}
    ending = [
        shift
        for shift in published.shifts
        if minute < shift.end <= minute + WITHIN and shift.agent not in away
    ]
    staying = random.choice(len(ending), min(options.offers, len(ending)), replace=False)
    absences = [Absence(agent=agent, start=now) for agent in sorted(away)]
    offers = []
    for shift in (ending[index] for index in staying):
        end = local(shift.end).replace(tzinfo=None)
        until = end + timedelta(minutes=LONGER)
        offers.append(OvertimeOffer(agent=shift.agent, start=end, end=until))
    return [*absences, *offers]


def judged(problem: Problem, published: Schedule, now: datetime, found: Replan) -> Figures:
    """What the judge says, and what has been touched."""
    made = [change for change in found.changes if change.kind != "away"]
    moved = sum(change.moved_breaks for change in made)
    shifts = sum(change.kind != "break" for change in made)
    day = [shift for shift in published.shifts if shift.day == TUESDAY]
    whole = len(day) + sum(len(shift.breaks) for shift in day)
    report = verify(found.problem, found.schedule)
    after = report.costs.service
    lost = found.before.costs.service - found.published.costs.service
    return {
        "service_published": found.published.costs.service,
        "service_before": found.before.costs.service,
        "service_after": after,
        "service_after_by_replan": found.after.costs.service,
        "wages_before": found.before.costs.wages + found.before.costs.premiums,
        "wages_after": report.costs.wages + report.costs.premiums,
        "recovered": (found.before.costs.service - after) / lost if lost > 0 else None,
        "moved_breaks": moved,
        "changed_shifts": shifts,
        "breaks_and_shifts": whole,
        "touched_share": (moved + shifts) / whole,
        "hard_violations": len(report.hard) - len(verify(problem, published).hard),
        "moved_past_or_locked": sum(is_past_or_locked(problem, now, change) for change in made),
    }


def is_past_or_locked(problem: Problem, now: datetime, change: DayChange) -> bool:
    """Whether a change touches minutes that have passed, or the hours of a locked shift."""
    minute, (before, after) = problem.horizon.elapsed(now), (change.before, change.after)
    past = [working(shift, minute) for shift in (before, after)]
    locked = any(
        (one.agent, one.day) == (change.agent, change.day)
        for rule in problem.rules
        if isinstance(rule, Locked)
        for one in rule.assignments
    )
    hours = [shift and (shift.template, shift.start, shift.end) for shift in (before, after)]
    return past[0] != past[1] or (locked and hours[0] != hours[1])


def working(shift: Shift | None, until: int) -> set[int]:
    """Minutes before some time at which someone is at work and on no break."""
    if shift is None:
        return set()
    breaks = {minute for taken in shift.breaks for minute in range(taken.start, taken.end)}
    return {*range(shift.start, min(shift.end, until))} - breaks


def show(console: Console, title: str, found: Replan, figures: Figures) -> None:
    """Print what a re-plan brings, and how much it touches."""
    rows = []
    for name in ("published", "before", "after"):
        standing = getattr(found, name)
        costs = standing.costs
        parts = (costs.service, costs.wages + costs.premiums, costs.rules, costs.total)
        answered = sum(standing.planned.values())
        rows.append([name, *(f"{part:,.2f}" for part in parts), f"{answered:,.1f}"])
    show_table(console, title, COLUMNS, rows)
    touched = f"{figures['moved_breaks']} breaks and {figures['changed_shifts']} shifts"
    facts = {
        "seconds": f"{figures['seconds']:.1f}",
        "recovered": percent(figures["recovered"]),
        "touched": f"{touched} of {figures['breaks_and_shifts']} "
        f"({percent(figures['touched_share'])})",
        "new breaches of hard rules": str(figures["hard_violations"]),
    }
    show_facts(console, facts)


if __name__ == "__main__":
    sys.exit(main())
