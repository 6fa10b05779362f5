"""Labour laws in a planner's folder, and China's working weekends in plan and demand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.small_center import write_small_center
from wfm import forecast
from wfm.errors import InputError
from wfm.horizon import Horizon, SwapDay
from wfm.io import read_center, read_desk, read_forecast_desk
from wfm.queue import Queue
from wfm.rules import law
from wfm.shift import ShiftTemplate, expand
from wfm.window import Window

WORKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
CHINA = 'law = "china"\nyears = [2026]'
SATURDAY = SwapDay(day=date(2026, 10, 10), counts_as="Wed")


def folder_with(path, *laws, head=""):
    """The small centre with tables of laws at its end, and keys at its beginning."""
    folder = write_small_center(path / "center")
    file = folder / "center.toml"
    tables = "".join(f"\n[[laws]]\n{row}\n" for row in laws)
    file.write_text(f"{head}\n{file.read_text(encoding='utf-8')}{tables}", encoding="utf-8")
    return folder


def last_table(folder):
    """Where the last table of a centre stands, as faults tell it."""
    lines = (folder / "center.toml").read_text(encoding="utf-8").splitlines()
    return f"center.toml line {len(lines) - lines[::-1].index('[[laws]]')} [[laws]]"


def test_a_folder_names_its_laws(tmp_path):
    """Rules of several laws come after the others, and the more protective ones only."""
    folder = folder_with(tmp_path, 'law = "germany"', 'law = "european_union"')
    center = read_center(folder)
    assert center.rules[2:] == law.together(law.germany(), law.european_union())
    center.check(center.horizon(date(2026, 12, 7), 7), folder / "center.toml")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('law = "atlantis"', "law must be one of european_union, germany, france, united_kingdom,"),
        ('sites = ["x"]', "law must be one of european_union, germany, france, united_kingdom,"),
        ('law = "china"', "years must be given."),
        ('law = "china"\nyears = 2199', "years must be years whose days off have been published"),
        ('law = "germany"\nsite = "x"', "site must be left out (no such field), got 'x'."),
        ('law = "fair_workweek"\nplace = "rome"', "place must be 'chicago', 'los_angeles',"),
    ],
)
def test_a_fault_in_a_law_is_told_with_its_line(tmp_path, row, expected):
    """A name or a key at fault is one sentence with the line of the table, for each reader."""
    folder = folder_with(tmp_path, 'law = "japan"', row)
    for read in (read_center, read_desk, read_forecast_desk):
        with pytest.raises(InputError) as caught:
            read(folder)
        (line,) = str(caught.value).splitlines()
        assert line.startswith(f"{last_table(folder)} {expected}")


def test_a_site_that_nobody_works_at_is_told_with_the_line_of_its_law(tmp_path):
    """The check of a centre names the table of the law whose people are unknown."""
    folder = folder_with(tmp_path, 'law = "japan"', 'law = "germany"\nsites = ["berlin"]')
    center = read_center(folder)
    with pytest.raises(InputError) as caught:
        center.check(center.horizon(date(2026, 12, 7), 7), folder / "center.toml")
    told = str(caught.value).splitlines()
    assert len(told) == len(law.germany())
    assert told[0].startswith(f"{last_table(folder)} hours.sites must be one of the sites")


def test_chinas_law_brings_the_weekends_that_are_worked(tmp_path):
    """They are those of the plan, the staffing and the forecast; what the folder says stays."""
    folder = folder_with(tmp_path, CHINA, head='swaps = [{ day = 2026-10-10, counts_as = "Mon" }]')
    own = SwapDay(day=SATURDAY.day, counts_as="Mon")
    for read in (read_center, read_desk, read_forecast_desk):
        swaps = read(folder).swaps
        assert set(swaps) == {own, *law.china_swaps(2026)} - {SATURDAY}


def test_a_law_of_some_people_moves_nobodys_weekends(tmp_path):
    """China's weekends are not everyone's where its law binds some people only."""
    folder = folder_with(tmp_path, f'{CHINA}\nagents = ["anna"]')
    assert read_center(folder).swaps == ()


def test_the_swaps_of_2026_are_those_published():
    """Six weekend days are worked, each for a weekday off (State Council, 4 November 2025)."""
    told = {str(swap.day): swap.counts_as for swap in law.china_swaps(2026)}
    assert told == {
        "2026-01-04": "Fri",
        "2026-02-14": "Fri",
        "2026-02-28": "Mon",
        "2026-05-09": "Tue",
        "2026-09-20": "Tue",
        "2026-10-10": "Wed",
    }


@pytest.mark.parametrize("swaps", [(), law.china_swaps(2026)])
def test_a_swapped_saturday_is_a_working_day_of_the_plan(swaps):
    """Shifts and opening hours of Monday to Friday are there on Saturday 10 October, then only."""
    horizon = Horizon(start=date(2026, 10, 5), days=14, interval=60, swaps=swaps)
    template = ShiftTemplate(id="day", start="08:00", lengths=(480,), days=WORKDAYS)
    offered = [day for day in range(14) if expand([template], horizon).offered[day].any()]
    weekdays = [day for day in range(14) if day % 7 < 5]
    assert offered == sorted([*weekdays, *([5] if swaps else [])])
    contacts = np.full((1, horizon.slots), 30.0)
    volume = forecast.Volume(
        horizon=horizon,
        queues=("calls",),
        contacts=contacts,
        aht=np.full_like(contacts, 240.0),
        lower=contacts,
        upper=contacts,
        coverage=0,
    )
    hours = (Window(days=WORKDAYS, start="08:00", end="18:00"),)
    demand = forecast.staff(volume, [Queue(id="calls", hours=hours)])
    required = np.array(demand.required[0]).reshape(14, 24).max(axis=1)
    assert np.flatnonzero(required).tolist() == offered


def test_a_swapped_saturday_is_forecast_as_the_day_it_counts_as():
    """A weekday has 40 contacts an hour, a weekend day 4, and one that is worked has 40 again."""
    clock = pd.date_range("2026-07-06", "2026-10-04 23:00", freq="h")
    worked = (clock.day_of_week < 5) | (clock.date == date(2026, 9, 20))
    offered = np.where(worked, 40, 4)
    frame = pd.DataFrame({"queue": "calls", "start": clock, "offered": offered, "aht": 240})
    history = forecast.read_history(frame, timezone="Asia/Shanghai")
    daily = {}
    for swapped in ((), law.china_swaps(2026)):
        chosen = forecast.StructuralForecaster(calendar=forecast.Calendar(swapped=swapped))
        volume = forecast.forecast_volume(history, start="2026-10-05", days=14, forecaster=chosen)
        daily[bool(swapped)] = volume.array("contacts")[0].reshape(14, 24).sum(axis=1)
    assert daily[True][5] == pytest.approx(960, rel=0.1)
    assert daily[False][5] == pytest.approx(96, rel=0.2)
    assert daily[True][12] == pytest.approx(96, rel=0.2)
