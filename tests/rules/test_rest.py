"""What the rules on rest, days off and breaks mean, against plain counting."""

from __future__ import annotations

import json
import re
import time
from datetime import date, datetime
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.rosters import fields_on
from wfm import contract, rules
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import FRIDAY, example
from wfm.rules.rest_after_call_out import CallOut
from wfm.schedule import Schedule, Shift
from wfm.shift import Break, ShiftTemplate

CALL = {"agent": "anna", "start": "2026-12-08T23:00", "end": "2026-12-09T01:00"}
NOT_A_RULE = [
    (
        {"rule": "weekly_rest", "hours": 200},
        "WeeklyRest.hours must be at most the 168 hours of 7 days, got 200.",
    ),
    ({"rule": "weekly_rest", "hours": 35, "days": 10}, "WeeklyRest.days must be 7 or 14, got 10."),
    (
        {"rule": "rest_after_nights", "hours": 48},
        "RestAfterNights.templates must be given.",
    ),
    (
        {"rule": "rest_after_call_out", "hours": 11, "call_outs": [{**CALL, "end": CALL["start"]}]},
        "CallOut.end must lie after start (2026-12-08 23:00:00), by a day at most, got ",
    ),
    (
        {
            "rule": "rest_after_call_out",
            "hours": 11,
            "call_outs": [{**CALL, "end": "2026-12-09T01:00+01:00"}],
        },
        "CallOut.end must be local, without a time zone, got 2026-12-09T01:00:00+01:00.",
    ),
    ({"rule": "min_days_in_a_row", "days": 1}, "MinDaysInARow.days must be greater than or equal"),
    (
        {"rule": "days_off_together", "days": 8},
        "DaysOffTogether.days must be at most the 7 days of the weeks, got 8.",
    ),
    (
        {"rule": "days_off", "least": 29, "weeks": 4},
        "DaysOff.least must be at most 28 in 4 weeks, got 29.",
    ),
    (
        {"rule": "days_off", "least": 2, "weeks": 2, "per": "horizon"},
        "DaysOff.weeks must be left out when days off are counted over the horizon, got 2.",
    ),
    ({"rule": "compensation_day", "days": []}, "CompensationDay.days must be given, or dates."),
    (
        {"rule": "compensation_day", "within": 0},
        "CompensationDay.within must be at least 1, or before, got 0.",
    ),
]
NOT_IN_THE_PROBLEM = [
    (
        {"rule": "rest_after_nights", "hours": 48, "templates": ["dusk"]},
        "rule rest_after_nights.templates must be one of the shifts "
        "(early, day, late, night, short), got 'dusk'.",
    ),
    (
        {"rule": "rest_after_call_out", "hours": 11, "call_outs": [{**CALL, "agent": "dora"}]},
        "rule rest_after_call_out.call_outs agent must be one of the agents "
        "(anna, ben, cleo), got 'dora'.",
    ),
]


@pytest.mark.parametrize(("rule", "message"), NOT_A_RULE)
def test_bad_fields_are_refused(rule, message):
    """What cannot be meant is refused with its field, what must be, and what was found."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse(rule)


@pytest.mark.parametrize(("rule", "message"), NOT_IN_THE_PROBLEM)
def test_what_the_problem_lacks_is_refused(rule, message):
    """A template or an agent that the problem lacks is refused with the known ones."""
    with pytest.raises(InputError, match=re.escape(message)):
        _with(Rule.parse(rule))


def test_a_break_lasts_eight_hours_at_most():
    """The gap of a split shift is a break of up to 480 minutes; a longer one is refused."""
    assert Break(minutes=480, earliest=0, latest=0).minutes == 480
    message = "Break.minutes must be less than or equal to 480, got 485."
    with pytest.raises(InputError, match=re.escape(message)):
        Break(minutes=485, earliest=0, latest=0)


def test_days_off_per_week_are_read_as_before():
    """JSON of days off that knows no weeks is read, and means one week."""
    rule = Rule.parse({"rule": "days_off", "least": 2, "per": "week"})
    assert rule == rules.DaysOff(least=2, weeks=1)
    assert rule.words(_with(rule)) == "everyone has at least 2 days off a week"
    four = rules.DaysOff(least=4, weeks=4)
    assert four.words(_with(four)) == "everyone has at least 4 days off in 4 weeks"


def test_a_split_shift_is_told_by_its_gap_and_has_a_long_span():
    """Two and a half hours, five hours off, two and a half hours: split, and ten hours long."""
    gap = Break(minutes=300, earliest=150, latest=150, paid=False, label="gap")
    split = ShiftTemplate(id="split", start="08:00", lengths=(600,), breaks=(gap,))
    problem = _with(rules.SplitShifts(gap=120), rules.Span(hours=9), shifts=(split,))
    start = problem.horizon.minute(1, 480)
    pause = {"start": start + 150, "end": start + 450, "paid": False}
    shift = Shift(
        agent="anna", day=1, template="split", start=start, end=start + 600, breaks=(pause,)
    )
    schedule = Schedule.of_shifts([shift])
    found = {rule.name(): [*rule.violations(problem, schedule)] for rule in problem.rules}
    assert [v.sentence for v in found["split_shifts"]] == [
        "Anna has 1 split shift from Mon 7 Dec to Sun 13 Dec; at most 0 may be."
    ]
    assert [v.amount for v in found["span"]] == [60]
    for rule in problem.rules:
        contract.check_agreement(type(rule), problem, schedule)


def test_no_day_is_the_rest_of_two_weeks():
    """A free block from Sunday evening to Tuesday is one week's rest, not that of both."""
    law = rules.WeeklyRest(hours=35)
    one = example("", law, {"anna": "DDDDDDEEDDDDDD"})
    (first, second) = law.violations(one.problem, one.schedule)
    assert first.sentence == (
        "Anna has no 35 h free in a row for the week from Mon 7 Dec to Sun 13 Dec; "
        "the longest rest has 15.5 h."
    )
    assert (first.day, second.day) == (6, 13)
    one = example("", law, {"anna": "DDDDDDE-DDDDDD"})
    assert [violation.day for violation in law.violations(one.problem, one.schedule)] == [6]


@settings(max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    days=st.integers(1, 16),
    inside=st.sampled_from([6, 24, 40]),
    hours=st.sampled_from([24, 35, 40.5]),
)
def test_weekly_rest_is_the_plain_search_for_a_free_block(seed, days, inside, hours):
    """Trying every half hour finds a block exactly where the rule finds none missing."""
    rule = rules.WeeklyRest(hours=hours, inside=inside)
    problem, schedule = _drawn(rule, seed, FRIDAY, days)
    known = min((shift.day for shift in problem.previous.shifts), default=0)
    known -= problem.horizon.weekday(known) if known < 0 else 0
    block, inner = int(hours * 60), int(min(hours, inside) * 60)

    def holds(shifts, monday):
        week = (problem.horizon.midnight(monday), problem.horizon.midnight(monday + 7))
        return any(
            start >= problem.horizon.midnight(known)
            and min(start + block, week[1]) - max(start, week[0]) >= inner
            and not any(shift.overlap(start, start + block) for shift in shifts)
            for start in range(week[0] - block, week[1], 30)
        )

    missing = 0
    for agent in ("anna", "ben", "cleo"):
        past = [shift for shift in problem.previous.shifts if shift.agent == agent]
        for monday in range(-32 + 7, days - 6, 7):
            assert problem.horizon.weekday(monday) == 0
            if monday >= known and holds(past, monday):
                missing += not holds([*past, *schedule.of(agent)], monday)
    assert sum(violation.amount for violation in rule.violations(problem, schedule)) == missing


@settings(max_examples=80, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    days=st.integers(14, 30),
    within=st.integers(1, 14),
    before=st.integers(0, 6),
)
def test_a_compensation_day_each_is_a_matching(seed, days, within, before):
    """The rule is kept just where every day worked can be given a day off of its own."""
    rule = rules.CompensationDay(
        agents=("anna",), days=("Sat", "Sun"), within=within, before=before
    )
    problem, schedule = _drawn(rule, seed, FRIDAY, days, past=False)
    worked = {shift.day for shift in schedule.of("anna")}
    weekday = problem.horizon.weekday
    taken: dict[int, int] = {}

    def give(day, seen):
        for off in range(day - before, day + within + 1):
            if weekday(off) < 5 and off not in worked and off not in seen:
                seen.add(off)
                if off not in taken or give(taken[off], seen):
                    taken[off] = day
                    return True
        return False

    due = [d for d in worked if weekday(d) > 4 and d - before >= 0 and d + within < days]
    kept = all(give(day, set()) for day in due)
    assert kept == (not list(rule.violations(problem, schedule)))


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_breaks_are_judged_by_their_worst_allowed_places(data):
    """Trying all allowed places of up to three breaks finds the same shifts without them."""
    pauses = st.builds(
        lambda minutes, earliest, more, paid: Break(
            minutes=minutes, earliest=earliest, latest=earliest + more, paid=paid
        ),
        st.sampled_from([30, 60]),
        st.integers(0, 8).map(lambda n: 30 * n),
        st.integers(0, 4).map(lambda n: 30 * n),
        st.booleans(),
    )
    breaks = tuple(data.draw(st.lists(pauses, max_size=3)))
    rule = rules.BreaksByLength(
        longer_than=5,
        minutes=data.draw(st.sampled_from([30, 60, 90])),
        piece=data.draw(st.sampled_from([30, 60])),
        unbroken=data.draw(st.sampled_from([None, 3, 4, 5.5])),
        latest_start=data.draw(st.sampled_from([None, 120, 240])),
        paid=data.draw(st.sampled_from([None, True, False])),
    )
    try:
        template = ShiftTemplate(id="some", start="08:00", lengths=(480,), breaks=breaks)
    except InputError:
        return
    problem = _with(rule, shifts=(template,))
    start = problem.horizon.minute(0, 480)
    times = _first_places(breaks)
    taken = [
        {"start": start + at, "end": start + at + pause.minutes, "paid": pause.paid}
        for at, pause in zip(times, breaks, strict=True)
    ]
    shift = Shift(agent="anna", day=0, template="some", start=start, end=start + 480, breaks=taken)
    found = list(rule.violations(problem, Schedule.of_shifts([shift])))
    contract.check_agreement(rules.BreaksByLength, problem, Schedule.of_shifts([shift]))
    long = shift.paid_minutes > 300
    assert bool(found) == (long and not all(_serves(rule, breaks, p) for p in _places(breaks)))


def _places(breaks):
    allowed = product(*(range(b.earliest, b.latest + 1, 30) for b in breaks))
    for places in allowed:
        ends = [at + b.minutes for at, b in zip(places, breaks, strict=True)]
        if all(end <= at for end, at in zip(ends, places[1:], strict=False)):
            yield places


def _first_places(breaks):
    return min(_places(breaks), default=())


def _serves(rule, breaks, places):
    counted = [
        (at, at + b.minutes)
        for at, b in zip(places, breaks, strict=True)
        if b.minutes >= rule.piece and rule.paid in (None, b.paid)
    ]
    if sum(end - at for at, end in counted) < rule.minutes:
        return False
    if rule.latest_start is not None and counted[0][0] > rule.latest_start:
        return False
    edges = [0, *(edge for pair in counted for edge in pair), 480]
    longest = max(edges[n + 1] - edges[n] for n in range(0, len(edges), 2))
    return rule.unbroken is None or longest <= 60 * rule.unbroken


def test_a_call_out_comes_back_from_json():
    """Local times of a call-out stay what they are."""
    one = CallOut(agent="anna", start=datetime(2026, 12, 8, 23), end=datetime(2026, 12, 9, 1))
    rule = rules.RestAfterCallOut(call_outs=(one,), hours=11)
    assert Rule.parse(json.loads(rule.to_json())) == rule
    assert Rule.parse({"rule": "rest_after_call_out", "call_outs": [CALL], "hours": 11}) == rule


def test_a_year_of_sundays_is_stated_quickly():
    """A whole year's Sundays with overlapping times make limits within a second."""
    rule = rules.CompensationDay()
    problem, _ = _drawn(rule, 1, date(2026, 1, 1), 366)
    began = time.process_time()
    assert len(list(rule.limits(problem.grid))) < 2 * problem.horizon.slots
    assert time.process_time() - began < 1


def _with(*some, shifts=()):
    problem = example("", rules.OneShiftADay(), {"anna": "-------"}).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem(**{**fields, "rules": some, "shifts": (*problem.shifts, *shifts)})


def _drawn(rule, seed, start, days, *, past=True):
    """A random roster of a horizon, with a random past or an unknown one."""
    problem = example("", rule, {"anna": "-"}).problem
    horizon = Horizon(start=start, days=days, timezone="Europe/Berlin", interval=30)
    fields = fields_on(problem, horizon)
    drawn, schedule = contract.random_roster(Problem(**fields), np.random.default_rng(seed))
    return (drawn if past else Problem(**fields)), schedule
