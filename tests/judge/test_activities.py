"""Activities inside shifts: their value, what is at fault in them, and how heads are counted."""

from __future__ import annotations

import numpy as np
import pytest

from tests.judge.small import MONDAY, demand_of
from wfm import (
    ActivityTime,
    Agent,
    BreakTime,
    Contract,
    Horizon,
    InputError,
    Previous,
    Problem,
    Schedule,
    Shift,
    Skill,
    Window,
    rules,
    verify,
)
from wfm.contract import stated_breach
from wfm.judge.kpi import heads_by_group
from wfm.rules.example import example
from wfm.shift import ShiftTemplate

COACHING = rules.Activity(
    activity="coaching",
    minutes=60,
    agents=("anna",),
    windows=(Window(days=("Mon",), start="10:00", end="12:00"),),
)
MEETING = rules.Activity(activity="meeting", minutes=60, agents=("anna", "ben"), together=True)
REST = rules.PaidRest(minutes=60, parts=2, earliest=60, latest=240)
TURNS = rules.QueueExposure(queue="calls", hours=4, recovery=30)
ALL_KINDS = {
    "held as asked": (COACHING, [(0, "10:30", "11:30", "coaching")], []),
    "asked by nobody": (
        COACHING,
        [(0, "10:30", "11:30", "coaching"), (0, "15:00", "16:00", "party")],
        ["The party of Anna on Mon 7 Dec 15:00 is asked for by no rule."],
    ),
    "too long": (
        COACHING,
        [(0, "10:00", "11:30", "coaching")],
        [
            "The coaching of Anna on Mon 7 Dec 10:00 lasts 90 min; 60 min are due.",
            "Anna has no coaching in the horizon; 60 min are due.",
        ],
    ),
    "out of its window": (
        COACHING,
        [(0, "13:00", "14:00", "coaching")],
        [
            "The coaching of Anna on Mon 7 Dec 13:00 lies outside the times that are allowed "
            "for it.",
            "Anna has no coaching in the horizon; 60 min are due.",
        ],
    ),
    "left out": (COACHING, [], ["Anna has no coaching in the horizon; 60 min are due."]),
    "twice": (
        COACHING,
        [(0, "10:00", "11:00", "coaching"), (0, "11:00", "12:00", "coaching")],
        [
            "Anna has 2 times coaching in the time for which it is asked; 1 is allowed.",
        ],
    ),
    "off the intervals": (
        COACHING,
        [(0, "10:15", "11:15", "coaching")],
        ["The coaching of Anna on Mon 7 Dec 10:15 does not lie on the 30-minute intervals."],
    ),
    "one part of a rest": (
        REST,
        [(0, "10:00", "10:30", "rest")],
        [
            "The shift of Anna on Mon 7 Dec 09:00 holds 1 times 30 min of paid rest; 2 are due.",
            "The shift of Ben on Mon 7 Dec 09:00 holds 0 times 30 min of paid rest; 2 are due.",
        ],
    ),
}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_what_is_wrong_with_an_activity_is_said(kind):
    """Each kind of fault is told in a sentence, and nothing is told of what is right."""
    rule, held, sentences = ALL_KINDS[kind]
    one = example("", rule, {"anna": "D", "ben": "D"}, held={"anna": held})
    report = verify(one.problem, one.schedule)
    assert [violation.sentence for violation in report.violations] == sentences
    assert report.ok == (not sentences)


def test_a_meeting_at_two_times_is_none():
    """Each has an hour of meeting, but not at the same time."""
    held = {"anna": [(0, "10:00", "11:00", "meeting")], "ben": [(0, "11:00", "12:00", "meeting")]}
    one = example("", MEETING, {"anna": "D", "ben": "D"}, held=held)
    found = [violation.sentence for violation in verify(one.problem, one.schedule).violations]
    assert found == [
        "The meeting of Ben is on Mon 7 Dec 11:00, that of others on Mon 7 Dec 10:00.",
        "Of Anna, Ben, fewer than 2 have meeting together in the horizon; 60 min are due.",
    ]


@pytest.mark.parametrize(
    ("activities", "sentence"),
    [
        ([], None),
        ([(600, 660, "calls"), (660, 690, "recovery")], None),
        ([(600, 660, "calls")], "is not followed by 30 min of recovery"),
        ([(600, 660, "calls"), (660, 720, "recovery")], "is not followed by 30 min of recovery"),
        ([(600, 630, "calls"), (630, 660, "recovery")], "lasts 30 min; 60 min are due"),
        ([(600, 630, "recovery")], "is asked for by no rule"),
    ],
)
def test_turns_are_followed_by_their_recovery(activities, sentence):
    """A turn without its recovery, of another length, or a recovery without a turn, is a fault."""
    one = example("", TURNS, {"anna": "S"})
    shift = _holding(one.schedule.shifts[0], activities)
    found = [v.sentence for v in verify(one.problem, Schedule(shifts=(shift,))).violations]
    assert bool(found) == (sentence is not None)
    assert sentence is None or sentence in found[0]


def test_turns_are_counted_in_whole_minutes():
    """60 * (490 / 60) is a little less than 490, of which two turns of 245 are the whole."""
    rule = rules.QueueExposure(queue="calls", hours=490 / 60, turn=245, recovery=0)
    one = example("", TURNS, {"cleo": "N", "ben": "E"})
    assert [*rule.violations(one.problem, one.schedule)] == []
    assert stated_breach(one.problem, rule, one.schedule) == 0


def test_too_many_turns_are_a_fault():
    """Two turns where one is the most."""
    rule = rules.QueueExposure(queue="calls", hours=1, recovery=0, weight=1)
    one = example("", rule, {"anna": "S"})
    held = [(540, 600, "calls"), (660, 720, "calls")]
    shift = _holding(one.schedule.shifts[0], held)
    found = [v.sentence for v in verify(one.problem, Schedule(shifts=(shift,))).hard]
    assert found == ["Anna has 2 times calls in one shift; 1 is allowed."]


def _holding(shift: Shift, held: list[tuple[int, int, str]]) -> Shift:
    activities = tuple(
        ActivityTime(start=a, end=b, activity=name, queues=("calls",) if name == "calls" else ())
        for a, b, name in held
    )
    return Shift(**{**dict(shift), "activities": activities})


@pytest.mark.parametrize(
    "spans", [[(500, 560)], [(960, 1020)], [(600, 660), (630, 690)], [(700, 760)], [(600, 600)]]
)
def test_activities_lie_inside_the_shift_and_beside_its_breaks(spans):
    """One that reaches out of the shift, into a break or into another, or is empty, is refused."""
    held = tuple(ActivityTime(start=a, end=b, activity="x") for a, b in spans)
    lunch = BreakTime(start=720, end=750)
    with pytest.raises(InputError, match="activities"):
        Shift(agent="a", day=0, template="t", start=540, end=1000, breaks=(lunch,), activities=held)


def test_an_activity_is_paid_and_away_from_the_queues():
    """It lowers who is at work, not what is paid; one that answers queues is work."""
    horizon = Horizon(start=MONDAY, days=1, interval=60)
    held = (
        ActivityTime(start=600, end=660, activity="coaching"),
        ActivityTime(start=660, end=720, activity="a", queues=("a",)),
    )
    shift = Shift(agent="x", day=0, template="t", start=540, end=780, activities=held)
    there = Schedule(shifts=(shift,)).at_work(horizon, ["x"])
    assert np.flatnonzero(there[0]).tolist() == [9, 11, 12]
    assert shift.paid_minutes == 240


def test_who_has_turns_serves_the_queue_in_these_alone():
    """Outside turns an agent of two queues counts for the other, inside for the one; a past turn
    reaches into the horizon."""
    problem = _two_queues()
    serves, heads = heads_by_group(problem, Schedule(shifts=(_turning(0, 540),)))
    on = {
        tuple(row): np.flatnonzero(line).tolist() for row, line in zip(serves, heads, strict=True)
    }
    assert on == {(False, True): [1, 9, 12], (True, False): [0, 10]}


def _turning(day: int, start: int) -> Shift:
    held = (
        ActivityTime(start=start + 60, end=start + 120, activity="a", queues=("a",)),
        ActivityTime(start=start + 120, end=start + 180, activity="recovery"),
    )
    return Shift(agent="x", day=day, template="t", start=start, end=start + 240, activities=held)


def _two_queues() -> Problem:
    past = Shift(
        agent="x",
        day=-1,
        template="t",
        start=-120,
        end=120,
        activities=(ActivityTime(start=-60, end=60, activity="a", queues=("a",)),),
    )
    return Problem(
        demand=demand_of({}, {}),
        agents=(Agent(id="x", contract="full", skills=("both",)),),
        contracts=(Contract(id="full"),),
        skills=(Skill(id="both", queues=("a", "b")),),
        shifts=(ShiftTemplate(id="t", start="09:00", lengths=(240,)),),
        rules=(rules.QueueExposure(queue="a", hours=2, recovery=60),),
        previous=Previous(shifts=(past,)),
    )


BAD = {
    "a break's name": ({"activity": "lunch"}, "differ from the names of breaks"),
    "a shift's name": ({"activity": "shift"}, "differ from the names of breaks"),
    "odd minutes": ({"minutes": 50}, "be whole 30-minute intervals"),
    "too many": ({"together": True, "at_least": 4}, "be at most the 3 agents"),
    "at least, alone": ({"at_least": 2}, "be left out where it is not held together"),
    "off, together": ({"together": True, "off_excuses": True}, "be left out where it is held"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_asked_is_refused(kind):
    """Names of breaks, parts of intervals, and more people than there are, are refused."""
    fields, must = BAD[kind]
    with pytest.raises(InputError, match=must):
        example("", rules.Activity(**{"activity": "QA", "minutes": 60, **fields}), {"anna": "-"})


def test_an_unknown_queue_is_refused():
    """Turns on a queue that the demand does not have."""
    with pytest.raises(InputError, match=r"rule queue_exposure.queue must be one of the queues"):
        example("", rules.QueueExposure(queue="mail", hours=1, recovery=0), {"anna": "-"})
