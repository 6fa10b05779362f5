"""Small problems for the solver's tests, random but drawn by hypothesis."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import strategies as st

from wfm import (
    Agent,
    Break,
    Contract,
    Horizon,
    Household,
    Previous,
    Problem,
    Queue,
    ServiceTarget,
    Shift,
    ShiftTemplate,
    Skill,
    Window,
    rules,
)
from wfm.forecast import Volume, staff

SHIFTS = (
    ShiftTemplate(
        id="early",
        start="06:00",
        latest="08:00",
        step=60,
        lengths=(480,),
        breaks=(
            Break(minutes=60, earliest=120, latest=240, paid=False, label="lunch"),
            Break(minutes=60, earliest=240, latest=360, paid=True),
        ),
    ),
    ShiftTemplate(id="late", start="14:00", lengths=(480,)),
    ShiftTemplate(id="night", start="22:00", lengths=(480, 540)),
    ShiftTemplate(id="short", start="10:00", lengths=(240,), days=("Mon", "Tue", "Sat", "Sun")),
)
SKILLS = (
    Skill(id="calls", queues=("calls",)),
    Skill(id="chats", queues=("chats",)),
    Skill(id="lead"),
)


def problem_of(
    agents: int = 3,
    days: int = 7,
    calls: float = 12.0,
    chats: float = 0.0,
    given: tuple[rules.Rule, ...] = (),
    *,
    start: date = date(2026, 12, 7),
    timezone: str = "Europe/Berlin",
    shifts: tuple[ShiftTemplate, ...] = SHIFTS,
    previous: Previous | None = None,
) -> Problem:
    """A centre with the same contacts each hour of the day: calls, and chats if there are any."""
    horizon = Horizon(start=start, days=days, timezone=timezone, interval=60)
    target = ServiceTarget(period="day", floor=0.3)
    queues = [Queue(id="calls", target=target), Queue(id="chats", concurrency=2)]
    hour = np.arange(horizon.slots) % 24
    contacts = np.stack([calls * (1 + np.sin(hour / 24 * np.pi)), np.full(len(hour), chats)])
    volume = Volume(
        horizon=horizon,
        queues=("calls", "chats"),
        contacts=contacts,
        aht=np.full(contacts.shape, 240.0),
        lower=contacts,
        upper=contacts,
    )
    mix = (("calls", "lead"), ("calls", "chats"), ("chats", "calls", "lead"), ("calls",))
    return Problem(
        demand=staff(volume, queues if chats else queues[:1]),
        agents=tuple(
            Agent(id=f"a{n}", name=f"Agent {n}", contract="full", skills=_known(mix[n % 4], chats))
            for n in range(agents)
        ),
        contracts=(
            Contract(
                id="full",
                hourly_cost=15,
                premium=0.5,
                premium_hours=(Window(start="22:00", end="06:00"),),
            ),
        ),
        skills=SKILLS if chats else (SKILLS[0], SKILLS[2]),
        households=(Household(id="home", members=("a0", "a1")),) if agents > 1 else (),
        shifts=shifts,
        rules=given,
        previous=previous or Previous(),
    )


def _known(skills: tuple[str, ...], chats: float) -> tuple[str, ...]:
    return skills if chats else tuple(skill for skill in skills if skill != "chats")


def night_before(agent: str) -> Shift:
    """A night shift on the day before the horizon."""
    return Shift(agent=agent, day=-1, template="night", start=-120, end=360)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Random centres of two to five agents under random rules, over a normal or a DST week."""
    agents = draw(st.integers(2, 5))
    start = draw(st.sampled_from([date(2026, 12, 7), date(2026, 10, 22), date(2026, 3, 26)]))
    soft = draw(st.sampled_from([None, 25.0]))
    menu = (
        rules.MinRest(hours=draw(st.sampled_from([9, 11]))),
        rules.Hours(most=40, per="week"),
        rules.Hours(least=draw(st.sampled_from([7, 14])), per="horizon", weight=soft),
        rules.MaxDaysInARow(days=draw(st.integers(2, 5))),
        rules.DaysOff(least=2, per="horizon"),
        rules.ForbiddenSuccession(first=("night",), then=("early", "short"), weight=soft),
        rules.CaregivingWindow(
            agents=("a0",), windows=(Window(days=("Mon", "Thu"), start="15:00", end="17:00"),)
        ),
        rules.SomeoneAtHome(household="home", windows=(Window(start="20:00", end="07:00"),)),
        rules.SameDaysOff(household="home", weight=soft),
        rules.MinSkillOnDuty(
            skill="lead", windows=(Window(start="15:00", end="16:00"),), weight=soft
        ),
        rules.DayOffRequest(agents=("a1",), days=("Sat",)),
        rules.ShiftRequest(agents=("a1",), days=("Fri",), templates=("late",)),
    )
    chosen = draw(st.lists(st.sampled_from(menu), max_size=7, unique_by=lambda r: r.name()))
    past = Previous(shifts=(night_before("a0"),)) if draw(st.booleans()) else None
    return problem_of(
        agents,
        days=draw(st.integers(2, 9)),
        calls=draw(st.floats(1, 30)),
        chats=draw(st.sampled_from([0.0, 6.0])),
        given=tuple(chosen),
        start=start,
        previous=past,
    )
