"""Fair shares: what counts, what the past counts for, and what cannot be shared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from wfm import contract, rules
from wfm.agent import Contract
from wfm.errors import InputError
from wfm.problem import Previous
from wfm.rule import Rule
from wfm.rules._burdens import Counted, burden
from wfm.rules.example import PEOPLE, SPRING_SATURDAY, SUNDAY, example
from wfm.schedule import Schedule
from wfm.shift import ShiftTemplate

ASKED = [rule for rule in Rule.named.values() if rule.kind in ("wish", "family")]


def counted(of, rosters, *others, **extra):
    """How much of a burden a roster in letters holds, by agent."""
    options = {name: extra.pop(name) for name in ("after", "dates") if name in extra}
    one = example("", rules.OneShiftADay(), rosters, **extra)
    problem = one.problem.with_rules(*others)
    return burden(Counted(of, **options), problem, one.schedule, PEOPLE)


def amount(rule, rosters, **extra):
    """By how much a roster breaks a rule, on both sides."""
    one = example("", rule, rosters, **extra)
    contract.check_agreement(type(rule), one.problem, one.schedule)
    return sum(v.amount for v in rule.violations(one.problem, one.schedule))


def test_burdens_counted_by_hand():
    """Each burden of one roster, counted by hand."""
    roster = {"anna": "ELDNN-S", "ben": "-----N-", "cleo": "EEEEEES"}
    assert counted("nights", roster) == {"anna": 2, "ben": 1, "cleo": 0}
    assert counted("weekends", roster) == {"anna": 1, "ben": 1, "cleo": 1}
    assert counted("late_shifts", roster) == {"anna": 3, "ben": 1, "cleo": 0}
    assert counted("late_shifts", roster, after="17:00") == {"anna": 4, "ben": 1, "cleo": 0}
    days = (date(2026, 12, 7), date(2026, 12, 11), date(2027, 1, 1))
    assert counted("holidays", roster, dates=days) == {"anna": 2, "ben": 0, "cleo": 2}
    assert counted("overtime", roster) == {"anna": 4 * 60, "ben": 0, "cleo": 12 * 60}
    off = rules.DayOffRequest(days=("Mon", "Sun"))
    late = rules.ShiftRequest(agents=("ben",), days=("Fri",), templates=("late",))
    hard = rules.DayOffRequest(days=("Tue",), weight=None)
    told = rules.DayOffRequest(days=("Tue",), weight=None, informative=True)
    found = counted("refused_wishes", roster, off, late, hard, told)
    assert found == {"anna": 2, "ben": 1, "cleo": 2}
    together = rules.SameDaysOff(household="home", weight=3)
    assert counted("refused_family", roster, together) == {"anna": 7, "ben": 7, "cleo": 0}


def test_a_night_in_the_hour_that_the_clocks_skip():
    """The night in which the clocks go forward is a night of six hours between 23:00 and 06:00."""
    assert counted("nights", {"anna": "N"}, start=SPRING_SATURDAY)["anna"] == 1


def test_two_hours_of_night_are_a_night_and_less_are_none():
    """A shift from 04:00 is a night; one from 04:30 is not; nor is one until 00:30."""
    for start, length, nights in (("04:00", 300, 1), ("04:30", 300, 0), ("17:00", 450, 0)):
        template = ShiftTemplate(id="odd", start=start, lengths=(length,))
        rule = rules.FairShare(of="nights", agents=("anna", "ben"), tolerance=0)
        problem = example("", rule, {"anna": "-E"}).problem
        problem = problem.model_copy(update={"shifts": (*problem.shifts, template)})
        begin = problem.horizon.minute(0, template.starts[0])
        shift = example("", rule, {"anna": "E"}).schedule.shifts[0]
        update = {"template": "odd", "start": begin, "end": begin + length, "breaks": ()}
        schedule = Schedule.of_shifts([shift.model_copy(update=update)])
        assert burden(Counted("nights"), problem, schedule, ["anna"]) == {"anna": nights}
        contract.check_agreement(rules.FairShare, problem, schedule)


def test_a_weekend_belongs_to_the_period_that_takes_it_first():
    """Saturday worked before the horizon: its Sunday is no further weekend; overtime goes on."""
    extra = {"start": SUNDAY, "before": {"anna": "EEEEEE", "ben": "EEEEE-"}}
    rosters = {"anna": "E-----E", "ben": "E------"}
    assert counted("weekends", rosters, **extra) == {"anna": 1, "ben": 1, "cleo": 0}
    assert counted("overtime", rosters, **extra) == {"anna": 480, "ben": 480, "cleo": 0}


def test_who_takes_none_is_in_no_breach_and_who_takes_one_owes_all():
    """Ten nights too many from before are no breach by themselves, and each of them counts then."""
    rule = rules.FairShare(of="nights", agents=("anna", "ben"), tolerance=0)
    counters = {"nights": {"anna": 20, "ben": 0}}
    assert amount(rule, {"anna": "---"}, counters=counters) == 0
    assert amount(rule, {"anna": "EEE", "ben": "NNN"}, counters=counters) == 0
    assert amount(rule, {"anna": "N--", "ben": "-NN"}, counters=counters) == 9500


def test_the_largest_of_several_wishes_is_owed_once():
    """What the past has left counts once, however many wishes are refused now."""
    rule = rules.FairShare(of="refused_wishes", agents=("anna", "ben"), tolerance=0)
    counters = {"refused_wishes": {"anna": 4, "ben": 0}}
    one = example("", rule, {"anna": "EE-E"}, counters=counters)
    off = rules.DayOffRequest(days=("Mon", "Tue", "Wed", "Thu"))
    problem = one.problem.with_rules(off)
    contract.check_agreement(rules.FairShare, problem, one.schedule)
    (violation,) = rule.violations(problem, one.schedule)
    assert violation.amount == 3500
    assert violation.sentence == (
        "Anna has 3 refused wishes and 4 from before, where 3.50 of those of 2 agents are a fair "
        "share and 0 more are allowed."
    )


def test_newcomers_start_at_the_average_for_their_hours():
    """Without a value a half-time newcomer counts as half of what the others have had."""
    rule = rules.FairShare(of="nights", tolerance=0)
    problem = example("", rule, {"anna": "N--", "ben": "-N-"}).problem
    half = Contract(id="half", weekly_hours=20)
    agents = [
        agent.model_copy(update={"contract": "half"}) if agent.id == "cleo" else agent
        for agent in problem.agents
    ]
    past = Previous(counters={"nights": {"anna": 6, "ben": 6}})
    update = {"agents": agents, "contracts": (*problem.contracts, half), "previous": past}
    problem = problem.model_copy(update=update)
    schedule = example("", rule, {"cleo": "N--"}).schedule
    (violation,) = rule.violations(problem, schedule)
    assert violation.amount == 4000 - 3000 - 200
    assert "1 night and 3 from before, where 3.20 of those" in violation.sentence
    contract.check_agreement(rules.FairShare, problem, schedule)


def test_nobody_need_be_bound():
    """A group of nobody, or of one, shares nothing."""
    alone = rules.FairShare(of="nights", agents=("anna",), tolerance=0)
    assert amount(alone, {"anna": "NNN"}) == 0
    nobody = rules.FairShare(of="nights", agents=("anna",), waived_by=("anna",), tolerance=0)
    assert amount(nobody, {"anna": "NNN"}) == 0


@pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.name())
def test_refusals_are_counted_alike_by_violations_and_limits(rule):
    """What a rule's violations say of whom, its limits say too, so that refusals can be shared.

    A refused wish is one violation and one limit. Rules for families may be of those that cannot be
    counted; then they are refused.
    """
    of = "refused_wishes" if rule.kind == "wish" else "refused_family"
    share = rules.FairShare(of=of, tolerance=0)
    for number, one in enumerate(rule.examples()):
        random = np.random.default_rng(number)
        asked = one.problem.rules[0].model_copy(update={"weight": 1.0, "informative": False})
        for _ in range(8):
            problem, schedule = contract.random_roster(one.problem, random)
            try:
                problem = problem.model_copy(update={"rules": (share, asked)})
            except InputError:
                assert rule.kind == "family"
            else:
                contract.check_agreement(rules.FairShare, problem, schedule)


BAD = [
    ({"of": "chores"}, "FairShare.of must be 'nights', 'weekends', "),
    ({"of": "nights", "tolerance": -1}, "FairShare.tolerance must be greater than or equal to 0"),
    ({"of": "holidays"}, "FairShare.dates must be given where holidays are shared."),
    ({"of": "nights", "dates": ["2026-12-24"]}, "FairShare.dates must be left out unless"),
    ({"of": "nights", "after": "20:00"}, "FairShare.after must be left out unless late shifts"),
    ({"of": "late_shifts", "after": "nine"}, "FairShare.after: clock time must be HH:MM"),
    ({"of": "nights", "tiers": [["senior", 0]]}, "FairShare.tiers must have factors from 0.01"),
    ({"of": "nights", "among": ["bid"]}, "FairShare.among must be left out unless refusals are"),
    (
        {"of": "refused_wishes", "among": ["min_rest"]},
        "FairShare.among must name rules of kind wish (bid, day_off_request, ranked_request, ",
    ),
    (
        {"of": "nights", "tiers": [["senior", 1], ["senior", 2]]},
        "FairShare.tiers must name each tier once",
    ),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_bad_fields(fields, message):
    """A share of what there is not, or by what there is not, is refused."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse({"rule": "fair_share", **fields})


def test_what_the_problem_lacks():
    """Unknown tiers, hours that only some contracts have, and wishes that cannot be counted."""
    problem = example("", rules.OneShiftADay(), {"anna": "-"}).problem
    tier = rules.FairShare(of="nights", tiers=(("master", 2.0),))
    with pytest.raises(InputError, match=r"fair_share\.tiers must name tiers of agents \(junior"):
        problem.with_rules(tier)
    bare = {
        "contracts": (*problem.contracts, Contract(id="bare")),
        "agents": (problem.agents[0].model_copy(update={"contract": "bare"}), *problem.agents[1:]),
    }
    mixed = problem.model_copy(update=bare)
    with pytest.raises(InputError, match=r"weekly_hours, or none, got 'bare'"):
        mixed.with_rules(rules.FairShare(of="nights"))
    mixed.with_rules(rules.FairShare(of="nights", agents=("anna",)))
    with pytest.raises(InputError, match=r"all have weekly_hours, got 'bare'"):
        mixed.with_rules(rules.FairShare(of="overtime", agents=("anna",)))
    unknown = rules.SomeoneAtHome(household="villa", weight=1)
    with pytest.raises(InputError, match=r"household must be one of the households"):
        problem.with_rules(rules.FairShare(of="refused_family"), unknown)


def test_requests_whose_limits_count_any_shift_are_refused(monkeypatch):
    """What cannot be re-stated without counting twice is refused, with the rule's name."""
    correct = rules.DayOffRequest.limits

    def named(self, x):
        return (replace(limit, slack="one promise") for limit in correct(self, x))

    monkeypatch.setattr(rules.DayOffRequest, "limits", named)
    off = rules.DayOffRequest(days=("Mon",))
    one = example("", rules.OneShiftADay(), {"anna": "-"})
    with pytest.raises(
        InputError, match=r"among must name rules whose limits count each .*'day_off_request'"
    ):
        one.problem.with_rules(rules.FairShare(of="refused_wishes"), off)
    some = rules.FairShare(of="refused_wishes", among=("shift_request",))
    assert one.problem.with_rules(some, off).rules[-1] == off


def test_words_do_not_name_the_rules_whose_refusals_count():
    """Names such as caregiving_window would tell why someone asks."""
    rule = rules.FairShare(of="refused_family", among=("caregiving_window",), weight=1)
    words = rule.words(example("", rule, {"anna": "-"}).problem)
    assert (
        words
        == "everyone has at most 1 refused request (of one kind) more than a fair share "
        + ("by contract hours")
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"of": "overtime", "weight": 1}, "be left out where overtime is shared"),
        ({"of": "refused_wishes", "weight": 1}, "be left out where refused_wishes is shared"),
        ({"of": "refused_family"}, "be left out where refused_family is shared"),
    ],
)
def test_nobody_is_refused_or_kept_for_fairness_alone(fields, sentence):
    """A least is only for what is a shift."""
    with pytest.raises(InputError, match=f"tolerance_below must {sentence}, got 1.0"):
        rules.FairShare(**fields, tolerance_below=1)


def test_the_past_makes_no_hard_share_impossible():
    """At a price one is to be made up for; what always holds asks for a part of the plan only."""
    hard = rules.FairShare(of="nights", agents=("anna", "ben"), tolerance=9, tolerance_below=0)
    at_a_price = hard.model_copy(update={"weight": 1.0})
    past = {"nights": {"anna": 5, "ben": 1}}
    for rule, none, one in ((hard, 0, 500), (at_a_price, 1000, 1500)):
        for rosters, amount in (({"cleo": "N"}, none), ({"anna": "N"}, one), ({"ben": "NN"}, 0)):
            made = example("", rule, rosters, counters=past)
            contract.check_agreement(rules.FairShare, made.problem, made.schedule)
            found = made.problem.rules[0].violations(made.problem, made.schedule)
            assert sum(one.amount for one in found) == amount


def test_a_counter_is_of_one_burden():
    """Two rules that count other things of the same people need counters of their own."""
    some = {"of": "holidays", "agents": ("anna", "ben")}
    one = rules.FairShare(**some, dates=(date(2026, 12, 25),))
    other = rules.FairShare(**some, dates=(date(2026, 12, 26),))
    problem = example("", one, {"anna": "-"}).problem
    with pytest.raises(InputError, match="counter must be another than that of other rules"):
        problem.with_rules(other)
    named = other.model_copy(update={"counter": "second day"})
    assert problem.with_rules(named).rules == (one, named)
    cleo = rules.FairShare(of="holidays", agents=("cleo",), dates=other.dates)
    assert problem.with_rules(cleo).rules == (one, cleo)


def test_a_part_is_not_too_small_to_be_told():
    """Among 250 equals each has 4 thousandths; among more the share would be off too far."""
    one = rules.FairShare(of="nights", tolerance=1)
    problem = example("", one, {"anna": "-"}).problem
    people = [problem.agents[0].model_copy(update={"id": f"p{n}"}) for n in range(251)]
    few = {"agents": tuple(people[:250]), "households": (), "rules": (one,)}
    assert len(problem.model_copy(update=few).agents) == 250
    with pytest.raises(InputError, match=r"rule fair_share must share among fewer people.*251"):
        problem.model_copy(update={**few, "agents": tuple(people)})
