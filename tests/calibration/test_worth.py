"""Curves of agents who are worth more or less than the formula says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calibration.small import demand_of
from wfm.calibration.worth import with_worth

DEMAND = demand_of([40.0, 15.0], days=1)


def full(value: float) -> np.ndarray:
    return np.full((2, 24), value)


def test_as_the_formula_says():
    """Agents worth one agent change nothing."""
    assert with_worth(DEMAND, full(1.0)) == DEMAND


def test_agents_worth_half():
    """Two of them give what one gave."""
    plain, half = DEMAND.service_at(30), with_worth(DEMAND, full(0.5)).service_at(60)
    assert half[:, :, ::2] == pytest.approx(plain)


def test_agents_worth_two():
    """One of them gives what two gave."""
    plain, double = DEMAND.service_at(60), with_worth(DEMAND, full(2.0)).service_at(30)
    assert double == pytest.approx(plain[:, :, ::2])


@settings(max_examples=25, deadline=None)
@given(st.floats(0.4, 2.5))
def test_at_whole_agents(worth):
    """At every whole number the curve is the old one at so many times its agents; and sound."""
    new = with_worth(DEMAND, full(worth))
    cells = np.repeat(np.arange(48), 40)
    heads = np.tile(np.arange(40), 48)
    assert new.curves.at(cells, heads) == pytest.approx(DEMAND.curves.at(cells, worth * heads))
