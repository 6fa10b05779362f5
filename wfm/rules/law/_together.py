"""Several laws at once: of rules that differ in their numbers only, the more protective one."""

from __future__ import annotations

from collections.abc import Iterable

from wfm.agent_rule import AgentRule
from wfm.rule import Rule
from wfm.rules.average_hours import AverageHours
from wfm.rules.breaks_by_length import BreaksByLength
from wfm.rules.compensation_day import CompensationDay
from wfm.rules.days_off import DaysOff
from wfm.rules.free_sundays import FreeSundays
from wfm.rules.hours import Hours
from wfm.rules.law._kit import Rules
from wfm.rules.max_days_in_a_row import MaxDaysInARow
from wfm.rules.min_rest import MinRest
from wfm.rules.night_average import NightAverage
from wfm.rules.span import Span
from wfm.rules.weekly_rest import WeeklyRest

MORE, LESS = 1, -1
PROTECTS: dict[type[Rule], dict[str, int]] = {
    AverageHours: {"most": LESS},
    BreaksByLength: {
        "longer_than": LESS,
        "minutes": MORE,
        "piece": MORE,
        "unbroken": LESS,
        "latest_start": LESS,
    },
    CompensationDay: {"within": LESS, "before": LESS},
    DaysOff: {"least": MORE},
    FreeSundays: {"least": MORE},
    Hours: {"most": LESS},
    MaxDaysInARow: {"days": LESS},
    MinRest: {"hours": MORE},
    NightAverage: {"most": LESS, "nights": LESS},
    Span: {"hours": LESS},
    WeeklyRest: {"hours": MORE, "inside": MORE},
}
"""Numbers of rules, and whether more or less of them protects people more."""
WHOM = tuple(name for name in AgentRule.model_fields if name not in Rule.model_fields)


def together(*sets: Iterable[Rule]) -> Rules:
    """All rules of several sets, without those that another one holds anyway.

    A rule goes if one of the same kind, and for the same people or for everyone, protects as much
    in each of its numbers and is alike in all else: whether it is hard, and over which time it
    counts. Of two that are equal but for their articles the first stays. Rules of which each is
    stricter in some number both stay, and so do all others: each holds for itself.

    Parameters
    ----------
    *sets : iterable of Rule
        Such as presets of this module.
    """
    kept: list[Rule] = []
    for rule in (rule for rules in sets for rule in rules):
        if not any(_covers(other, rule) for other in kept):
            kept = [other for other in kept if not _covers(rule, other)]
            kept.append(rule)
    return tuple(kept)


def _covers(one: Rule, other: Rule) -> bool:
    """Whether a schedule that keeps the one keeps the other for sure."""
    numbers = PROTECTS.get(type(one))
    if numbers is None or type(other) is not type(one) or not _same_people(one, other):
        return False
    for name in type(one).model_fields:
        mine, theirs = getattr(one, name), getattr(other, name)
        if name in numbers:
            if not _protects(mine, theirs, numbers[name]):
                return False
        elif name not in WHOM and name != "article" and mine != theirs:
            return False
    return True


def _same_people(one: Rule, other: Rule) -> bool:
    if isinstance(one, AgentRule) and one.binds_everyone and not one.waived_by:
        return True
    return all(set(getattr(one, name)) == set(getattr(other, name)) for name in WHOM)


def _protects(mine: float | None, theirs: float | None, way: int) -> bool:
    """Whether a number protects as much as another one; none at all protects nobody."""
    if mine is None or theirs is None:
        return theirs is None
    return way * mine >= way * theirs
