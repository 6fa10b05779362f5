"""Presets of labour laws: each number with its article, a roster inside it and one outside."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest

from tests.rules.law_cases import CASES, PRESETS
from tests.rules.law_pairs import OCTOBER, shared
from tests.rules.law_rosters import Roster, Work, judged, week
from wfm import rules
from wfm.errors import InputError
from wfm.rule import Rule
from wfm.rules import law
from wfm.window import DateRange

OFF = ("01-01 03", "02-15 23", "04-04 06", "05-01 05", "06-19 21", "09-25 27", "10-01 07")
WORKED = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
"""Days off and weekend days worked in China in 2026, as they were published."""


@pytest.mark.parametrize(("rule", "pair"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_each_number_lets_the_one_pass_and_not_the_other(rule, pair):
    """A roster just inside a number keeps the rule; one just outside is told with its article."""
    inside, outside = pair
    assert judged([rule], inside).violations == ()
    found = judged([rule], outside).violations
    assert {each.article for each in found} == {rule.article}
    assert rule.article


def test_every_preset_has_its_cases():
    """No preset and no rule of one is left out, but for months, which have tests of their own."""
    assert {name.partition(",")[0] for name in PRESETS} == set(law.PRESETS)
    for some, cases in PRESETS.values():
        assert all(case or rule.name() == "on_days" for rule, case in zip(some, cases, strict=True))


def months(some):
    return [rule for rule in some if isinstance(rule, rules.OnDays)]


def working_days(month):
    """Working days of a month in China in 2026, counted from what was published."""
    days = [date(2026, month, 1) + timedelta(n) for n in range(monthrange(2026, month)[1])]
    off = {
        date(2026, int(span[:2]), day)
        for span in OFF
        for day in range(int(span[3:5]), int(span[6:]) + 1)
    }
    worked = {date.fromisoformat(f"2026-{day}") for day in WORKED}
    return sum(day in worked or (day.weekday() < 5 and day not in off) for day in days)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("country", ["china", "japan"])
def test_a_month_holds_so_much_overtime(country, month):
    """36 h beyond the working days (Labour Law of China 41), 45 h beyond 40 a week (Japan 36)."""
    days = monthrange(2026, month)[1]
    if country == "china":
        some, most = law.china(2026), 60 * (8 * working_days(month) + 36)
    else:
        some, most = law.japan(2026), 60 * (40 / 7 * days + 45)
    even, last = shared(int(most // 5 * 5), days)
    start = date(2026, month, 1)
    inside = Roster(week(*even, last), days=days, start=start)
    outside = Roster(week(*even, last + 5), days=days, start=start)
    assert judged(months(some), inside).violations == ()
    (found,) = judged(months(some), outside).violations
    article = "Labour Law (China) art. 41", "Labour Standards Act (Japan) art. 36"
    assert found.article == article[country == "japan"]


def test_overtime_has_a_price_by_the_wage_and_is_reported_without():
    """Nine hours at 60 an hour: half an hour's wage on top (FLSA 7(a) by the week, Cal. 510)."""
    nine = Roster(week(*(540,) * 5))
    priced = judged([*law.united_states(60), *law.california(60)[7:9]], nine)
    assert priced.costs.rules == 5 * 30 + 5 * 30
    told = judged([*law.united_states(), *law.california()[7:9]], nine)
    assert told.costs.rules == 0
    assert all(each.informative for each in told.violations)
    assert len(told.violations) == 6
    twelve = Roster((Work(0, "08:00", 780),))
    assert judged(law.california(60)[7:9], twelve).costs.rules == 5 * 30 + 30


def test_chinas_holidays_cost_three_times_the_wage_and_days_of_rest_twice():
    """An hour of 60 on 1 October costs 120 on top (art. 44(3)), on Saturday the 17th 60 (44(2))."""
    *_, rest, holiday = law.china(2026, hourly=60)
    days = [Work(day, "08:00", 60) for day in (3, 12, 19)]
    roster = Roster(tuple(days), days=21, start=OCTOBER, swaps=law.china_swaps(2026))
    found = judged([rest, holiday], roster)
    assert [(each.day, each.amount * each.weight) for each in found.violations] == [
        (19, 60),
        (3, 120),
    ]


def test_less_rest_in_philadelphia_costs_those_who_consent_forty_dollars():
    """Whoever has consented to less than nine hours is paid for it, and nobody else may do so."""
    late = Roster((Work(0, "12:00", 600), Work(1, "06:00", 60)))
    (bound,) = judged(law.fair_workweek("philadelphia"), late).violations
    assert bound.weight is None
    found = judged(law.fair_workweek("philadelphia", consented=("anna",)), late)
    assert [each.weight for each in found.violations] == [40]
    assert judged(law.fair_workweek("oregon", consented=("anna",)), late).violations == ()


def test_changes_with_less_than_two_weeks_notice_count():
    """A shift that is new on a day with 14 days left is free; one day later in notice it costs."""
    roster = Roster((Work(6, "08:00", 60),))
    known = rules.Published(
        shifts=(),
        days=DateRange(first=roster.start, last=roster.start + timedelta(6)),
        on=roster.start + timedelta(6 - 14),
        weight=15,
    )
    for place in ("chicago", "los_angeles", "philadelphia", "new_york", "oregon"):
        early = law.fair_notice(place, known)
        late = early.model_copy(update={"on": known.on + timedelta(1)})
        assert judged([early], roster).costs.rules == 0
        assert judged([late], roster).costs.rules == 15
        assert early.article == law.fair_workweek(place)[0].article


def test_people_can_agree_where_the_law_lets_them():
    """Opting out of 48 hours, and waiving a first meal up to six hours and a second up to 12."""
    sixty = Roster(week(*(600,) * 6))
    ruled = law.united_kingdom()[0]
    assert judged([ruled], sixty).violations
    assert not judged(law.united_kingdom(opted_out=("anna",))[:1], sixty).violations
    meals = law.california(first_meal_waived=("anna",), second_meal_waived=("anna",))[:4]
    assert not judged(meals, Roster((Work(0, "08:00", 360),))).violations
    assert len(judged(meals, Roster((Work(0, "08:00", 365),))).violations) == 1


def test_a_preset_binds_whom_it_names():
    """Every rule of every preset takes a site, and binds nobody elsewhere."""
    rows = {
        "china": {"years": 2026},
        "fair_workweek": {"place": "oregon"},
        "japan": {"years": 2026},
    }
    for name in law.PRESETS:
        for rule in law.rules_of({"law": name, "sites": ["here"], **rows.get(name, {})}):
            whole = rule.what if isinstance(rule, rules.OnDays) else rule
            assert whole.sites == ("here",)
            assert not whole.binds_everyone


def test_what_is_to_be_verified_is_marked():
    """The doubtful numbers of the collection are marked, and no others."""
    marked = {
        name: sorted({rule.rule for rule in law.unverified(some)})
        for name, (some, _) in PRESETS.items()
        if law.unverified(some)
    }
    every = ["average_hours", "breaks_by_length", "min_rest", "night_average", "weekly_rest"]
    assert marked == {
        "germany": ["compensation_day", "night_average"],
        "united_kingdom": every,
        "fair_workweek, new_york": ["min_rest"],
        "fair_workweek, oregon": ["min_rest"],
    }


def told(*sets):
    return [(rule.rule, rule.article) for rule in law.together(*sets)]


def test_together_the_more_protective_number_stays():
    """Of hours, rests and breaks for the same people only the stricter ones are left."""
    assert told(law.fair_workweek("chicago"), [rules.MinRest(hours=12, article="own")]) == [
        ("min_rest", "own")
    ]
    both = law.together(law.germany(), law.european_union())
    # The directive's weekly rest and its average over fewer weeks say more than Germany's law.
    assert both[: len(law.germany())] == law.germany()
    assert both[len(law.germany()) :] == law.european_union()[2:]
    day = rules.Hours(most=9, per="day"), rules.Hours(most=10, per="day")
    assert law.together(day) == law.together(day[::-1]) == day[:1]


def test_together_keeps_what_each_law_says_of_its_own_people():
    """Sites keep their own laws; a law for everyone stands for the weaker ones of all sites."""
    north, south = law.fair_workweek("chicago", sites=("n",)), law.france(sites=("s",))
    assert law.together(north, south) == (*north, *south)
    (stricter,) = law.together(north, [rules.MinRest(hours=11)])
    assert stricter.hours == 11
    waived = rules.MinRest(hours=11, waived_by=("anna",))
    assert law.together([waived], north) == (waived, *north)


def test_together_keeps_rules_that_are_not_alike():
    """Soft and hard, other stretches, and numbers of which each is stricter in one all stay."""
    kinds: list[Rule] = [
        rules.MinRest(hours=11, weight=5),
        rules.MinRest(hours=10),
        rules.Hours(most=8, per="day"),
        rules.Hours(most=8),
        rules.AverageHours(most=48, weeks=17),
        rules.AverageHours(most=44, weeks=24),
        rules.BreaksByLength(longer_than=6, minutes=30),
        rules.BreaksByLength(longer_than=9, minutes=45),
        rules.BreaksByLength(longer_than=9, minutes=30, unbroken=4),
        rules.SameDaysOff(household="home"),
    ]
    assert law.together(kinds) == tuple(kinds)
    less = rules.BreaksByLength(longer_than=9, minutes=30)
    assert less not in law.together([less], kinds)


def test_china_refuses_years_whose_days_off_are_not_published():
    """A year that the calendar does not hold yet is refused in a sentence that names it."""
    with pytest.raises(InputError, match=r"years must be years whose days off .*, got 2199\."):
        law.china((2026, 2199))
    assert len(months(law.china((2025, 2026)))) == 24
