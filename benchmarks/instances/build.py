"""From a specification to a problem."""

from __future__ import annotations

import numpy as np

from benchmarks.instances import centre
from benchmarks.instances.load import demand
from benchmarks.instances.people import capacity, people
from benchmarks.instances.promises import promises
from benchmarks.instances.specification import Specification
from benchmarks.instances.work import work_rules
from wfm.problem import Problem


def build(spec: Specification) -> Problem:
    """Build the problem of a specification; equal ones give equal problems.

    People, promises and demand are drawn apart: another load leaves the people as they are.

    Parameters
    ----------
    spec : Specification
        What to draw.

    Raises
    ------
    InputError
        If there are too few people for the times at which the queues are open.
    """
    whom, family, shape = np.random.default_rng(spec.seed).spawn(3)
    agents = people(spec, whom)
    queues = centre.queues(spec)
    households, promised = promises(spec, agents, family)
    return Problem(
        demand=demand(spec, queues, capacity(spec, agents), shape),
        agents=agents,
        contracts=centre.contracts(spec),
        skills=centre.skills(spec),
        households=households,
        shifts=centre.shifts(spec),
        rules=(*work_rules(spec), *promised),
    )
