"""A calibration in lines for people."""

from __future__ import annotations

from wfm.calibration.groups.values import GroupStaffing
from wfm.calibration.values import Calibration, CalibrationRound, QueueRound


def round_text(found: CalibrationRound) -> str:
    """A line for the round, and one for each target period."""
    head = f"round {found.number}: {found.hours:,.1f} h, cost {found.cost:,.2f}"
    return "\n".join([head, *(f"  {_line(each)}" for each in found.queues)])


def calibration_text(found: Calibration) -> str:
    """All rounds, which one is kept, and what is not as promised."""
    lines = [round_text(each) for each in found.rounds]
    return "\n".join([*lines, found.verdict, *found.reasons])


def staffing_text(found: GroupStaffing) -> str:
    """All rounds, then the hours of each group beside those of queues that have their own."""
    lines = [round_text(each) for each in found.rounds]
    total = max(sum(map(sum, found.agents)), 1)
    for name, agents in zip(found.groups, found.agents, strict=True):
        lines.append(f"{name}: {found.hours * sum(agents) / total:,.1f} h")
    saved = f"{found.hours:,.1f} h, alone {found.hours_alone:,.1f} h"
    return "\n".join([*lines, saved, found.status, *found.reasons])


def missed(period: QueueRound, why: str) -> str:
    """Say how far a period is from its target."""
    level = f"{period.simulated:.1%} ± {period.half_width:.1%}"
    place = f"{period.queue} in {period.period}"
    return f"{place} has {level} for a target of {period.target:.0%}: {why}"


def _line(each: QueueRound) -> str:
    level = f"{each.simulated:.1%} [{each.low:.1%}, {each.high:.1%}]"
    return (
        f"{each.queue} {each.period}: planned {each.planned:.1%}, simulated {level}, "
        f"target {each.target:.0%}: {each.standing}"
    )
