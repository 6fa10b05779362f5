"""What is random about days and people is as asked for, and calls can be followed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.simulation.centres import always, centre, shift
from wfm.demand import BusyFactor
from wfm.queue import Queue, ServiceTarget, Shrinkage
from wfm.schedule import BreakTime, Schedule
from wfm.simulation import (
    Assumptions,
    Busyness,
    Lateness,
    QueueAssumptions,
    Redial,
    simulate,
    trace,
)
from wfm.simulation.arrivals import draw_factors
from wfm.simulation.simulating import seed_of

CALLS = Queue(id="calls", patience=90)
TWO = [Queue(id="a", patience=60), Queue(id="b", patience=120)]


def workdays(problem):
    """Eight hours for everyone, with a break in the middle."""
    pause = BreakTime(start=240, end=270)
    return Schedule.of_shifts([shift(a.id, 0, 480, breaks=(pause,)) for a in problem.agents])


def test_absence_and_lateness():
    """One shift in ten is missed, and half of the others begin some twelve minutes late."""
    problem = centre([CALLS], [0], [60], [(40, ("calls",))])
    schedule = workdays(problem)
    hours = 40 * 7.5

    def there(**told):
        found = simulate(
            problem, schedule, replications=200, assumptions=Assumptions(**told)
        ).there.sum(axis=(1, 2))
        return found.mean() / 3600, found.std(ddof=1) / np.sqrt(200) / 3600

    assert there()[0] == pytest.approx(hours)
    mean, error = there(absence=0.1)
    assert abs(mean - 0.9 * hours) <= 3 * error < 0.02 * hours
    mean, error = there(lateness=Lateness(probability=0.5, minutes=12))
    assert abs(mean - (hours - 40 * 0.5 * 0.2)) <= 3 * error < 0.01 * hours


def test_shrinkage():
    """Agents are away for the share of their time that is shrinkage, unless it is left out."""
    parts = (Shrinkage(activity="coaching", share=0.1), Shrinkage(activity="sickness", share=0.1))
    calls = CALLS.model_copy(update={"shrinkage": parts})
    problem = centre([calls], [0], [60], [(40, ("calls",))])
    schedule = workdays(problem)
    there = simulate(problem, schedule, replications=100).there.sum(axis=(1, 2)) / 3600
    error = there.std(ddof=1) / 10
    assert abs(there.mean() - 0.8 * 300) <= 3 * error < 3
    plain = simulate(problem, schedule, assumptions=Assumptions(shrinkage=False), replications=2)
    assert plain.there.sum() == pytest.approx(2 * 300 * 3600)


def factors(busy, many=400):
    problem = centre(TWO, [10, 10], [60, 60], [(1, ("a", "b"))], days=2)
    return np.array([draw_factors(problem.demand, busy, seed_of(4, n)) for n in range(many)])


def test_busy_days():
    """A factor of the whole day, of the spread asked for, shared by the queues."""
    found = factors(Busyness(cv=0.2))
    assert (found == found[:, :1]).all()
    assert (found[:, :, :24] == found[:, :, :1]).all()
    days = found[:, 0, [0, 24]]
    assert days.mean() == pytest.approx(1, abs=0.03)
    assert days.std() / days.mean() == pytest.approx(0.2, rel=0.1)
    assert abs(np.corrcoef(days.T)[0, 1]) < 0.15


def test_busy_hours_and_queues():
    """Correlations between the queues, and between hours of a day, are those asked for."""
    found = factors(Busyness(cv=0.1, between_queues=0.5, hour_to_hour=0.8), many=800)
    assert np.corrcoef(found[:, 0, 3], found[:, 1, 3])[0, 1] == pytest.approx(0.5, abs=0.1)
    assert np.corrcoef(found[:, 0, 3], found[:, 0, 5])[0, 1] == pytest.approx(0.64, abs=0.08)
    assert abs(np.corrcoef(found[:, 0, 23], found[:, 0, 24])[0, 1]) < 0.1


def test_busy_weeks():
    """Days have in common what is asked for, and queues as much as before."""
    found = factors(Busyness(cv=0.1, between_queues=0.5, day_to_day=0.6), many=1500)
    assert np.corrcoef(found[:, 0, 3], found[:, 0, 30])[0, 1] == pytest.approx(0.6, abs=0.06)
    assert np.corrcoef(found[:, 0, 3], found[:, 1, 3])[0, 1] == pytest.approx(0.5, abs=0.06)
    assert np.corrcoef(found[:, 0, 3], found[:, 1, 30])[0, 1] == pytest.approx(0.3, abs=0.08)


def test_the_demand_knows_how_busy_days_are():
    """Without an assumption, days vary as the demand says."""
    problem = centre([CALLS], [100], [60], [(1, ("calls",))], busy=BusyFactor(cv=0.3))
    days = simulate(problem, Schedule(), replications=200).counts[..., 0].sum(axis=(1, 2))
    assert days.std() / days.mean() == pytest.approx(0.3, rel=0.2)
    assert days.mean() == pytest.approx(2400, rel=0.07)


def test_contacts_stay_the_same():
    """With other schedules, and in any number of replications, the same calls come."""
    problem = centre(TWO, [40, 30], [180, 240], [(6, ("a", "b"))])
    few = Schedule.of_shifts(always(problem).shifts[:4])
    one, other = trace(problem, few), trace(problem, always(problem))
    pd.testing.assert_frame_equal(one[["queue", "arrival"]], other[["queue", "arrival"]])
    assert one["abandoned"].notna().sum() > other["abandoned"].notna().sum()
    gone = one["abandoned"].notna() & other["abandoned"].notna()
    pd.testing.assert_frame_equal(one[gone][["wait"]], other[gone][["wait"]])
    three, five = (simulate(problem, few, replications=n) for n in (3, 5))
    assert (three.counts == five.counts[:3]).all()


def test_the_same_calls_make_differences_sharp():
    """The difference of two schedules varies far less with the same calls than with others."""
    problem = centre([CALLS], [60], [180], [(5, ("calls",))])
    few = Schedule.of_shifts(always(problem).shifts[:4])

    def in_time(schedule, seed):
        found = simulate(problem, schedule, replications=60, seed=seed)
        return found.counts[..., 1].sum(axis=(1, 2))

    more = in_time(always(problem), 1)
    assert (more - in_time(few, 1)).var() < (more - in_time(few, 2)).var() / 3


def test_a_trace_can_be_followed():
    """Nobody talks to two at once, in a break or after hours; nobody waits beside an idle agent."""
    problem = centre(TWO, [40, 30], [180, 240], [(3, ("a", "b")), (2, ("a",))])
    schedule = workdays(problem)
    calls = trace(problem, schedule, seed=3, assumptions=Assumptions(late_breaks="full"))
    answered = calls[calls["answered"].notna()]
    assert (answered["wait"] >= 0).all()
    start = pd.Timestamp("2026-12-07", tz="UTC")
    breaks = 0
    for _, mine in answered.groupby("agent"):
        rows = mine.sort_values("answered")
        assert (rows["answered"].iloc[1:].to_numpy() >= rows["end"].iloc[:-1].to_numpy()).all()
        assert rows["answered"].max() < start + pd.Timedelta(hours=8)
        begins = rows["answered"] - start
        pauses = begins[begins >= pd.Timedelta(hours=4)]
        last = rows["end"][rows["answered"] < start + pd.Timedelta(hours=4)].max() - start
        late = max(last, pd.Timedelta(hours=4))
        assert pauses.min() >= late + pd.Timedelta(minutes=30) - pd.Timedelta(milliseconds=2)
        breaks += late > pd.Timedelta(hours=4)
    assert breaks >= 3
    assert set(answered[answered["agent"].str.startswith("1")]["queue"]) == {"a"}
    # Whoever waits does so only while all who could answer are busy or away.
    waited = answered[answered["wait"] > 1]
    for _, call in waited[waited["queue"] == "b"].iterrows():
        moment = call["answered"] - pd.Timedelta(seconds=0.5)
        busy = answered[(answered["answered"] < moment) & (answered["end"] > moment)]
        hour = (moment - start) / pd.Timedelta(hours=1)
        if not 3.99 < hour < 4.7:
            assert (busy["agent"].str.startswith("0")).sum() == 3


def test_traces_and_outcomes_agree():
    """A trace counts to what the outcome says of the same replication."""
    target = ServiceTarget(threshold=30)
    queues = [queue.model_copy(update={"target": target}) for queue in TWO]
    problem = centre(queues, [40, 30], [180, 240], [(5, ("a", "b"))])
    redial = QueueAssumptions(queue="a", redial=Redial(probability=0.5, delay=60))
    told = Assumptions(queues=(redial,))
    outcome = simulate(problem, workdays(problem), replications=2, assumptions=told)
    calls = trace(problem, workdays(problem), replication=1, assumptions=told)
    calls = calls[calls["arrival"] < pd.Timestamp("2026-12-08", tz="UTC")]
    counts = outcome.counts[1].sum(axis=1)
    for row, queue in enumerate("ab"):
        mine = calls[calls["queue"] == queue]
        gone = mine["answered"].isna()
        soon = mine["wait"] <= 30
        found = [len(mine), (soon & ~gone).sum(), (~gone).sum(), gone.sum(), (soon & gone).sum()]
        assert counts[row, :5].tolist() == found
        assert counts[row, 6] == pytest.approx(mine["wait"].sum())
    again = calls[calls["attempt_of"].notna()]
    assert len(again) > 20
    assert (again["queue"] == "a").all()
    assert calls.loc[again["attempt_of"].astype(int), "abandoned"].notna().all()


def test_local_times_when_clocks_change():
    """A trace tells local times, past the change of clocks too."""
    problem = centre([CALLS], [60], [60], [(3, ("calls",))])
    horizon = problem.horizon.model_copy(
        update={"start": "2026-10-25", "timezone": "Europe/Berlin"}
    )
    rows = [[60.0] * 25]
    demand = problem.demand.model_copy(
        update={
            "horizon": horizon,
            "contacts": rows,
            "aht": rows,
            "required": [[0] * 25],
            "service": [[((0, 0),)] * 25],
        }
    )
    problem = problem.model_copy(update={"demand": demand})
    calls = trace(problem, always(problem))
    assert str(calls["arrival"].dt.tz) == "Europe/Berlin"
    assert (calls["arrival"].dt.date == pd.Timestamp("2026-10-25").date()).all()
    assert (calls["arrival"].dt.hour == 2).mean() == pytest.approx(2 / 25, abs=0.03)
