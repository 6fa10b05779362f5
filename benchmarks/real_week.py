"""A week of a bank's calls, forecast unseen and planned for 45 people with promises and requests.

The calls are those of a large North American bank in 2003, by 5 minutes, on weekdays from 07:00 to
21:05 (Weinberg, Brown and Stroud 2007; `bank_calls.csv` of the R package fpp3). The week is
forecast from the days before it and compared with what came, beside two simple forecasts of the
same days. Handle times are not in the data: 240 s are assumed.

The bank has many times the calls that 45 people can answer, so planning takes a share of them:
the one at which the hours that each quarter of an hour requires to answer 80 % within 20 s add
up to the hours that the 45 contracts usually have on the queue. The error of the forecast is
measured before that. Who the people are, and which rules of the sample centre they keep, is said
in `benchmarks/one_queue.py`.

In the end the schedule meets the calls that really came, thinned by the same share: Erlang C at
the heads given. Scaled counts vary less than those of a centre so small would.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.bank_calls import (
    AHT,
    PLANNING_INTERVAL,
    Floats,
    fitting_share,
    forecast_errors,
    read_week,
    required_hours,
    thinned,
)
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
from benchmarks.one_queue import contracted_hours, hours_while_closed, one_queue_center
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.forecast import staff
from wfm.io import Center
from wfm.judge.kpi import predicted
from wfm.judge.report import Report
from wfm.judge.verify import verify
from wfm.solver.solve import solve

DATA = Path("..") / "shared" / "data" / "bank_calls" / "bank_calls.csv"


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, help=f"the calls; default {DATA} of the repository")
    parser.add_argument("--start", type=date.fromisoformat, default="2003-06-23", help="a Monday")
    parser.add_argument("--seconds", type=float, help="of the solve; default 60, quick: 5")
    parser.add_argument("--seed", type=int, default=1, help="default 1")
    options = parser.parse_args(argv)
    options.data = options.data or (Path(__file__).parents[1] / DATA).resolve()
    if options.seconds is None:
        options.seconds = 5.0 if options.quick else 60.0
    return run("real_week", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Forecast, thin, solve, judge."""
    if options.start.weekday() != 0:
        raise InputError("start", "be a Monday", options.start.isoformat())
    week = read_week(options.data, options.start)
    found: Figures = {"forecast": forecast_errors(week)}
    show_forecast(console, found["forecast"])
    center = one_queue_center(options.start)
    hours = contracted_hours(center)
    share = fitting_share(week.volume, center.queues, hours["usual"])
    demand = staff(thinned(week.volume, share), center.queues, interval=PLANNING_INTERVAL)
    found["need"] = {
        "agents": len(center.agents),
        "share_of_calls": share,
        "calls": float(demand.contacts_array.sum()),
        "aht": AHT,
        "required_hours": required_hours(demand),
        "contracted_hours": hours,
    }
    found["plan"], found["days"] = plan(center, demand, week.planned * share, options)
    show_plan(console, found)
    return found


def plan(
    center: Center, demand: Demand, real: Floats, options: argparse.Namespace
) -> tuple[Figures, list[Figures]]:
    """Solve, and judge the schedule on the forecast and on the calls that came."""
    problem = center.problem(demand)
    warm_up(problem, options.seconds)
    result = solve(problem, seconds=options.seconds, seed=options.seed)
    schedule = schedule_of(result)
    report = verify(problem, schedule)
    figures = {
        "status": result.status,
        "cost": report.costs.total,
        "costs": report.costs.model_dump(exclude={"total"}),
        "bound": result.bound,
        "gap": result.gap,
        "seconds": result.seconds,
        "hard_violations": len(report.hard),
        "promises": report.promises,
        "promises_kept": report.promises_kept,
        "requests": report.requests,
        "requests_kept": report.requests_kept,
        "paid_hours": sum(report.paid_hours.values()),
        "hours_while_closed": hours_while_closed(demand, schedule),
        "target": demand.queues[0].target.level,
    }
    days, levels = service_levels(demand, real, report)
    return figures | levels, days


def service_levels(demand: Demand, real: Floats, report: Report) -> tuple[list[Figures], Figures]:
    """Levels by day and of the week, on the forecast and on the calls that came."""
    came = demand.model_copy(update={"contacts": (tuple(real.tolist()),)})
    in_time = real * predicted(came, np.array([report.queues[0].heads]))[0]
    slot_days = demand.horizon.slot_days
    periods = {"week": np.full(len(slot_days), fill_value=True)}
    for day in np.unique(slot_days[demand.contacts_array[0] > 0]).tolist():
        periods[demand.horizon.date_of(day).isoformat()] = slot_days == day
    levels: dict[str, Figures] = {}
    for found in report.service:
        name = "week" if found.kind == "week" else found.period
        if name in periods:
            calls, answered = (float(each[periods[name]].sum()) for each in (real, in_time))
            level = {
                "level_expected": found.level,
                "level_real": answered / calls if calls else None,
            }
            levels[name] = {"day": name, "expected": found.offered, "came": calls, **level}
    week = levels.pop("week")
    return list(levels.values()), {name: week[name] for name in ("level_expected", "level_real")}


def show_forecast(console: Console, found: Figures) -> None:
    """Print how far off the forecasts were."""
    rows = [
        [name, percent(error["interval"]), percent(error["day"]), f"{error['bias']:+.1%}"]
        for name, error in found["wape"].items()
    ]
    title = f"Forecast of the unseen week ({found['calls']:,.0f} calls came), WAPE"
    show_table(console, title, ["forecast", "30 min", "day", "bias"], rows)
    console.print(f"intervals inside the 80 % band of wfm: {percent(found['inside_band'])}")


def show_plan(console: Console, found: Figures) -> None:
    """Print what was planned, what it cost, and what service it gave."""
    need, made = found["need"], found["plan"]
    hours = need["contracted_hours"]
    rows = [
        [
            day["day"],
            f"{day['expected']:,.0f}",
            f"{day['came']:,.0f}",
            percent(day["level_expected"]),
            percent(day["level_real"]),
        ]
        for day in found["days"]
    ]
    columns = ["day", "calls expected", "calls that came", "level expected", "level really"]
    show_table(console, f"Plan for {need['agents']} agents", columns, rows)
    facts = {
        "share of the calls": f"{percent(need['share_of_calls'], 2)}, {need['calls']:,.0f} calls",
        "required": f"{need['required_hours']:,.0f} h, 80 % within 20 s in each 15 minutes alone",
        "contracted": f"{hours['least']:,.0f} to {hours['most']:,.0f} paid h, usually "
        f"{hours['usual']:,.0f} h on the queue",
        "paid": f"{made['paid_hours']:,.0f} h, {made['hours_while_closed']:g} h while closed",
        "cost": f"{made['cost']:,.0f}, bound {made['bound']:,.0f}, gap {percent(made['gap'], 2)} "
        f"after {made['seconds']:.0f} s",
        "weekly level": f"{percent(made['level_expected'])} expected, "
        f"{percent(made['level_real'])} with the calls that came, target {made['target']:.0%}",
        "hard violations": str(made["hard_violations"]),
        "promises kept": f"{made['promises_kept']} of {made['promises']}",
        "requests kept": f"{made['requests_kept']} of {made['requests']}",
    }
    show_facts(console, facts)


if __name__ == "__main__":
    sys.exit(main())
