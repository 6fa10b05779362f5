"""From calendars to the effects that act on each day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import Calendar, Event
from wfm.forecast.calendar.effects import Effects, effects

START = date(2025, 1, 1)
QUIET = Calendar(days_of_month=False)


def of(calendar: Calendar | str, queue: str = "voice") -> Effects:
    """Effects of two years on a queue, without the day of the month for a country's code."""
    if isinstance(calendar, str):
        calendar = QUIET.model_copy(update={"countries": (calendar,)})
    return effects(calendar, START, 730, queue)


def on(found: Effects, month: int, day: int, year: int = 2026) -> set[str]:
    return set(found.on(date(year, month, day)))


def at(found: Effects, month: int, day: int, year: int = 2026) -> int:
    return (date(year, month, day) - found.first).days


def test_christmas():
    """Holidays share an effect and have their own; their neighbours are named for people."""
    found = of("DE-BY")
    assert on(found, 12, 24) == {"day before a holiday", "eve of Christmas Day"}
    assert on(found, 12, 25) == {"public holiday", "holiday: Christmas Day"}
    assert on(found, 12, 26) == {
        "public holiday",
        "public holiday on a weekend",
        "holiday: Second Day of Christmas",
    }
    assert on(found, 12, 27) == {
        "day after a holiday, on a weekend",
        "day after Second Day of Christmas",
    }
    assert on(found, 12, 28) == {"day after a holiday", "working day between two holidays"}
    assert on(found, 12, 30) == {"2 days before a holiday", "working day between two holidays"}
    assert on(found, 12, 15) == set()


def test_friday_before_a_monday_off():
    """Before a Monday's holiday, Friday is the day before it, and Sunday its eve on a weekend."""
    found = of("US")
    assert on(found, 9, 4) == {"day before a holiday"}
    assert on(found, 9, 5) == {"2 days before a holiday, on a weekend"}
    assert on(found, 9, 6) == {"day before a holiday, on a weekend", "eve of Labor Day"}
    assert on(found, 9, 8) == {"day after a holiday", "day after Labor Day"}


def test_bridge_day():
    """The Friday after Ascension Day, always a Thursday, is a bridge day."""
    found = of("DE")
    assert "bridge day" in on(found, 5, 15)
    assert "bridge day" not in on(found, 5, 13)


def test_days_between_rest_days_bridge_holidays_only():
    """Brunei rests on Fridays and Sundays; its Saturdays bridge nothing but holidays."""
    found = of("BN")
    assert on(found, 10, 17) == set()


def test_between_christmas_and_new_year():
    """Working days from Christmas to New Year's Eve lie between two holidays, in America too."""
    assert "working day between two holidays" in on(of("US"), 12, 29)


def test_weekend_within_holidays():
    """Saturday of Easter lies between two holidays and beside none."""
    assert on(of("DE"), 4, 4) == {"weekend within holidays"}


def test_reach():
    """Days are counted as far as is asked for, in working days for working days."""
    wide = of(QUIET.model_copy(update={"countries": ("US",), "around": 3}))
    assert "3 days before a holiday" in on(wide, 9, 2)
    assert "2 days after a holiday" in on(wide, 9, 9)
    none = of(QUIET.model_copy(update={"countries": ("US",), "around": 0}))
    assert not [name for name in none.names if "before" in name or "after" in name]
    assert not [name for name in none.names if name.startswith("eve")]


def test_spring_festival():
    """Chinese New Year 2026: worked Saturdays, swapped days off, and the weeks around it."""
    found = of("CN")
    assert on(found, 2, 14) == {
        "working day of a weekend",
        "day before a holiday",
        "week before Lunar New Year",
    }
    assert found.weekday[at(found, 2, 14)] == 4
    assert on(found, 2, 17) == {"public holiday", "holiday: Chinese New Year (Spring Festival)"}
    assert on(found, 2, 23) == on(found, 2, 17)
    assert found.special[at(found, 2, 23)]
    assert on(found, 2, 28) == {"working day of a weekend", "second week after Lunar New Year"}
    assert found.weekday[at(found, 2, 28)] == 0
    assert not found.special[at(found, 2, 28)]
    assert "festival: Lantern Festival" in on(found, 3, 3)


def test_festivals_that_are_holidays_are_learnt_once():
    """Mid-Autumn is a public holiday of China and a festival in Singapore, never both."""
    china, singapore = of("CN"), of("SG")
    assert on(china, 9, 25) == {"public holiday", "holiday: Mid-Autumn Festival"}
    assert on(singapore, 9, 25) == {"festival: Mid-Autumn Festival"}


def test_ends_of_the_month():
    """Business days are counted from both ends of the month, twelve from each, and holidays not."""
    found = of(Calendar(countries=("DE",)))
    named = {day: {n for n in on(found, 1, day) if "business" in n} for day in range(1, 32)}
    assert named[1] == named[3] == named[4] == set()
    assert named[2] == {"first business day of the month"}
    assert named[5] == {"business day 2 of the month"}
    twelfth = {"business day 12 of the month", "business day 10 of the month from its end"}
    assert named[19] == twelfth
    assert named[28] == {"business day 3 of the month from its end"}
    assert named[29] == {"business day 2 of the month from its end"}
    assert named[30] == {"last business day of the month"}


def test_what_waited_comes_as_on_a_monday():
    """The first business day after a holiday within the week follows the pattern of a Monday."""
    found = of(Calendar(countries=("DE",)))
    ascension = [found.weekday[at(found, 5, day)] for day in (14, 15, 16, 18, 19)]
    assert ascension == [3, 0, 5, 0, 1]
    easter = [found.weekday[at(found, 4, day)] for day in (3, 6, 7, 8)]
    assert easter == [4, 0, 0, 2]


def test_waves_of_the_month():
    """The waves are smooth over the month's end, and average out over each month."""
    found = of(Calendar())
    waves = found.matrix[:, ["wave" in name for name in found.names]]
    assert waves.shape == (730, 4)
    assert np.abs(np.diff(waves, axis=0)).max() < 2 * np.pi * 2 / 28
    assert np.allclose(waves[:31].sum(axis=0), 0)
    assert np.allclose(waves[31:59].sum(axis=0), 0)


def test_scales_shrink():
    """What is common may be large; what is particular, or smooth, is held small."""
    found = of(Calendar(countries=("DE",), events=(Event(name="sale", yearly=("06-01",)),)))
    scale = dict(zip(found.names, found.scale.tolist(), strict=True))
    assert scale["public holiday"] == 1.0
    assert scale["holiday: Christmas Day"] == 0.5
    assert scale["day after a holiday"] == 0.2
    assert scale["last business day of the month"] == 0.1
    assert scale["business day 2 of the month"] == pytest.approx(0.089)
    assert scale["day of the month, 1 wave, sine"] == 0.03
    assert scale["event: sale"] == 0.3


def test_queues_differ():
    """A queue feels its own countries and events, and no other's."""
    calendar = Calendar(
        countries=("DE",),
        queues={"asia": ("CN",)},
        events=(Event(name="sale", yearly=("06-01",), queues=("voice",)),),
    )
    voice, asia = of(calendar), of(calendar, "asia")
    assert voice.special[at(voice, 10, 3)]
    assert "event: sale" in voice.names
    assert "event: sale" not in asia.names
    assert not asia.special[at(asia, 12, 25)]


def test_nothing_at_all():
    """A calendar without anything has no effects, and every day follows its weekday."""
    found = of(QUIET)
    assert found.matrix.shape == (730, 0)
    assert found.weekday[:8].tolist() == [2, 3, 4, 5, 6, 0, 1, 2]
    assert not (found.special | found.unknown | (found.stated != 0)).any()


def test_no_days():
    """Effects of no day are refused."""
    with pytest.raises(InputError, match="days must be at least 1, got 0"):
        effects(QUIET, START, 0, "voice")


def test_day_outside():
    """A day that was not asked for is refused."""
    with pytest.raises(InputError, match="day must be from 2025-01-01 to 2026-12-31, got '2027"):
        of(QUIET).on(date(2027, 1, 1))


def test_what_is_given_is_the_callers():
    """Changing what was given changes nothing for the next caller."""
    of("DE").special[:] = True
    of("DE").weekday[:] = 0
    found = of("DE")
    assert found.special.sum() < 30
    assert found.weekday.max() == 6


EVENTS = (
    Event(name="sale", kind="campaign", dates=(date(2026, 3, 10),), lead=3, tail=4),
    Event(name="pay", kind="payday", days_of_month=(31,), off_days="before", tail=2),
    Event(name="fair", yearly=("12-31",), effect=1.5, lead=5, tail=5),
    Event(name="storm", kind="outage", dates=(date(2025, 6, 2),), tail=2),
    Event(name="move", dates=(date(2026, 2, 14),), effect=2, lead=31, tail=31),
    Event(name="bonus", days_of_month=(25,), off_days="after", lead=12),
)


@settings(max_examples=40)
@given(
    country=st.sampled_from(["CN", "DE-BY", "US", "HU", "IL"]),
    skipped=st.integers(0, 700),
    days=st.integers(1, 400),
)
def test_a_day_is_what_it_is_wherever_the_days_begin(country, skipped, days):
    """Past and future can be asked for in any stretch: each day's effects are the same."""
    calendar = Calendar(countries=(country,), events=EVENTS, around=2)
    whole = effects(calendar, START, 1100, "voice")
    part = effects(calendar, START + timedelta(days=skipped), days, "voice")
    for place in {0, days // 2, days - 1}:
        day = part.first + timedelta(days=place)
        assert part.on(day) == whole.on(day)
    kept = slice(skipped, skipped + days)
    for name in ("stated", "weekday", "special", "unknown"):
        assert np.array_equal(getattr(part, name), getattr(whole, name)[kept])


@settings(max_examples=30)
@given(
    country=st.sampled_from(["CN", "DE-BY", "US", "JP", "HU", "IL", "VN"]),
    around=st.integers(0, 5),
)
def test_matrix_is_whole(country, around):
    """Every column acts somewhere and has a name and a scale of its own; holidays have a name."""
    found = effects(Calendar(countries=(country,), events=EVENTS, around=around), START, 730, "a")
    assert found.matrix.shape == (730, len(found.names))
    assert len(set(found.names)) == len(found.names)
    assert (found.scale > 0).all()
    assert found.matrix.any(axis=0).all()
    shared = found.matrix[:, found.names.index("public holiday")]
    own = found.matrix[:, [name.startswith("holiday: ") for name in found.names]]
    beside = [
        name.startswith(("day before", "day after", "eve ")) and ": " not in name
        for name in found.names
    ]
    assert np.array_equal(shared > 0, found.special)
    assert np.array_equal(own.any(axis=1), found.special)
    assert not found.matrix[found.special][:, beside].any()
    replaced = found.weekday != (np.arange(730) + START.weekday()) % 7
    worked = [name == "working day of a weekend" for name in found.names]
    assert replaced[found.matrix[:, worked].any(axis=1)].all()
    assert not (replaced & found.special).any()
