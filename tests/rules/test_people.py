"""Rules that tie people together, beyond what their examples show."""

# ruff: noqa: E501 - each fault on a line of its own

from __future__ import annotations

import re
import time
from datetime import date

import numpy as np
import pytest

from tests.rules.test_meaning import _large
from wfm import contract, rules
from wfm.errors import InputError
from wfm.horizon import Horizon, SwapDay
from wfm.problem import Previous, Problem
from wfm.rule import Rule
from wfm.rules.example import MONDAY, example
from wfm.schedule import Schedule, Shift
from wfm.window import Window

HOME = ("anna", "ben")

NOT_A_RULE = [
    ({"rule": "someone_at_home", "household": "home", "travel": -1}, "SomeoneAtHome.travel must be greater than or equal to 0, got -1."),
    ({"rule": "shared_free_time", "household": "home", "least": 0}, "SharedFreeTime.least must be greater than or equal to 1, got 0."),
    ({"rule": "shared_free_time", "household": "home", "least": 1, "windows": []}, "SharedFreeTime.windows must hold: tuple should have at least 1 item"),
    ({"rule": "starts_together", "household": "home", "teams": ["red"], "minutes": 5}, "StartsTogether.household must be left out when others are named, got 'home'."),
    ({"rule": "starts_together", "household": "home", "minutes": -5}, "StartsTogether.minutes must be greater than or equal to 0, got -5."),
    ({"rule": "apart"}, "Apart.agents must be given, or household."),
    ({"rule": "apart", "agents": ["anna", "anna"]}, "Apart.agents must name each agent once, got ('anna', 'anna')."),
    ({"rule": "apart", "agents": HOME, "household": "home"}, "Apart.household must be left out when agents are named, got 'home'."),
    ({"rule": "shift_bounds"}, "ShiftBounds.earliest must be given, or latest."),
    ({"rule": "shift_bounds", "latest": "25:00"}, "ShiftBounds.latest: clock time must be HH:MM between 00:00 and 24:00, got '25:00'."),
    ({"rule": "shift_bounds", "latest": "14:00", "since": "2026-12-08", "until": "2026-12-07"}, "ShiftBounds.until must not be before since (2026-12-08), got 2026-12-07."),
    ({"rule": "no_nights", "since": "2026-12-08", "until": "2026-12-07"}, "NoNights.until must not be before since (2026-12-08), got 2026-12-07."),
    ({"rule": "no_nights", "start": "noon"}, "NoNights.start: clock time must be HH:MM between 00:00 and 24:00, got 'noon'."),
    ({"rule": "with_mentor", "agents": ["ben"], "mentors": []}, "WithMentor.mentors must hold: tuple should have at least 1 item"),
    ({"rule": "max_share_on_duty", "skill": "lead", "share": "4/3"}, "MaxShareOnDuty.share must be at least 0 and below 1, in parts of 100 or fewer, got '4/3'."),
    ({"rule": "max_share_on_duty", "skill": "lead", "share": "some"}, "MaxShareOnDuty.share must be a share such as 1/3 or 0.25, got 'some'."),
    ({"rule": "max_share_on_duty", "skill": "lead", "share": "1/0"}, "MaxShareOnDuty.share must be a share such as 1/3 or 0.25, got '1/0'."),
    ({"rule": "max_share_on_duty", "skill": "lead", "share": 1.5}, "MaxShareOnDuty.share must be at least 0 and below 1, in parts of 100 or fewer, got '1.5'."),
    ({"rule": "seats", "seats": -1}, "Seats.seats must be greater than or equal to 0, got -1."),
    ({"rule": "on_days", "what": {"rule": "min_rest", "hours": 11}}, "OnDays.days must be given, or weeks, dates or other days."),
    ({"rule": "on_days", "since": "2026-12-08", "what": {"rule": "min_rest", "hours": 11, "weight": 2}}, "OnDays.what must have its weight beside it, in the rule that gives the dates, got 'min_rest'."),
    ({"rule": "on_days", "since": "2026-12-08", "what": {"rule": "min_rest", "hours": 30}}, "MinRest.hours must be less than or equal to 23, got 30."),
    ({"rule": "on_days", "since": "2026-12-08", "what": {"rule": "rest"}}, "rule must be one of the rules, perhaps min_rest, paid_rest, got 'rest'."),
    ({"rule": "on_days", "since": "2026-12-08", "what": 11}, "rule must be a rule, or a table that names one, got 11."),
    ({"rule": "on_days", "since": "2026-12-08", "until": "2026-12-07", "what": {"rule": "min_rest", "hours": 11}}, "OnDays.until must not be before since (2026-12-08), got 2026-12-07."),
]  # fmt: skip

NOT_IN_THE_PROBLEM = [
    (rules.SharedFreeTime(household="villa", least=1), "rule shared_free_time.household must be one of the households (home), got 'villa'."),
    (rules.StartsTogether(household="villa", minutes=5), "rule starts_together.household must be one of the households (home), got 'villa'."),
    (rules.Apart(household="villa"), "rule apart.household must be one of the households (home), got 'villa'."),
    (rules.Apart(agents=("anna",)), "rule apart.agents must name at least two, got 'anna'."),
    (rules.WithMentor(agents=("ben",), mentors=("dora",)), "rule with_mentor.mentors must be one of the agents (anna, ben, cleo), got 'dora'."),
    (rules.MaxSkillOnDuty(skill="chess", at_most=1), "rule max_skill_on_duty.skill must be one of the skills (voice, lead), got 'chess'."),
    (rules.MaxShareOnDuty(skill="chess", share="1/2"), "rule max_share_on_duty.skill must be one of the skills (voice, lead), got 'chess'."),
    (rules.Seats(sites=("west",), seats=2), "rule seats.sites must be one of the sites (north, south), got 'west'."),
    (rules.OnDays(what=rules.MinRest(hours=9, agents=("dora",)), since=MONDAY), "rule min_rest.agents must be one of the agents (anna, ben, cleo), got 'dora'."),
    (rules.OnDays(what=rules.MaxAbsent(most=1), since=MONDAY), "rule on_days.what must be a rule that holds when nobody works, got 'max_absent'."),
    (rules.OnDays(what=rules.Hours(least=8), since=MONDAY), "rule on_days.what must be a rule that holds when nobody works, got 'hours'."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "message"), NOT_A_RULE)
def test_bad_fields_are_refused(rule, message):
    """A bad, missing or superfluous field is refused with what must be and what was found."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse(rule)


@pytest.mark.parametrize(("rule", "message"), NOT_IN_THE_PROBLEM)
def test_what_the_problem_lacks_is_refused(rule, message):
    """Whom or what a rule names must be in the problem."""
    with pytest.raises(InputError, match=re.escape(message)):
        example("", rule, {"anna": "-------"})


def test_seats_state_one_limit_for_intervals_that_are_alike():
    """Limits are cut where shifts begin and end, and there are none for as many seats as people."""
    one = example("", rules.Seats(seats=2), {"anna": "-"})
    (rule,) = one.problem.rules
    stated = list(rule.limits(one.problem.grid))
    # 06:00, 09:00, 09:30, 10:00, 13:00, 14:00, 14:30, 17:30, 18:00, 18:30, 22:00, 22:30, 06:00
    assert len(stated) == 12
    assert sum(limit.most for limit in stated) == 2 * 2 * 24
    assert list(rules.Seats(seats=3).limits(one.problem.grid)) == []


def test_one_who_hardly_comes_home_is_away_once():
    """Two shifts of one member whose ways meet do not make two members away."""
    rule = rules.SomeoneAtHome(household="home", travel=180)
    one = example("", rule, {"anna": "NE", "ben": "--"})
    assert contract.stated_breach(one.problem, rule, one.schedule) == 0
    assert list(rule.violations(one.problem, one.schedule)) == []


@pytest.mark.parametrize("travel", [5, 20, 30, 45, 55, 95])
@pytest.mark.parametrize("edges", [("00:00", "24:00"), ("05:10", "22:20"), ("17:37", "17:52")])
def test_ways_of_any_length_and_windows_at_any_minute(travel, edges):
    """Both sides cut time alike, whatever the interval, also after odd shifts of the past."""
    windows = (Window(start=edges[0], end=edges[1]), Window(days=("Tue",), start="13:00"))
    rule = rules.SomeoneAtHome(household="home", travel=travel, windows=windows)
    problem = example("", rule, {"anna": "-----"}).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    odd = [
        Shift(agent="anna", day=-1, template="late", start=-300, end=17),
        Shift(agent="ben", day=-1, template="late", start=-299, end=43),
    ]
    random = np.random.default_rng(travel)
    for _ in range(4):
        drawn, schedule = contract.random_roster(problem, random)
        contract.check_agreement(rules.SomeoneAtHome, drawn, schedule)
        later = Schedule.of_shifts([s for s in schedule.shifts if s.start >= 60])
        past = Problem.model_construct(**{**fields, "previous": Previous(shifts=tuple(odd))})
        contract.check_agreement(rules.SomeoneAtHome, past, later)


def test_days_that_count_as_another_weekday():
    """A rule of a weekday holds on the date that counts as it, and not on its own."""
    rule = rules.ShiftBounds(agents=("anna",), latest="12:00", days=("Mon",))
    one = example("", rule, {"anna": "EEEEEEE"})
    swaps = (SwapDay(day=MONDAY, counts_as="Sun"), SwapDay(day=date(2026, 12, 13), counts_as="Mon"))
    horizon = Horizon(**{**_fields(one.problem.horizon), "swaps": swaps})
    demand = one.problem.demand.model_copy(update={"horizon": horizon})
    problem = one.problem.model_copy(update={"demand": demand})
    assert [v.day for v in rule.violations(problem, one.schedule)] == [6]
    contract.check_agreement(rules.ShiftBounds, problem, one.schedule)


def test_buddies_are_on_duty_only_together():
    """Starts, ends and days the same: whoever is on duty without the other breaks it each day."""
    rule = rules.StartsTogether(agents=("anna", "cleo"), minutes=0, ends=True, same_days=True)
    one = example("", rule, {"anna": "EDNS-", "cleo": "EEN-S"})
    assert [v.day for v in rule.violations(one.problem, one.schedule)] == [1, 3, 4]


def test_a_ledger_keeps_what_is_seen_between_the_dates():
    """A fair share between dates counts for the ledger the shifts between them alone."""
    share = rules.FairShare(of="nights")
    since = rules.OnDays(what=share, since=date(2026, 12, 9))
    one = example("", rules.OneShiftADay(), {"anna": "NNNN---", "ben": "N------"})
    (kept,) = share.tally(one.problem, one.schedule).values()
    (seen,) = since.tally(one.problem, one.schedule).values()
    assert (kept["anna"], kept["ben"]) == (4, 1)
    assert (seen["anna"], seen["ben"]) == (2, 0)


def test_sentences_give_names_times_and_numbers():
    """One sentence of each kind, word by word."""
    roster = {"anna": "D", "ben": "L"}
    assert _sentence(rules.Apart(household="home", overlap=60), roster) == (
        "Anna and Ben are both on duty from Mon 7 Dec 14:00 to Mon 7 Dec 17:30; "
        "at most 60 min are allowed."
    )
    assert _sentence(rules.StartsTogether(household="home", minutes=60), roster) == (
        "On Mon 7 Dec Anna works 09:00–17:30, Ben works 14:00–22:30; "
        "their starts are to lie within 60 min."
    )
    assert _sentence(rules.ShiftBounds(agents=("ben",), latest="20:00"), roster) == (
        "Ben is on duty from Mon 7 Dec 14:00 to Mon 7 Dec 22:30; "
        "a shift of that day ends at 20:00 at the latest."
    )
    assert _sentence(rules.NoNights(), roster) == (
        "Ben is on duty from Mon 7 Dec 14:00 to Mon 7 Dec 22:30, 30 min of it between 22:00 and "
        "06:00; at most 0 min are allowed."
    )
    assert _sentence(rules.Seats(teams=("red",), seats=1), roster) == (
        "From Mon 7 Dec 14:00 to Mon 7 Dec 17:30 up to 2 are on duty (Anna, Ben); "
        "there is 1 seat for team red."
    )
    assert _sentence(rules.MaxAbsent(most=0), roster) == (
        "On Mon 7 Dec 1 of 3 have no shift (Cleo); at most 0 may be without one."
    )
    assert _sentence(
        rules.MaxShareOnDuty(skill="voice", share="1/3", sites=("south",)), roster
    ) == (
        "From Mon 7 Dec 14:00 to Mon 7 Dec 22:30 1 of 1 on duty have skill 'voice' at the worst; "
        "at most 1/3 of them may."
    )


LARGE = [
    rules.SomeoneAtHome(household="home", travel=20),
    rules.StartsTogether(household="home", minutes=0),
    rules.StartsTogether(minutes=15, ends=True, same_days=True),
    rules.Apart(household="home", overlap=15),
    rules.Seats(seats=100),
    rules.MaxShareOnDuty(skill="lead", share="1/3"),
    rules.OnDays(what=rules.Hours(most=40), since=date(2026, 12, 9)),
]


@pytest.mark.parametrize("rule", LARGE, ids=lambda rule: rule.name())
def test_large_problems_are_quick(rule):
    """Two hundred agents on 28 days: the harder cases too are stated well within a second."""
    problem = _large(example("", rule, {"anna": "-"}).problem)
    began = time.process_time()
    stated = list(rule.limits(problem.grid))
    assert time.process_time() - began < 1
    assert 0 < len(stated) <= 2.5 * problem.horizon.slots


def _sentence(rule, rosters):
    one = example("", rule, rosters)
    (violation,) = rule.violations(one.problem, one.schedule)
    return violation.sentence


def _fields(value):
    return {name: getattr(value, name) for name in type(value).model_fields}
