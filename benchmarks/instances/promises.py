"""Promises to families and wishes, drawn so that each can be kept beside the rules of work.

Nobody has two hard promises of his own, and those of a couple speak of evenings, days or starts
that leave both enough hours: so all can be kept together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import numpy as np

from benchmarks.instances.centre import BANDS
from benchmarks.instances.couples import couple_rules
from benchmarks.instances.specification import WEEK, Specification
from wfm.agent import Agent, Household
from wfm.horizon import WEEKDAYS
from wfm.rule import Rule
from wfm.rules.availability import Availability
from wfm.rules.caregiving_window import CaregivingWindow
from wfm.rules.day_off_request import DayOffRequest
from wfm.rules.days_off_together import DaysOffTogether
from wfm.rules.max_weekends import MaxWeekends
from wfm.rules.no_nights import NoNights
from wfm.rules.shift_request import ShiftRequest
from wfm.window import Window

WORKDAYS = WEEKDAYS[:5]
TRAVEL = 30
SCHOOL = Window(days=WORKDAYS, start="06:30", end="08:30")
SUPPER = Window(days=WORKDAYS, start="17:00", end="20:00")
OFFICE = Window(days=WORKDAYS, start="07:00", end="19:00")
WISHES = (10.0, 20.0, 40.0)
"""Costs of a refused wish."""

Random = np.random.Generator
Draw = Callable[[Specification, str, Random], Rule]


def promises(
    spec: Specification, agents: Sequence[Agent], random: Random
) -> tuple[tuple[Household, ...], tuple[Rule, ...]]:
    """Draw who lives together, what is promised to whom, and what some of them wish."""
    couples = round(spec.couple_share * spec.agents / 2)
    chosen = max(round(spec.family_share * spec.agents), 2 * couples)
    order = random.permutation(spec.agents)[:chosen]
    names = [agents[index].id for index in order]
    households = tuple(
        Household(id=f"h{number:04}", members=tuple(names[2 * number - 2 : 2 * number]))
        for number in range(1, couples + 1)
    )
    rules = [rule for home in households for rule in couple_rules(home.id, random)]
    kinds, shares = list(KINDS), np.array(list(KINDS.values()))
    rules += [
        kinds[random.choice(len(kinds), p=shares)](spec, name, random)
        for name in names[2 * couples :]
    ]
    for index in order:
        if random.random() < spec.wish_share:
            rules.extend(_wishes(spec, agents[index], random))
    return households, tuple(rules)


def _school(_: Specification, agent: str, random: Random) -> Rule:
    window = SCHOOL if random.random() < 0.5 else SUPPER
    return CaregivingWindow(agents=(agent,), windows=(window,), travel=TRAVEL)


def _afternoons(_: Specification, agent: str, random: Random) -> Rule:
    days = tuple(WORKDAYS[day] for day in sorted(random.choice(5, 2, replace=False)))
    window = Window(days=days, start="14:00", end="18:00")
    return CaregivingWindow(agents=(agent,), windows=(window,), travel=TRAVEL)


def _alternate_weekends(_: Specification, agent: str, random: Random) -> Rule:
    weeks = "odd" if random.random() < 0.5 else "even"
    window = Window(days=WEEKDAYS[5:], weeks=weeks)
    return CaregivingWindow(agents=(agent,), windows=(window,))


def _no_nights(_: Specification, agent: str, __: Random) -> Rule:
    return NoNights(agents=(agent,))


def _office(_: Specification, agent: str, __: Random) -> Rule:
    return Availability(agents=(agent,), available=(OFFICE,))


def _free_weekday(_: Specification, agent: str, random: Random) -> Rule:
    window = Window(days=(WORKDAYS[random.integers(5)],))
    return Availability(agents=(agent,), unavailable=(window,))


def _free_weekends(spec: Specification, agent: str, _: Random) -> Rule:
    return MaxWeekends(agents=(agent,), most=spec.weeks // 2)


def _days_together(_: Specification, agent: str, __: Random) -> Rule:
    return DaysOffTogether(agents=(agent,), days=2)


KINDS: dict[Draw, float] = {
    _school: 0.25,
    _afternoons: 0.20,
    _no_nights: 0.20,
    _alternate_weekends: 0.10,
    _office: 0.10,
    _free_weekday: 0.05,
    _free_weekends: 0.05,
    _days_together: 0.05,
}
"""Promises to one person, and how often each is made."""


def _wishes(spec: Specification, agent: Agent, random: Random) -> Iterator[Rule]:
    """A wish for each week: a day off, or a day without some kind of shift."""
    for week in range(spec.weeks):
        day = WEEK * week + int(random.integers(WEEK))
        weight = WISHES[random.integers(len(WISHES))]
        when = spec.start + timedelta(days=day)
        if random.random() < 0.6:
            yield DayOffRequest(agents=(agent.id,), dates=(when,), weight=weight)
        else:
            spared = list(BANDS)[random.integers(len(BANDS))]
            templates = (f"{agent.contract}_{spared}",)
            yield ShiftRequest(
                agents=(agent.id,), dates=(when,), templates=templates, wanted=False, weight=weight
            )
