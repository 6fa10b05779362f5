"""What the shifts of a schedule are paid."""

from __future__ import annotations

from wfm.agent import Contract
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.schedule import Schedule

Spans = list[tuple[int, int]]


def wages(problem: Problem, schedule: Schedule) -> float:
    """Cost of the paid minutes of a schedule's shifts, in money."""
    hourly = {agent.id: problem.contract_of(agent.id).hourly_cost for agent in problem.agents}
    return sum(hourly[shift.agent] * shift.paid_minutes / 60 for shift in schedule.shifts)


def premiums(problem: Problem, schedule: Schedule) -> float:
    """Premiums of a schedule's shifts, in money.

    Each shift is due ``hourly_cost / 60 * premium * overlap * paid / elapsed``: the minutes that
    the shift, breaks included, shares with its contract's premium hours, times its paid share. So
    a premium does not depend on where in the shift a break falls. Premium hours that overlap each
    other count once, and those of the day after the horizon count for the shifts that reach it.
    """
    due = {contract.id: _merged(contract, problem.horizon) for contract in problem.contracts}
    total = 0.0
    for shift in schedule.shifts:
        contract = problem.contract_of(shift.agent)
        inside = sum(shift.overlap(start, end) for start, end in due[contract.id])
        paid_share = shift.paid_minutes / shift.minutes
        total += contract.hourly_cost / 60 * contract.premium * inside * paid_share
    return total


def _merged(contract: Contract, horizon: Horizon) -> Spans:
    """Premium hours of a contract as spans in order, none of which meet."""
    spans: Spans = []
    windows = contract.premium_hours
    for start, end in sorted(span for each in windows for span in each.spans(horizon, after=1)):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
