"""Agents divided over queues, with answers known by hand."""

import numpy as np
import pytest

from tests.judge.small import PLAIN, demand_of, supply_of
from wfm.judge.allocation import divide
from wfm.judge.curve import planned_at, service_cost
from wfm.queue import ServiceTarget

NONE, LINE = ((0, 0.0),), ((0, 0.0), (3, 9.0))


def test_a_shared_group_is_divided_where_it_helps_most():
    """Two agents of both queues take the steps of 6 and 5 contacts: 2 and 3 are missing."""
    demand = demand_of({9: (10, (0, 6, 8))}, {9: (10, (0, 5, 9))})
    found = divide(demand, *supply_of(demand, ab={9: 2}))
    assert found.heads[:, 9].tolist() == [1, 1]
    assert found.cost == pytest.approx(50, rel=1e-9)


def test_specialists_leave_the_shared_group_to_the_other_queue():
    """With an agent of its own, queue a gets what queue b does not need for its target of 8."""
    demand = demand_of({9: (10, (0, 6, 8))}, {9: (10, (0, 5, 9))})
    found = divide(demand, *supply_of(demand, a={9: 1}, ab={9: 2}))
    assert found.heads[:, 9] == pytest.approx([1.25, 1.75])
    assert found.planned[:, 9] == pytest.approx([6.5, 8])
    assert found.cost == pytest.approx(15, rel=1e-8)


def test_a_weekly_target_overshot_in_one_hour_frees_the_others():
    """Hours that answer all make up for others, so the shared agent goes where more is missing."""
    busy = {8: (10, (0, 10)), 9: (10, (0, 10)), 10: (10, (0, 6))}
    demand = demand_of(busy, {10: (10, (0, 5))})
    own = {8: 1, 9: 1}
    found = divide(demand, *supply_of(demand, a=own, ab={10: 1}))
    # Queue a misses 24 - 20 = 4, fewer than the 5 that b can gain: 2/3 of a head ends a's need.
    assert found.heads[:, 10] == pytest.approx([2 / 3, 1 / 3])
    assert found.cost == pytest.approx(10 * (8 - 5 / 3), rel=1e-9)


def test_a_day_cannot_lend_to_another():
    """Daily targets are missed on the empty day, a weekly one is made up in part."""
    asked = {9: (10, (0, 10)), 33: (10, (0, 10))}
    for period, cost in (("week", 60.0), ("day", 80.0)):
        aim = ServiceTarget(level=0.8, period=period, floor=0, price=10, floor_price=0)
        demand = demand_of(asked, targets=[aim], days=2)
        found = divide(demand, *supply_of(demand, a={9: 1}))
        assert found.cost == pytest.approx(cost, rel=1e-9)


def test_the_floor_of_an_hour_is_paid_on_top():
    """One agent answers 4 of 10: 4 short of the target at 10 each, 1 of the floor at 40."""
    aim = ServiceTarget(level=0.8, floor=0.5, price=10, floor_price=40)
    demand = demand_of({9: (10, (-2, 4, 7, 9))}, targets=[aim])
    assert divide(demand, *supply_of(demand, a={9: 1})).cost == pytest.approx(80, rel=1e-9)
    assert divide(demand, *supply_of(demand, a={})).cost == pytest.approx(100 + 280, rel=1e-9)


def test_the_floor_ends_inside_a_step():
    """A floor counts at whole heads, so the agent who keeps queue a's floor stays on it."""
    floor = ServiceTarget(level=0.8, floor=0.5, price=10, floor_price=40)
    demand = demand_of({9: (10, (0, 8))}, {9: (10, (0, 9))}, targets=[floor, PLAIN])
    found = divide(demand, *supply_of(demand, ab={9: 1}))
    assert found.heads[:, 9] == pytest.approx([1, 0])
    assert found.cost == pytest.approx(10 * 8, rel=1e-8)


def test_heads_beyond_every_target_still_work():
    """Targets met, the third agent goes where it is planned to answer more."""
    demand = demand_of({9: (10, (0, 8, 8.5))}, {9: (10, (0, 8, 9.5))})
    found = divide(demand, *supply_of(demand, ab={9: 3}))
    assert found.cost == 0
    assert found.heads[:, 9].tolist() == [1, 2]


def test_nobody_at_work():
    """Without agents every target is missed whole."""
    demand = demand_of({9: (10, (0, 8))}, {9: (5, (0, 4))})
    assert divide(demand, *supply_of(demand)).cost == pytest.approx(120, rel=1e-9)


def test_agents_with_nothing_to_do():
    """Agents of two queues that have no contacts are given out all the same."""
    demand = demand_of({}, {})
    found = divide(demand, *supply_of(demand, ab={9: 2}))
    assert found.cost == 0
    assert found.heads[:, 9].sum() == 2


def test_a_floor_counts_at_whole_heads_inside_a_long_piece():
    """A line of 3 a head, drawn by its ends, passes the floor of 5 between 1 and 2 heads."""
    floor = ServiceTarget(level=0.1, floor=0.5, price=0, floor_price=40)
    demand = demand_of({9: (10, (0, 3, 6, 9))}, targets=[floor])
    sparse = demand.model_copy(update={"service": ((NONE,) * 9 + (LINE,) + (NONE,) * 14,)})
    heads = np.zeros((1, 24))
    for count, below in ((0, 5.0), (0.5, 3.5), (1, 2.0), (1.5, 1.0), (1.75, 0.5), (2, 0), (3, 0)):
        heads[0, 9] = count
        for each in (demand, sparse):
            assert service_cost(each, heads) == pytest.approx(40 * below)
            assert planned_at(each, heads)[0, 9] == pytest.approx(3 * count)


def test_planned_between_and_past_the_points():
    """Between two points a curve is a line, past its last point it is flat."""
    demand = demand_of({9: (10, (-1, 4, 7))}, targets=[PLAIN])
    heads = np.zeros((1, demand.horizon.slots))
    for count, contacts in ((0, -1), (0.5, 1.5), (1, 4), (1.25, 4.75), (2, 7), (7.5, 7)):
        heads[0, 9] = count
        assert planned_at(demand, heads)[0, 9] == pytest.approx(contacts)
