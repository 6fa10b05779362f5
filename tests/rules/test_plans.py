"""Rules made from a schedule: what is locked, and what has been published."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pytest

from wfm import contract, rules
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import MONDAY, SPRING_SATURDAY, example
from wfm.schedule import Schedule
from wfm.shift import ShiftTemplate

AUTUMN_SATURDAY = date(2026, 10, 24)
ODD = (
    ShiftTemplate(id="in the changed hour", start="02:30", lengths=(480,)),
    ShiftTemplate(id="from midnight", start="00:00", lengths=(300, 1440)),
)


def drawn(start, seed):
    """A random roster over a weekend on which the clocks change, odd shifts among its own."""
    problem = example("", rules.OneShiftADay(), {"anna": "---"}, start=start).problem
    problem = problem.model_copy(update={"shifts": (*problem.shifts, *ODD), "rules": ()})
    return contract.random_roster(problem, np.random.default_rng(seed))


def amount(rule, problem, schedule):
    return sum(violation.amount for violation in rule.violations(problem, schedule))


@pytest.mark.parametrize("start", [MONDAY, SPRING_SATURDAY, AUTUMN_SATURDAY])
@pytest.mark.parametrize("seed", range(5))
def test_a_schedule_keeps_what_is_made_from_it(start, seed):
    """A schedule is as it was locked and as it was published, on days of 23 and 25 hours too."""
    problem, schedule = drawn(start, seed)
    for rule in (
        rules.Locked.of(problem, schedule),
        rules.Published.of(problem, schedule, on=start),
    ):
        assert amount(rule, problem, schedule) == 0
        assert contract.stated_breach(problem, rule, schedule) == 0
        assert Rule.parse(rule.model_dump(mode="json")) == rule
        assert hash(rule) == hash(rule.model_copy())


@pytest.mark.parametrize("seed", range(5))
def test_every_other_schedule_breaks_it_by_the_days_that_differ(seed):
    """Each day on which two schedules differ counts once, on either side."""
    problem, schedule = drawn(AUTUMN_SATURDAY, seed)
    _, other = contract.random_roster(problem, np.random.default_rng([seed, 1]))
    days = {(s.agent, s.day, s.template, s.start, s.end) for s in schedule.shifts}
    days ^= {(s.agent, s.day, s.template, s.start, s.end) for s in other.shifts}
    differ = len({(agent, day) for agent, day, *_ in days})
    locked = rules.Locked.of(problem, schedule)
    published = rules.Published.of(problem, schedule, on=AUTUMN_SATURDAY, notice=((9, 1),))
    for rule in (locked, published):
        assert amount(rule, problem, other) == differ
        assert contract.stated_breach(problem, rule, other) == differ


def test_some_days_and_agents_can_be_locked():
    """Only the dates and the agents asked for are locked; dates outside the horizon are left."""
    one = example("", rules.OneShiftADay(), {"anna": "ED-", "ben": "--N"})
    rule = rules.Locked.of(one.problem, one.schedule, first=MONDAY - timedelta(9), last=MONDAY)
    assert [(a.agent, a.template, a.off) for a in rule.assignments] == [
        ("anna", "early", False),
        ("ben", None, True),
        ("cleo", None, True),
    ]
    rule = rules.Locked.of(one.problem, one.schedule, agents=("ben",), weight=5)
    assert [(a.day.day, a.off) for a in rule.assignments] == [(7, True), (8, True), (9, False)]
    assert rule.weight == 5


def test_sentences_name_agent_day_and_both_shifts():
    """What was locked or published stands beside what is found, word by word."""
    one = example("", rules.OneShiftADay(), {"anna": "EN", "ben": "--"})
    other = example("", rules.OneShiftADay(), {"anna": "-E", "ben": "S-"})
    locked = rules.Locked.of(one.problem, one.schedule)
    assert [v.sentence for v in locked.violations(other.problem, other.schedule)] == [
        "Anna is off on Mon 7 Dec, where a shift 'early' from 06:00 of 510 min is locked.",
        "Anna has a shift 'early' 06:00–14:30 on Tue 8 Dec, "
        "where a shift 'night' from 22:00 of 480 min is locked.",
        "Ben has a shift 'short' 09:00–13:00 on Mon 7 Dec, where a day off is locked.",
    ]
    published = rules.Published.of(one.problem, one.schedule, on=MONDAY)
    assert [v.sentence for v in published.violations(other.problem, other.schedule)] == [
        "Anna has a shift 'early' 06:00–14:30 published for Mon 7 Dec, and now off: "
        "a change with 0 days left, which counts 5.",
        "Anna has a shift 'night' 22:00–06:00 published for Tue 8 Dec, and now "
        "a shift 'early' 06:00–14:30: a change with 1 day left, which counts 5.",
        "Ben has a day off published for Mon 7 Dec, and now a shift 'short' 09:00–13:00: "
        "a change with 0 days left, which counts 5.",
    ]


def test_what_is_locked_in_words():
    """Few locked days are said one by one, many by their number."""
    one = example("", rules.OneShiftADay(), {"anna": "E"})
    rule = rules.Locked.of(one.problem, one.schedule, agents=("anna", "ben"))
    assert rule.words(one.problem) == (
        "Anna has a shift 'early' from 06:00 of 510 min on 2026-12-07 "
        "and Ben has a day off on 2026-12-07"
    )
    week = example("", rules.OneShiftADay(), {"anna": "E------"})
    assert rules.Locked.of(week.problem, week.schedule).words(week.problem) == (
        "21 locked days of Anna and Ben and Cleo stay (2026-12-07 to 2026-12-13)"
    )


SHIFT = {"agent": "anna", "day": "2026-12-07", "template": "early", "start": "06:00"}
DAYS = {"first": "2026-12-07", "last": "2026-12-13"}
WHOLE = {**SHIFT, "minutes": 510}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"rule": "locked", "assignments": []}, "Locked.assignments must "),
        (
            {"rule": "locked", "assignments": [SHIFT, SHIFT]},
            "Locked.assignments of agent 'anna' must hold each date once, got 2026-12-07.",
        ),
        ({"rule": "locked", "assignments": [{**SHIFT, "off": True}]}, "Assignment.off must be "),
        (
            {"rule": "locked", "assignments": [{**SHIFT, "until": "12:00"}]},
            "Assignment.until must be left out where the day is not off",
        ),
        (
            {"rule": "published", "shifts": [SHIFT], "days": DAYS, "on": "2026-12-01"},
            "must say template, start and minutes",
        ),
        (
            {"rule": "published", "shifts": [WHOLE, WHOLE], "days": DAYS, "on": "2026-12-01"},
            "Published.shifts of agent 'anna' on 2026-12-07 must be the only one of that date",
        ),
        (
            {
                "rule": "published",
                "shifts": [{**WHOLE, "day": "2026-12-14"}],
                "days": DAYS,
                "on": "2026-12-01",
            },
            "on 2026-12-14 must be within days (2026-12-07 to 2026-12-13)",
        ),
        (
            {"rule": "published", "shifts": [], "days": DAYS, "on": "2026-12-01", "notice": []},
            "Published.notice must ",
        ),
        (
            {
                "rule": "published",
                "shifts": [],
                "days": DAYS,
                "on": "2026-12-01",
                "notice": [[7, 1], [7, 2]],
            },
            "Published.notice must give each number of days once",
        ),
        (
            {
                "rule": "published",
                "shifts": [],
                "days": DAYS,
                "on": "2026-12-01",
                "notice": [[7, 0]],
            },
            "Published.notice must have factors of at least 1",
        ),
    ],
)
def test_faults_are_refused(rule, message):
    """What contradicts itself is refused with its place."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse(rule)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            {"rule": "locked", "assignments": [{**SHIFT, "agent": "dora"}]},
            "rule locked.assignments must be one of the agents (anna, ben, cleo), got 'dora'.",
        ),
        (
            {"rule": "locked", "assignments": [{**SHIFT, "template": "dusk"}]},
            "rule locked.assignments must be one of the shifts ",
        ),
        (
            {
                "rule": "published",
                "shifts": [{**WHOLE, "agent": "dora"}],
                "days": DAYS,
                "on": "2026-12-01",
            },
            "rule published.shifts must be one of the agents (anna, ben, cleo), got 'dora'.",
        ),
        (
            {
                "rule": "published",
                "shifts": [],
                "days": DAYS,
                "on": "2026-12-01",
                "declined": [{"agent": "dora", "day": "2026-12-07"}],
            },
            "rule published.declined must be one of the agents (anna, ben, cleo), got 'dora'.",
        ),
    ],
)
def test_what_the_problem_lacks_is_refused(rule, message):
    """Unknown agents and templates are refused with the known ones."""
    problem = example("", rules.OneShiftADay(), {"anna": "-"}).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    with pytest.raises(InputError, match=re.escape(message)):
        Problem(**{**fields, "rules": (rule,)})


def test_a_published_shift_that_is_no_longer_offered_is_a_change_in_any_case():
    """Where no shift can be as published, each counts, and limits and judge agree."""
    one = example("", rules.OneShiftADay(), {"anna": "E"})
    rule = rules.Published.of(one.problem, one.schedule, on=MONDAY)
    gone = tuple(
        t.model_copy(update={"start": "07:00"}) if t.id == "early" else t
        for t in one.problem.shifts
    )
    problem = one.problem.model_copy(update={"shifts": gone, "rules": (rule,)})
    assert amount(rule, problem, Schedule()) == 5
    assert contract.stated_breach(problem, rule, Schedule()) == 5
