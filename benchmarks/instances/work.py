"""Rules of work of an instance: rest, hours, days off and nights."""

from __future__ import annotations

from benchmarks.instances.centre import CONTRACTS
from benchmarks.instances.specification import Specification
from wfm.rule import Rule
from wfm.rules.days_off import DaysOff
from wfm.rules.hours import Hours
from wfm.rules.max_days_in_a_row import MaxDaysInARow
from wfm.rules.max_nights import MaxNights
from wfm.rules.max_nights_in_a_row import MaxNightsInARow
from wfm.rules.max_weekends import MaxWeekends
from wfm.rules.min_rest import MinRest
from wfm.rules.one_shift_a_day import OneShiftADay
from wfm.rules.whole_weekends import WholeWeekends

OVER_A_WEEK = 4
"""Hours beyond the contract's in a week, where four weeks even them out."""
SLACK_OF_WEEKS = 2
"""Hours a week fewer than the contract's that four weeks may have."""


def work_rules(spec: Specification) -> tuple[Rule, ...]:
    """Rules that bind everyone, or everyone of a contract."""
    return (
        OneShiftADay(),
        MinRest(hours=11),
        MaxDaysInARow(days=6),
        DaysOff(least=2, per="week"),
        MaxNightsInARow(nights=4),
        *(_of_month(spec) if spec.by_month else _of_week()),
    )


def _of_week() -> list[Rule]:
    hours = [
        Hours(contracts=(each.id,), least=each.weekly - each.slack, most=each.weekly)
        for each in CONTRACTS
    ]
    return [*hours, MaxNights(most=4)]


def _of_month(spec: Specification) -> list[Rule]:
    """Hours even out over the horizon; nights and weekends are bounded over it."""
    rules: list[Rule] = []
    for each in CONTRACTS:
        least, most = each.weekly - 2 * each.slack, each.weekly + OVER_A_WEEK
        rules.append(Hours(contracts=(each.id,), least=least, most=most))
        least, most = spec.weeks * (each.weekly - SLACK_OF_WEEKS), spec.weeks * each.weekly
        rules.append(Hours(contracts=(each.id,), least=least, most=most, per="horizon"))
    return [
        *rules,
        MaxNights(most=2 * spec.weeks, per="horizon"),
        MaxWeekends(most=3, weeks=4),
        WholeWeekends(contracts=("full",), weight=15.0),
    ]
