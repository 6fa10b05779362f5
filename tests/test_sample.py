"""The sample centre is what its description says, and the same for the same seed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from wfm.errors import InputError
from wfm.forecast import read_history
from wfm.io import read_center
from wfm.prepare import prepare
from wfm.sample import write_sample
from wfm.sample.history import sample_history

START = date(2026, 12, 7)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_sample(tmp_path_factory.mktemp("sample") / "center", start=START)


@pytest.fixture(scope="module")
def center(folder):
    return read_center(folder)


@pytest.fixture(scope="module")
def history(center):
    return read_history(center.history, timezone=center.timezone, queues=center.queues)


def test_the_seed_decides(folder, tmp_path):
    """Equal seeds give equal files, another seed another history."""
    again = write_sample(tmp_path / "again", start="2026-12-07", seed=1)
    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (again / path.name).read_bytes()
    other = sample_history(START, seed=2)
    assert not other.equals(sample_history(START, seed=1))


def test_the_centre_fits_together(center):
    """The folder can be read, and its tables and rules fit together."""
    horizon = center.horizon(START, 7)
    center.check(horizon)
    assert len(center.agents) == 40
    assert len({str(agent) for agent in center.agents}) == 40
    assert 4 <= len({agent.skills for agent in center.agents}) <= 6
    assert sum("lead" in agent.skills for agent in center.agents) == 6
    assert [queue.id for queue in center.queues] == ["voice", "vip", "chat"]


def test_five_households(center):
    """Five couples live together, and each has a promise; nobody is in two households."""
    members = [member for home in center.households for member in home.members]
    assert len(center.households) == 5
    assert len(set(members)) == len(members) == 10
    promised = {getattr(rule, "household", None) for rule in center.rules}
    assert {home.id for home in center.households} <= promised


def test_promises_carry_no_reasons(center):
    """Family rules say when, and never why."""
    family = [rule for rule in center.rules if rule.kind == "family"]
    assert len(family) == 11
    said = {field for rule in family for field in type(rule).model_fields}
    assert not said & {"reason", "comment", "note", "why"}


def test_requests_have_prices(center):
    """About fifteen wishes are made, each at a price."""
    wishes = [rule for rule in center.rules if rule.kind == "wish"]
    assert len(wishes) == 15
    assert all(rule.weight for rule in wishes)


def test_the_choice_of_shifts(center):
    """Templates expand into some tens of options a day."""
    options = sum(len(template.starts) * len(template.lengths) for template in center.shifts)
    assert 40 <= options <= 80


def test_the_night_before_is_staffed(center):
    """The week begins in a night that some of last week's people work."""
    past = center.past(center.horizon(START, 7))
    assert sum(shift.end > 0 for shift in past.shifts) == 3


def test_two_years_of_half_hours(history):
    """The history spans two years up to the planned week, and nothing in it is odd."""
    assert history.interval == 30
    voice = history.series("voice")
    assert len(voice) >= 2 * 365 * 48
    assert not voice["offered"].isna().any()
    assert {finding.kind for finding in history.findings} <= {"closed hours", "unanswered"}


def test_an_outage(history):
    """For a few hours on one day hardly a call comes in, and more chats than usual."""
    calls = history.series("voice")["offered"].tz_convert("Europe/Berlin")
    day = calls[calls.index.hour.isin(range(10, 13))].groupby(lambda when: when.date()).sum()
    outage = day.idxmin()
    assert day.min() < 0.1 * day.median()
    assert (day < 0.2 * day.median()).sum() == 1
    chats = history.series("chat")["offered"].tz_convert("Europe/Berlin")
    hours = chats[chats.index.hour.isin(range(10, 13))]
    chat_day = hours.groupby(lambda when: when.date()).sum()
    assert chat_day[outage] > 1.2 * chat_day.median()


def test_days_scatter_more_than_by_chance(history):
    """Day totals vary more than Poisson counts of a plain week would."""
    calls = history.series("voice")["offered"].tz_convert("Europe/Berlin")
    days = calls.groupby(lambda when: when.date()).sum()
    recent = days.iloc[-200:]
    weekday = pd.Series([day.weekday() for day in recent.index], index=recent.index)
    expected = recent.groupby(weekday).transform("mean")
    scatter = np.mean((recent - expected) ** 2 / expected)
    assert scatter > 2


def test_holidays_are_quiet(history):
    """Christmas has about half of the calls of the days around."""
    calls = history.series("voice")["offered"].tz_convert("Europe/Berlin")
    days = calls.groupby(lambda when: when.date()).sum()
    assert days[date(2025, 12, 25)] < 0.75 * days[date(2025, 12, 18)]


def test_handle_times_vary_by_time_of_day(history):
    """Calls at night take longer than those of the morning."""
    aht = history.series("voice")["aht"].tz_convert("Europe/Berlin")
    by_hour = aht.groupby(aht.index.hour).mean()
    assert by_hour[1] > 1.05 * by_hour[9]


def test_a_bad_date(tmp_path):
    """A start that is no date is refused."""
    with pytest.raises(InputError, match=r"start must be a date such as 2026-12-07, got 'soon'"):
        write_sample(tmp_path, start="soon")


def test_its_outage_is_all_that_is_cleaned(center):
    """Holidays and busy starts of months are no faults; the hours without telephones are one."""
    (change,) = prepare(center, START).cleaned.changes
    assert (change.kind, change.action, change.queue) == ("outage", "mask", "voice")
    assert (START - change.start.date()).days in range(254, 261)
    assert (change.start.hour, change.end.hour) == (9, 13)
