"""Whether shifts are shifts of the problem: each fault has its one sentence."""

from datetime import date

import pytest

from tests.judge.small import demand_of, full, morning, night, problem_of, roster
from wfm import rules
from wfm.agent import Contract
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.schedule import BreakTime, Shift

PROBLEM = problem_of(demand_of({9: (10, (0, 5, 9))}, days=7), {"anna": "a", "ben": "a"})
LUNCH, PAUSE = full("anna").breaks


def sentences(schedule, problem=PROBLEM):
    return [violation.sentence for violation in verify(problem, schedule).hard]


def lunch(**changes):
    return roster(full("anna", breaks=[LUNCH.model_copy(update=changes), PAUSE]))


def pause(**changes):
    return roster(full("anna", breaks=[LUNCH, PAUSE.model_copy(update=changes)]))


def test_sound_shifts_have_no_fault():
    """Every start, length and break that a template offers passes."""
    shifts = [
        full("anna"),
        morning("ben", 0, start=600, end=900),
        morning("ben", 6),
        night("anna", 6),
        Shift(agent="ben", day=1, template="weekday", start=1800, end=1920),
    ]
    report = verify(PROBLEM, roster(*shifts))
    assert report.ok
    assert report.violations == ()


@pytest.mark.parametrize(
    ("shift", "sentence"),
    [
        (morning("zoe"), "Agent 'zoe', who has a shift on day 0, is not in the problem."),
        (
            morning("anna", template="dawn"),
            "The shift of Anna on Mon 7 Dec is of template 'dawn', which is not in the problem.",
        ),
        (
            morning("anna", 7),
            "The shift of Anna on day 7 lies outside the horizon, whose days are 0 to 6.",
        ),
        (
            morning("anna", 10**9),
            "The shift of Anna on day 1000000000 lies outside the horizon, whose days are 0 to 6.",
        ),
        (
            morning("anna", 1, start=480, end=720),
            "The shift of Anna on Tue 8 Dec starts -960 min after midnight, on another day.",
        ),
        (
            morning("anna", end=10**12),
            "The shift of Anna on Mon 7 Dec lasts 999,999,999,520 min, more than a day.",
        ),
        (
            morning("anna", start=500, end=740),
            "The shift of Anna on Mon 7 Dec 08:20 does not start when template 'morning' does: "
            "08:00 to 10:00, every 60 min.",
        ),
        (
            morning("anna", start=660, end=900),
            "The shift of Anna on Mon 7 Dec 11:00 does not start when template 'morning' does: "
            "08:00 to 10:00, every 60 min.",
        ),
        (
            morning("anna", end=740),
            "The shift of Anna on Mon 7 Dec 08:00 lasts 260 min; "
            "template 'morning' lasts 240 or 300 min.",
        ),
        (
            Shift(agent="anna", day=2, template="weekday", start=3240, end=3360),
            "The shift of Anna on Wed 9 Dec 06:00 is of template 'weekday', "
            "which does not start on a Wed.",
        ),
    ],
)
def test_a_shift_that_is_not_offered(shift, sentence):
    """Each way in which a shift is none of the problem's gives one sentence."""
    assert sentences(roster(shift)) == [sentence]


@pytest.mark.parametrize(
    ("schedule", "wrong"),
    [
        (roster(full("anna", breaks=[LUNCH])), "has 1 break; template 'full' has 2"),
        (lunch(end=750), "has a break 'lunch' of 30 min; 60 min are due"),
        (lunch(paid=True), "has a break 'lunch' that is paid and should be unpaid"),
        (pause(paid=False), "has a break 'pause' that is unpaid and should be paid"),
        (lunch(label="nap"), "has a break 'nap' in place of break 'lunch'"),
        (
            lunch(start=600, end=660),
            "has its break 'lunch' 60 min after the start; 120 to 240 min are allowed",
        ),
        (
            pause(start=960, end=1020),
            "has its break 'pause' 420 min after the start; 300 to 360 min are allowed",
        ),
        (lunch(start=690, end=750), "has its break 'lunch' off the 60-minute intervals"),
    ],
)
def test_a_break_that_is_not_the_templates(schedule, wrong):
    """Each way in which breaks are not the template's gives one sentence."""
    assert sentences(schedule) == [f"The shift of Anna on Mon 7 Dec 09:00 {wrong}."]


def test_breaks_in_the_wrong_order():
    """Breaks that have changed places are told by name."""
    first = BreakTime(start=720, end=780, paid=True, label="pause")
    second = BreakTime(start=840, end=900, paid=False, label="lunch")
    found = sentences(roster(full("anna", breaks=[first, second])))
    assert any("has a break 'pause' in place of break 'lunch'" in each for each in found)
    assert any("has a break 'lunch' in place of break 'pause'" in each for each in found)


def test_a_template_that_the_contract_does_not_allow():
    """A contract's list of templates binds its agents."""
    contract = Contract(id="days", shifts=("full",))
    problem = problem_of(PROBLEM.demand, {"anna": "a"}, contract=contract)
    assert sentences(roster(full("anna")), problem) == []
    assert sentences(roster(morning("anna")), problem) == [
        "The shift of Anna on Mon 7 Dec 08:00 is of template 'morning', "
        "which contract 'days' does not allow."
    ]


def test_overlap_with_the_previous_period():
    """A night that reaches into the horizon leaves no room for a shift before it ends."""
    before = night("anna", -1)
    problem = problem_of(PROBLEM.demand, {"anna": "a", "ben": "a"}, previous=[before])
    early = Shift(agent="anna", day=0, template="weekday", start=360, end=480)
    assert sentences(roster(early), problem) == []
    longer = problem_of(
        PROBLEM.demand, {"anna": "a"}, previous=[before.model_copy(update={"end": 361})]
    )
    assert sentences(roster(early), longer) == [
        "The shift of Anna on Mon 7 Dec 06:00 overlaps the one on Sun 6 Dec 22:00."
    ]


def test_overlap_hidden_behind_a_short_shift():
    """A shift is compared with all before it, not only with the one just before."""
    shifts = [
        full("anna"),
        morning("anna", start=600, end=840),
        morning("anna", start=900, end=1140),
    ]
    found = [each for each in sentences(roster(*shifts)) if "overlaps" in each]
    assert len(found) == 2
    assert all(each.endswith("overlaps the one on Mon 7 Dec 09:00.") for each in found)


def test_two_shifts_on_a_day():
    """A second shift on a day is a fault of the structure, unless a rule already says so."""
    shifts = roster(
        Shift(agent="anna", day=0, template="weekday", start=360, end=480), morning("anna")
    )
    assert sentences(shifts) == ["Anna starts 2 shifts on Mon 7 Dec; one is the most."]
    ruled = problem_of(PROBLEM.demand, {"anna": "a"}, rules=[rules.OneShiftADay()])
    assert [violation.rule for violation in verify(ruled, shifts).hard] == ["one_shift_a_day"]


@pytest.mark.parametrize(
    ("day", "start", "offered"),
    [
        (date(2027, 3, 28), 120, True),
        (date(2027, 3, 28), 60, False),
        (date(2026, 10, 25), 120, True),
        (date(2026, 10, 25), 180, False),
    ],
)
def test_a_start_at_an_hour_that_clocks_skip_or_repeat(day, start, offered):
    """A shift may start an hour after a skipped 02:00, and only at the first of two."""
    problem = problem_of(demand_of({}, start=day, timezone="Europe/Berlin"), {"anna": "a"})
    owl = {"id": "owl", "start": "02:00", "lengths": (120,)}
    problem = Problem(**{**dict(problem), "shifts": (owl,)})
    shift = Shift(agent="anna", day=0, template="owl", start=start, end=start + 120)
    assert verify(problem, roster(shift)).ok is offered
