"""Pairs of rosters just inside and just outside of a number, as many laws have it."""

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
SHORT = (Pause(310, 5, True), Pause(330, 5, True))
NIGHTS = week(*(EIGHT,) * 6, start="22:00")
LONGER = (*NIGHTS[:5], Work(5, "22:00", EIGHT + 5))
DAYS = week(*(EIGHT,) * 5, EIGHT + 5)
THREE_WEEKS = past_weeks(3, 2880)
MEALS = (Pause(240, 30), Pause(420, 30))

NIGHT_WORKERS: list[Pair] = [
    (Roster(NIGHTS, counters=THREE_WEEKS), Roster(LONGER, counters=THREE_WEEKS)),
    # The first of four weeks counts, and the one before it does not.
    (
        Roster(NIGHTS, counters=past_weeks(4, 9_999) | THREE_WEEKS),
        Roster(NIGHTS, counters=past_weeks(3, 2885) | past_weeks(2, 2880)),
    ),
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


def in_two(each: int) -> tuple[int, Pause, Pause]:
    """Seven hours of work with two breaks of so many minutes."""
    return (420 + 2 * each, Pause(200, each), Pause(280, each))


IN_PIECES = [Pause(200 + 10 * n, 5) for n in range(12)]
BREAKS_OF_JAPAN: list[list[Pair]] = [
    breaks(
        ((360,), (365,)),
        ((445, Pause(240, 45)), (440, Pause(240, 40))),
        ((445, *IN_PIECES[:9]), (440, *IN_PIECES[:8])),
    ),
    breaks(
        ((480,), (485,)),
        ((600, Pause(240, 60)), (595, Pause(240, 55))),
        ((600, *IN_PIECES), (595, *IN_PIECES[:11])),
    ),
]
