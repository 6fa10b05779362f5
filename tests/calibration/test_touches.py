"""What is off is mended shift by shift: levels come nearer, rules hold, the same follows again."""

from __future__ import annotations

import numpy as np
import pytest

from tests.calibration.small import SHIFTS, demand_of
from wfm import Agent, Contract, Household, Problem, Schedule, Skill, rules, solve, verify
from wfm.calibration.aims import aims_of, simulated_levels
from wfm.calibration.touches import Touches
from wfm.simulation import simulate
from wfm.solver.hours import change_hours
from wfm.solver.reading import read_schedule
from wfm.solver.search import Search

REPLICATIONS = 15
TOLERANCE = 0.02
SKILLS = {"a": ("a",), "b": ("b",), "both": ("a", "b")}


def two_queues(*stated: rules.Rule) -> Problem:
    """Two queues; some answer one of them, some both."""
    return Problem(
        demand=demand_of([50.0, 30.0]),
        agents=[
            Agent(id=f"p{number:02}", contract="c", skills=(list(SKILLS)[number % 3],))
            for number in range(24)
        ],
        contracts=[Contract(id="c")],
        skills=[Skill(id=name, queues=served) for name, served in SKILLS.items()],
        shifts=SHIFTS,
        households=[Household(id="home", members=("p00", "p01"))],
        rules=[rules.Hours(most=14), rules.MinRest(hours=11), *stated],
    )


def touched(problem: Problem, schedule: Schedule, *, over: bool = False) -> Schedule:
    """What the touches make of a schedule."""
    outcome = simulate(problem, schedule, replications=REPLICATIONS)
    aims = aims_of(outcome)

    def levels_of(tried: Schedule) -> list[float]:
        return [
            level.value
            for level in simulated_levels(simulate(problem, tried, replications=REPLICATIONS), aims)
        ]

    return Touches(problem, schedule, aims, TOLERANCE, levels_of, 1).run(None, lambda: over)


def off(problem: Problem, schedule: Schedule) -> float:
    """How far the worst period is from its target."""
    outcome = simulate(problem, schedule, replications=REPLICATIONS)
    aims = aims_of(outcome)
    levels = simulated_levels(outcome, aims)
    return max(abs(level.value - aim.target) for level, aim in zip(levels, aims, strict=True))


@pytest.fixture(scope="module")
def planned() -> tuple[Problem, Schedule]:
    """A problem whose paper knows nothing of who helps whom, and the schedule that follows."""
    problem = two_queues(rules.SameDaysOff(household="home"))
    return problem, solve(problem, work=1500).schedule


def test_what_is_off_comes_near(planned):
    """Levels that are many points off are within the tolerance, and every hard rule holds."""
    problem, schedule = planned
    assert off(problem, schedule) > 2 * TOLERANCE
    found = touched(problem, schedule)
    assert off(problem, found) <= TOLERANCE
    assert verify(problem, found).ok
    assert found == touched(problem, schedule)


def test_what_is_told_to_end_changes_nothing(planned):
    """Before the first change there is the schedule that was given."""
    problem, schedule = planned
    assert set(touched(problem, schedule, over=True).shifts) == set(schedule.shifts)


def test_hours_change_the_way_that_was_asked_for(planned):
    """More is more and fewer is fewer, on that day of that agent alone, within the own rules."""
    problem, schedule = planned
    search = Search(problem, 1)
    read_schedule(search, schedule)
    at_work = np.append(search.instance.length, 0)
    random = np.random.default_rng(1)
    changed = 0
    for _ in range(60):
        agent, day = int(random.integers(24)), int(random.integers(2))
        more = bool(random.integers(2))
        before = at_work[search.roster.tours]
        found = change_hours(search, agent, day, more=more, noise=1.0)
        change = at_work[search.roster.tours] - before
        changed += found
        assert (change[agent, day] > 0) == (found and more)
        assert (change[agent, day] < 0) == (found and not more)
        change[agent, day] = 0
        assert not change.any()
    assert 10 < changed < 60
    after = search.roster.schedule(search.instance)
    assert all(rule.rule != "hours" for rule in verify(problem, after).hard)
