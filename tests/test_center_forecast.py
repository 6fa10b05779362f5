"""What a planner's folder says of days unlike others, of cleaning and of new queues."""

# ruff: noqa: E501 - each fault on a line of its own

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.small_center import write_small_center
from wfm.errors import InputError
from wfm.forecast import Calendar, CleaningRules, Event, NewQueue
from wfm.forecast.calendar.event import Span
from wfm.forecast.cleaning.rules import Override
from wfm.io import Center, read_center, read_desk, read_forecast_desk
from wfm.plan import plan_folder
from wfm.prepare import prepare

TABLES = """
[[queues]]
id = "chat"

[[events]]
name = "Black Friday"
kind = "campaign"
dates = [2026-11-27, { start = 2026-11-30, end = 2026-12-02 }]
lead = 1
queues = ["calls"]

[[events]]
name = "salaries"
kind = "payday"
days_of_month = ["last business day", 15]
off_days = "before"

[cleaning]
spike = "keep"
outage_contacts = 40

[[cleaning.overrides]]
action = "keep"
queue = "calls"
start = 2026-11-27
end = 2026-11-28T12:00:00

[[new_queues]]
queue = "chat"
like = "calls"
share = 0.25
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = write_small_center(tmp_path / "center")
    with (home / "center.toml").open("a", encoding="utf-8") as file:
        file.write(TABLES)
    return home


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "center.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_tables_of_the_forecast(folder):
    """Events, rules of cleaning and new queues are read as the values of the library."""
    center = read_center(folder)
    campaign, payday = center.events
    span = Span(start=date(2026, 11, 30), end=date(2026, 12, 2))
    assert campaign == Event(
        name="Black Friday",
        kind="campaign",
        dates=(date(2026, 11, 27), span),
        lead=1,
        queues=("calls",),
    )
    assert payday.days_of_month == ("last business day", 15)
    override = Override(
        action="keep",
        queue="calls",
        start=datetime(2026, 11, 27),
        end=datetime(2026, 11, 28, 12),
    )
    rules = CleaningRules(spike="keep", outage_contacts=40, overrides=(override,))
    assert center.cleaning == rules
    assert center.new_queues == {"chat": NewQueue(like="calls", share=0.25)}
    assert center.calendar == Calendar(countries=("DE",), events=(campaign, payday))


def test_a_centre_with_them_is_a_value(folder):
    """Such a centre is equal to itself read again, and through JSON."""
    center = read_center(folder)
    assert center == read_center(folder)
    assert hash(center) == hash(read_center(folder))
    assert Center.from_json(center.to_json()) == center


def test_several_countries(folder):
    """The country may be a list of codes."""
    change(folder, 'country = "DE"', 'country = ["DE-BY", "AT"]')
    assert read_center(folder).calendar.countries == ("DE-BY", "AT")


def test_without_people(folder):
    """What forecasting needs is read where nobody's file is there, with the past beside it."""
    (folder / "agents.csv").unlink()
    for place in (folder, folder / "center.toml"):
        desk = read_forecast_desk(place)
        assert desk.history == folder / "history.csv"
        assert [event.name for event in desk.events] == ["Black Friday", "salaries"]
    assert [queue.id for queue in read_desk(folder).queues] == ["calls", "chat"]


FAULTS = {
    "no day": ("dates = [2026-11-27, {", 'dates = ["Friday", {', "center.toml line 43 [[events]] dates[0] must be a date such as"),
    "no such day": ("2026-11-27, {", "2026-11-31, {", "center.toml must be valid TOML"),
    "span backwards": ("end = 2026-12-02", "end = 2026-11-02", "center.toml line 43 [[events]] dates[1].end must be 2026-11-30 or later"),
    "no days": ('days_of_month = ["last business day", 15]\n', "", "center.toml line 50 [[events]] Event 'salaries' must have days"),
    "day of month": ("day\", 15]", "day\", 35]", "center.toml line 50 [[events]] days_of_month[1] must be a day from 1 to 31"),
    "kind": ('kind = "payday"', 'kind = "party"', "center.toml line 50 [[events]] kind must be 'campaign'"),
    "negative effect": ("lead = 1", "effect = -1.0", "center.toml line 43 [[events]] effect must be greater than or equal to 0, got -1.0"),
    "two of a name": ('name = "salaries"', 'name = "Black Friday"', "center.toml line 50 [[events]] name must differ"),
    "no name": ('name = "salaries"\n', "", "center.toml line 50 [[events]] name must be given"),
    "event's unknown queue": ('queues = ["calls"]\n\n[[events]]', 'queues = ["mail"]\n\n[[events]]', "center.toml line 43 [[events]] queues must name one of the queues (calls, chat), got 'mail'"),
    "events are a table": ("[[events]]\nname = \"salaries\"", "[event]\nname = \"salaries\"", "center.toml key 'event' must be one of"),
    "action": ('spike = "keep"', 'spike = "hide"', "center.toml line 56 [cleaning] spike must be 'keep', 'mask' or 'repair', got 'hide'"),
    "unknown rule": ('spike = "keep"', 'spikes = "keep"', "center.toml line 56 [cleaning] spikes must be left out"),
    "override backwards": ("end = 2026-11-28T12:00:00", "end = 2026-11-26", "center.toml line 56 [cleaning] overrides[0].end must be after the start"),
    "new queue unnamed": ('queue = "chat"\nlike', "like", "center.toml line 66 [[new_queues]] queue must be given"),
    "new queue unknown": ('queue = "chat"\nlike', 'queue = "mail"\nlike', "center.toml line 66 [[new_queues]] queue must name one of the queues (calls, chat), got 'mail'"),
    "like whom": ('like = "calls"', 'like = "mail"', "center.toml line 66 [[new_queues]] like must name one of the queues"),
    "share": ("share = 0.25", "share = 0", "center.toml line 66 [[new_queues]] share must be greater than 0"),
    "like nothing": ('like = "calls"\nshare = 0.25\n', "", "center.toml line 66 [[new_queues]] NewQueue must have either like or week"),
    "country twice": ('country = "DE"', 'country = ["DE", "DE"]', "center.toml country must name each country once"),
    "country is a number": ('country = "DE"', "country = 49", "center.toml country must be a country's code, or a list of codes, got 49"),
    "one of the countries": ('country = "DE"', 'country = ["DE", "XX"]', "center.toml country must be a country code such as CN, or with a subdivision such as DE-BY, got 'XX'"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("reader", [read_center, read_forecast_desk])
def test_a_fault_names_its_place(folder, fault, reader):
    """Each fault is found with file, line and key, whoever reads the file."""
    old, new, expected = fault
    change(folder, old, new)
    with pytest.raises(InputError) as caught:
        reader(folder)
    assert expected in str(caught.value)


def test_cleaning_is_a_table(folder):
    """A word in place of the table of cleaning is refused."""
    path = folder / "center.toml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("[cleaning]"), text.index("[[new_queues]]")
    path.write_text(f'cleaning = "none"\n{text[:start]}{text[end:]}', encoding="utf-8")
    with pytest.raises(
        InputError, match=r"center.toml key 'cleaning' must be a table, \[cleaning\]"
    ):
        read_center(folder)


def test_days_of_events_are_no_faults(folder):
    """The past is cleaned by what the calendar knows: a campaign's busy day is none of its faults."""
    day = "2026-11-27"
    text = (folder / "history.csv").read_text(encoding="utf-8").splitlines()
    busy = [line.rsplit(",", 2)[0] + ",60,180" if f",{day} " in line else line for line in text]
    (folder / "history.csv").write_text("\n".join(busy), encoding="utf-8")
    desk = read_forecast_desk(folder).model_copy(update={"cleaning": CleaningRules()})
    assert not prepare(desk, date(2026, 12, 7)).cleaned.changes
    found = prepare(desk.model_copy(update={"events": ()}), date(2026, 12, 7)).cleaned.changes
    assert {change.start.date().isoformat() for change in found} == {day}


def test_a_desk_without_a_file(folder):
    """A desk that was made in Python names its tables; so does a start that nobody plans."""
    desk = read_forecast_desk(folder)
    bad = desk.model_copy(update={"new_queues": {"chat": NewQueue(like="calls")}})
    with pytest.raises(InputError, match=r"^center.toml \[\[new_queues\]\] number 1 share must be"):
        prepare(bad, date(2026, 12, 7))
    with pytest.raises(InputError, match=r"^start must be from 1970-01-01"):
        prepare(desk, date(9999, 12, 30))


def test_plans_refuse_unknown_queues(folder):
    """A plan does not go on without a queue of which nothing is known, and says which."""
    text = (folder / "center.toml").read_text(encoding="utf-8")
    (folder / "center.toml").write_text(text[: text.index("[[new_queues]]")], encoding="utf-8")
    with pytest.raises(
        InputError, match=r"^center.toml line \d+ \[\[queues\]\] 'chat' must have rows"
    ):
        plan_folder(folder, date(2026, 12, 7), 1, seconds=0.1)


def test_only_the_time_before_is_looked_at(folder):
    """What came on the first day and later is neither cleaned nor learned from."""
    prepared = prepare(read_forecast_desk(folder), date(2026, 11, 30))
    assert prepared.past.starts.max().date() == date(2026, 11, 29)
    assert prepared.read.starts.max().date() == date(2026, 11, 29)


def test_a_swapped_day_is_forecast_as_its_weekday(folder):
    """A Wednesday that counts as a Sunday gets the contacts of busy Sundays, a plain one does not."""
    text = (folder / "history.csv").read_text(encoding="utf-8").splitlines()
    sundays = ("-15 ", "-22 ", "-29 ", "-06 ")
    busy = [
        line.rsplit(",", 2)[0] + ",30,180" if any(day in line for day in sundays) else line
        for line in text
    ]
    (folder / "history.csv").write_text("\n".join(busy), encoding="utf-8")
    plain = read_forecast_desk(folder)
    change(
        folder,
        "interval = 30",
        'interval = 30\nswaps = [{ day = 2026-12-09, counts_as = "Sun" }]',
    )
    found = []
    for desk in (plain, read_forecast_desk(folder)):
        prepared = prepare(desk, date(2026, 12, 7))
        horizon = prepared.horizon(date(2026, 12, 7), 7)
        volume = prepared.forecaster().forecast(prepared.past, horizon)
        days = volume.array("contacts")[volume.of("calls")].reshape(7, -1).sum(axis=1)
        found.append(days[2] / days[6])
    assert found[0] < 0.5
    assert found[1] == pytest.approx(1, abs=0.1)
