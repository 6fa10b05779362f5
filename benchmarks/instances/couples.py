"""What is promised to two people who live together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.rule import Rule
from wfm.rules.apart import Apart
from wfm.rules.same_days_off import SameDaysOff
from wfm.rules.shared_free_time import SharedFreeTime
from wfm.rules.someone_at_home import SomeoneAtHome
from wfm.rules.starts_together import StartsTogether
from wfm.window import Window

SLEEP = Window(start="19:00", end="07:00")
EVENING = Window(start="18:00", end="22:00")
TRAVEL = 30
HAND_OVER = 30
ONE_CAR = 60


def couple_rules(household: str, random: np.random.Generator) -> tuple[Rule, ...]:
    """Draw the promises of a couple."""
    return list(KINDS)[random.choice(len(KINDS), p=list(KINDS.values()))](household)


def _children(household: str) -> tuple[Rule, ...]:
    """Someone is with the children by night, and there is a day for all."""
    return (
        SomeoneAtHome(household=household, windows=(SLEEP,), travel=TRAVEL),
        SharedFreeTime(household=household, least=1),
    )


def _infant(household: str) -> tuple[Rule, ...]:
    """One of them is always at home, but for a hand-over; a day for all is a wish."""
    return (
        Apart(household=household, overlap=HAND_OVER),
        SharedFreeTime(household=household, least=1, weight=40.0),
    )


def _one_car(household: str) -> tuple[Rule, ...]:
    """They drive together, and rather have the same days off."""
    return (
        StartsTogether(household=household, minutes=ONE_CAR),
        SameDaysOff(household=household, weight=15.0),
    )


def _evenings(household: str) -> tuple[Rule, ...]:
    """Two evenings a week are theirs."""
    return (SharedFreeTime(household=household, least=2, windows=(EVENING,)),)


KINDS: dict[Callable[[str], tuple[Rule, ...]], float] = {
    _children: 0.5,
    _infant: 0.2,
    _one_car: 0.15,
    _evenings: 0.15,
}
"""Kinds of couple, and how often each is met."""
