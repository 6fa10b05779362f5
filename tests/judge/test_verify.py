"""What the judge says of schedules whose worth is known by hand."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.small import demand_of, full, morning, night, problem_of, roster
from wfm import rules
from wfm.judge.kpi import heads_by_group
from wfm.judge.report import Report
from wfm.judge.verify import verify
from wfm.queue import ServiceTarget
from wfm.window import Window

NIGHTS = Window(start="22:00", end="06:00")
CURVE = (0, 4, 7, 9)


def test_a_single_queue():
    """One agent in an hour of ten contacts: 4 short of the target, 1 short of the floor."""
    aim = ServiceTarget(level=0.8, floor=0.5, price=10, floor_price=40)
    problem = problem_of(demand_of({9: (10, CURVE)}, targets=[aim]), {"anna": "a", "ben": "a"})
    costs = verify(problem, roster(morning("anna"))).costs
    assert (costs.wages, costs.premiums, costs.service, costs.rules) == (80, 0, 80, 0)
    assert costs.total == 160
    both = verify(problem, roster(morning("anna"), morning("ben"))).costs
    assert (both.wages, both.service) == (160, 10)


def test_unpaid_breaks_are_neither_paid_nor_worked():
    """A shift of 8 hours with an hour of unpaid lunch and one of paid pause covers six hours."""
    problem = problem_of(demand_of({12: (10, CURVE), 13: (10, CURVE)}), {"anna": "a", "ben": ""})
    report = verify(problem, roster(full("anna")))
    assert report.paid_hours == {"anna": 7.0, "ben": 0.0}
    assert report.costs.wages == 140
    heads = report.queues[0].heads
    assert [hour for hour in range(24) if heads[hour]] == [9, 10, 11, 13, 14, 16]


def test_a_shared_agent_counts_once():
    """An agent of two queues is on one of them at a time, whatever both would like."""
    problem = problem_of(demand_of({9: (10, (0, 6))}, {9: (10, (0, 5))}), {"anna": "ab"})
    report = verify(problem, roster(morning("anna")))
    assert report.costs.service == pytest.approx(20 + 80)
    assert [queue.heads[9] for queue in report.queues] == pytest.approx([1, 0])


def test_skill_groups():
    """Agents who serve the same queues are one group; those who serve none are in no group."""
    people = {"anna": "ab", "ben": "ba", "cleo": "a", "dora": ""}
    problem = problem_of(demand_of({}, {}), people)
    serves, heads = heads_by_group(problem, roster(*(morning(name) for name in people)))
    by_group = {tuple(row): count for row, count in zip(serves.tolist(), heads[:, 9], strict=True)}
    assert by_group == {(True, True): 2, (True, False): 1}
    assert heads.sum() == 3 * 4


def test_a_night_of_the_previous_period_covers_the_first_morning():
    """It answers contacts until it ends, and is paid in the period before."""
    demand = demand_of({5: (10, (0, 8)), 6: (10, (0, 8))})
    problem = problem_of(demand, {"anna": "a"}, previous=[night("anna", -1)])
    report = verify(problem, roster())
    assert report.queues[0].heads[:7] == (1, 1, 1, 1, 1, 1, 0)
    assert report.costs.service == pytest.approx(80)
    assert report.costs.wages == 0
    assert report.paid_hours == {"anna": 0.0}


def test_predicted_service_is_erlang_c():
    """Ten erlangs at 14 agents, all there or 20 with 30 % shrinkage: the textbook's 88.8 %."""
    for count, shrinkage in ((14, 0.0), (20, 0.3)):
        demand = demand_of({9: (200, (0, 200))}, required={9: 15}, shrinkage=shrinkage)
        people = {f"agent{n}": "a" for n in range(count)}
        report = verify(problem_of(demand, people), roster(*(morning(name) for name in people)))
        day, week = report.service
        assert (day.period, day.kind, day.target) == ("2026-12-07", "day", None)
        assert (week.period, week.kind, week.target) == ("2026-W50", "week", 0.8)
        assert day.level == week.level == pytest.approx(0.888350, abs=1e-6)
        assert week.in_time == pytest.approx(177.67, abs=0.01)
        assert week.planned == 1.0
        # 8:00 to 12:00 is staffed and one hour of the four is busy with ten erlangs.
        assert report.queues[0].occupancy == pytest.approx(10 / 14 / 4)


def test_a_queue_with_daily_targets_has_no_weeks():
    """Its days carry the target; a day without contacts has no level."""
    aim = ServiceTarget(level=0.7, period="day")
    problem = problem_of(demand_of({9: (10, CURVE)}, targets=[aim], days=2), {"anna": "a"})
    first, second = verify(problem, roster()).service
    assert (first.kind, first.target, first.level, first.planned) == ("day", 0.7, 0.0, 0.0)
    assert (second.offered, second.level, second.planned) == (0.0, None, None)


def test_coverage():
    """Hours over and under, the share of hours under, the worst hour, and capped occupancy."""
    asked = dict.fromkeys(range(8, 13), (40, CURVE))
    demand = demand_of(asked, required={8: 1, 9: 1, 10: 3, 12: 2})
    found = verify(problem_of(demand, {"anna": "a", "ben": "a"}), roster(morning("anna"))).queues[0]
    assert (found.over_hours, found.under_hours) == (1.0, 4.0)
    assert found.under_share == 0.5
    assert (found.worst, found.worst_under) == ("Mon 7 Dec 10:00", 2.0)
    assert found.net[8:13] == (0, 0, -2, 1, -2)
    # Two erlangs keep the only agent busy all the time, not twice.
    assert found.occupancy == 1.0
    nobody = verify(problem_of(demand, {"anna": "a"}), roster()).queues[0]
    assert nobody.occupancy is None
    assert nobody.over_hours == 0.0


def test_soft_rules_cost_and_promises_are_counted():
    """A rule is a request or a promise as a whole; soft breaches are priced, hard ones are not."""
    everything = [
        rules.DayOffRequest(agents=("anna",), weight=7, days=("Mon",)),
        rules.DayOffRequest(agents=("ben",), weight=7, days=("Mon", "Tue")),
        rules.SomeoneAtHome(household="home", weight=2),
        rules.SomeoneAtHome(household="home", windows=(NIGHTS,)),
        rules.MinRest(hours=23),
    ]
    problem = problem_of(demand_of({}, days=2), {"anna": "a", "ben": "a"}, rules=everything)
    report = verify(problem, roster(morning("ben"), morning("anna"), morning("ben", 1)))
    assert (report.requests_kept, report.requests) == (0, 2)
    assert (report.promises_kept, report.promises) == (1, 2)
    assert [violation.rule for violation in report.hard] == ["min_rest"]
    assert report.costs.rules == pytest.approx(7 * 3 + 2 * 4)
    kept = verify(problem, roster(morning("anna")))
    assert (kept.requests_kept, kept.promises_kept) == (1, 2)


def test_what_cannot_be_read_is_left_out():
    """Strangers and unknown templates are reported, and neither paid nor counted."""
    problem = problem_of(
        demand_of({9: (10, CURVE)}), {"anna": "a"}, rules=[rules.MinRest(hours=11)]
    )
    report = verify(problem, roster(morning("zoe"), morning("anna", template="dawn")))
    assert len(report.hard) == 2
    assert report.costs.wages == 0
    assert report.paid_hours == {"anna": 0.0}
    assert not any(report.queues[0].heads)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["anna", "ben", "cleo"]), st.integers(0, 2)), max_size=8))
def test_any_roster_is_judged_and_its_parts_add_up(worked):
    """The total is the sum of its parts, and the report reads back from JSON as it was."""
    asked = [dict.fromkeys(range(8, 11), (10, CURVE)) for _ in range(2)]
    problem = problem_of(
        demand_of(*asked, days=3),
        {"anna": "ab", "ben": "a", "cleo": "b"},
        rules=[rules.MinRest(hours=23, weight=3)],
    )
    report = verify(problem, roster(*(morning(agent, day) for agent, day in worked)))
    costs = report.costs
    assert costs.total == costs.wages + costs.premiums + costs.service + costs.rules
    assert costs.wages == 80 * len(worked)
    assert Report.from_json(report.to_json()) == report
    assert str(report)


def test_no_solver_is_needed():
    """The judge and all rules load, and judge, where ortools cannot be imported."""
    code = """
import sys
sys.modules["ortools"] = None
from wfm.rules import MinRest
from wfm.judge.verify import verify
case = MinRest.examples()[0]
assert verify(case.problem, case.schedule).ok
assert not any(name.startswith("wfm.solver") for name in sys.modules)
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
