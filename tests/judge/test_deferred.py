"""Work that may wait, done by its deadline: by hand, and against the flow that defines it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.judge.small import (
    PLAIN,
    demand_of,
    mail,
    morning,
    night,
    problem_of,
    roster,
    supply_of,
    with_mail,
)
from wfm.deferred import DeferredWork
from wfm.demand import Demand
from wfm.judge.allocation import divide
from wfm.judge.curve import service_cost
from wfm.judge.deferred import work_off
from wfm.judge.verify import verify

WHOLE = PLAIN.model_copy(update={"level": 0.999999999})
DAY = 24


def able(**heads):
    """Contacts that can be done in each hour of a day, as h9=2."""
    capacity = np.zeros(DAY)
    for hour, contacts in heads.items():
        capacity[int(hour[1:])] = contacts
    return capacity


def test_a_backlog_is_done_before_what_comes_later():
    """Five wait at midnight, due by nine; four come at eight, due by twelve; six can be done."""
    work = mail(DAY, (0, 8, 5), (8, 11, 4))
    done, late = work_off(work, able(h7=2, h8=4))
    assert done[[7, 8]].tolist() == [2, 4]
    assert late[[8, 11]].tolist() == [0, 3]
    assert late.sum() == 3


def test_work_that_is_late_is_left():
    """Nobody works on what has missed its deadline; the next is done instead."""
    done, late = work_off(mail(DAY, (0, 8, 5), (8, 11, 4)), able(h9=4))
    assert late[8] == 5
    assert done[9] == 4
    assert late.sum() == 5


def test_nothing_is_done_before_it_arrives():
    """Ten could be done at seven, but three come at eight."""
    done, late = work_off(mail(DAY, (8, 10, 3)), able(h7=10, h10=1))
    assert done.sum() == done[10] == 1
    assert late[10] == 2


def test_work_due_past_the_horizon_is_not_due():
    """Of seven that come only the two due by midnight count, and only they are done."""
    work = mail(DAY, (8, 23, 2), (9, 24, 5))
    assert work.total == 2
    done, late = work_off(work, able(h10=9))
    assert (done.sum(), late.sum()) == (2, 0)


def test_a_deadline_crosses_the_night():
    """What comes at 22:00 with twelve hours is done by a night shift until six, or by none."""
    demand = with_mail(demand_of({}, days=2), (mail(48, (22, 33, 12)), 1.0), target=WHOLE)
    problem = problem_of(demand, {"anna": "m", "ben": "m"})
    report = verify(problem, roster(night("anna")))
    assert report.costs.service == pytest.approx(10 * 4)
    both = verify(problem, roster(night("anna"), morning("ben", 1)))
    # The morning starts at 08:00, and two hours of it lie before the deadline at 10:00.
    assert both.costs.service == pytest.approx(10 * 2)
    rows = [found for found in both.service if found.queue == "m"]
    assert [found.kind for found in rows] == ["day", "day", "horizon"]
    assert [found.offered for found in rows] == [0, 12, 12]
    assert [found.in_time for found in rows] == pytest.approx([0, 10, 10])
    assert rows[0].level is None
    assert rows[2].period == "2026-12-07/2026-12-08"
    assert (rows[2].level, rows[2].target) == (pytest.approx(10 / 12), 0.999999999)
    assert "2026-12-07/2026-12-08" in str(both)


def test_the_level_forgives_some_work():
    """Of twenty due 80 % are to be done; fourteen are, so two are paid for."""
    demand = with_mail(demand_of({}), (mail(DAY, (0, 12, 20)), 7.0))
    assert divide(demand, *supply_of(demand, m={9: 2})).cost == pytest.approx(20)
    assert divide(demand, *supply_of(demand, m={9: 3})).cost == 0


def test_mail_is_done_while_the_phones_are_quiet():
    """An agent of both answers the busy hour, and does what waits in the hour after it."""
    calls = demand_of({9: (10, (0, 8)), 10: (0, (0,))})
    demand = with_mail(calls, (mail(DAY, (8, 12, 5)), 5.0), target=WHOLE)
    found = divide(demand, *supply_of(demand, am={9: 1, 10: 1}))
    assert found.cost == pytest.approx(0, abs=1e-6)
    assert found.heads[:, 9] == pytest.approx([1, 0])
    assert found.heads[:, 10] == pytest.approx([0, 1])
    tight = with_mail(calls, (mail(DAY, (8, 9, 5)), 5.0), target=WHOLE)
    # With a deadline at ten o'clock, calls that miss are as dear, and there are more of them.
    assert divide(tight, *supply_of(tight, am={9: 1, 10: 1})).cost == pytest.approx(50)


def test_coverage_of_deferred_work():
    """Nobody is required; an agent without work left is over, and not occupied."""
    demand = with_mail(demand_of({}), (mail(DAY, (0, 23, 3)), 1.0), target=WHOLE)
    found = verify(problem_of(demand, {"anna": "m"}), roster(morning("anna"))).queues[1]
    assert found.heads[8:12] == (1, 1, 1, 1)
    assert (found.over_hours, found.under_hours) == (1.0, 0.0)
    assert found.occupancy == pytest.approx(0.75)


@st.composite
def works(draw, slots=DAY, queue="m"):
    """Random work: jobs in the order of arrival whose deadlines do not overtake each other."""
    many = draw(st.integers(0, 6))
    hour = st.integers(0, slots - 1)
    firsts = sorted(draw(hour) for _ in range(many))
    lasts = sorted(draw(st.integers(0, slots + 4)) for _ in range(many))
    amounts = [draw(st.floats(0, 10)) for _ in range(many)]
    jobs = [
        (a, max(a, b), c)
        for a, b, c in zip(firsts, np.maximum(firsts, lasts), amounts, strict=True)
    ]
    jobs = [(a, min(b, slots), c) for a, b, c in jobs]
    return mail(slots, *jobs, queue=queue)


def most_by_flow(work, capacity):
    """Most work done in time: jobs flow to the slots between their arrival and their deadline."""
    jobs = work.jobs
    ways = [
        (job, slot)
        for job in range(len(jobs.amount))
        for slot in range(jobs.first[job], jobs.last[job] + 1)
    ]
    if not ways:
        return 0.0
    by_job = [[float(job == j) for job, _ in ways] for j in range(len(jobs.amount))]
    by_slot = [[float(slot == t) for _, slot in ways] for t in range(len(capacity))]
    limits = [*jobs.amount, *capacity]
    return -linprog([-1.0] * len(ways), A_ub=[*by_job, *by_slot], b_ub=limits).fun


@settings(deadline=None, max_examples=80)
@given(works(), st.lists(st.floats(0, 6), min_size=DAY, max_size=DAY))
def test_the_earliest_deadline_first_does_the_most(work, capacity):
    """No flow of work to the slots in which it may be done does more of it."""
    done, late = work_off(work, np.array(capacity))
    assert done.sum() == pytest.approx(most_by_flow(work, capacity), abs=1e-6)
    assert done.sum() + late.sum() == pytest.approx(work.total)
    assert (done <= np.array(capacity) + 1e-9).all()


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_no_division_of_sampled_ones_costs_less(data):
    """Agents of calls and two mail queues are divided no dearer than by any whole heads tried."""
    steps = sorted(data.draw(st.lists(st.integers(0, 6), max_size=3)), reverse=True)
    calls = demand_of({h: (12.0, np.cumsum([0, *steps]).tolist()) for h in (8, 9, 10)})
    mails = [(data.draw(works(queue=name)), data.draw(st.integers(1, 4))) for name in "mn"]
    demand = with_mail(calls, *mails)
    groups = {name: {h: data.draw(st.integers(0, 2)) for h in (8, 9, 10)} for name in ("am", "amn")}
    serves, supply = supply_of(demand, **groups)
    found = divide(demand, serves, supply)
    assert found.cost == pytest.approx(service_cost(demand, found.heads))
    assert found.heads.sum(axis=0) == pytest.approx(supply.sum(axis=0))
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    for _ in range(20):
        heads = np.zeros_like(found.heads)
        for group, slot in zip(*np.nonzero(supply), strict=True):
            able = np.flatnonzero(serves[group])
            np.add.at(heads[:, slot], random.choice(able, supply[group, slot]), 1)
        assert found.cost <= service_cost(demand, heads) + 1e-6


@given(works())
def test_deferred_work_comes_back(work):
    """Work and a demand that holds it are exact through JSON."""
    assert DeferredWork.from_json(work.to_json()) == work
    demand = with_mail(demand_of({9: (10, (0, 8))}), (work, 3.0))
    assert Demand.from_json(demand.to_json()) == demand
