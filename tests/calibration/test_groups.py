"""Agents of skill groups without a schedule: fewest by simulation, and what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

import wfm
from tests.calibration.small import demand_of
from wfm.calibration.groups.crew import crew
from wfm.simulation import Assumptions

DEMAND = demand_of([50.0, 30.0])
GROUPS = {"a": ("a",), "b": ("b",), "both": ("a", "b")}
COSTS = {"both": 1.1}


@pytest.fixture(scope="module")
def found() -> wfm.GroupStaffing:
    """Two queues and three groups."""
    return wfm.staff_groups(DEMAND, GROUPS, costs=COSTS, tolerance=0.02, replications=40)


def test_queues_are_met_together(found):
    """Every queue reaches its target by simulation, with fewer hours than if it were alone."""
    assert found.status == "met"
    assert all(each.simulated >= 0.78 for each in found.rounds[found.kept - 1].queues)
    assert found.hours < found.hours_alone == DEMAND.required_array.sum()
    assert sum(found.of("both")) > 0
    assert found.hours == sum(map(sum, found.agents))
    assert str(found).splitlines()[-1] == "met"


def test_other_contacts_agree(found):
    """On contacts that the loop has not seen, the service is as good."""
    agents = np.array([found.of(name) for name in GROUPS])
    problem, schedule, told = crew(DEMAND, GROUPS, {}, agents, Assumptions())
    outcome = wfm.simulate(problem, schedule, assumptions=told, replications=200, seed=77)
    assert (outcome.service("week")["level"] > 0.8 - 0.03).all()


def test_one_group_of_all():
    """Where everybody does everything at the same cost, nobody else is needed."""
    found = wfm.staff_groups(DEMAND, {"all": ("a", "b")}, tolerance=0.02, replications=20)
    assert found.status == "met"
    assert found.groups == ("all",)


def test_too_few_agents():
    """Fewer agents than any curve asks for are told as such, at once."""
    found = wfm.staff_groups(DEMAND, GROUPS, most={"a": 1, "b": 1, "both": 1}, replications=2)
    assert (found.status, found.rounds, found.hours) == ("cannot be met", (), 0)
    assert "too few" in found.reasons[0]


def test_most_is_kept():
    """Nowhere are there more of a group than there can be."""
    found = wfm.staff_groups(DEMAND, GROUPS, most={"a": 3}, replications=10, rounds=2)
    assert max(found.of("a")) <= 3


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"groups": {"a": ("a",)}}, "groups must hold one that serves 'b'"),
        ({"groups": {"a": ("x",)}}, "groups"),
        ({"groups": {"a": "a"}}, "list the ids"),
        ({"costs": {"nobody": 1}}, "costs must name groups"),
        ({"most": {"a": -1}}, "most"),
        ({"rounds": 0}, "staff_groups: rounds"),
        ({"tolerance": 2}, "staff_groups: tolerance"),
        ({"replications": 1}, "staff_groups: replications"),
    ],
)
def test_bad_arguments(given, place):
    """What is out of bounds, or not there, is refused with its name."""
    with pytest.raises(wfm.InputError, match=place):
        wfm.staff_groups(DEMAND, **{"groups": GROUPS, **given})


def test_unknown_group(found):
    """A group that was not asked for has no agents to tell of."""
    with pytest.raises(wfm.InputError, match="group must be one of a, b, both"):
        found.of("c")
