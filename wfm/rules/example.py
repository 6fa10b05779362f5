"""Small problems and rosters in letters, from which rules make their examples."""

from __future__ import annotations

from datetime import date

from wfm.agent import Agent, Contract, Household, Skill
from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.problem import Previous, Problem
from wfm.queue import Queue
from wfm.rule import Example, Rule
from wfm.schedule import ActivityTime, BreakTime, Schedule, Shift
from wfm.shift import Break, ShiftTemplate

LUNCH = Break(minutes=30, earliest=180, latest=270, paid=False, label="lunch")
TEMPLATES = {
    "E": ShiftTemplate(id="early", start="06:00", lengths=(510,), breaks=(LUNCH,)),
    "D": ShiftTemplate(id="day", start="09:00", latest="10:00", lengths=(510,), breaks=(LUNCH,)),
    "L": ShiftTemplate(id="late", start="14:00", lengths=(510,), breaks=(LUNCH,)),
    "N": ShiftTemplate(id="night", start="22:00", lengths=(480,)),
    "S": ShiftTemplate(id="short", start="09:00", lengths=(240,)),
}
PEOPLE = ("anna", "ben", "cleo")
MONDAY = date(2026, 12, 7)
FRIDAY = date(2026, 12, 11)
SUNDAY = date(2026, 12, 13)
SPRING_SATURDAY = date(2027, 3, 27)
"""The clocks go forward in the night after it: 22:00–06:00 has seven hours."""

Held = tuple[int, str, str, str]
"""An activity: day of its shift, from, to, and what it is called."""


def example(
    title: str,
    rule: Rule,
    rosters: dict[str, str],
    amount: float = 0,
    *,
    also: dict[str, str] | None = None,
    before: dict[str, str] | None = None,
    counters: dict[str, dict[str, int]] | None = None,
    held: dict[str, list[Held]] | None = None,
    start: date = MONDAY,
    timezone: str = "Europe/Berlin",
) -> Example:
    """Make an example from rosters in letters.

    Anna, Ben and Cleo share the contract ``full`` of 40 hours a week; Anna and Ben the household
    ``home`` and the team ``red``; Cleo is alone in team ``blue``. Anna and Cleo have the skill
    ``lead``, all have ``voice``; Anna and Cleo work at the site ``north``, Ben at ``south``.

    Parameters
    ----------
    title : str
        What it shows.
    rule : Rule
        The only rule of the problem.
    rosters : dict
        Agent -> one letter a day: E early 06:00–14:30, D day 09:00–17:30, L late 14:00–22:30,
        N night 22:00–06:00, S short 09:00–13:00, ``-`` off. All of one length: the horizon.
    amount : float
        By how much the roster breaks the rule.
    also : dict, optional
        Agent -> letters of further shifts on the same days.
    before : dict, optional
        Agent -> letters of the days just before the horizon, the last one being the day before.
    counters : dict, optional
        Counters carried over from the previous period.
    held : dict, optional
        Agent -> activities in the shifts: day of the shift, from, to, and what it is called, such
        as ``(0, "10:00", "11:00", "coaching")``. Past midnight, hours go on: ``"25:00"``. A
        break that is in the way comes after it.
    start : datetime.date
        First day of the horizon; a Monday by default.
    timezone : str
        Where it plays.
    """
    days = max(len(letters) for letters in rosters.values())
    horizon = Horizon(start=start, days=days, timezone=timezone, interval=30)
    past = [
        _holding(horizon, shift, held or {})
        for name, letters in (before or {}).items()
        for shift in _shifts(horizon, {name: letters}, -len(letters))
    ]
    planned = [*_shifts(horizon, rosters, 0), *_shifts(horizon, also or {}, 0)]
    shifts = [_holding(horizon, shift, held or {}) for shift in planned]
    problem = Problem(
        demand=_no_demand(horizon),
        agents=tuple(
            Agent(
                id=name,
                name=name.title(),
                contract="full",
                skills=("voice",) if name == "ben" else ("voice", "lead"),
                team="blue" if name == "cleo" else "red",
                site="south" if name == "ben" else "north",
                tier="junior" if name == "ben" else "senior",
            )
            for name in PEOPLE
        ),
        contracts=(Contract(id="full", weekly_hours=40),),
        skills=(Skill(id="voice", queues=("calls",)), Skill(id="lead")),
        households=(Household(id="home", members=("anna", "ben")),),
        shifts=tuple(TEMPLATES.values()),
        rules=(rule,),
        previous=Previous(shifts=tuple(past), counters=counters or {}),
    )
    return Example(title, problem, Schedule.of_shifts(shifts), amount)


def _no_demand(horizon: Horizon) -> Demand:
    zeros = (0.0,) * horizon.slots
    return Demand(
        horizon=horizon,
        queues=(Queue(id="calls"),),
        contacts=(zeros,),
        aht=((60.0,) * horizon.slots,),
        required=((0,) * horizon.slots,),
        service=((((0, 0.0),),) * horizon.slots,),
    )


def _shifts(horizon: Horizon, rosters: dict[str, str], first: int) -> list[Shift]:
    return [
        _shift(horizon, agent, first + index, TEMPLATES[letter])
        for agent, letters in rosters.items()
        for index, letter in enumerate(letters)
        if letter != "-"
    ]


def _holding(horizon: Horizon, shift: Shift, held: dict[str, list[Held]]) -> Shift:
    mine = [each for each in held.get(shift.agent, ()) if each[0] == shift.day]
    if not mine:
        return shift
    activities = tuple(
        ActivityTime(
            start=horizon.minute(day, _minutes(start)),
            end=horizon.minute(day, _minutes(end)),
            activity=name,
        )
        for day, start, end, name in mine
    )
    breaks: list[BreakTime] = []
    for taken in shift.breaks:
        start = taken.start
        while any(a.start < start + taken.end - taken.start and start < a.end for a in activities):
            start += horizon.interval
        breaks.append(
            taken.model_copy(update={"start": start, "end": start + taken.end - taken.start})
        )
    return Shift(**{**dict(shift), "activities": activities, "breaks": tuple(breaks)})


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)


def _shift(horizon: Horizon, agent: str, day: int, template: ShiftTemplate) -> Shift:
    start = horizon.minute(day, template.starts[0])
    breaks = tuple(
        BreakTime(
            start=start + pause.earliest,
            end=start + pause.earliest + pause.minutes,
            paid=pause.paid,
            label=pause.label,
        )
        for pause in template.breaks
    )
    end = start + template.lengths[0]
    return Shift(agent=agent, day=day, template=template.id, start=start, end=end, breaks=breaks)
