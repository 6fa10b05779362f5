"""Each picture is drawn on the axes given, and twice the same."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from wfm import plot
from wfm.errors import InputError
from wfm.forecast import Volume, staff
from wfm.horizon import Horizon
from wfm.judge.verify import verify
from wfm.plot._heatmap import by_clock
from wfm.problem import Problem
from wfm.queue import Queue
from wfm.rules.example import example
from wfm.rules.min_rest import MinRest

ROSTERS = {"anna": "EL--N--", "ben": "-SSDD--", "cleo": "NNN--LL"}
KEPT = example("kept", MinRest(hours=11), ROSTERS)


@pytest.fixture(autouse=True)
def _without_a_screen():
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def problem():
    """The example's people, and a demand that they meet at times."""
    demand = KEPT.problem.demand
    clock = np.arange(demand.horizon.slots) % 48
    required = np.where((clock >= 16) & (clock < 40), 1 + (clock == 24), 0)
    values = {name: getattr(demand, name) for name in type(demand).model_fields}
    line = ((0, 0.0), (1, 1.0))
    values |= {"required": (tuple(required.tolist()),), "service": ((line,) * len(clock),)}
    fields = {name: getattr(KEPT.problem, name) for name in Problem.model_fields}
    return Problem(**{**fields, "demand": type(demand)(**values)})


@pytest.fixture(scope="module")
def volume():
    horizon = Horizon(start=date(2026, 10, 19), days=7, timezone="Europe/Berlin", interval=60)
    contacts = 10 + 5 * np.sin(np.arange(horizon.slots) / 24 * 2 * np.pi)[None, :]
    return Volume(
        horizon=horizon,
        queues=("calls",),
        contacts=contacts,
        aht=np.full_like(contacts, 180.0),
        lower=contacts - 3,
        upper=contacts + 3,
    )


@pytest.fixture(scope="module")
def mixed():
    """A demand of calls, and of mail that may wait."""
    horizon = Horizon(start=date(2026, 12, 7), days=1, interval=60)
    contacts = np.stack([np.full(24, 40.0), np.full(24, 5.0)])
    aht = np.full_like(contacts, 240.0)
    both = {"contacts": contacts, "lower": contacts, "upper": contacts}
    volume = Volume(horizon=horizon, queues=("calls", "mail"), aht=aht, coverage=0, **both)
    return staff(volume, [Queue(id="calls"), Queue(id="mail", channel="deferred", deadline=6)])


@pytest.fixture(params=["forecast", "coverage", "roster", "heatmap", "deadlines", "service_curve"])
def draw(request, problem, volume, mixed):
    """A function that draws one of the pictures on given axes."""
    return {
        "forecast": lambda ax: plot.forecast(volume, "calls", ax, actual=volume.array("lower")[0]),
        "coverage": lambda ax: plot.coverage(problem, KEPT.schedule, "calls", ax),
        "roster": lambda ax: plot.roster(problem, KEPT.schedule, ax),
        "heatmap": lambda ax: plot.heatmap(problem, KEPT.schedule, "calls", ax),
        "deadlines": lambda ax: plot.deadlines(mixed, "mail", ax, heads=np.full(24, 0.5)),
        "service_curve": lambda ax: plot.service_curve(mixed, "calls", 10, ax),
    }[request.param]


def pixels(ax):
    ax.figure.canvas.draw()
    return np.asarray(ax.figure.canvas.buffer_rgba()).copy()


def test_drawn_twice(draw):
    """A picture drawn twice is equal, pixel by pixel, and it is not empty."""
    pictures = []
    for _ in range(2):
        _, ax = plt.subplots(figsize=(8, 3))
        pictures.append(pixels(draw(ax)))
    assert np.array_equal(*pictures)
    assert len(np.unique(pictures[0].reshape(-1, 4), axis=0)) > 10


def test_returns_the_axes(draw):
    """A picture returns the axes that it was given, titled, and makes no others."""
    _, ax = plt.subplots()
    assert draw(ax) is ax
    assert ax.get_title(loc="left")
    assert len(plt.get_fignums()) == 1


def test_makes_axes(draw):
    """Without axes, a picture makes a figure of its own."""
    ax = draw(None)
    assert plt.get_fignums() == [ax.figure.number]


@pytest.mark.parametrize("name", ["coverage", "heatmap"])
def test_the_report_saves_work_and_changes_nothing(name, problem):
    """With the judge's report the same picture comes out."""
    report = verify(problem, KEPT.schedule)
    draw = getattr(plot, name)
    one = pixels(draw(problem, KEPT.schedule, "calls"))
    other = pixels(draw(problem, KEPT.schedule, "calls", report=report))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("name", ["coverage", "heatmap"])
def test_an_unknown_queue(name, problem):
    """A queue that is not in the problem is refused, with those that are."""
    with pytest.raises(InputError, match="queue must be one of calls, got 'mail'"):
        getattr(plot, name)(problem, KEPT.schedule, "mail")


def test_all_queues_together(problem):
    """Without a queue, the coverage of all together is drawn."""
    ax = plot.coverage(problem, KEPT.schedule)
    assert ax.get_title(loc="left").startswith("all queues")


def test_nothing_to_do():
    """Where nobody is needed and nobody works, the pictures are empty, not wrong."""
    nobody = type(KEPT.schedule)()
    for draw in (plot.coverage, plot.heatmap):
        pixels(draw(KEPT.problem, nobody))
    pixels(plot.roster(KEPT.problem, nobody))


def test_some_days_of_a_roster(problem):
    """A roster can show single days, by hours of the clock."""
    ax = plot.roster(problem, KEPT.schedule, days=[2])
    assert ax.get_xlim() == (2 * 1440, 3 * 1440)
    assert ax.get_title(loc="left") == "Roster, Wed 9 Dec 2026"
    assert "08:00" in [label.get_text() for label in ax.get_xticklabels()]


def test_names_and_hours_of_a_roster(problem):
    """Each row of a roster has its agent's name, and the hours paid."""
    ax = plot.roster(problem, KEPT.schedule)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Anna", "Cleo", "Ben"]
    assert "24 h" in [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("days", [1, 3, 7, 40])
def test_time_axes_of_any_length(days):
    """Labels of the time axis do not overlap, however many days there are."""
    kept = example("", MinRest(hours=11), {"anna": "E" * days})
    ax = plot.roster(kept.problem, kept.schedule)
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text()]
    assert all(one.x1 <= other.x0 for one, other in pairwise(boxes))


def test_days_on_which_the_clocks_change():
    """An hour that occurs twice is shown by its mean, one that is skipped is left empty."""
    autumn = Horizon(start=date(2026, 10, 25), days=1, timezone="Europe/Berlin", interval=60)
    shown = by_clock(autumn, np.arange(25.0))
    assert shown[0, :4].tolist() == [0, 1, 2.5, 4]
    spring = Horizon(start=date(2026, 3, 29), days=1, timezone="Europe/Berlin", interval=60)
    shown = by_clock(spring, np.arange(23.0))
    assert np.isnan(shown[0, 2])
    assert shown[0, 3] == 2


def test_deadlines_show_what_gets_done(mixed):
    """Half an agent does 7.5 mails an hour, so that all that is due gets done."""
    ax = plot.deadlines(mixed, "mail", heads=np.full(24, 0.5))
    done = next(line for line in ax.lines if line.get_label() == "done in time")
    assert done.get_ydata()[-1] == pytest.approx(mixed.deferred[0].total)
    with pytest.raises(InputError, match="queue must be a deferred queue"):
        plot.deadlines(mixed, "calls")


def test_a_service_curve_marks_what_is_required(mixed):
    """The line of the requirement stands where the curve crosses the target."""
    ax = plot.service_curve(mixed, "calls", 10)
    line = next(line for line in ax.lines if line.get_label() == "required")
    assert line.get_xdata()[0] == mixed.required[0][10]
    for queue, slot in (("mail", 10), ("calls", 99)):
        with pytest.raises(InputError):
            plot.service_curve(mixed, queue, slot)
