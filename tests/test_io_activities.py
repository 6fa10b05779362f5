"""Activities through tables, JSON and pictures, and back."""

from __future__ import annotations

from datetime import timedelta

from matplotlib.figure import Figure

from wfm import ActivityTime, Horizon, Schedule, Shift, io, plot, rules
from wfm.io.past import read_previous
from wfm.rules.example import MONDAY, example
from wfm.solver.reading import read_schedule
from wfm.solver.search import Search

RULES = (
    rules.Activity(activity="coaching", minutes=60, agents=("anna",)),
    rules.QueueExposure(queue="calls", hours=4, recovery=30, weight=1),
)


def _planned():
    held = {"anna": [(0, "14:00", "15:00", "coaching")]}
    one = example("", RULES[0], {"anna": "D", "ben": "S"}, held=held)
    turn = (
        ActivityTime(start=600, end=660, activity="calls", queues=("calls",)),
        ActivityTime(start=660, end=690, activity="recovery"),
    )
    anna, ben = one.schedule.shifts
    ben = Shift(**{**dict(ben), "activities": turn})
    return one.problem.with_rules(RULES[1]), Schedule(shifts=(anna, ben))


def test_a_schedule_with_activities_comes_back_from_json():
    """They are there again, equal."""
    _, schedule = _planned()
    assert Schedule.from_json(schedule.to_json()) == schedule


def test_each_activity_has_a_row(tmp_path):
    """In time order with the breaks, under its name, paid in the shift's row; read back equal."""
    problem, schedule = _planned()
    table = io.schedule_frame(problem, schedule)
    assert table["activity"].tolist() == [
        "shift",
        "lunch",
        "coaching",
        "shift",
        "calls",
        "recovery",
    ]
    assert table["paid_minutes"].sum() == 480 + 240
    assert table["queues"].tolist() == ["", "", "", "", "calls", ""]
    path = tmp_path / "previous.csv"
    table.to_csv(path, index=False)
    later = Horizon(start=MONDAY + timedelta(days=1), days=7, timezone="Europe/Berlin", interval=30)
    previous = read_previous(path, later, ["anna", "ben"], problem.shifts)
    day = 24 * 60
    for shift, old in zip(previous.shifts, schedule.shifts, strict=True):
        assert shift.breaks[:1] == tuple(
            b.model_copy(update={"start": b.start - day, "end": b.end - day}) for b in old.breaks
        )
        assert shift.activities == tuple(
            a.model_copy(update={"start": a.start - day, "end": a.end - day})
            for a in old.activities
        )


def test_without_activities_the_table_is_as_it_was():
    """No column of queues where no activity answers any."""
    one = example("", RULES[0], {"anna": "D"})
    assert "queues" not in io.schedule_frame(one.problem, one.schedule)


def test_the_search_reads_activities_back():
    """A schedule that is put into a roster comes out of it again."""
    problem, schedule = _planned()
    search = Search(problem, seed=1)
    read_schedule(search, schedule)
    assert search.roster.schedule(search.instance) == schedule


def test_activities_are_hatched():
    """The roster shows activities without queues, but no turns."""
    problem, schedule = _planned()
    ax = plot.roster(problem, schedule, Figure().add_subplot())
    hatched = [each for each in ax.collections if each.get_hatch()]
    assert [len(each.get_paths()) for each in hatched] == [1, 1]
