"""Problems under rules of the whole registry at once, random but drawn by hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

from wfm import (
    Agent,
    Break,
    Contract,
    Demand,
    Horizon,
    Household,
    Previous,
    Problem,
    Queue,
    ServiceTarget,
    ShiftTemplate,
    Skill,
    Window,
)
from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.forecast import Volume, staff
from wfm.horizon import SwapDay
from wfm.rule import Example, Rule
from wfm.rules._roster import random_roster
from wfm.rules.example import LUNCH, TEMPLATES

STARTS = (
    date(2026, 12, 7),
    date(2026, 12, 7),
    date(2026, 12, 11),
    date(2026, 10, 22),
    date(2027, 3, 26),
)
"""Two Mondays, a Friday, and two weeks in which clocks change."""
NAMES = ("anna", "ben", "cleo", "dora", "emil", "finn")
"""The first three are those of whom the examples of rules speak."""
WHOM: dict[str, tuple[str, ...]] = {
    "agents": NAMES[:3],
    "contracts": ("full", "part"),
    "teams": ("red", "blue"),
    "sites": ("north", "south"),
    "skills": ("voice", "lead"),
}
DAY = ShiftTemplate(
    id="day",
    start="09:00",
    latest="11:00",
    step=60,
    lengths=(510, 570),
    breaks=(LUNCH, Break(minutes=30, earliest=60, latest=420)),
)
NIGHTS_AND_SUNDAYS = (Window(start="22:00", end="06:00"), Window(days=("Sun",)))


@st.composite
def joint_problems(draw: st.DrawFn) -> Problem:
    """Draw three to six people under one to six rules, hard, soft or only reported."""
    problem = _centre(draw)
    names = draw(st.lists(st.sampled_from(_names()), min_size=1, max_size=6, unique=True))
    for name in names:
        example = draw(st.sampled_from(_examples(name)))
        rule = _varied(draw, example.problem.rules[0])
        counters = {**problem.previous.counters, **example.problem.previous.counters}
        update = {"rules": (*problem.rules, rule), "previous": Previous(counters=counters)}
        try:
            problem = problem.model_copy(update=update)
        except InputError:  # It does not fit these people, or another rule.
            continue
    if draw(st.booleans()):
        drawn, _ = random_roster(problem, np.random.default_rng(draw(st.integers(0, 999))))
        problem = problem.model_copy(update={"previous": drawn.previous})
    return problem


def _centre(draw: st.DrawFn) -> Problem:
    start = draw(st.sampled_from(STARTS))
    days = draw(st.integers(2, 15))
    swapped = draw(st.sampled_from([(), (1,)]))
    demand = _demand(
        Horizon(
            start=start,
            days=days,
            timezone="Europe/Berlin",
            interval=30,
            swaps=tuple(SwapDay(day=start + timedelta(d), counts_as="Sat") for d in swapped),
        ),
        calls=draw(st.sampled_from([1.0, 3.0, 8.0])),
        chats=draw(st.sampled_from([0.0, 3.0])),
    )
    both = len(demand.queues) > 1
    day = draw(st.sampled_from([TEMPLATES["D"], DAY]))
    pay: dict[str, Any] = {"premium": 0.5, "premium_hours": NIGHTS_AND_SUNDAYS}
    return Problem(
        demand=demand,
        agents=tuple(
            _agent(row, chats=both and draw(st.booleans()))
            for row in range(draw(st.integers(3, len(NAMES))))
        ),
        contracts=(
            Contract(id="full", weekly_hours=40, hourly_cost=15, **pay),
            Contract(id="part", weekly_hours=20, shifts=("early", "day", "short"), **pay),
        ),
        skills=(
            Skill(id="voice", queues=("calls",)),
            Skill(id="lead"),
            *([Skill(id="chat", queues=("chats",))] if both else []),
        ),
        households=(Household(id="home", members=("anna", "ben")),),
        shifts=tuple(day if letter == "D" else shift for letter, shift in TEMPLATES.items()),
    )


def _agent(row: int, *, chats: bool) -> Agent:
    skills = ("voice",) if row % 3 == 1 else ("voice", "lead")
    return Agent(
        id=NAMES[row],
        name=NAMES[row].title(),
        contract="part" if row in (2, 4) else "full",
        skills=(*skills, "chat") if chats else skills,
        team="blue" if row % 3 == 2 else "red",
        site="south" if row % 3 == 1 else "north",
        tier="junior" if row % 3 == 1 else "senior",
    )


def _demand(horizon: Horizon, calls: float, chats: float) -> Demand:
    hour = np.arange(horizon.slots) % 48 / 2
    contacts = np.stack([calls * (1.2 - np.cos(hour / 12 * np.pi)), np.where(hour < 9, 0, chats)])
    queues = ("calls", "chats") if chats else ("calls",)
    contacts = contacts[: len(queues)]
    volume = Volume(
        horizon=horizon,
        queues=queues,
        contacts=contacts,
        aht=np.full(contacts.shape, 240.0),
        lower=contacts,
        upper=contacts,
    )
    target = ServiceTarget(period="day", floor=0.3)
    return staff(volume, [Queue(id=queue, target=target) for queue in queues])


def _varied(draw: st.DrawFn, rule: Rule) -> Rule:
    """The rule hard, soft or only reported, and for others than in its example."""
    fields = {name: getattr(rule, name) for name in type(rule).model_fields}
    price = draw(st.sampled_from([None, None, 3.0, 45.0, 300.0, "informative"]))
    fields["informative"] = price == "informative"
    fields["weight"] = None if price == "informative" else price
    fields["article"] = draw(st.sampled_from(["", "§ 5"]))
    whom: dict[str, Any] = {}
    if isinstance(rule, AgentRule) and draw(st.booleans()):
        kind = draw(st.sampled_from(sorted(WHOM)))
        whom = dict.fromkeys(WHOM, ()) | {kind: (draw(st.sampled_from(WHOM[kind])),)}
        whom["waived_by"] = draw(st.sampled_from([(), ("ben",)]))
    try:
        return type(rule)(**fields | whom)
    except InputError:  # Some rules bind agents by name only.
        return type(rule)(**fields)


@cache
def _names() -> list[str]:
    """Names of the library's own rules; tests may have added others."""
    return sorted(
        name for name, rule in Rule.named.items() if rule.__module__.startswith("wfm.rules.")
    )


@cache
def _examples(name: str) -> list[Example]:
    return Rule.named[name].examples()
