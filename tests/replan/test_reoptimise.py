"""Re-plans of a small centre: what stays, what changes first, and what it is called."""

from __future__ import annotations

from datetime import datetime

import pytest

import wfm
from tests.replan.small import (
    MONDAY,
    TUESDAY,
    at,
    demand,
    differing,
    hard,
    problem_of,
    roster,
    shift_of,
)
from wfm import Absence, ChangePrices, LateArrival, NewForecast, OvertimeOffer, TimeOffOffer, rules
from wfm.errors import InputError

NOW = at("10:40")
NEVER = ChangePrices(moved_break=1e5, moved_shift=1e5)
FREE = ChangePrices(moved_break=0, moved_shift=0, extra=0, time_off=0)


def replanned(changes, given=(), published=None, now=NOW, **more):
    """A re-plan of the small centre."""
    return wfm.reoptimise(problem_of(*given), published or roster(), now, changes, **more)


def kinds(found):
    """Whose day changed how."""
    return {change.agent: change.kind for change in found.changes}


def evening(agent, hours=2, day=TUESDAY, least=30):
    """An offer to stay longer than until 16."""
    return OvertimeOffer(
        agent=agent, start=at("16:00", day), end=at(f"{16 + hours}:00", day), least=least
    )


def test_nothing_happens_and_nothing_changes():
    """A plan in which no change is worth its price stays, and says so."""
    found = replanned([], prices=NEVER)
    assert (found.changes, found.schedule) == ((), roster())
    assert found.published == found.before == found.after
    assert found.recovered is None
    assert str(found).endswith("Nothing changes.")


def test_an_absent_agent_is_marked_away_and_the_judge_understands_it():
    """The rest of a shift that has begun is away, beside its break; the past of it stays."""
    found = replanned([Absence(agent="a0", start=NOW)], prices=NEVER)
    shift = found.schedule.on("a0", 1)
    assert shift.breaks == roster().on("a0", 1).breaks
    held = [(a.start - 1440, a.end - 1440, a.activity) for a in shift.activities]
    assert held == [(630, 690, "away"), (720, 960, "away")]
    assert kinds(found) == {"a0": "away"}
    assert found.changes[0].words == (
        "Agent 0 is not there for 'day' Tue 8 Dec 08:00–16:00 from 10:30 to 16:00."
    )
    assert wfm.verify(found.problem, found.schedule).ok
    assert not wfm.verify(problem_of(), found.schedule).ok


def test_costs_are_those_of_the_judge():
    """Published, before and after cost what `verify` says of each."""
    changes = [Absence(agent="a0", start=NOW), evening("a2")]
    given = (rules.DayOffRequest(agents=("a4",), dates=(TUESDAY,), weight=15),)
    found = replanned(changes, given, prices=FREE)
    untouched = replanned(changes[:1], given, prices=NEVER)
    for standing, (problem, schedule) in {
        "published": (problem_of(*given), roster()),
        "before": (untouched.problem, untouched.schedule),
        "after": (found.problem, found.schedule),
    }.items():
        costs = getattr(found, standing).costs
        judged = wfm.verify(problem, schedule).costs
        assert costs.model_dump() == pytest.approx(judged.model_dump(), abs=1e-4), standing
    assert found.before == untouched.after
    assert found.before.costs.service > found.published.costs.service > 0
    assert found.before.planned["voice"] < found.published.planned["voice"]
    assert found.recovered > 0


def test_changes_are_the_difference():
    """Each day that differs is told once, with the shifts before and after, and no other day."""
    changes = [Absence(agent="a0", start=NOW), evening("a2"), evening("a4", 3)]
    found = replanned(changes, prices=FREE)
    assert {(c.agent, (c.day - MONDAY).days) for c in found.changes} == differing(
        roster(), found.schedule
    )
    assert len(found.changes) == len(differing(roster(), found.schedule))
    for change in found.changes:
        day = (change.day - MONDAY).days
        assert change.before == roster().on(change.agent, day)
        assert change.after == found.schedule.on(change.agent, day)
        assert change.words.startswith(f"{problem_of().agent(change.agent)} ")
    assert {"away", "longer"} <= set(kinds(found).values())
    assert found.price == 0
    assert found == wfm.Replan.from_json(found.to_json())


@pytest.mark.parametrize("clock", ["07:00", "10:40", "12:05", "15:50", "19:45"])
def test_the_past_and_what_is_told_too_late_stay(clock):
    """Neither a break nor an hour changes before now and the minutes that it takes to tell."""
    now = at(clock)
    changes = [Absence(agent="a0", start=at("08:00")), evening("a2", 4), evening("a4", 4)]
    found = replanned(changes, now=now, prices=FREE)
    edge = problem_of().horizon.elapsed(now) + 15
    for change in found.changes:
        if change.kind != "away":
            before, after = (
                {*range(s.start, s.end)} - {m for b in s.breaks for m in range(b.start, b.end)}
                for s in (change.before, change.after)
            )
            assert min(before ^ after) >= edge
            assert change.day == TUESDAY
    assert found.changes


def test_hours_come_only_from_those_who_offer_them():
    """Nobody else works longer, and nobody beyond the time offered, nor less than is worth it."""
    given = (rules.Locked.of(problem_of(), roster(), agents=("a6",)),)
    changes = [Absence(agent=f"a{n}", start=NOW) for n in (0, 1, 3)]
    changes += [evening("a2", 2), evening("a4", 1, least=90), evening("a6")]
    found = replanned(changes, given, prices=ChangePrices(service=50))
    longer = [change for change in found.changes if change.kind == "longer"]
    assert [change.agent for change in longer] == ["a2"]
    assert longer[0].after.end - longer[0].before.end in (30, 60, 90, 120)
    assert " min more, as offered" in longer[0].words
    assert {c.kind for c in found.changes} <= {"longer", "away", "break", "moved"}
    minutes = {s.agent: s.minutes for s in found.schedule.shifts if s.day == 1}
    assert {agent for agent, worked in minutes.items() if worked > 480} == {"a2"}
    assert hard(found.problem, found.schedule) == {}


FORBID = {
    "rest": rules.MinRest(hours=16),
    "family": rules.CaregivingWindow(
        agents=("a2",), windows=(wfm.Window(start="16:00", end="18:00"),)
    ),
    "no overtime": rules.NoOvertime(agents=("a2",), daily=7.5),
    "partner": rules.SomeoneAtHome(
        household="home", windows=(wfm.Window(dates=(TUESDAY,), start="16:00", end="18:00"),)
    ),
}


@pytest.mark.parametrize("rule", FORBID.values(), ids=FORBID)
def test_no_rule_is_broken_for_an_offer(rule):
    """Whoever offers what a rule of work or of the family forbids is not taken up on it."""
    who = "a0" if rule.name() == "someone_at_home" else "a2"
    on_wednesday = shift_of("a2", 2, 480)
    published = wfm.Schedule.of_shifts([*roster(off={("a8", 1)}).shifts, on_wednesday])
    changes = [Absence(agent="a4", start=NOW), evening(who)]
    free = replanned(changes, published=published, prices=ChangePrices(service=50))
    assert kinds(free)[who] == "longer"
    bound = replanned(changes, (rule,), published, prices=ChangePrices(service=50))
    assert kinds(bound).get(who) != "longer"
    assert hard(bound.problem, bound.schedule) == {}


def test_breaks_move_before_shifts_if_prices_say_so():
    """A lunch in the peak moves; with breaks dearer than shifts the shift of someone moves."""
    changes = [Absence(agent="a0", start=NOW)]
    dear = ChangePrices(moved_break=1e5, moved_shift=0, service=20)
    cheap = ChangePrices(moved_break=0.1, moved_shift=1e5, service=20)
    by_breaks = kinds(replanned(changes, prices=cheap))
    assert set(by_breaks.values()) == {"away", "break"}
    by_shifts = replanned(changes, prices=dear)
    assert set(kinds(by_shifts).values()) == {"away", "moved"}
    for change in by_shifts.changes[1:]:
        assert change.after.minutes == change.before.minutes
        assert abs(change.after.start - change.before.start) <= 120


def test_each_change_pays():
    """Taking any single change back would cost more, its price and twice its service counted."""
    changes = [Absence(agent="a1", start=NOW), evening("a2"), evening("a4")]
    found = replanned(changes)
    prices = ChangePrices()

    def counted(schedule, price):
        costs = wfm.verify(found.problem, schedule).costs
        return costs.total + (prices.service - 1) * costs.service + price

    whole = counted(found.schedule, found.price)
    made = [change for change in found.changes if change.kind != "away"]
    assert made
    for change in made:
        shifts = [s for s in found.schedule.shifts if s != change.after]
        without = wfm.Schedule.of_shifts([*shifts, change.before])
        assert counted(without, found.price - change.price) > whole


def test_changes_at_short_notice_count_more():
    """What begins within the notice has twice the price, and the price is that of its parts."""
    prices = ChangePrices(moved_break=1, extra=1, service=20, urgent=3, notice=120)
    found = replanned([Absence(agent="a0", start=NOW), evening("a2")], prices=prices)
    assert {"break", "longer"} <= {change.kind for change in found.changes}
    for change in found.changes[1:]:
        old, new = (s.breaks[0].start - 1440 for s in (change.before, change.after))
        moved = 0 if old == new else 3 if min(old, new) < 760 else 1
        assert change.price == moved + (change.kind == "longer")


def test_someone_late_is_away_until_then():
    """A late arrival marks the shift from its start on; an agent without a shift cannot be late."""
    found = replanned([LateArrival(agent="a1", until=at("13:10"))], now=at("11:55"))
    shift = found.schedule.on("a1", 1)
    assert [(a.start - 1440, a.end - 1440) for a in shift.activities] == [(720, 810)]
    assert wfm.verify(found.problem, found.schedule).ok


def test_a_shift_not_begun_falls_out_and_hours_due_are_only_reported():
    """Absent for a whole shift to come, the agent has none, and is not called in on that day."""
    given = (rules.Hours(least=15, per="horizon"),)
    found = replanned(
        [
            Absence(agent="a1", start=NOW, end=at("23:00")),
            OvertimeOffer(agent="a1", start=at("11:00"), end=at("20:00")),
        ],
        given,
        prices=FREE,
    )
    assert found.schedule.on("a1", 1) is None
    assert kinds(found)["a1"] == "away"
    report = wfm.verify(found.problem, found.schedule)
    assert report.ok
    assert [violation.agents for violation in report.told] == [("a1",)]


def test_a_day_off_is_worked_and_a_shift_falls_out_as_offered():
    """Someone off comes for a shift inside the offer; with few calls someone else may go."""
    off = roster(off={("a9", 1)})
    offer = OvertimeOffer(agent="a9", start=at("11:00"), end=at("20:00"))
    busy = replanned([Absence(agent="a1", start=NOW), offer], (), off, prices=FREE)
    assert kinds(busy)["a9"] == "called_in"
    quiet = [
        NewForecast(demand=demand(6.0)),
        TimeOffOffer(agent="a3", start=at("11:30"), end=at("20:00")),
        TimeOffOffer(agent="a5", start=at("17:00"), end=at("20:00")),
    ]
    found = replanned(quiet, prices=NEVER)
    assert kinds(found) == {"a3": "taken_out", "a5": "shorter"}
    assert 17 * 60 <= found.schedule.on("a5", 1).end - 1440 < 20 * 60
    assert found.after.costs.wages < found.before.costs.wages
    assert hard(found.problem, found.schedule) == {}
    least = rules.Hours(least=15, per="horizon")
    kept = replanned(quiet, (least,), prices=NEVER)
    assert kinds(kept) == {}


def test_overtime_before_a_shift_places_its_breaks_anew():
    """A shift that begins earlier as offered has its lunch where its template allows it."""
    offer = OvertimeOffer(agent="a1", start=at("11:00"), end=at("12:00"))
    found = replanned([Absence(agent="a0", start=NOW), offer], prices=FREE)
    shift = found.schedule.on("a1", 1)
    assert (shift.start, shift.end) in [(1440 + 660, 1440 + 1200), (1440 + 690, 1440 + 1200)]
    assert 150 <= shift.breaks[0].start - shift.start <= 300
    assert wfm.verify(found.problem, found.schedule).ok


def test_a_replan_goes_on_from_the_last_one():
    """Later the same day somebody else falls away: the first absence, and what was agreed, stay."""
    first = replanned([Absence(agent="a0", start=NOW), evening("a2")], prices=FREE)
    assert kinds(first)["a2"] == "longer"
    later = at("13:20")
    changes = [Absence(agent="a3", start=later), evening("a4")]
    second = wfm.reoptimise(first.problem, first.schedule, later, changes, prices=FREE)
    assert second.schedule.on("a0", 1) == first.schedule.on("a0", 1)
    assert second.schedule.on("a2", 1).end == first.schedule.on("a2", 1).end
    assert kinds(second)["a4"] == "longer"
    assert hard(second.problem, second.schedule) == {}


def test_only_who_agreed_has_the_longer_shift():
    """In the problem that is left, a length that was agreed with one is open to nobody else."""
    found = replanned([Absence(agent="a0", start=NOW), evening("a2")], prices=FREE)
    long = found.schedule.on("a2", 1)
    other = shift_of("a4", 1, 480, long.minutes, 150)
    others = [s for s in found.schedule.shifts if (s.agent, s.day) != ("a4", 1)]
    broken = hard(found.problem, wfm.Schedule.of_shifts([*others, other]))
    assert broken == {("agreed_shifts", ("a4",)): 1}


BAD = {
    "now": (datetime(2027, 1, 1), [], "now must lie in the horizon"),
    "agent": (NOW, [Absence(agent="x", start=NOW)], "changes[0].agent must be one of"),
    "offer": (NOW, [evening("x")], "changes[0].agent must be one of the agents"),
    "no shift": (NOW, [Absence(agent="a0", start=at("17:00"))], "start must touch a shift"),
    "late": (NOW, [LateArrival(agent="a0", until=at("17:00"))], "until must lie inside a shift"),
    "kind": (NOW, ["sick"], "changes[0] must be one of Absence, LateArrival"),
}


@pytest.mark.parametrize(("now", "changes", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_refused(now, changes, message):
    """Each fault is one sentence that names the change."""
    with pytest.raises(InputError) as error:
        replanned(changes, now=now)
    assert message in str(error.value)


def test_another_horizon_or_days_are_refused():
    """A forecast of other days, ends before starts, and no days at all are faults."""
    longer = demand().model_copy(
        update={"horizon": demand().horizon.model_copy(update={"timezone": "UTC"})}
    )
    with pytest.raises(InputError, match="be for the horizon of the problem"):
        replanned([NewForecast(demand=longer)])
    with pytest.raises(InputError, match="days must be a number of days from 1 on"):
        replanned([], days=0)
    with pytest.raises(InputError, match="be after start"):
        Absence(agent="a0", start=NOW, end=at("09:00"))
