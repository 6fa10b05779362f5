"""The files that a plan leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wfm import plot
from wfm.io.files import picture_bytes, write_files
from wfm.io.tables import demand_frame, roster_frame, schedule_frame
from wfm.judge.report import Report
from wfm.plan import Plan
from wfm.problem import Problem
from wfm.schedule import Schedule
from wfm.solver.interrupts import heeding_interrupts

RESULT = "result.json"
OF_A_FORECAST = ("forecast.csv", "demand.csv", "problem.json", "forecast.png")
OF_A_SCHEDULE = (
    "schedule.csv",
    "roster.csv",
    "schedule.json",
    RESULT,
    "report.json",
    "report.txt",
    "coverage.png",
    "roster.png",
    "heatmap.png",
)
FILES = (*OF_A_FORECAST, *OF_A_SCHEDULE)
WIDTH = 14.0


def write_outputs(plan: Plan, out: Path) -> list[Path]:
    """Write all files of a plan, which are made before the first of them is written.

    After Ctrl-C no further pictures are drawn, and all else is written. Pictures that are missing
    then, or all files of a schedule where there is none, go if an earlier plan left them, where its
    ``result.json`` shows that they are such a plan's.

    Parameters
    ----------
    plan : Plan
        What was planned.
    out : pathlib.Path
        Folder to write to.

    Returns
    -------
    list of pathlib.Path
        The files, in the order in which they were written.
    """
    made: dict[str, str | bytes] = {}
    with heeding_interrupts() as interrupted:
        made |= {
            "forecast.csv": plan.volume.frame().round(4).to_csv(index=False),
            "demand.csv": demand_frame(plan.demand).round(4).to_csv(index=False),
            "problem.json": plan.problem.to_json(),
        }
        pictures: dict[str, Callable[[], Figure]] = {
            "forecast.png": lambda: _forecast_picture(plan)
        }
        if plan.result.schedule is not None and plan.report is not None:
            made |= _texts(plan, plan.result.schedule, plan.report)
            pictures |= _pictures(plan.problem, plan.result.schedule, plan.report)
        # A second Ctrl-C does not wait for the picture under way.
        with suppress(KeyboardInterrupt):
            for name, draw in pictures.items():
                if interrupted():
                    break
                made[name] = picture_bytes(draw())
        files = {out / name: made[name] for name in FILES if name in made}
        earlier = (out / RESULT).exists()
        written = write_files(files)
        for name in FILES if earlier else ():
            if name not in made:
                (out / name).unlink(missing_ok=True)
    return written


def _texts(plan: Plan, schedule: Schedule, report: Report) -> dict[str, str]:
    problem = plan.problem
    return {
        "schedule.csv": schedule_frame(problem, schedule).to_csv(index=False),
        "roster.csv": roster_frame(problem, schedule).to_csv(),
        "schedule.json": schedule.to_json(),
        RESULT: plan.result.to_json(),
        "report.json": report.to_json(indent=2),
        "report.txt": "\n".join([f"{plan.result}\n", *plan.notes, f"\n{report}\n"]),
    }


def _pictures(
    problem: Problem, schedule: Schedule, report: Report
) -> dict[str, Callable[[], Figure]]:
    queues = [queue.id for queue in problem.demand.queues]
    days = problem.horizon.days
    return {
        "coverage.png": lambda: _panels(
            queues, 3.0, lambda q, ax: plot.coverage(problem, schedule, q, ax, report=report)
        ),
        "roster.png": lambda: _panels(
            [""], 1.2 + 0.22 * len(problem.agents), lambda _, ax: plot.roster(problem, schedule, ax)
        ),
        "heatmap.png": lambda: _panels(
            queues,
            0.8 + 0.32 * days,
            lambda q, ax: plot.heatmap(problem, schedule, q, ax, report=report),
        ),
    }


def _forecast_picture(plan: Plan) -> Figure:
    queues = [queue.id for queue in plan.demand.queues]
    return _panels(queues, 3.0, lambda queue, ax: plot.forecast(plan.volume, queue, ax))


def _panels(names: list[str], height: float, draw: Callable[[str, Axes], object]) -> Figure:
    """Make a figure of its own with a panel for each name, which no window will show."""
    figure = Figure(figsize=(WIDTH, height * len(names)), layout="constrained")
    for name, ax in zip(names, figure.subplots(len(names), 1, squeeze=False).ravel(), strict=True):
        draw(name, ax)
    return figure
