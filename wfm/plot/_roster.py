"""Who works when, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from wfm.agent import Agent
from wfm.plot._style import GROUPS, INK, LINES, MUTED, new_axes, plain, time_axis, titled
from wfm.problem import Problem
from wfm.schedule import Schedule, Shift

BAR = 0.74


def roster(
    problem: Problem,
    schedule: Schedule,
    ax: Axes | None = None,
    *,
    days: Sequence[int] | None = None,
) -> Axes:
    """Draw a row for each agent: shifts as bars coloured by skills, breaks as gaps in them.

    Activities in which no queue is answered are hatched.

    Parameters
    ----------
    problem : Problem
        Whose agents, in groups of equal skills.
    schedule : Schedule
        Who works when.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.
    days : sequence of int, optional
        Indexes of the days to show, from the first to the last of them; all by default.

    Returns
    -------
    matplotlib.axes.Axes
    """
    agents = _by_group(problem)
    ax = new_axes(14, 1.2 + 0.22 * len(agents)) if ax is None else ax
    groups = list(dict.fromkeys(agent.skills for agent in agents))
    past = [shift for shift in problem.previous.shifts if shift.end > 0]
    for row, agent in enumerate(agents):
        colour = GROUPS[groups.index(agent.skills) % len(GROUPS)]
        mine = [*(shift for shift in past if shift.agent == agent.id), *schedule.of(agent.id)]
        _draw(ax, row, mine, colour)
    for row in range(1, len(agents)):
        if agents[row].skills != agents[row - 1].skills:
            ax.axhline(row - 0.5, color=LINES, linewidth=1.0, zorder=1)
    plain(ax, grid=False)
    time_axis(ax, problem.horizon, days)
    ax.set_ylim(len(agents) - 0.4, -0.6)
    ax.set_yticks(range(len(agents)), [str(agent) for agent in agents], fontsize=8.5, color=INK)
    titled(ax, _title(problem, days))
    _legend(ax, groups)
    _paid_hours(ax, agents, schedule)
    return ax


def _by_group(problem: Problem) -> list[Agent]:
    """Agents in groups of equal skills, in the problem's order of groups."""
    groups = list(dict.fromkeys(agent.skills for agent in problem.agents))
    return sorted(problem.agents, key=lambda agent: groups.index(agent.skills))


def _title(problem: Problem, days: Sequence[int] | None) -> str:
    shown = days or range(problem.horizon.days)
    first, last = (problem.horizon.day_label(day) for day in (min(shown), max(shown)))
    year = problem.horizon.date_of(max(shown)).year
    return f"Roster, {first} {year}" if first == last else f"Roster, {first} to {last} {year}"


def _legend(ax: Axes, groups: Sequence[tuple[str, ...]]) -> None:
    handles = [
        Patch(color=GROUPS[index % len(GROUPS)], label=" + ".join(group))
        for index, group in enumerate(groups)
    ]
    ax.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=len(handles),
        frameon=False,
        fontsize=9,
        labelcolor=INK,
        handlelength=1.0,
        handleheight=0.9,
    )


def _paid_hours(ax: Axes, agents: Sequence[Agent], schedule: Schedule) -> None:
    """Write each agent's paid hours of the whole horizon at the right of the row."""
    for row, agent in enumerate(agents):
        hours = sum(shift.paid_minutes for shift in schedule.of(agent.id)) / 60
        ax.annotate(
            f"{hours:g} h",
            (1.0, row),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=MUTED,
        )


def _draw(ax: Axes, row: int, shifts: Sequence[Shift], colour: str) -> None:
    place = (row - BAR / 2, BAR)
    bars = [(shift.start, shift.minutes) for shift in shifts]
    gaps = [(taken.start, taken.end - taken.start) for shift in shifts for taken in shift.breaks]
    ax.broken_barh(bars, place, facecolors=colour, linewidth=0, zorder=2)
    ax.broken_barh(gaps, place, facecolors="white", linewidth=0, zorder=3)
    held = [a for shift in shifts for a in shift.activities if not a.queues]
    if held:
        times = [(a.start, a.end - a.start) for a in held]
        drawn = ax.broken_barh(times, place, facecolors="white", linewidth=0, zorder=3)
        drawn.set(edgecolor=colour, hatch="////", alpha=0.75)
