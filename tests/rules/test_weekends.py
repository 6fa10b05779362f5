"""Weekends and Sundays: what is said of them, and how far the rules look back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.rules.rosters import amounts, judged
from wfm import contract, rules
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.rules.example import MONDAY, SPRING_SATURDAY, example
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate

OFF, SAT, SUN = "-------", "-----E-", "------E"


def test_sentences_on_weekends():
    """They name the weeks or weekends, how many are worked, and how many may be."""
    (one,) = judged(rules.MaxWeekends(most=1), {"anna": SAT + SUN})
    assert one.sentence == (
        "Anna works 2 weekends in the weeks from Mon 7 Dec to Sun 20 Dec; at most 1 may be."
    )
    (one,) = judged(rules.MaxWeekendsInARow(), {"anna": SAT + SUN})
    assert one.sentence == (
        "Anna works 2 weekends in a row from Sat 12 Dec to Sun 20 Dec; the limit is 1."
    )
    (one,) = judged(rules.WholeWeekends(), {"anna": SUN})
    assert one.sentence == (
        "Anna works on Sun 13 Dec and not on Sat 12 Dec; both days are to be worked or none."
    )
    (one,) = judged(rules.FreeSundays(least=52), {"anna": SUN})
    assert one.sentence == (
        "Anna works 1 Sunday of 2026 in the horizon and 0 before it, which leaves 51 free; "
        "at least 52 must be."
    )


def test_every_stretch_of_weeks_counts_for_itself():
    """Three weekends in a row break two stretches of two weeks; a long past adds only its last."""
    rule = rules.MaxWeekends(most=1, weeks=2)
    assert amounts(rule, {"anna": SAT + SAT + SAT}) == [1, 1]
    assert amounts(rule, {"anna": OFF + SAT}, before={"anna": SAT * 4}) == []
    assert amounts(rule, {"anna": SAT + OFF}, before={"anna": SAT * 4}) == [1]


def test_fewer_weeks_than_a_stretch_are_one():
    """Two weeks without a past are one stretch of at most four weeks; with a past there are two."""
    rule = rules.MaxWeekends(most=1, weeks=4)
    assert amounts(rule, {"anna": SAT + SAT}) == [1]
    assert amounts(rule, {"anna": SAT + SAT}, before={"ben": "D" + OFF * 3}) == [1]
    assert amounts(rule, {"anna": SAT + SAT}, before={"ben": "D" + OFF * 4}) == [1]
    assert amounts(rule, {"anna": SAT + SAT}, before={"anna": SAT + OFF * 2}) == [1, 1]


def test_friday_counts_from_the_minute_after():
    """A shift that ends at the time itself does not take the weekend, one that ends later does."""
    late = rules.MaxWeekends(most=0, from_friday="22:30")
    later = rules.MaxWeekends(most=0, from_friday="22:00")
    assert amounts(late, {"anna": "----L--"}) == []
    assert amounts(later, {"anna": "----L--"}) == [1]
    assert amounts(rules.MaxWeekends(most=0, from_friday="24:00"), {"anna": "----N--"}) == [1]


def test_a_shift_may_touch_a_whole_sunday_and_more():
    """24 hours from 23:30 on Saturday outlast a Sunday of 23 hours and take no second one."""
    rule = rules.FreeSundays(least=52)
    problem = example("", rule, {"anna": "---"}, start=SPRING_SATURDAY).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    long = ShiftTemplate(id="long", start="23:30", lengths=(1440,))
    problem = Problem(**{**fields, "shifts": (*problem.shifts, long)})
    start = problem.horizon.minute(0, 23 * 60 + 30)
    shift = Shift(agent="anna", day=0, template="long", start=start, end=start + 1440)
    schedule = Schedule.of_shifts([shift])
    assert problem.horizon.day_of(shift.end - 1) == 2
    contract.check_agreement(rules.FreeSundays, problem, schedule)
    assert [v.amount for v in rule.violations(problem, schedule)] == [1]


def test_sundays_of_a_year_are_counted():
    """2023 has 53 Sundays, 2026 has 52: with 52 to be free, one or none may be worked."""
    rule = rules.FreeSundays(least=52)
    assert amounts(rule, {"anna": SUN}, start=date(2023, 6, 5)) == []
    assert amounts(rule, {"anna": SUN}, start=MONDAY) == [1]


def test_a_horizon_over_the_turn_of_the_year_counts_each_year():
    """The counter is of the year in which the horizon begins; the next one starts at nothing."""
    rule = rules.FreeSundays(least=15)
    worked = {"sundays worked": {"anna": 37}}
    start = date(2026, 12, 21)
    assert amounts(rule, {"anna": SUN * 3}, counters=worked, start=start) == [1]
    assert amounts(rule, {"anna": OFF + SUN * 2}, counters=worked, start=start) == []


def test_an_agent_without_a_value_is_known_by_the_shifts_before():
    """Who has a value in the counter is known by it, whoever has none by the previous shifts."""
    rule = rules.FreeSundays(least=51)
    before = {"anna": SUN, "ben": SUN}
    worked = {"sundays worked": {"anna": 0}}
    (one,) = judged(rule, {"anna": SUN, "ben": SUN}, before=before, counters=worked)
    assert one.agents == ("ben",)


def test_a_counter_of_another_name_must_be_there():
    """The usual counter may be missing, another one may not."""
    message = "rule free_sundays.counter must be one of previous.counters (there are none), got 'x'"
    with pytest.raises(InputError, match=re.escape(message)):
        example("", rules.FreeSundays(counter="x"), {"anna": "-"})


@pytest.mark.parametrize("rule", [rules.MaxWeekends, rules.MaxWeekendsInARow])
def test_from_friday_is_a_time(rule):
    """What is no time of the day is refused."""
    fields = {"most": 1} if rule is rules.MaxWeekends else {}
    with pytest.raises(InputError, match="must be HH:MM between 00:00 and 24:00, got '25:00'"):
        rule(from_friday="25:00", **fields)


def test_weekends_are_of_the_calendar():
    """Saturday and Sunday are those of the calendar, also over the turn of the year."""
    start = date(2026, 12, 28)
    rule = rules.MaxWeekendsInARow()
    assert amounts(rule, {"anna": SAT + SUN}, start=start) == [1]
    assert amounts(rule, {"anna": SUN}, start=start, before={"anna": SAT}) == [1]
    assert judged(rule, {"anna": SUN}, start=start, before={"anna": SAT})[0].day == 5
    assert start + timedelta(days=5) == date(2027, 1, 2)
