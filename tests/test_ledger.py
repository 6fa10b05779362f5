"""The ledger: counts by hand, any order of publishing, exact JSON, and what it carries over."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm import Ledger, contract, rules
from wfm.errors import InputError
from wfm.fairness import weighed
from wfm.io import read_ledger, write_ledger
from wfm.ledger import LedgerPeriod
from wfm.rules.example import MONDAY, PEOPLE, example

WEEK = timedelta(weeks=1)
NONE = dict.fromkeys(PEOPLE, 0)


def published(rosters, *others, **extra):
    """A ledger of one schedule in letters."""
    one = example("", rules.OneShiftADay(), rosters, **extra)
    return Ledger().with_schedule(one.problem.with_rules(*others), one.schedule)


def weeks(seed, number):
    """Random schedules of weeks in a row, under rules that the ledger keeps something for."""
    random = np.random.default_rng(seed)
    festival = {"name": "Lights", "dates": [MONDAY + timedelta(days=2)]}
    others = (
        rules.FairShare(of="late_shifts", after="17:00", counter="evenings", teams=("red",)),
        rules.DayOffRequest(days=("Wed", "Sun")),
        rules.Festivals(festivals=[festival]),
    )
    for week in range(number):
        one = example("", rules.OneShiftADay(), {"anna": "-" * 7}, start=MONDAY + week * WEEK)
        yield contract.random_roster(one.problem.with_rules(*others), random)


def test_a_period_by_hand():
    """All that is counted of one week in December."""
    off = rules.DayOffRequest(agents=("anna", "ben"), days=("Mon",))
    ledger = published({"anna": "ELDNN-S", "ben": "-----N-", "cleo": "EEEEEES"}, off)
    (period,) = ledger.periods
    assert (period.start, period.days, period.end) == (MONDAY, 7, MONDAY + WEEK)
    assert period.counts == {
        "days planned": {"anna": 7, "ben": 7, "cleo": 7},
        "nights": {"anna": 2, "ben": 1, "cleo": 0},
        "weekends": {"anna": 1, "ben": 1, "cleo": 1},
        "late_shifts": {"anna": 3, "ben": 1, "cleo": 0},
        "overtime": {"anna": 240, "ben": 0, "cleo": 720},
        "refused_wishes": {"anna": 1, "ben": 0, "cleo": 0},
        "refused_family": NONE,
        "sundays worked 2026": {"anna": 1, "ben": 1, "cleo": 1},
        "paid minutes 2026-W50": {"anna": 44 * 60, "ben": 480, "cleo": 52 * 60},
    }


def test_rules_say_what_they_want_kept():
    """A share with a name or an hour of its own, and festivals, are counted as they say."""
    evenings = rules.FairShare(of="late_shifts", after="17:00", counter="evenings", teams=("red",))
    late = rules.FairShare(of="late_shifts", after="23:00", agents=("ben",))
    lights = rules.Festivals(festivals=[{"name": "Lights", "dates": ["2026-12-13"]}])
    ledger = published({"anna": "DL-----", "ben": "L----N-"}, evenings, late, lights)
    counters = ledger.counters(MONDAY + WEEK)
    assert counters["evenings"] == {"anna": 2, "ben": 2}
    assert counters["late_shifts"] == {"anna": 1, "ben": 1, "cleo": 0}
    assert counters["festival Lights"] == {"anna": 0, "ben": 1, "cleo": 0}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), order=st.permutations(range(4)), again=st.integers(0, 3))
def test_the_order_of_publishing_does_not_matter(seed, order, again):
    """Weeks published in any order, one of them twice, make one ledger, also through JSON."""
    plans = list(weeks(seed, 4))
    ledger = Ledger()
    for problem, schedule in plans:
        ledger = ledger.with_schedule(problem, schedule)
    other = Ledger()
    for index in (*order, again):
        other = Ledger.from_json(other.to_json()).with_schedule(*plans[index])
    assert other == ledger
    assert other.to_json() == ledger.to_json()
    assert all(one.end == later.start for one, later in pairwise(ledger.periods))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), back=st.integers(0, 40), ahead=st.integers(0, 40))
def test_counters_are_sums_over_what_they_reach(seed, back, ahead):
    """Counters are what plain loops over the periods add up."""
    ledger = Ledger()
    for problem, schedule in weeks(seed, 4):
        ledger = ledger.with_schedule(problem, schedule)
    before = MONDAY + timedelta(days=ahead)
    counters = ledger.counters(before, reach=back)
    over = [p for p in ledger.periods if p.start + timedelta(days=p.days) <= before]
    near = [p for p in over if (before - p.start).days <= back]
    for measure in ("nights", "weekends", "evenings", "refused_wishes", "days planned"):
        sums = {a: sum(p.counts[measure].get(a, 0) for p in near) for a in PEOPLE}
        found = counters.get(measure, {})
        assert {agent: found.get(agent, 0) for agent in PEOPLE} == sums
    sundays = dict.fromkeys(PEOPLE, 0)
    for period in over:
        for agent in PEOPLE:
            sundays[agent] += period.counts.get(f"sundays worked {before.year}", NONE)[agent]
    assert counters.get("sundays worked", NONE) == sundays
    if over:
        assert counters["festival Lights"] == ledger.periods[0].counts["festival Lights"]


def test_sundays_are_those_of_the_calendar_year():
    """Before 2027 the Sundays of 2026 count, and after New Year only those of 2027."""
    ledger = published({"anna": "-" * 6 + "E" + "-" * 6 + "E" + "-" * 13 + "D"})
    year = ledger.counters(date(2027, 1, 4))["sundays worked"]
    assert year == {"anna": 1, "ben": 0, "cleo": 0}
    (period,) = ledger.periods
    assert period.counts["sundays worked 2026"]["anna"] == 2


def test_a_sunday_that_the_past_has_taken_is_not_counted_again():
    """A night of the period before that lasts into the first Sunday has taken it."""
    sunday = MONDAY + timedelta(days=6)
    ledger = published({"anna": "N------", "ben": "-----NN"}, before={"anna": "N"}, start=sunday)
    assert ledger.counters(sunday + WEEK)["sundays worked"] == {"anna": 0, "ben": 1, "cleo": 0}


def test_weeks_cut_by_two_periods_add_up():
    """Paid minutes of a week on both sides of a seam are those of the whole week."""
    friday = MONDAY + timedelta(days=4)
    first = example("", rules.OneShiftADay(), {"anna": "EE-E"})
    then = example("", rules.OneShiftADay(), {"anna": "ES-E"}, start=friday)
    ledger = Ledger().with_schedule(then.problem, then.schedule)
    ledger = ledger.with_schedule(first.problem, first.schedule)
    minutes = ledger.counters(friday + timedelta(days=4))
    assert minutes["paid minutes 2026-W50"]["anna"] == 4 * 480 + 240
    assert minutes["paid minutes 2026-W51"]["anna"] == 480
    assert ledger.counters(friday) == Ledger(periods=ledger.periods[:1]).counters(friday)


def test_a_festival_is_remembered_for_more_than_a_year():
    """The last time counts, however long ago; an older time does not."""
    counts = {"festival Yule": {"anna": 1, "ben": 1}, "nights": {"anna": 3}}
    old = LedgerPeriod(start=date(2024, 12, 20), days=7, counts=counts)
    newer = LedgerPeriod(
        start=date(2025, 12, 20), days=7, counts={"festival Yule": {"anna": 0, "cleo": 1}}
    )
    ledger = Ledger(periods=(newer, old))
    assert ledger.counters(date(2027, 3, 1)) == {"festival Yule": {"anna": 0, "ben": 1, "cleo": 1}}


def test_what_is_published_again_is_replaced_and_what_overlaps_refused():
    """The same first day replaces a period, also by another length; other overlaps are faults."""
    ledger = published({"anna": "NNNNNNN"})
    again = example("", rules.OneShiftADay(), {"anna": "N--"})
    ledger = ledger.with_schedule(again.problem, again.schedule)
    assert [period.days for period in ledger.periods] == [3]
    assert ledger.counters(MONDAY + WEEK)["nights"]["anna"] == 1
    inside = example("", rules.OneShiftADay(), {"anna": "N"}, start=MONDAY + timedelta(days=2))
    message = "must not overlap that of 3 days from 2026-12-07, got '1 days from 2026-12-09'"
    with pytest.raises(InputError, match=message):
        ledger.with_schedule(inside.problem, inside.schedule)


def test_files(tmp_path):
    """A ledger comes back from its file; one that is not there is empty only if asked so."""
    path = tmp_path / "ledger.json"
    with pytest.raises(InputError, match=r"ledger\.json must be an existing file"):
        read_ledger(path)
    assert read_ledger(path, new=True) == Ledger()
    ledger = published({"anna": "ELDNN-S"})
    assert write_ledger(path, ledger) == path
    assert read_ledger(path) == read_ledger(path, new=True) == ledger
    path.write_text('{"schema_version": 2}', encoding="utf-8")
    with pytest.raises(
        InputError, match=r"ledger\.json: Ledger\.schema_version must be less than or"
    ):
        read_ledger(path, new=True)
    with pytest.raises(InputError, match=r"counts\.nights\.anna must be greater than or equal"):
        LedgerPeriod(start=MONDAY, days=7, counts={"nights": {"anna": -1}})


def test_shares_even_out_over_periods():
    """Whoever had all nights of one week is in breach for another one, unless others had more."""
    share = rules.FairShare(of="nights", tolerance=0.5)
    past = published({"anna": "NNN----"}, share).counters(MONDAY + WEEK)
    later = {"start": MONDAY + WEEK, "counters": past}
    more = example("", share, {"anna": "N------"}, **later)
    assert contract.stated_breach(more.problem, share, more.schedule) == 4000 - 1333 - 500
    others = example("", share, {"ben": "NN-----", "cleo": "--NNN--"}, **later)
    assert contract.stated_breach(others.problem, share, others.schedule) == 0


def test_wishes_of_those_refused_most_weigh_more():
    """Weights grow with what was refused beyond the average, up to a bound, and never shrink."""
    counters = {"refused_wishes": {"anna": 6, "ben": 3, "cleo": 0, "dora": 90}}
    one = example("", rules.OneShiftADay(), {"anna": "-"}, counters=counters)
    wishes = [
        rules.DayOffRequest(agents=("anna",), days=("Mon",), weight=30),
        rules.DayOffRequest(agents=("cleo",), days=("Mon",), weight=30),
        rules.DayOffRequest(agents=("anna", "ben"), days=("Mon",)),
        rules.DayOffRequest(agents=("anna",), days=("Mon",), weight=None),
        rules.CaregivingWindow(agents=("anna",), windows=({},), weight=5),
    ]
    problem = one.problem.with_rules(*wishes)

    def weights(found):
        return [rule.weight for rule in found.rules[1:]]

    assert weights(weighed(problem, 3)) == [60, 30, 15, None, 5]
    assert weights(weighed(problem, 1.5)) == [45, 30, 12.5, None, 5]
    assert weighed(problem, 1) == problem
    fresh = example("", rules.OneShiftADay(), {"anna": "-"}).problem.with_rules(*wishes)
    assert weighed(fresh) == fresh


def test_a_ledger_that_is_no_json(tmp_path):
    """It is said in the words of other files."""
    file = tmp_path / "ledger.json"
    file.write_text("junk", encoding="utf-8")
    with pytest.raises(InputError, match=r"ledger.json must be valid JSON, got 'expected value"):
        read_ledger(file)
