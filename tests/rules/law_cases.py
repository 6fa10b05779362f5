"""For each rule of each preset, in their order: rosters just inside and just outside of it.

A pair stands for a number of the rule; what the number is, and its article, the rule itself says.
"""

from __future__ import annotations

from datetime import date

from tests.rules.law_rosters import Pause, Roster, Work, one, past_weeks, week
from wfm.rules import law

Pair = tuple[Roster, Roster]
OCTOBER = date(2026, 9, 28)
"""Monday of the week with 1 October."""
SWAPS = law.china_swaps(2026)
TUESDAY = date(2026, 12, 8)
EIGHT = 480


def rest(hours: int) -> list[Pair]:
    """From 22:00 to so many hours later, and to five minutes less."""
    late = Work(0, "12:00", 600)
    inside, outside = f"{hours - 2:02d}:00", f"{hours - 3:02d}:55"
    return [(Roster((late, Work(1, inside, 60))), Roster((late, Work(1, outside, 60))))]


def weekly_rest(until: Work, too_soon: Work) -> list[Pair]:
    """Eight hours a day from 08:00, but for the day after Wednesday's 16:00."""
    days = [work for work in week(*(EIGHT,) * 7) if work.day != 3]
    inside = [until, *(work for work in days if work.day != until.day)]
    outside = [too_soon, *(work for work in days if work.day != too_soon.day)]
    return [(Roster(tuple(sorted(inside))), Roster(tuple(sorted(outside))))]


THIRTY_FIVE_HOURS = weekly_rest(Work(4, "03:00", EIGHT), Work(4, "02:55", EIGHT))
TWENTY_FOUR_HOURS = weekly_rest(Work(3, "16:00", 60), Work(3, "15:55", 60))


def by_day(hours: int) -> list[Pair]:
    """A day of so many hours, and of five minutes more."""
    return [(one(60 * hours), one(60 * hours + 5))]


def by_week(hours: int) -> list[Pair]:
    """Five even days, and a last one that is five minutes longer."""
    even, last = shared(60 * hours, 5)
    return [(Roster(week(*even, last)), Roster(week(*even, last + 5)))]


def shared(minutes: int, days: int) -> tuple[tuple[int, ...], int]:
    """Minutes by day, in steps of five, and what is left for the last day."""
    day = minutes // days // 5 * 5
    return (day,) * (days - 1), minutes - (days - 1) * day


def average(minutes: int, weeks: int) -> list[Pair]:
    """So many minutes in each week, and five more in the last of them or in the first."""
    past = past_weeks(weeks - 1, minutes)
    more = past_weeks(weeks - 1, minutes + 5) | past_weeks(weeks - 2, minutes)
    days, last = shared(minutes, 6)
    even, longer = week(*days, last), week(*days, last + 5)
    # The first week of the stretch counts, and the one before it does not.
    before = past_weeks(weeks, 9_999) | past
    return [
        (Roster(even, counters=past), Roster(longer, counters=past)),
        (Roster(even, counters=before), Roster(even, counters=more)),
    ]


def breaks(*pairs: tuple[tuple[int, *tuple[Pause, ...]], tuple[int, *tuple[Pause, ...]]]):
    """Single shifts by their minutes and breaks."""
    return [(one(*inside), one(*outside)) for inside, outside in pairs]


def worked(*off: int, days: int) -> tuple[Work, ...]:
    """A short shift on each day but for Sundays after the first one, and for those named."""
    return tuple(Work(day, "08:00", 60) for day in range(days) if day not in off)


SUNDAYS_OFF = tuple(range(13, 70, 7))
PAID = [Pause(120, 10, True), Pause(300, 10, True), Pause(420, 10, True)]
NIGHT = Work(0, "22:00", EIGHT)
NIGHTS = week(*(EIGHT,) * 6, start="22:00")
LONGER = (*NIGHTS[:5], Work(5, "22:00", EIGHT + 5))
DAYS = week(*(EIGHT,) * 5, EIGHT + 5)
THREE_WEEKS = past_weeks(3, 2880)
MEALS = (Pause(240, 30), Pause(420, 30))

NIGHT_WORKERS: list[Pair] = [
    (Roster(NIGHTS, counters=THREE_WEEKS), Roster(LONGER, counters=THREE_WEEKS)),
    # Three nights make no night worker, four do.
    (
        Roster((*NIGHTS[:3], *DAYS[4:]), counters=past_weeks(3, 3500)),
        Roster((*NIGHTS[:4], *DAYS[5:]), counters=past_weeks(3, 3500)),
    ),
    # So do shifts with two hours between 23:00 and 06:00.
    (
        Roster(week(*(535,) * 6, start="16:00"), counters=THREE_WEEKS),
        Roster(week(*(540,) * 6, start="16:00"), counters=THREE_WEEKS),
    ),
]
FIFTEEN_SUNDAYS: list[Pair] = [
    (
        Roster((Work(6, "08:00", 60),), counters={"sundays worked": 36}),
        Roster((Work(6, "08:00", 60),), counters={"sundays worked": 37}),
    )
]
TWO_WEEKS: list[Pair] = [
    (
        Roster(worked(*SUNDAYS_OFF, 19, days=28), days=28),
        Roster(worked(*SUNDAYS_OFF, 21, days=28), days=28),
    )
]
EIGHT_WEEKS: list[Pair] = [
    (
        Roster(worked(6, *SUNDAYS_OFF, 56, days=63), days=63),
        Roster(worked(6, *SUNDAYS_OFF, 57, days=63), days=63),
    )
]
ONE_DAY_OFF: list[Pair] = [(Roster(week(*(60,) * 6)), Roster(week(*(60,) * 7)))]
FOUR_DAYS_OFF: list[Pair] = [
    (
        Roster(worked(0, 1, 2, 3, days=28), days=28),
        Roster(worked(0, 1, 2, days=28), days=28),
    )
]
REST_DAYS: list[Pair] = [
    # 10 October is a Saturday that is worked for Wednesday the 7th; the 17th is one like others.
    (
        Roster((Work(12, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
        Roster((Work(19, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
    ),
    (
        Roster((Work(10, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
        Roster((Work(9, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
    ),
    # 3 October is a Saturday and a public holiday, whose price is another one.
    (
        Roster((Work(5, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
        Roster((Work(6, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
    ),
]
HOLIDAYS: list[Pair] = [
    (
        Roster((Work(day, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
        Roster((Work(holiday, "08:00", 60),), days=21, start=OCTOBER, swaps=SWAPS),
    )
    for day, holiday in ((2, 3), (6, 5), (7, 4))
]

FIRST_MEAL = [((300,), (305,)), ((360, Pause(240, 30)), (355, Pause(240, 25)))]
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
                ((440, Pause(200, 20)), (440, Pause(200, 10), Pause(300, 10))),
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
            breaks(((360,), (365,)), ((440, Pause(240, 20)), (435, Pause(240, 15)))),
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
            breaks(*FIRST_MEAL, ((360, Pause(295, 30)), (360, Pause(300, 30)))),
            breaks(
                ((360,), (365,)),
                ((420, Pause(240, 30)), (415, Pause(240, 25))),
                ((420, Pause(295, 30)), (420, Pause(300, 30))),
            ),
            breaks(
                ((600,), (605,)),
                ((700, *MEALS), (695, Pause(240, 30), Pause(420, 25))),
            ),
            breaks(
                ((720,), (725,)),
                ((800, *MEALS), (795, Pause(240, 30), Pause(420, 25))),
            ),
            breaks(
                ((205,), (210,)),
                ((210, PAID[0]), (210, Pause(120, 5, True))),
                ((210, PAID[0]), (220, Pause(120, 10))),
            ),
            breaks(
                ((360, PAID[0]), (365, PAID[0])), ((365, *PAID[:2]), (365, Pause(120, 15, True)))
            ),
            breaks(((600, *PAID[:2]), (605, *PAID[:2])), ((605, *PAID), (605, *PAID[:2]))),
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
            breaks(((360,), (365,)), ((445, Pause(240, 45)), (440, Pause(240, 40)))),
            breaks(((480,), (485,)), ((600, Pause(240, 60)), (595, Pause(240, 55)))),
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
            breaks(((360,), (365,))),
            breaks(((480,), (485,))),
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
