"""What several tests of rules ask of a roster, or make of a problem."""

from __future__ import annotations

from wfm import contract
from wfm.demand import Demand
from wfm.problem import Problem
from wfm.rules.example import example


def judged(rule, rosters, **also):
    """Violations of a rule on a roster in letters, on which both sides agree."""
    one = example("", rule, rosters, **also)
    contract.check_agreement(type(rule), one.problem, one.schedule)
    return list(rule.violations(one.problem, one.schedule))


def amounts(rule, rosters, **also):
    """Amounts of the violations."""
    return [violation.amount for violation in judged(rule, rosters, **also)]


def fields_on(problem, horizon):
    """Fields of a problem on other days, on which nobody contacts its single queue."""
    nothing = (0.0,) * horizon.slots
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    fields["demand"] = Demand(
        horizon=horizon,
        queues=problem.demand.queues,
        contacts=(nothing,),
        aht=(nothing,),
        required=((0,) * horizon.slots,),
        service=((((0, 0.0),),) * horizon.slots,),
    )
    return fields
