"""Swaps of small rosters, with answers that a person can check."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

import wfm
from tests.judge.small import MONDAY, demand_of, mail, problem_of, with_mail
from wfm import Shift, rules
from wfm.advice.text import swaps_text
from wfm.errors import InputError
from wfm.io import swaps_frame
from wfm.rules.example import example

TUESDAY = date(2026, 12, 8)


def swaps(given, rosters, agent="anna", day=MONDAY, **more):
    """The options of a shift in a roster in letters, in few words."""
    one = example("", given, rosters, **more)
    return said(wfm.swap_options(one.problem, one.schedule, agent, day))


def said(options):
    """Of each option: with whom, the day back, and what each of the two takes."""
    return {
        (
            option.other,
            option.back and f"{option.back:%a}",
            *(s and s.template for s in map(option.shift_of, (option.other, option.agent))),
        )
        for option in options
    }


def test_a_shift_can_be_given_or_traded():
    """Whoever is off takes it for nothing or for another day; whoever works, for the own shift."""
    found = swaps(rules.OneShiftADay(), {"anna": "E--", "ben": "-LN", "cleo": "D--"})
    assert found == {
        ("ben", None, "early", None),
        ("ben", "Tue", "early", "late"),
        ("ben", "Wed", "early", "night"),
        ("cleo", "Mon", "early", "day"),
    }


def test_equal_shifts_are_no_trade_and_days_at_work_are_no_days_back():
    """Nobody trades a shift for its like, nor takes one on a day with a shift of the own."""
    found = swaps(rules.OneShiftADay(), {"anna": "EL-", "ben": "-DD", "cleo": "E--"})
    assert found == {("ben", None, "early", None), ("ben", "Wed", "early", "day")}


def test_rules_of_either_withhold():
    """Rest that one of the two would lack withholds a swap, whoever asks."""
    rosters = {"anna": "E-", "ben": "LE", "cleo": "-N"}
    assert swaps(rules.OneShiftADay(), rosters) == {
        ("ben", "Mon", "early", "late"),
        ("cleo", None, "early", None),
        ("cleo", "Tue", "early", "night"),
    }
    assert swaps(rules.MinRest(hours=11), {"anna": "EE", "ben": "L-", "cleo": "--"}) == {
        ("cleo", None, "early", None)
    }
    assert swaps(rules.MinRest(hours=11), {"anna": "L-", "ben": "-E"}) == {
        ("ben", "Tue", "late", "early"),
        ("cleo", None, "late", None),
    }


def test_rules_of_a_partner_withhold():
    """Anna may not give Cleo a shift for one in which nobody of Anna's household is at home."""
    home = rules.SomeoneAtHome(
        household="home", windows=(wfm.Window(days=("Tue",), start="20:00", end="22:00"),)
    )
    assert swaps(home, {"anna": "E-", "ben": "-L", "cleo": "-L"}) == {
        ("ben", None, "early", None),
        ("ben", "Tue", "early", "late"),
        ("cleo", None, "early", None),
    }


def test_shifts_of_the_period_before_count():
    """Whoever comes from a night is not there to take an early shift."""
    found = swaps(rules.OneShiftADay(), {"anna": "E"}, before={"ben": "N", "cleo": "L"})
    assert found == {("ben", None, "early", None), ("cleo", None, "early", None)}
    rested = swaps(rules.MinRest(hours=11), {"anna": "E"}, before={"ben": "N", "cleo": "L"})
    assert rested == set()


def test_contracts_say_who_may_take_a_shift():
    """A template that the taker's contract leaves out is no shift to take."""
    one = example("", rules.OneShiftADay(), {"anna": "E-", "ben": "-L"})
    contracts = (*one.problem.contracts, wfm.Contract(id="late", shifts=("late",)))
    agents = [
        agent.model_copy(update={"contract": "late"}) if agent.id == "cleo" else agent
        for agent in one.problem.agents
    ]
    problem = one.problem.model_copy(update={"contracts": contracts, "agents": tuple(agents)})
    assert said(wfm.swap_options(problem, one.schedule, "anna", MONDAY)) == {
        ("ben", None, "early", None),
        ("ben", "Tue", "early", "late"),
    }
    assert said(wfm.swap_options(problem, one.schedule, "ben", TUESDAY)) == {
        ("anna", None, "late", None),
        ("anna", "Mon", "late", "early"),
        ("cleo", None, "late", None),
    }


def test_breaks_move_with_the_shift_and_the_schedule_follows():
    """The taker has the breaks of the shift, and the swap can be applied."""
    one = example("", rules.OneShiftADay(), {"anna": "E--", "ben": "-L-"})
    traded = next(
        option
        for option in wfm.swap_options(one.problem, one.schedule, "anna", MONDAY)
        if option.back == TUESDAY
    )
    after = traded.applied(one.schedule)
    early = one.schedule.on("anna", 0)
    assert after.on("ben", 0) == early.model_copy(update={"agent": "ben"})
    assert [(s.agent, s.day, s.template) for s in after.shifts] == [
        ("anna", 1, "late"),
        ("ben", 0, "early"),
    ]
    assert wfm.verify(one.problem, after).ok
    assert traded.words(one.problem) == (
        "Ben takes 'early' Mon 7 Dec 06:00–14:30 of Anna, "
        "who takes 'late' Tue 8 Dec 14:00–22:30 in return."
    )


def test_what_a_person_holds_stays_with_the_person():
    """A coaching stays where the new shift has room for it; one that is lost is a breach."""
    given = rules.Activity(agents=("anna",), activity="coaching", minutes=60)
    held = {"anna": [(0, "10:00", "11:00", "coaching")]}
    rosters = {"anna": "E", "ben": "D", "cleo": "L"}
    one = example("", given, rosters, held=held)
    (option,) = wfm.swap_options(one.problem, one.schedule, "anna", MONDAY)
    assert option.other == "ben"
    after = option.applied(one.schedule)
    assert [a.activity for a in after.on("anna", 0).activities] == ["coaching"]
    assert after.on("ben", 0).activities == ()
    wish = given.model_copy(update={"weight": 30.0})
    soft = example("", wish, rosters, held=held)
    found = {o.other: o for o in wfm.swap_options(soft.problem, soft.schedule, "anna", MONDAY)}
    assert {other: option.wish_cost for other, option in found.items()} == {"ben": 0, "cleo": 30}


def test_a_broken_rule_may_be_mended_or_left_but_not_broken_more():
    """Anna works five of at most four days: whoever takes one of them mends that."""
    four = rules.Hours(most=34, per="week")
    rosters = {"anna": "EEEEE--", "ben": "LLLL---", "cleo": "-------"}
    assert not wfm.verify(*_plan(four, rosters)).ok
    assert swaps(four, rosters) == {
        ("ben", "Mon", "early", "late"),  # as many hours as before
        ("cleo", None, "early", None),
    }
    assert swaps(four, rosters, "ben") == {
        ("anna", "Mon", "late", "early"),
        ("cleo", None, "late", None),
    }
    more = swaps(four, rosters | {"cleo": "-----E-"}, "cleo", date(2026, 12, 12))
    assert "anna" not in {other for other, back, *_ in more if back is None}


def _plan(given, rosters):
    one = example("", given, rosters)
    return one.problem, one.schedule


def test_wishes_are_told_of_the_one_who_asks_and_summed_for_others():
    """The own wish is named; of others it is told by how much, and not what it was."""
    mine = rules.DayOffRequest(agents=("anna",), dates=(MONDAY,), weight=8.0)
    theirs = rules.CaregivingWindow(
        agents=("ben",), windows=(wfm.Window(days=("Mon",), start="06:00", end="09:00"),), weight=50
    )
    also = rules.DayOffRequest(agents=("ben",), dates=(MONDAY,), weight=3.0)
    problem, schedule = _plan(mine, {"anna": "E-", "ben": "--"})
    problem = problem.with_rules(theirs, also)
    found = {o.other: o for o in wfm.swap_options(problem, schedule, "anna", MONDAY)}
    hurt = rules_cost(problem, found["ben"].applied(schedule))
    assert [(w.agents, w.rule, w.change) for w in found["cleo"].wishes] == [
        (("anna",), "day_off_request", -8.0)
    ]
    assert [(w.agents, w.rule, w.change) for w in found["ben"].wishes] == [
        (("anna",), "day_off_request", -8.0),
        (("ben",), "", hurt),
    ]
    assert hurt >= 53
    text = swaps_text(problem, list(found.values()))
    assert f"Anna (day_off_request): 8.00 better; Ben: {hurt:.2f} worse" in text
    for told in (text, *(option.to_json() for option in found.values())):
        assert "caregiving" not in told


def rules_cost(problem, schedule):
    return wfm.verify(problem, schedule).costs.rules


def test_nobody_learns_who_is_tied_to_whom():
    """What a promise to Anna and Ben loses is told to Cleo as a part of each."""
    tied = rules.SameDaysOff(household="home", weight=10.0)
    problem, schedule = _plan(tied, {"cleo": "E", "anna": "-", "ben": "-"})
    for option in wfm.swap_options(problem, schedule, "cleo", MONDAY):
        changes = [(w.agents, w.rule, w.change) for w in option.wishes]
        lost = rules_cost(problem, option.applied(schedule))
        assert changes == [(("anna",), "", lost / 2), (("ben",), "", lost / 2)]
    anna = wfm.swap_options(*_plan(tied, {"anna": "E"}), "anna", MONDAY)
    assert {w.rule for option in anna for w in option.wishes} == {"same_days_off"}


SHIFT = Shift(agent="anna", day=0, template="weekday", start=360, end=480)


def test_service_is_that_of_the_takers_skills():
    """Whoever answers other queues loses the calls of the shift, at their price."""
    calls = {6: (10.0, (0.0, 8.0, 10.0)), 7: (10.0, (0.0, 4.0, 6.0))}
    chats = {6: (10.0, (0.0, 5.0, 6.0))}
    problem = problem_of(
        demand_of(calls, chats), {"anna": "a", "ben": "b", "cleo": "ab", "dora": "a", "emil": ""}
    )
    schedule = wfm.Schedule(shifts=(SHIFT,))
    found = wfm.swap_options(problem, schedule, "anna", MONDAY)
    # Of 16 calls to answer 12 were; of 8 chats none.
    assert {o.other: (o.service, o.answers["a"], o.answers["b"]) for o in found} == {
        "dora": (0, 0, 0),
        "cleo": (0, 0, 0),
        "ben": (120 - 50, -12, 5),
        "emil": (120, -12, 0),
    }
    assert [o.other for o in found] == ["cleo", "dora", "ben", "emil"]
    assert [o.other for o in wfm.swap_options(problem, schedule, "anna", MONDAY, most=1)] == [
        "cleo"
    ]


def test_deferred_work_counts():
    """Mail that nobody does any more is lost at its price."""
    demand = with_mail(demand_of({}), (mail(24, (6, 20, 6.0)), 2.0))
    problem = problem_of(demand, {"anna": "m", "ben": "m", "cleo": ""})
    found = wfm.swap_options(problem, wfm.Schedule(shifts=(SHIFT,)), "anna", MONDAY)
    assert {o.other: (o.service, o.answers["m"]) for o in found} == {
        "ben": (0, 0),
        "cleo": (pytest.approx(40), pytest.approx(-4)),
    }


def test_wages_are_those_of_the_takers_contract():
    """The taker's hours cost what the taker's contract says, premiums included."""
    problem = problem_of(demand_of({}), {"anna": "a", "ben": "a"})
    dear = wfm.Contract(
        id="dear",
        hourly_cost=30.0,
        premium=0.5,
        premium_hours=(wfm.Window(start="07:00", end="12:00"),),
    )
    ben = problem.agents[1].model_copy(update={"contract": "dear"})
    problem = problem.model_copy(
        update={"contracts": (*problem.contracts, dear), "agents": (problem.agents[0], ben)}
    )
    (option,) = wfm.swap_options(problem, wfm.Schedule(shifts=(SHIFT,)), "anna", MONDAY)
    assert option.wages == pytest.approx(2 * 30 + 15 - 2 * 20)
    assert option.total == option.wages


def test_values_tables_and_text():
    """Options come back from JSON, make a table of one row each, and read as a table."""
    problem, schedule = _plan(rules.OneShiftADay(), {"anna": "E--", "ben": "-L-"})
    result = wfm.Result(status="feasible", schedule=schedule)
    options = wfm.swap_options(problem, result, "anna", MONDAY)
    assert options == wfm.swap_options(problem, schedule, "anna", MONDAY)
    assert tuple(wfm.SwapOption.from_json(o.to_json()) for o in options) == options
    table = swaps_frame(problem, options)
    assert table["kind"].tolist() == [o.kind for o in options]
    assert table.loc[table["back"] == "2026-12-08", "gets"].tolist() == ["14:00–22:30 late"]
    assert list(swaps_frame(problem, ()).columns) == list(table.columns)
    assert re.search("Ben   'late' Tue 8 Dec 14:00–22:30  0.00", swaps_text(problem, options))
    assert swaps_text(problem, ()) == "No swap of this shift keeps every hard rule."


ODD = {
    "unknown agent": ({"agent": "dora"}, "agent must be one of the agents (anna, ben, cleo), got"),
    "before": ({"day": date(2026, 12, 6)}, "from 2026-12-07 to 2026-12-08, got 2026-12-06."),
    "behind": ({"day": date(2026, 12, 9)}, "day must be one of the horizon"),
    "no date": ({"day": "2026-12-07"}, "day must be a date, got '2026-12-07'."),
    "a moment": ({"day": datetime(2026, 12, 7)}, "day must be a date"),
    "off": ({"day": TUESDAY}, "be one on which 'anna' starts a shift, got 'Tue 8 Dec'."),
    "none": ({"most": 0}, "most must be a number of options from 1 on, or None, got 0."),
    "no schedule": ({"published": None}, "schedule must be a Schedule, got 'NoneType'."),
    "no problem": ({"problem": 1}, "problem must be a Problem, got 'int'."),
}


@pytest.mark.parametrize(("wrong", "message"), ODD.values(), ids=ODD.keys())
def test_faults_are_refused(wrong, message):
    """Bad input is answered with a sentence that names it."""
    problem, schedule = _plan(rules.OneShiftADay(), {"anna": "E-", "ben": "-L"})
    right = {"problem": problem, "published": schedule, "agent": "anna", "day": MONDAY}
    with pytest.raises(InputError, match=re.escape(message)):
        wfm.swap_options(**{**right, **wrong})


FOREIGN = {
    "unknown agent": ({"agent": "dora"}, "agent of a shift must be one of the agents"),
    "unknown template": ({"template": "noon"}, "shift of 'ben' on day 1 must be one that"),
    "other times": ({"end": 1440 + 1380}, "shift of 'ben' on day 1 must be one that the problem"),
    "outside": ({"day": 2}, "shift of 'ben' on day 2 must be one that the problem offers"),
    "no breaks": ({"breaks": ()}, "must have the breaks of its template, got 'late'."),
}


@pytest.mark.parametrize(("wrong", "message"), FOREIGN.values(), ids=FOREIGN.keys())
def test_schedules_of_other_problems_are_refused(wrong, message):
    """A shift that the problem does not know is named."""
    problem, schedule = _plan(rules.OneShiftADay(), {"anna": "E-", "ben": "-L"})
    anna, ben = schedule.shifts
    odd = wfm.Schedule.of_shifts([anna, ben.model_copy(update=wrong)])
    with pytest.raises(InputError, match=re.escape(message)):
        wfm.swap_options(problem, odd, "anna", MONDAY)


def test_two_shifts_on_a_day_are_refused():
    """The search knows one shift a day, and so do swaps."""
    one = example("", rules.OneShiftADay(), {"anna": "S"}, also={"anna": "L"})
    with pytest.raises(InputError, match="be the only one that starts on the day, got 'late'"):
        wfm.swap_options(one.problem, one.schedule, "anna", MONDAY)
