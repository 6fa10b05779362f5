"""What rules say and whom they bind, beyond what their examples show."""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pytest

from tests.rules.rosters import fields_on
from wfm import contract, rules
from wfm.agent import Agent, Contract
from wfm.horizon import Horizon
from wfm.problem import Previous, Problem
from wfm.rule import Rule
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.shift import ShiftTemplate
from wfm.window import Window

RULES = pytest.mark.parametrize("rule", Rule.named.values(), ids=Rule.named)
PRIVATE = ("care", "child", "doctor", "family", "ill", "parent", "private", "school", "sick")


@RULES
def test_wishes_have_a_price_and_all_else_is_hard_unless_said_otherwise(rule):
    """The default weight of a wish is 10, that of any other rule is none."""
    assert rule.model_fields["weight"].default == (10 if rule.kind == "wish" else None)


@RULES
def test_nothing_private_is_said(rule):
    """No sentence of a violation and no rule in words says why someone is away."""
    for one in rule.examples():
        said = [one.problem.rules[0].words(one.problem)]
        found = one.problem.rules[0].violations(one.problem, one.schedule)
        said += [violation.sentence for violation in found]
        told = [word for word in PRIVATE for text in said if word in text.lower().split()]
        assert told == []


def test_who_is_bound_by_contract_and_by_id():
    """A rule binds the agents that it names and all agents of the contracts that it names."""
    problem = example("", rules.OneShiftADay(), {"anna": "-"}).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    fields["contracts"] = (*problem.contracts, Contract(id="half"))
    fields["agents"] = (*problem.agents, Agent(id="dora", contract="half", skills=("voice",)))
    problem = Problem(**fields)
    assert rules.OneShiftADay().who(problem) == ["anna", "ben", "cleo", "dora"]
    rule = rules.OneShiftADay(agents=("ben",), contracts=("half",))
    assert rule.who(problem) == ["ben", "dora"]
    assert rule.words(problem) == "each of Ben and contract half starts at most one shift a day"


def test_rest_after_a_shift_round_the_clock_reaches_over_a_free_day():
    """A shift of 24 hours ends so late that it binds the start on the day after the next."""
    rule = rules.MinRest(hours=20)
    problem = example("", rule, {"anna": "---"}).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    long = ShiftTemplate(id="long", start="23:00", lengths=(1440,))
    problem = Problem(**{**fields, "shifts": (*problem.shifts, long)})
    early = example("", rule, {"anna": "--E"}).schedule.shifts[0]
    first = early.model_copy(
        update={"day": 0, "template": "long", "start": 23 * 60, "end": 47 * 60, "breaks": ()}
    )
    schedule = Schedule.of_shifts([first, early])
    contract.check_agreement(rules.MinRest, problem, schedule)
    (violation,) = rule.violations(problem, schedule)
    assert violation.sentence == (
        "Anna rests 7 h before the shift on Wed 9 Dec 06:00; at least 20 h are due."
    )


def test_rest_in_odd_minutes_is_rounded_up():
    """A rest of 7 h 30 min does not do where 7.506 hours are due, on either side."""
    rule = rules.MinRest(hours=7.506)
    one = example("", rule, {"anna": "LE"})
    assert contract.stated_breach(one.problem, rule, one.schedule) == 1
    assert sum(v.amount for v in rule.violations(one.problem, one.schedule)) == 1


def test_dated_windows_and_their_bounds():
    """A window on dates, and one with a first and a last date, bind on those dates only."""
    dated = Window(dates=(date(2026, 12, 8),))
    bounded = Window(since=date(2026, 12, 10), until=date(2026, 12, 11))
    rule = rules.CaregivingWindow(agents=("anna",), windows=(dated, bounded))
    one = example("", rule, {"anna": "EEEEEEE"})
    assert [v.day for v in rule.violations(one.problem, one.schedule)] == [1, 3, 4]
    contract.check_agreement(rules.CaregivingWindow, one.problem, one.schedule)


def test_sentences_give_names_times_and_numbers():
    """One sentence of each kind of number, word by word."""
    kept_free = rules.CaregivingWindow(
        agents=("anna",), windows=(Window(days=("Wed",), start="15:00", end="17:00"),), travel=60
    )
    assert _sentence(kept_free, {"anna": "--E"}) == (
        "Anna is on duty from Wed 9 Dec 06:00 to Wed 9 Dec 14:30, in a time that is kept free "
        "(Wed 9 Dec 15:00 to Wed 9 Dec 17:00, with 60 min before and after)."
    )
    assert _sentence(rules.Hours(most=38.5), {"anna": "EEEEE--"}) == (
        "Anna has 40 h of paid time in the week from Mon 7 Dec to Sun 13 Dec; "
        "at most 38.5 h are allowed."
    )
    assert _sentence(rules.SameDaysOff(household="home"), {"anna": "D"}) == (
        "On Mon 7 Dec there is a shift for Anna but none for Ben; "
        "their days off are to be the same."
    )


@RULES
def test_limits_of_a_large_problem_are_quick(rule):
    """200 agents on 28 days of 200 options: any rule states its limits well within a second."""
    for one in rule.examples()[:2]:
        problem = _large(one.problem)
        began = time.process_time()
        stated = list(problem.rules[0].limits(problem.grid))
        assert time.process_time() - began < 1
        assert len(stated) <= 2 * problem.horizon.slots


def _sentence(rule, rosters):
    one = example("", rule, rosters)
    (violation,) = rule.violations(one.problem, one.schedule)
    return violation.sentence


def _large(problem):
    horizon = Horizon(start=problem.horizon.start, days=28, timezone="Europe/Berlin")
    fields = fields_on(problem, horizon)
    more = [Agent(id=f"a{n}", contract="full", skills=("voice", "lead")) for n in range(197)]
    fields["agents"] = (*problem.agents, *more)
    lengths = (240, 360, 480, 540)
    flexible = ShiftTemplate(id="flex", start="06:00", latest="18:00", step=15, lengths=lengths)
    fields["shifts"] = (*problem.shifts, flexible)
    fields["previous"] = Previous(counters=problem.previous.counters)
    large, _ = contract.random_roster(Problem(**fields), np.random.default_rng(1))
    return large
