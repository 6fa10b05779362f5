"""What rules read to state their limits, against plain loops."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm import rules
from wfm.rules.example import FRIDAY, SPRING_SATURDAY, example
from wfm.window import Window


def grid(start=date(2026, 12, 7), days=7, before=None):
    """A grid of a small problem."""
    rule = rules.OneShiftADay()
    return example("", rule, {"anna": "-" * days}, before=before, start=start).problem.grid


def test_weeks_are_whole_iso_weeks_around_the_horizon():
    """Ten days from a Friday touch two weeks, the first of which is whole only if its past is."""
    assert grid(FRIDAY, 10).weeks() == [(-4, 2), (3, 9)]
    assert grid(FRIDAY, 10).weeks(whole=True) == [(3, 9)]
    assert grid(FRIDAY, 10, before={"ben": "D"}).weeks(whole=True) == [(-4, 2), (3, 9)]
    assert grid(FRIDAY, 9).weeks(whole=True) == []


def test_spans_look_past_both_ends_of_the_horizon():
    """A nightly window is read from two days before the horizon to two days after it."""
    night = Window(start="22:00", end="06:00")
    spans = grid(days=1).spans([night])
    assert spans[0] == (-2 * 1440 + 22 * 60, -1440 + 6 * 60)
    assert spans[-1] == (2 * 1440 + 22 * 60, 3 * 1440 + 6 * 60)
    assert len(spans) == 5


def test_spans_last_as_long_as_the_clock_truly_runs():
    """In the night in which the clocks go forward, 22:00–06:00 has seven hours."""
    spans = grid(SPRING_SATURDAY, 1).spans([Window(days=("Sat",), start="22:00", end="06:00")])
    assert spans == [(22 * 60, 29 * 60)]


def test_shifts_before_are_in_time_order():
    """The previous period's shifts of an agent come in time order, of others none."""
    found = grid(before={"ben": "DN-"})
    assert [shift.day for shift in found.before("ben")] == [-3, -2]
    assert found.before("anna") == []


@settings(max_examples=50, deadline=None)
@given(start=st.integers(-2000, 12000), length=st.integers(1, 1500))
def test_overlaps_and_touching_are_plain_comparisons(start, length):
    """Both readers of an interval mark the shifts that are on at some time in it."""
    x = grid()
    end = start + length
    plain = (x.options.start < end) & (x.options.end > start)
    assert np.array_equal(x.touching([(start, end)]), plain)
    cells = x.overlaps(start, end)
    read = np.zeros_like(plain, dtype=np.int64)
    if cells is not None:
        read[cells.day : cells.day + len(cells.grid)] = cells.grid
        assert cells.grid[0].any()
        assert cells.grid[-1].any()
    assert np.array_equal(read, plain)


def test_marked_gives_each_day_that_has_a_mark():
    """A mask becomes one row of coefficients for each day with a mark."""
    x = grid()
    mask = np.zeros(x.options.start.shape, dtype=bool)
    mask[[1, 4], [0, 2]] = True
    assert [(cells.day, cells.grid.tolist()) for cells in x.marked(mask)] == [
        (day, mask[[day]].astype(int).tolist()) for day in (1, 4)
    ]


def test_examples_end_the_previous_period_on_the_day_before():
    """Rosters before the horizon end on its eve for every agent, however long they are."""
    found = grid(before={"ben": "D-D", "anna": "N"})
    assert [shift.day for shift in found.before("ben")] == [-3, -1]
    assert [shift.day for shift in found.before("anna")] == [-1]
