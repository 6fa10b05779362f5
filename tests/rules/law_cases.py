"""For each rule of each preset, in their order: rosters just inside and just outside of it.

A pair stands for a number of the rule; what the number is, and its article, the rule itself says.
"""

from __future__ import annotations

from tests.rules.law_pairs import (
    BREAKS_OF_JAPAN,
    EIGHT_WEEKS,
    FIFTEEN_SUNDAYS,
    FOUR_DAYS_OFF,
    HOLIDAYS,
    MEALS,
    NIGHT_WORKERS,
    ONE_DAY_OFF,
    PAID,
    REST_DAYS,
    SHORT,
    THIRTY_FIVE_HOURS,
    TUESDAY,
    TWENTY_FOUR_HOURS,
    TWO_WEEKS,
    Pair,
    average,
    breaks,
    by_day,
    by_week,
    in_two,
    rest,
)
from tests.rules.law_rosters import Pause
from wfm.rules import law

PRESETS: dict[str, tuple[law.Rules, list[list[Pair]]]] = {
    "european_union": (
        law.european_union(),
        [
            rest(11),
            breaks(((360,), (365,)), ((365, Pause(180, 5, True)), (365,))),
            THIRTY_FIVE_HOURS,
            average(2880, 17),
        ],
    ),
    "germany": (
        law.germany(holidays=(TUESDAY,)),
        [
            by_day(10),
            average(2880, 24),
            breaks(
                ((360,), (365,)),
                ((510, Pause(240, 30)), (505, Pause(240, 25))),
                ((510, Pause(180, 15), Pause(300, 15)), (510, Pause(180, 20), Pause(300, 10))),
                ((510, Pause(360, 30)), (510, Pause(365, 30))),
            ),
            breaks(
                ((570, Pause(240, 30)), (575, Pause(240, 30))),
                ((645, Pause(240, 45)), (640, Pause(240, 40))),
                ((645, Pause(180, 15), Pause(300, 30)), (645, Pause(180, 10), Pause(300, 35))),
            ),
            rest(11),
            NIGHT_WORKERS,
            FIFTEEN_SUNDAYS,
            TWO_WEEKS,
            EIGHT_WEEKS,
        ],
    ),
    "france": (
        law.france(),
        [
            breaks(
                ((355,), (360,)),
                ((440, Pause(240, 20)), (435, Pause(240, 15))),
                ((440, Pause(200, 20)), in_two(15)),
                ((440, Pause(360, 20)), (440, Pause(365, 20))),
            ),
            by_day(10),
            by_week(48),
            average(2640, 12),
            by_week(35),
            rest(11),
            breaks(((780, Pause(240, 240)), (785, Pause(240, 240)))),
            THIRTY_FIVE_HOURS,
        ],
    ),
    "united_kingdom": (
        law.united_kingdom(night_workers=("anna",)),
        [
            average(2880, 17),
            rest(11),
            TWENTY_FOUR_HOURS,
            breaks(((360,), (365,)), ((440, Pause(240, 20)), in_two(15))),
            average(2880, 17),
        ],
    ),
    "china": (
        law.china(2026, hourly=60),
        [by_day(8), by_week(40), ONE_DAY_OFF, by_day(9), *[[]] * 12, REST_DAYS, HOLIDAYS],
    ),
    "china, for special reasons": (
        law.china(2026, special=True),
        [by_day(8), by_week(40), ONE_DAY_OFF, by_day(11), *[[]] * 12],
    ),
    "united_states": (law.united_states(), [by_week(40)]),
    "california": (
        law.california(),
        [
            breaks(
                ((300,), (305,)),
                ((450, Pause(240, 30)), in_two(25)),
                ((360, Pause(295, 30)), (360, Pause(300, 30))),
            ),
            breaks(
                ((360,), (365,)),
                ((450, Pause(240, 30)), in_two(25)),
                ((420, Pause(295, 30)), (420, Pause(300, 30))),
            ),
            breaks(
                ((600,), (605,)),
                ((700, *MEALS), (700, Pause(240, 55))),
                ((700, *MEALS), (700, MEALS[0], Pause(300, 25), Pause(420, 25))),
            ),
            breaks(
                ((720,), (725,)),
                ((800, *MEALS), (800, Pause(240, 55))),
                ((800, *MEALS), (830, MEALS[0], Pause(300, 25), Pause(420, 25))),
            ),
            breaks(
                ((205,), (210,)),
                ((210, PAID[0]), (210, Pause(60, 5, True), Pause(120, 5, True))),
                ((210, PAID[0]), (220, Pause(120, 10))),
            ),
            breaks(
                ((360, PAID[0]), (365, PAID[0])),
                ((365, *PAID[:2]), (365, Pause(120, 15, True))),
                ((365, *PAID[:2]), (365, PAID[0], *SHORT)),
            ),
            breaks(
                ((600, *PAID[:2]), (605, *PAID[:2])),
                ((605, *PAID), (605, PAID[0], Pause(300, 15, True))),
                ((605, *PAID), (605, *PAID[:2], *SHORT)),
            ),
            by_day(8),
            by_day(12),
            ONE_DAY_OFF,
        ],
    ),
    "fair_workweek, chicago": (law.fair_workweek("chicago"), [rest(10)]),
    "fair_workweek, los_angeles": (law.fair_workweek("los_angeles"), [rest(10)]),
    "fair_workweek, philadelphia": (law.fair_workweek("philadelphia"), [rest(9)]),
    "fair_workweek, new_york": (law.fair_workweek("new_york"), [rest(11)]),
    "fair_workweek, oregon": (law.fair_workweek("oregon"), [rest(10)]),
    "japan": (
        law.japan(2026),
        [
            by_day(8),
            by_week(40),
            *BREAKS_OF_JAPAN,
            ONE_DAY_OFF,
            average(2815, 52),
            *[[]] * 12,
        ],
    ),
    "japan, in four weeks": (
        law.japan(four_weeks=True),
        [
            by_day(8),
            by_week(40),
            *BREAKS_OF_JAPAN,
            FOUR_DAYS_OFF,
            average(2815, 52),
        ],
    ),
}
"""Months are empty here: they have tests of their own."""

CASES = [
    (f"{name}: {rule.article}, {rule.name()} {number}.{n}", rule, pair)
    for name, (rules, cases) in PRESETS.items()
    for number, (rule, pairs) in enumerate(zip(rules, cases, strict=True))
    for n, pair in enumerate(pairs)
]
