"""Every kind of bad value gives the one documented error, which names the place."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from tests.judge.small import demand_of, mail, with_mail
from tests.solver.problems import problem_of
from wfm import (
    Agent,
    Break,
    Contract,
    Demand,
    Horizon,
    Household,
    InputError,
    Previous,
    Problem,
    Queue,
    Result,
    Schedule,
    ServiceTarget,
    Shift,
    ShiftTemplate,
    Skill,
    Window,
    rules,
    solve,
    verify,
)
from wfm.deferred import DeferredWork
from wfm.demand import BusyFactor
from wfm.forecast import Volume, staff
from wfm.forecast.erlang import erlang_c, required_agents
from wfm.replan.values import Happenings

DAY = date(2026, 12, 7)


def changed(**fields: object) -> Problem:
    """A sound problem with some fields made unsound."""
    return problem_of(2, days=1).model_copy(update=fields)


def demand(**fields: object) -> Demand:
    """A sound demand with some fields made unsound."""
    return problem_of(1, days=1).demand.model_copy(update=fields)


LETTERS = mail(24, (0, 9, 2.0))


def mailed(**fields: object) -> Demand:
    """A sound demand of calls and mail with some fields made unsound."""
    return with_mail(demand_of({}), (LETTERS, 3.0)).model_copy(update=fields)


def work(**fields: object) -> DeferredWork:
    """Sound work of two slots with some fields made unsound."""
    return DeferredWork(**{"queue": "m", "arrived": (1, 2), "due": (0, 1), **fields})


def volume(contacts: list[float]) -> Volume:
    """A forecast of one queue over a day of hours."""
    rows = np.array([contacts])
    horizon = Horizon(start=DAY, days=1, interval=60)
    return Volume(
        horizon=horizon, queues=("a",), contacts=rows, aht=rows + 60, lower=rows, upper=rows
    )


BAD = {
    "unknown zone": (lambda: Horizon(start=DAY, days=1, timezone="Mars/Olympus"), "timezone"),
    "no days": (lambda: Horizon(start=DAY, days=0), "Horizon.days"),
    "odd interval": (lambda: Horizon(start=DAY, days=1, interval=7), "Horizon.interval"),
    "no date": (lambda: Horizon(start="soon", days=1), "Horizon.start"),
    "unknown field": (lambda: Queue(id="a", colour="red"), "Queue.colour"),
    "missing field": (lambda: Agent(id="a", skills=("b",)), "Agent.contract"),
    "empty id": (lambda: Queue(id=""), "Queue.id"),
    "level above one": (lambda: ServiceTarget(level=80), "ServiceTarget.level"),
    "level of one": (lambda: ServiceTarget(level=1.0), "ServiceTarget.level"),
    "negative threshold": (lambda: ServiceTarget(threshold=-1), "ServiceTarget.threshold"),
    "not a number": (lambda: ServiceTarget(price=float("nan")), "ServiceTarget.price"),
    "unknown period": (lambda: ServiceTarget(period="year"), "ServiceTarget.period"),
    "shrinkage of one": (lambda: Queue(id="a", shrinkage=1.0), "Queue.shrinkage"),
    "no concurrency": (lambda: Queue(id="a", concurrency=0), "Queue.concurrency"),
    "unknown channel": (lambda: Queue(id="a", channel="fax"), "Queue.channel"),
    "nested fault": (lambda: Queue(id="a", target={"level": 2}), "ServiceTarget.level"),
    "no clock time": (lambda: Window(start="8 o'clock"), "clock time"),
    "clock past midnight": (lambda: Window(start="24:30"), "clock time"),
    "unknown weekday": (lambda: Window(days=("Montag",)), "Window.days"),
    "window backwards": (lambda: Window(since=DAY, until=date(2026, 1, 1)), "Window.until"),
    "agent without skill": (lambda: Agent(id="a", contract="b", skills=()), "Agent.skills"),
    "household of one": (lambda: Household(id="h", members=("a",)), "Household.members"),
    "household of one twice": (
        lambda: Household(id="h", members=("a", "a")),
        "Household.members",
    ),
    "a price beyond reason": (lambda: ServiceTarget(price=1e17), "ServiceTarget.price"),
    "a weight beyond reason": (
        lambda: rules.MinRest(hours=11, weight=1e12),
        "MinRest.weight",
    ),
    "a past in two places": (
        lambda: Previous(
            shifts=(
                Shift(agent="a", day=-1, template="s", start=-600, end=-100),
                Shift(agent="a", day=-1, template="s", start=-300, end=100),
            )
        ),
        "Previous.shifts of agent 'a'",
    ),
    "no time to solve": (lambda: solve(problem_of(1, days=1), seconds=0), "seconds"),
    "nothing to staff": (lambda: staff(volume([1.0] * 24), []), "queues"),
    "a result for a schedule": (
        lambda: verify(problem_of(1, days=1), Result(status="unknown")),
        "verify: schedule",
    ),
    "schedule and problem swapped": (
        lambda: verify(Schedule(), problem_of(1, days=1)),
        "verify: problem",
    ),
    "negative wage": (lambda: Contract(id="c", hourly_cost=-1), "Contract.hourly_cost"),
    "break backwards": (lambda: Break(minutes=15, earliest=60, latest=30), "Break.latest"),
    "break of nine hours": (lambda: Break(minutes=540, earliest=0, latest=0), "Break.minutes"),
    "no length": (lambda: ShiftTemplate(id="s", start="08:00", lengths=()), "lengths"),
    "length of two days": (
        lambda: ShiftTemplate(id="s", start="08:00", lengths=(2880,)),
        "ShiftTemplate 's'.lengths",
    ),
    "latest before start": (
        lambda: ShiftTemplate(id="s", start="08:00", latest="07:00", lengths=(480,)),
        "ShiftTemplate 's'.latest",
    ),
    "break past the end": (
        lambda: ShiftTemplate(
            id="s",
            start="08:00",
            lengths=(240,),
            breaks=(Break(minutes=30, earliest=0, latest=240),),
        ),
        "ShiftTemplate 's'.breaks",
    ),
    "shift backwards": (
        lambda: Shift(agent="a", day=0, template="s", start=60, end=0),
        "Shift of 'a' on day 0",
    ),
    "previous in the future": (
        lambda: Previous(shifts=(Shift(agent="a", day=1, template="s", start=1440, end=1500),)),
        "Previous.shifts of agent 'a'",
    ),
    "agent twice": (lambda: changed(agents=problem_of(1).agents * 2), "Problem.agents"),
    "unknown contract": (lambda: changed(contracts=(Contract(id="part"),)), "agent 'a0'.contract"),
    "unknown skill": (lambda: changed(skills=(Skill(id="lead"),)), "agent 'a0'.skills"),
    "unknown queue": (
        lambda: changed(skills=(Skill(id="calls", queues=("fax",)), Skill(id="lead"))),
        "skill 'calls'.queues",
    ),
    "unknown shift": (
        lambda: changed(contracts=(Contract(id="full", shifts=("noon",)),)),
        "contract 'full'.shifts",
    ),
    "unknown member": (
        lambda: changed(households=(Household(id="h", members=("a0", "zoe")),)),
        "household 'h'.members",
    ),
    "template off the slots": (
        lambda: changed(shifts=(ShiftTemplate(id="s", start="08:10", lengths=(480,)),)),
        "shift template 's'",
    ),
    "unknown rule": (lambda: changed(rules=({"rule": "be_nice"},)), "rules[0]"),
    "rule without its field": (lambda: changed(rules=({"rule": "min_rest"},)), "MinRest.hours"),
    "rule of an unknown agent": (
        lambda: changed(rules=(rules.MinRest(hours=11, agents=("zoe",)),)),
        "rule min_rest.agents",
    ),
    "rule of an unknown household": (
        lambda: changed(rules=(rules.SameDaysOff(household="castle"),)),
        "rule same_days_off.household",
    ),
    "contacts of too few slots": (lambda: demand(contacts=((1.0,),)), "contacts of queue 'calls'"),
    "negative contacts": (lambda: demand(contacts=((-1.0,) * 24,)), "contacts of queue 'calls'"),
    "a service curve that falls": (
        lambda: demand(service=((((0, 1.0), (1, 0.5)),) * 24,)),
        "service of queue 'calls' in slot 0",
    ),
    "a service curve that starts with someone": (
        lambda: demand(service=((((1, 1.0),),) * 24,)),
        "service of queue 'calls' in slot 0",
    ),
    "a service curve that turns back": (
        lambda: demand(service=((((0, 0.0), (2, 1.0), (1, 1.5)),) * 24,)),
        "service of queue 'calls' in slot 0",
    ),
    "a service curve that bends up": (
        lambda: demand(service=((((0, 0.0), (1, 1.0), (2, 1.2), (4, 3.0)),) * 24,)),
        "service of queue 'calls' in slot 0",
    ),
    "a service curve of nothing": (
        lambda: demand(service=(((),) * 24,)),
        "service of queue 'calls' in slot 0",
    ),
    "negative curve error": (lambda: demand(curve_error=-0.1), "Demand.curve_error"),
    "load of too few slots": (lambda: demand(load=((1.0,),)), "load of queue 'calls'"),
    "negative load of a slot": (lambda: demand(load=((-1.0,) * 24,)), "load of queue 'calls'"),
    "a factor without spread": (lambda: BusyFactor(cv=0), "BusyFactor.cv"),
    "a factor of certainty": (lambda: BusyFactor(cv=0.1, probability=1), "BusyFactor.probability"),
    "days more than alike": (
        lambda: BusyFactor(cv=0.1, day_to_day=1.5),
        "BusyFactor.day_to_day",
    ),
    "work that leaves again": (lambda: work(arrived=(2, 1)), "DeferredWork arrived of queue 'm'"),
    "work below nothing": (lambda: work(due=(-1, 0)), "DeferredWork due of queue 'm' in slot 0"),
    "work due before it arrives": (lambda: work(due=(2, 2)), "due of queue 'm' in slot 0"),
    "due of too few slots": (lambda: work(due=(1,)), "DeferredWork due of queue 'm'"),
    "work of no slots": (lambda: work(arrived=(), due=()), "DeferredWork due of queue 'm'"),
    "a deferred queue without its work": (lambda: mailed(deferred=()), "Demand.deferred"),
    "work twice": (lambda: mailed(deferred=(LETTERS, LETTERS)), "Demand.deferred"),
    "work of an ordinary queue": (lambda: demand(deferred=(work(queue="calls"),)), "deferred"),
    "work of other slots": (lambda: mailed(deferred=(work(),)), "Demand.deferred of queue 'm'"),
    "deferred work that requires someone": (
        lambda: mailed(required=((0,) * 24, (0,) * 23 + (1,))),
        "Demand.required of queue 'm'",
    ),
    "deferred work done by nobody": (
        lambda: mailed(service=((((0, 0.0),),) * 24, (((0, 1.0),),) * 24)),
        "service of queue 'm' in slot 0",
    ),
    "two queues of one name": (lambda: demand(queues=(Queue(id="a"), Queue(id="a"))), "queues"),
    "no JSON": (lambda: Problem.from_json("{", "problem.json"), "problem.json"),
    "JSON of something else": (
        lambda: Schedule.from_json('{"a": 1}', "s.json"),
        "s.json: Schedule.a",
    ),
    "a newer schema": (
        lambda: Schedule.from_json(json.dumps({"schema_version": 99}), "s.json"),
        "s.json: Schedule.schema_version",
    ),
    "negative forecast": (lambda: volume([-1.0] * 24), "Volume.contacts of a, slot 0"),
    "queue without a forecast": (lambda: staff(volume([1.0] * 24), [Queue(id="b")]), "queues"),
    "negative load": (lambda: erlang_c([1.0, -2.0], 3), "load[1]"),
    "infinite agents": (lambda: erlang_c(1.0, float("inf")), "agents"),
    "target of one": (lambda: required_agents(10, 180, target=1.0), "target"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_value_names_its_place(kind):
    """The error is an InputError whose message holds the place, and says what must be."""
    make, place = BAD[kind]
    with pytest.raises(InputError) as caught:
        make()
    message = str(caught.value)
    assert place in message
    assert " must " in message
    assert "pydantic" not in message


def test_several_faults_are_told_together():
    """A value with three faults names all three."""
    with pytest.raises(InputError) as caught:
        Horizon(start="x", days=0, foo=2)
    assert [fault.place for fault in caught.value.faults] == [
        "Horizon.start",
        "Horizon.days",
        "Horizon.foo",
    ]


def test_a_changed_copy_is_checked_anew():
    """A copy with a bad field raises, and one with a good field forgets what was cached."""
    horizon = Horizon(start=DAY, days=2)
    assert horizon.slots == 192
    assert horizon.model_copy(update={"days": 3}).slots == 288
    with pytest.raises(InputError, match=r"Horizon\.days"):
        horizon.model_copy(update={"days": -1})


def test_a_problem_under_more_rules():
    """The copy has the rule besides those that were there, checked like them."""
    problem = problem_of(2, days=1, given=(rules.MinRest(hours=11),))
    more = problem.with_rules(rules.Hours(most=8))
    assert more.rules == (*problem.rules, rules.Hours(most=8))
    with pytest.raises(InputError, match=r"hours\.agents"):
        problem.with_rules(rules.Hours(most=8, agents=("zoe",)))


def test_a_long_value_is_told_on_a_line():
    """Of a whole table no more than a line is shown, and a date as people write it."""
    long = InputError("history", "be a History", np.arange(900).reshape(30, 30))
    assert "\n" not in str(long)
    assert str(long).endswith("....")
    assert len(str(long)) < 160
    assert str(InputError("dates", "be a list", DAY)) == "dates must be a list, got 2026-12-07."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{}", "Happenings.changes[0].kind must be given."),
        (
            '{"kind": "holiday"}',
            "Happenings.changes[0].kind must be one of absence, late_arrival, overtime, time_off, "
            "forecast, got 'holiday'.",
        ),
    ],
)
def test_a_value_of_no_kind_is_told_which_there_are(given, expected):
    """Where several kinds of value may stand, the fault names the field and the kinds."""
    with pytest.raises(InputError) as caught:
        Happenings.from_json(f'{{"changes": [{given}]}}')
    assert str(caught.value) == expected
