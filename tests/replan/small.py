"""A small centre with a roster that people know, for re-plans that a person can check."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from functools import cache

import wfm
from wfm import forecast, rules
from wfm.schedule import BreakTime

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)
DAY = 1440
LUNCH = 210
"""Minutes after the shift's start at which lunch is published."""


def at(text, day=TUESDAY):
    """A wall-clock time of a day."""
    return datetime.fromisoformat(f"{day} {text}")


@cache
def demand(calls=30.0):
    """The same calls from 8 to 20 on each of three days; twice as many at lunch time."""
    horizon = wfm.Horizon(start=MONDAY, days=3, timezone="Europe/Berlin", interval=30)
    hours = [slot % 48 / 2 for slot in range(horizon.slots)]
    contacts = [[calls * (8 <= h < 20) * (1 + (12 <= h < 13)) for h in hours]]
    volume = forecast.Volume(
        horizon=horizon,
        queues=("voice",),
        contacts=contacts,
        aht=[[240.0] * horizon.slots],
        lower=contacts,
        upper=contacts,
    )
    target = wfm.ServiceTarget(period="day", price=8.0)
    return forecast.staff(volume, [wfm.Queue(id="voice", target=target)])


def problem_of(*given, agents=10, calls=30.0):
    """Ten people who work from 8 or from 12, or start at any hour between; lunch may move."""
    lunch = wfm.Break(minutes=30, earliest=150, latest=300, paid=False, label="lunch")
    return wfm.Problem(
        demand=demand(calls),
        agents=[
            wfm.Agent(id=f"a{n}", name=f"Agent {n}", contract="full", skills=("voice",))
            for n in range(agents)
        ],
        contracts=[wfm.Contract(id="full", hourly_cost=20, weekly_hours=40)],
        skills=[wfm.Skill(id="voice", queues=("voice",))],
        households=[wfm.Household(id="home", members=("a0", "a1"))],
        shifts=[
            wfm.ShiftTemplate(
                id="day", start="08:00", latest="12:00", step=60, lengths=(480,), breaks=(lunch,)
            )
        ],
        rules=(rules.MinRest(hours=11), *given),
    )


def roster(agents=10, off=()):
    """Those of even number from 8 to 16, the others from 12 to 20, on Monday and Tuesday."""
    return wfm.Schedule.of_shifts(
        [
            shift_of(f"a{n}", day, 480 if n % 2 == 0 else 720)
            for n in range(agents)
            for day in (0, 1)
            if (f"a{n}", day) not in off
        ]
    )


def shift_of(agent, day, start, minutes=480, lunch=LUNCH):
    """A shift of the template from a minute of a day on."""
    first = day * DAY + start
    return wfm.Shift(
        agent=agent,
        day=day,
        template="day",
        start=first,
        end=first + minutes,
        breaks=(BreakTime(start=first + lunch, end=first + lunch + 30, paid=False, label="lunch"),),
    )


def hard(problem, schedule):
    """By how much hard rules are broken, by rule and whom it concerns."""
    found = Counter()
    for violation in wfm.verify(problem, schedule).hard:
        found[violation.rule, violation.agents] += violation.amount
    return found


def differing(before, after):
    """Agents and days whose shifts are not the same in two schedules."""
    return {
        (shift.agent, shift.day)
        for one, other in ((before, after), (after, before))
        for shift in one.shifts
        if shift not in other.shifts
    }
