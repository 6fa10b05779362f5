"""What a period is called after a round, by plan, simulation and what was tried."""

from __future__ import annotations

import pytest

from wfm.calibration.judging import followed, settled
from wfm.calibration.values import QueueRound


@pytest.mark.parametrize(
    ("before", "exhausted", "after"),
    [
        ("met", False, "met"),
        ("below", True, "below"),
        ("out of reach", False, "below"),
        ("held above", False, "above"),
        ("above", False, "above"),
        ("above", True, "held above"),
    ],
)
def test_a_plan_that_follows_its_simulation_says_nothing_of_what_can_be(before, exhausted, after):
    """Only where every change was tried in vain is a period held above its target."""
    period = QueueRound(
        queue="calls",
        period="2026-W50",
        target=0.8,
        planned=0.8,
        simulated=0.8,
        low=0.79,
        high=0.81,
        standing=before,
    )
    (found,) = followed([period], exhausted=exhausted)
    assert found.standing == after
    assert settled(found) == (after in ("met", "held above"))
    assert found.model_copy(update={"standing": before}) == period
