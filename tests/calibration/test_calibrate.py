"""The loop between plan and simulation ends where it should, and says where it does not."""

from __future__ import annotations

import pytest

import wfm
from tests.calibration.small import problem_of
from wfm import rules
from wfm.calibration.values import CalibrationRound
from wfm.simulation import Assumptions

ABSENT = Assumptions(absence=0.15)
REPLICATIONS = 200
LIMITS = {"work": 800, "replications": REPLICATIONS, "tolerance": 0.02}


@pytest.fixture(scope="module")
def found() -> wfm.Calibration:
    """People stay away, of which the plan knows nothing."""
    return wfm.calibrate(problem_of(), assumptions=ABSENT, **LIMITS)


def level(problem, schedule, **more):
    outcome = wfm.simulate(problem, schedule, assumptions=ABSENT, replications=REPLICATIONS, **more)
    return outcome.service("week")["level"][0]


def planned_week(problem, schedule):
    (week,) = (row for row in wfm.verify(problem, schedule).service if row.kind == "week")
    return week.planned


def test_the_target_is_met(found):
    """A plan that falls points short ends within the tolerance, with more hours than before."""
    first, last = found.rounds[0], found.rounds[-1]
    assert first.queues[0].simulated < 0.8 - 0.02 < first.queues[0].planned
    assert first.queues[0].standing == "below"
    assert (found.status, found.reasons, found.kept) == ("met", (), last.number)
    assert 0.78 <= last.queues[0].simulated <= 0.82
    assert last.hours > first.hours
    assert len(found.rounds) <= 6


def test_other_contacts_agree(found):
    """What was met on the loop's contacts is met on contacts that it has not seen."""
    assert level(problem_of(), found.schedule, seed=99) >= 0.8 - 0.03


def test_history_adds_up(found):
    """Judge and simulation, asked anew about the schedule that is kept, say what is written."""
    kept = found.rounds[found.kept - 1]
    report = wfm.verify(found.problem, found.schedule)
    assert report.ok
    assert kept.hours == pytest.approx(sum(report.paid_hours.values()))
    assert kept.cost == pytest.approx(report.costs.wages + report.costs.premiums)
    stated = planned_week(found.problem, found.schedule)
    assert stated == pytest.approx(kept.queues[0].simulated, abs=0.002)
    assert kept.queues[0].simulated == pytest.approx(level(problem_of(), found.schedule))
    assert [each.number for each in found.rounds] == list(range(1, len(found.rounds) + 1))
    assert wfm.Calibration.from_json(found.to_json()) == found
    assert str(found).endswith(f"met, round {found.kept} is kept")


def test_the_same_work_gives_the_same(found):
    """Equal seed and work give equal rounds and an equal schedule; each round is told."""
    told: list[CalibrationRound] = []
    again = wfm.calibrate(problem_of(), assumptions=ABSENT, on_round=told.append, **LIMITS)
    assert again == found
    assert told == list(found.rounds)


def test_too_few_people():
    """Where nobody is left to come, the loop says so and does not use up its rounds."""
    found = wfm.calibrate(problem_of(people=3), rounds=5, work=500, replications=10)
    assert found.status == "cannot be met"
    assert len(found.rounds) == 2
    assert "for a target of 80%: the plan itself has" in found.reasons[0]
    assert found.schedule is not None


def test_too_few_rounds():
    """A loop that ends too early keeps what it has, and says how far off that is."""
    found = wfm.calibrate(problem_of(), assumptions=ABSENT, **{**LIMITS, "rounds": 1})
    assert found.status == "rounds exhausted"
    assert "a in 2026-W50 has" in found.reasons[0]
    (period,) = found.rounds[0].queues
    assert period.planned == pytest.approx(planned_week(problem_of(), found.schedule))
    stated = planned_week(found.problem, found.schedule)
    assert stated == pytest.approx(period.simulated, abs=0.002)
    assert abs(period.planned - period.simulated) > 0.02


def test_more_than_is_asked():
    """Hours that a rule asks for hold the service above its target, which is no fault."""
    many = problem_of(people=10, per_hour=12).with_rules(rules.Hours(least=14, per="horizon"))
    found = wfm.calibrate(many, **LIMITS)
    assert found.status == "met"
    assert found.rounds[-1].queues[0].standing == "held above"
    assert found.rounds[-1].queues[0].simulated > 0.9


def test_no_schedule():
    """Rules that cannot all be kept end the loop with what is in conflict."""
    broken = problem_of().with_rules(rules.Hours(least=30, per="horizon"))
    found = wfm.calibrate(broken, work=100)
    assert (found.status, found.schedule, found.rounds) == ("no schedule", None, ())
    assert found.reasons


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"rounds": 0}, "calibrate: rounds"),
        ({"tolerance": 0.0}, "calibrate: tolerance"),
        ({"tolerance": 1.0}, "calibrate: tolerance"),
        ({"replications": 1}, "calibrate: replications"),
        ({"work": 0}, "work"),
        ({"seconds": -1.0}, "seconds"),
        ({"seed": -1, "work": 10}, "seed"),
    ],
)
def test_bad_arguments(given, place):
    """What is out of bounds is refused with its name."""
    with pytest.raises(wfm.InputError, match=place):
        wfm.calibrate(problem_of(people=2), **given)
