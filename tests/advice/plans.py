"""Random rosters under rules of the whole registry."""

from __future__ import annotations

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from tests.solver.everything import joint_problems
from wfm import Problem, Schedule, Shift
from wfm.rules._roster import random_roster

Plan = tuple[Problem, Schedule, Shift]


@st.composite
def any_plans(draw: st.DrawFn) -> Plan:
    """A problem with a random roster, which need keep no rule, and one of its shifts."""
    drawn = np.random.default_rng(draw(st.integers(0, 999)))
    problem, schedule = random_roster(draw(joint_problems()), drawn)
    assume(schedule.shifts)
    return problem, schedule, draw(st.sampled_from(schedule.shifts))


@st.composite
def kept_plans(draw: st.DrawFn) -> Plan:
    """The same, where rules have a price that the roster breaks, so that it keeps the others."""
    problem, schedule, shift = draw(any_plans())
    broken = {
        number
        for number, rule in enumerate(problem.rules)
        if not rule.informative and any(True for _ in rule.violations(problem, schedule))
    }
    rules = [
        rule.model_copy(update={"weight": 5.0}) if number in broken else rule
        for number, rule in enumerate(problem.rules)
    ]
    return problem.model_copy(update={"rules": rules}), schedule, shift
