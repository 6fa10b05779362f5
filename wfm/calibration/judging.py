"""Where each target period stands after a round, and what that says of the loop."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.calibration.values import CalibrationRound, QueueRound, Standing
from wfm.errors import InputError
from wfm.simulation.simulating import seed_of


def check_loop(place: str, rounds: int, tolerance: float, replications: int, seed: int) -> None:
    """Raise `InputError` for bounds that no loop can keep."""
    if rounds < 1:
        raise InputError(f"{place}: rounds", "be at least 1", rounds)
    if not 0 < tolerance < 1:
        raise InputError(f"{place}: tolerance", "lie between 0 and 1", tolerance)
    if replications < 2:
        raise InputError(f"{place}: replications", "be at least 2", replications)
    seed_of(seed, 0)


def standing(target: float, planned: float, simulated: float, tolerance: float) -> Standing:
    """Where a period stands, by the level that was planned and the one that came out."""
    if abs(simulated - target) <= tolerance:
        return "met"
    if simulated > target:
        knows = planned >= simulated - tolerance
        return "held above" if knows and planned > target + tolerance / 2 else "above"
    return "out of reach" if planned < target - tolerance / 2 else "below"


def unmoved(periods: Sequence[QueueRound]) -> tuple[QueueRound, ...]:
    """Periods of a round that left the schedule as it was: what is above is held there."""
    return tuple(
        each.model_copy(update={"standing": "held above"}) if each.standing == "above" else each
        for each in periods
    )


def followed(periods: Sequence[QueueRound], *, exhausted: bool) -> tuple[QueueRound, ...]:
    """Periods of a round whose plan follows its simulation, and so says nothing of what can be.

    Where nothing that was tried is any better, what is above is held there.
    """
    above: Standing = "held above" if exhausted else "above"
    plainly: dict[Standing, Standing] = {
        "held above": above,
        "above": above,
        "out of reach": "below",
    }
    return tuple(
        each.model_copy(update={"standing": plainly.get(each.standing, each.standing)})
        for each in periods
    )


def settled(period: QueueRound) -> bool:
    """Whether a period asks for no other schedule."""
    return period.standing in ("met", "held above")


def hopeless(rounds: Sequence[CalibrationRound], tolerance: float) -> list[QueueRound]:
    """Periods that the plan itself missed in two rounds, the second bringing nothing."""
    if len(rounds) < 2:
        return []
    both = zip(rounds[-2].queues, rounds[-1].queues, strict=True)
    return [
        now
        for before, now in both
        if before.standing == now.standing == "out of reach"
        and now.simulated <= before.simulated + tolerance / 2
    ]


def best(rounds: Sequence[CalibrationRound], tolerance: float) -> CalibrationRound:
    """The cheapest round in which nothing is short, else the one whose worst is least short."""
    return min(rounds, key=lambda each: (max(each.worst - tolerance, 0.0), each.cost))
