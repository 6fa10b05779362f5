"""A few calls and agents whose course a person can follow."""

from __future__ import annotations

import math

import pytest

from tests.simulation.centres import always, centre, play, shift
from wfm.errors import InputError
from wfm.problem import Previous
from wfm.queue import Queue
from wfm.schedule import ActivityTime, BreakTime, Schedule
from wfm.simulation import (
    AgentAssumptions,
    Assumptions,
    Overflow,
    QueueAssumptions,
    Redial,
    simulate,
)

NEVER = (math.inf, math.inf, None)
CALLS = Queue(id="calls", patience=60)
VIP = Queue(id="vip", patience=60)
MAIL = Queue(id="mail", channel="deferred", deadline=4)


def one_queue(*groups):
    return centre([CALLS], [0], [60], groups or [(1, ("calls",))])


def test_first_come_first_served():
    """Who waits longest is answered first, and who hangs up before is not."""
    calls = [("calls", 10, 100), ("calls", 20, 100, 30), ("calls", 30, 5), ("calls", 40, 5)]
    problem = one_queue()
    found = play(problem, always(problem), calls)
    assert found == [
        (10, 110, "0-000"),
        NEVER,
        (110, 115, "0-000"),
        (115, 120, "0-000"),
    ]


def test_whoever_is_idle_longest():
    """A call goes to the agent who has been idle longest."""
    problem = one_queue((3, ("calls",)))
    calls = [("calls", t, work) for t, work in [(1, 10), (2, 3), (3, 4), (20, 1), (21, 1), (22, 1)]]
    who = [agent for _, _, agent in play(problem, always(problem), calls)]
    assert who == ["0-000", "0-001", "0-002", "0-001", "0-002", "0-000"]


def test_whoever_is_idle_longest_of_several_groups():
    """Agents with other skills stand in the same order."""
    problem = centre([CALLS, VIP], [0, 0], [60, 60], [(1, ("calls",)), (1, ("calls", "vip"))])
    calls = [("calls", 0, 5), ("calls", 1, 3), ("calls", 10, 1), ("calls", 20, 1)]
    who = [agent for _, _, agent in play(problem, always(problem), calls)]
    assert who == ["0-000", "1-000", "1-000", "0-000"]


def test_finish_before_leaving():
    """At the end of a shift the call in hand is finished, and no other is begun."""
    problem = one_queue()
    schedule = Schedule.of_shifts([shift("0-000", 0, 10)])
    calls = [("calls", 590, 100), ("calls", 595, 5)]
    assert play(problem, schedule, calls) == [(590, 690, "0-000"), NEVER]


@pytest.mark.parametrize(("late_breaks", "back"), [("full", 1000), ("cut", 900)])
def test_late_breaks(late_breaks, back):
    """A break that begins 100 seconds late ends as late, or as planned."""
    problem = one_queue()
    pause = BreakTime(start=10, end=15)
    schedule = Schedule.of_shifts([shift("0-000", 0, 60, breaks=(pause,))])
    calls = [("calls", 590, 110), ("calls", 800, 10)]
    found = play(problem, schedule, calls, Assumptions(late_breaks=late_breaks))
    assert found == [(590, 700, "0-000"), (back, back + 10, "0-000")]


def test_a_break_that_is_over_before_it_begins():
    """Whoever talks through a break takes it afterwards in full, or loses it."""
    problem = one_queue()
    pause = BreakTime(start=10, end=15)
    schedule = Schedule.of_shifts([shift("0-000", 0, 60, breaks=(pause,))])
    calls = [("calls", 590, 610), ("calls", 1210, 10)]
    for late_breaks, answered in [("full", 1500), ("cut", 1210)]:
        found = play(problem, schedule, calls, Assumptions(late_breaks=late_breaks))
        assert [each[0] for each in found] == [590, answered]


def test_two_breaks_that_are_talked_through():
    """Whoever talks through two breaks takes both afterwards."""
    problem = one_queue()
    pauses = (BreakTime(start=10, end=15), BreakTime(start=20, end=25))
    schedule = Schedule.of_shifts([shift("0-000", 0, 60, breaks=pauses)])
    calls = [("calls", 590, 970), ("calls", 2000, 10, 999)]
    assert [each[0] for each in play(problem, schedule, calls)] == [590, 1560 + 600]


def test_a_late_break_does_not_outlast_the_shift():
    """A shift that ends during a late break is over."""
    problem = one_queue()
    pause = BreakTime(start=10, end=15)
    schedule = Schedule.of_shifts([shift("0-000", 0, 16, breaks=(pause,))])
    calls = [("calls", 590, 200), ("calls", 1100, 10)]
    assert play(problem, schedule, calls) == [(590, 790, "0-000"), NEVER]


def test_activities():
    """In a meeting nobody answers; in a turn on a queue, that queue's calls only."""
    problem = centre([CALLS, VIP], [0, 0], [60, 60], [(1, ("calls", "vip"))])
    held = (
        ActivityTime(start=10, end=15, activity="meeting"),
        ActivityTime(start=15, end=20, activity="turn", queues=("vip",)),
    )
    schedule = Schedule.of_shifts([shift("0-000", 0, 60, activities=held)])
    calls = [("calls", 650, 1), ("vip", 700, 1), ("calls", 950, 1), ("vip", 960, 1)]
    answered = [each[0] for each in play(problem, schedule, calls)]
    assert answered == [1200, 900, 1201, 960]


def test_the_shift_of_the_night_before():
    """A shift of the previous period reaches into the horizon."""
    problem = one_queue()
    night = shift("0-000", -60, 5).model_copy(update={"day": -1})
    problem = problem.model_copy(update={"previous": Previous(shifts=(night,))})
    calls = [("calls", 250, 10), ("calls", 310, 10)]
    assert [each[0] for each in play(problem, Schedule(), calls)] == [250, math.inf]


def test_overflow():
    """Further agents answer after twenty seconds, not before, and only those with the skill."""
    problem = centre([CALLS], [0], [60], [(1, ("calls",)), (1, ("helper",)), (1, ("lead",))])
    overflow = (Overflow(skill="helper", after=20),)
    assumptions = Assumptions(queues=(QueueAssumptions(queue="calls", overflow=overflow),))
    calls = [("calls", 10, 100), ("calls", 15, 100), ("calls", 16, 10), ("calls", 50, 10, 10)]
    found = play(problem, always(problem), calls, assumptions)
    assert found == [(10, 110, "0-000"), (35, 135, "1-000"), (110, 120, "0-000"), NEVER]


def test_overflow_when_a_helper_becomes_free():
    """A call that has waited long enough goes to the helper who is free first."""
    problem = centre([CALLS, VIP], [0, 0], [60, 60], [(1, ("vip", "helper"))])
    overflow = (Overflow(skill="helper", after=20),)
    assumptions = Assumptions(queues=(QueueAssumptions(queue="calls", overflow=overflow),))
    calls = [("vip", 0, 30), ("calls", 5, 10), ("calls", 25, 10)]
    found = play(problem, always(problem), calls, assumptions)
    assert [each[0] for each in found] == [0, 30, 45]


def test_priority_and_ranks():
    """A queue of higher priority goes first, then the agent's rank, then the longest wait."""
    queues = [CALLS, VIP, Queue(id="sales")]
    problem = centre(queues, [0] * 3, [60] * 3, [(1, ("calls", "vip", "sales"))])
    assumptions = Assumptions(
        queues=(QueueAssumptions(queue="vip", priority=-1),),
        agents=(AgentAssumptions(agent="0-000", ranks={"calls": 2, "sales": 1, "vip": 3}),),
    )
    calls = [("calls", 0, 10), ("calls", 1, 10), ("sales", 2, 10), ("vip", 3, 10)]
    for told, answered in [(assumptions, [0, 30, 20, 10]), (None, [0, 10, 20, 30])]:
        assert [each[0] for each in play(problem, always(problem), calls, told)] == answered


def test_ranks_among_agents():
    """Of those who are free, whoever ranks a queue first is asked first."""
    problem = one_queue((2, ("calls",)))
    assumptions = Assumptions(agents=(AgentAssumptions(agent="0-000", ranks={"calls": 1}),))
    calls = [("calls", 0, 10), ("calls", 1, 1), ("calls", 30, 1)]
    who = [each[2] for each in play(problem, always(problem), calls, assumptions)]
    assert who == ["0-001", "0-000", "0-001"]


def test_reserved_agents():
    """One of two agents stays free for whoever is not told to leave one."""
    problem = centre([CALLS, VIP], [0, 0], [60, 60], [(2, ("calls", "vip"))])
    assumptions = Assumptions(queues=(QueueAssumptions(queue="calls", reserve=1),))
    calls = [("calls", 0, 10), ("calls", 1, 10), ("vip", 2, 30)]
    found = play(problem, always(problem), calls, assumptions)
    # The second call waits until both are free again, not only the one who ends at 10.
    assert [each[0] for each in found] == [0, 32, 2]


def test_speed():
    """Whoever is twice as fast needs half the time."""
    problem = one_queue()
    assumptions = Assumptions(agents=(AgentAssumptions(agent="0-000", speed=2),))
    assert play(problem, always(problem), [("calls", 5, 10)], assumptions) == [(5, 10, "0-000")]


def test_deferred_work_is_laid_aside():
    """A call takes the agent away from mail, which then is gone on with where it stopped."""
    problem = centre([CALLS, MAIL], [0, 0], [60, 60], [(1, ("calls", "mail"))])
    calls = [("mail", 0, 100, math.inf, 9999), ("mail", 20, 10, math.inf, 9999), ("calls", 30, 50)]
    found = play(problem, always(problem), calls)
    assert [each[:2] for each in found] == [(0, 150), (150, 160), (30, 80)]
    found = play(problem, always(problem), calls, Assumptions(preempt=False))
    assert [each[:2] for each in found] == [(0, 100), (150, 160), (100, 150)]


def test_work_laid_aside_goes_to_whoever_is_free():
    """Mail that is laid aside is taken at once by somebody who has nothing else to do."""
    problem = centre([CALLS, MAIL], [0, 0], [60, 60], [(1, ("calls", "mail")), (1, ("mail",))])
    mail = [("mail", 0, 100, math.inf, 9999), ("mail", 1, 10, math.inf, 9999)]
    found = play(problem, always(problem), [*mail, ("calls", 30, 50)])
    assert found == [(0, 100, "1-000"), (1, 11, "1-000"), (30, 80, "0-000")]


def test_blended_work():
    """Whoever answers a queue that mail is blended with does the mail in between."""
    mail = MAIL.model_copy(update={"blended_with": ("calls",)})
    problem = centre([CALLS, mail], [0, 0], [60, 60], [(1, ("calls",))])
    assert play(problem, always(problem), [("mail", 5, 10, math.inf, 99)]) == [(5, 15, "0-000")]


def test_chats_slow_each_other_down():
    """Two chats at once take half as long again each; a third waits."""
    chat = Queue(id="chat", channel="chat", concurrency=2, handle_time_growth=(1.0, 1.5))
    problem = centre([chat], [0], [60], [(1, ("chat",))])
    # Work is in seconds at two in hand: alone it is done 1.5 times as fast.
    calls = [("chat", 0, 60), ("chat", 20, 60), ("chat", 30, 15)]
    found = play(problem, always(problem), calls)
    # The first has 30 left at 20 and ends at 50; the third is begun then and ends at 65, when
    # the second has 15 left, for which it takes 10 alone.
    assert [each[0] for each in found] == [0, 20, 50]
    assert [each[1] for each in found] == pytest.approx([50, 75, 65])


def test_chats_are_spread():
    """A chat goes to whoever has the fewest in hand; calls and chats do not go together."""
    chat = Queue(id="chat", channel="chat", concurrency=2)
    problem = centre([CALLS, chat], [0, 0], [60, 60], [(2, ("chat", "calls"))])
    calls = [("chat", 0, 50), ("chat", 1, 20), ("chat", 2, 50), ("calls", 3, 10), ("chat", 4, 50)]
    found = play(problem, always(problem), calls)
    # At 52 the first has nothing in hand; the second has a chat until 54.
    assert [each[0] for each in found] == [0, 1, 2, 52, 4]
    assert [each[2] for each in found] == ["0-000", "0-001", "0-000", "0-000", "0-001"]


def test_callers_try_again():
    """Nobody there: everyone hangs up and calls again, as often as is assumed."""
    problem = centre([CALLS], [50], [60], [(1, ("calls",))])
    redial = Redial(probability=1, delay=1, attempts=3)
    assumptions = Assumptions(queues=(QueueAssumptions(queue="calls", redial=redial),))

    def offered(there, told):
        return simulate(problem, there, replications=3, assumptions=told).counts[..., 0].sum()

    # Some of the last hour's callers would call again only after the horizon.
    times = offered(Schedule(), assumptions) / offered(Schedule(), None)
    assert times == pytest.approx(3, rel=0.02)
    problem = centre([CALLS], [50], [60], [(20, ("calls",))])
    assert offered(always(problem), assumptions) == offered(always(problem), None)


@pytest.mark.parametrize(
    ("assumptions", "place"),
    [
        (Assumptions(queues=(QueueAssumptions(queue="x"),)), r"queues\[0\].queue"),
        (
            Assumptions(
                queues=(QueueAssumptions(queue="calls", overflow=(Overflow(skill="x", after=1),)),)
            ),
            "overflow skill",
        ),
        (Assumptions(agents=(AgentAssumptions(agent="x"),)), r"agents\[0\].agent"),
        (Assumptions(agents=(AgentAssumptions(agent="0-000", ranks={"x": 1}),)), "ranks queue"),
    ],
)
def test_unknown_names_are_refused(assumptions, place):
    """What the problem does not have is named."""
    problem = one_queue()
    with pytest.raises(InputError, match=place):
        simulate(problem, always(problem), replications=1, assumptions=assumptions)
