"""Reading a planner's folder: what it gives, and the place of each fault."""

# ruff: noqa: E501 - each fault on a line of its own

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.small_center import write_small_center
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.io import Center, read_center, schedule_frame
from wfm.queue import Shrinkage
from wfm.rules import MinRest
from wfm.schedule import BreakTime, Schedule, Shift
from wfm.window import Window

MONDAY = date(2026, 12, 7)


MAIL = """[[queues]]
id = "mail"
channel = "deferred"
deadline = 24

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_center(tmp_path / "center")


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_reads_everything(folder):
    """A folder gives its tables, its people, its rules and the place of its history."""
    center = read_center(folder)
    assert center.timezone == "Europe/Berlin"
    assert [queue.id for queue in center.queues] == ["calls"]
    assert center.rules[0] == MinRest(hours=11)
    assert [(str(a), a.skills) for a in center.agents] == [
        ("Anna A.", ("voice", "lead")),
        ("ben", ("voice",)),
        ("Cleo C.", ("voice",)),
    ]
    assert center.history == folder / "history.csv"
    assert center.previous is None
    center.check(center.horizon(MONDAY, 7))


def test_a_deferred_queue_is_checked_before_its_work_is_known(folder):
    """A folder with mail is checked like any other, without a forecast."""
    change(folder, "center.toml", "[[queues]]", MAIL + "[[queues]]")
    center = read_center(folder)
    assert [queue.channel for queue in center.queues] == ["deferred", "voice"]
    center.check(center.horizon(MONDAY, 7))


def test_equal_folders_give_equal_centers(folder):
    """A centre is a value, also through JSON."""
    center = read_center(folder)
    assert center == read_center(folder)
    assert Center.from_json(center.to_json()) == center


def test_a_name_is_optional(folder):
    """Without a column of names, people are called by their ids; blank rows are skipped."""
    (folder / "agents.csv").write_text(
        "id,skills,contract\n\nanna,voice,half\n,,\nben,voice,half\n"
    )
    assert [str(agent) for agent in read_center(folder).agents] == ["anna", "ben"]


SHRINKAGE = """shrinkage = [
    { activity = "coaching", share = 0.05, windows = [{ days = ["Tue"], start = "09:00", end = "10:00" }] },
    { activity = "sickness", share = 0.1, planned = false },
]
"""


def test_shrinkage_by_activity(folder):
    """A queue's shrinkage may be a list of parts, which add up where their windows meet."""
    change(folder, "center.toml", 'id = "calls"\n', f'id = "calls"\n{SHRINKAGE}')
    (queue,) = read_center(folder).queues
    coaching = Shrinkage(
        activity="coaching",
        share=0.05,
        windows=(Window(days=("Tue",), start="09:00", end="10:00"),),
    )
    assert queue.shrinkage == (coaching, Shrinkage(activity="sickness", share=0.1, planned=False))
    center = read_center(folder)
    available = queue.available(center.horizon(MONDAY, 7))
    assert set(available[48 + 18 : 48 + 20].round(6)) == {0.85}
    assert available.sum() == pytest.approx(0.9 * 7 * 48 - 2 * 0.05)


def test_shrinkage_as_tables_of_their_own(folder):
    """TOML's other way to write a list of parts says the same."""
    part = '[[queues.shrinkage]]\nactivity = "sickness"\nshare = 0.1\n\n'
    change(folder, "center.toml", "[[skills]]", f"{part}[[skills]]")
    (queue,) = read_center(folder).queues
    assert queue.shrinkage == (Shrinkage(activity="sickness", share=0.1),)


FAULTS = {
    "TOML syntax": ("center.toml", "interval = 30", "interval 30", "center.toml must be valid TOML", "line 5"),
    "unknown key": ("center.toml", "interval = 30", "intervall = 30", "center.toml key 'intervall' must be one of"),
    "wrong type": ("center.toml", "interval = 30", 'interval = "x"', "center.toml interval must be"),
    "odd interval": ("center.toml", "interval = 30", "interval = 7", "center.toml interval must be 5, 10"),
    "no zone": ("center.toml", 'timezone = "Europe/Berlin"', "", "center.toml timezone must be given"),
    "unknown zone": ("center.toml", "Europe/Berlin", "Europe/Bonn", "center.toml timezone must be an IANA", "'Europe/Bonn'"),
    "no history": ("center.toml", 'country = "DE"', 'history = "past.csv"', "center.toml history must name a file", "'past.csv'"),
    "no previous": ("center.toml", 'country = "DE"', 'previous = "past.csv"', "center.toml previous must name a file"),
    "table is a word": ("center.toml", "[[queues]]\nid =", "queues =", "center.toml"),
    "no queues": ("center.toml", "[[queues]]\nid = \"calls\"\nhours = [{ start = \"08:00\", end = \"12:00\" }]", "", "center.toml queues must"),
    "unknown field": ("center.toml", 'id = "calls"', 'id = "calls"\nhour = 3', "center.toml line 7 [[queues]] hour must be left out"),
    "shrinkage": ("center.toml", 'id = "calls"', 'id = "calls"\nshrinkage = "a tenth"', "center.toml line 7 [[queues]] shrinkage must be a share of scheduled time, or a list", "'a tenth'"),
    "shrinkage part": ("center.toml", 'id = "calls"', 'id = "calls"\nshrinkage = [{ activity = "coaching", share = 1.5 }]', "center.toml line 7 [[queues]] shrinkage[0].share must be less than 1, got 1.5"),
    "shrinkage window": ("center.toml", 'id = "calls"', 'id = "calls"\nshrinkage = [{ activity = "a", share = 0.1 }, { activity = "b", share = 0.1, windows = [{ days = ["Tuesday"] }] }]', "center.toml line 7 [[queues]] shrinkage[1].windows[0].days[0] must be 'Mon', "),
    "shrinkage of no activity": ("center.toml", 'id = "calls"', 'id = "calls"\nshrinkage = [0.1, 0.2]', "center.toml line 7 [[queues]] shrinkage[0] must be a part with activity and share, got 0.1"),
    "shrinkage of all": ("center.toml", 'id = "calls"', 'id = "calls"\nshrinkage = [{ activity = "a", share = 0.5 }, { activity = "b", share = 0.5 }]', "center.toml line 7 [[queues]] shrinkage must add up to less than 1, got 1.0"),
    "bad clock": ("center.toml", 'start = "08:00", end', 'start = "8h", end', "center.toml line 7 [[queues]] hours[0]", "HH:MM", "'8h'"),
    "no id": ("center.toml", 'id = "voice"\n', "", "center.toml line 11 [[skills]] id must be given"),
    "two of an id": ("center.toml", 'id = "lead"', 'id = "voice"', "center.toml line 15 [[skills]] id must differ", "'voice'"),
    "bad break": ("center.toml", "latest = 120", "latest = 600", "center.toml line 22 [[shifts]]", "breaks must fit inside the shortest"),
    "unknown rule": ("center.toml", '"min_rest"', '"min_sleep"', "center.toml line 32 [[rules]] rule must be one of", "'min_sleep'"),
    "bad rule": ("center.toml", "hours = 11", "hours = 99", "center.toml line 32 [[rules]] min_rest.hours must be", "99"),
    "rule's unknown field": ("center.toml", "hours = 11", "hours = 11\nhour = 1", "[[rules]] min_rest.hour must be left out"),
    "no agents": ("agents.csv", "anna,Anna A.,half,voice;lead\nben,,half,voice\ncleo,Cleo C.,half,voice\n", "", "agents.csv must have a row for each agent"),
    "no column": ("agents.csv", "contract", "contrac", "agents.csv row 1 must have a column 'contract'"),
    "unknown column": ("agents.csv", "name,", "nickname,", "agents.csv row 1 must have only the columns", "'nickname'"),
    "column twice": ("agents.csv", "id,name", "id,id", "agents.csv row 1 must have one column 'id'"),
    "unknown contract": ("agents.csv", "ben,,half", "ben,,full", "agents.csv row 3 column contract must name one of", "'full'"),
    "unknown skill": ("agents.csv", "ben,,half,voice", "ben,,half,voice;chat", "agents.csv row 3 column skills must name one of", "'chat'"),
    "no skill": ("agents.csv", "ben,,half,voice", "ben,,half,", "agents.csv row 3 column skills must not be empty"),
    "only separators": ("agents.csv", "ben,,half,voice", "ben,,half,;", "agents.csv row 3 column skills must name a skill"),
    "agent twice": ("agents.csv", "cleo,", "anna,", "agents.csv row 4 column id must differ from that of agents.csv row 2", "'anna'"),
    "short row": ("agents.csv", "cleo,Cleo C.,half,voice", "cleo,Cleo C.,half", "agents.csv row 4 must have 4 cells, got 3"),
    "open quote": ("agents.csv", "Cleo C.", '"Cleo', "agents.csv must be a comma-separated table"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_names_its_place(folder, fault):
    """Each fault of a file is found, and its message names file and place."""
    file, old, new, *expected = fault
    change(folder, file, old, new)
    with pytest.raises(InputError) as caught:
        read_center(folder)
    for part in expected:
        assert part in str(caught.value)


MISFITS = {
    "skill's queue": ('queues = ["calls"]', 'queues = ["chat"]', "center.toml skill 'voice'.queues"),
    "contract's shift": ('["morning"]', '["night"]', "center.toml contract 'half'.shifts"),
    "household": ('"ben"]', '"bob"]', "center.toml household 'home'.members"),
    "rule's contract": ("least = 2", 'least = 2\ncontracts = ["full"]', "center.toml rule days_off.contracts"),
    "off the interval": ("minutes = 30", "minutes = 15", "center.toml shift template 'morning'"),
}  # fmt: skip


@pytest.mark.parametrize("misfit", MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit_together(folder, misfit):
    """What one table says of another is checked before anything is forecast."""
    old, new, expected = misfit
    change(folder, "center.toml", old, new)
    center = read_center(folder)
    with pytest.raises(InputError, match="must") as caught:
        center.check(center.horizon(MONDAY, 7))
    assert expected in str(caught.value)


def test_faults_of_rules_name_their_lines(folder):
    """With the file, what a rule says of the tables is told with the line of the rule."""
    change(folder, "center.toml", "hours = 11", 'hours = 11\nteams = ["green"]')
    state = '[[states]]\nstate = "nursing"\nagent = "ben"\nborn = 2026-11-01\n'
    with (folder / "center.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{state}")
    center = read_center(folder)
    with pytest.raises(InputError) as caught:
        center.check(center.horizon(MONDAY, 7), folder / "center.toml")
    assert str(caught.value).splitlines() == [
        "center.toml line 32 [[rules]] min_rest.teams must be one of the teams (), got 'green'.",
        "center.toml line 41 [[states]] contract 'half'.weekly_hours must be given, for 'ben' is "
        "bound by no_overtime.",
    ]


def test_faults_of_all_rules_are_told(folder):
    """What is wrong with the fields of several rules is told at once, in the order of the file."""
    change(folder, "center.toml", "hours = 11", "hours = 99")
    change(folder, "center.toml", "least = 2", "leest = 2")
    with pytest.raises(InputError) as caught:
        read_center(folder)
    assert [fault.place for fault in caught.value.faults] == [
        "center.toml line 32 [[rules]] min_rest.hours",
        "center.toml line 36 [[rules]] days_off.least",
        "center.toml line 36 [[rules]] days_off.leest",
    ]


def test_a_part_at_fault_is_told_once(folder):
    """A list is not called too short because of the fault in it."""
    rule = (
        'rule = "bid"\nagents = ["ben"]\nbids = [{ points = 5, templates = ["off"], wish = true }]'
    )
    change(folder, "center.toml", 'rule = "min_rest"\nhours = 11', rule)
    with pytest.raises(InputError) as caught:
        read_center(folder)
    assert [str(fault) for fault in caught.value.faults] == [
        "center.toml line 32 [[rules]] bid.bids[0].wish must be left out (no such field), got True."
    ]


def test_swapped_days_count_for_demand_shifts_and_rules(folder):
    """A Sunday that counts as a Monday is one in the horizon and in the problem."""
    change(folder, "center.toml", "interval = 30", f"interval = 30\n{SWAPS}")
    change(
        folder,
        "center.toml",
        'start = "08:00"\nlengths',
        'days = ["Mon"]\nstart = "08:00"\nlengths',
    )
    center = read_center(folder)
    horizon = center.horizon(MONDAY, 7)
    assert [horizon.day_type(day) for day in range(7)] == [0, 1, 2, 3, 4, 5, 0]
    elsewhere = Horizon(start=MONDAY, days=7, timezone="Europe/Berlin", interval=30)
    problem = center.problem(_no_demand(center, elsewhere))
    assert problem.horizon == horizon
    assert problem.options.offered.any(axis=1).tolist() == [True, *[False] * 5, True]


SWAPS = 'swaps = [{ day = 2026-12-13, counts_as = "Mon" }]'
SWAP_FAULTS = {
    '"Mon" }]': ('"Monday" }]', "center.toml swaps[0].counts_as must be 'Mon', 'Tue'"),
    "day =": ("date =", "center.toml swaps[0].day must be given"),
    "}]": ("}, { day = 2026-12-13, counts_as = \"Tue\" }]", "center.toml swaps: day must differ from"),
}  # fmt: skip


def test_the_forecast_knows_the_swaps(folder):
    """The calendar of a centre has the dates that count as another weekday."""
    change(folder, "center.toml", "interval = 30", f"interval = 30\n{SWAPS}")
    center = read_center(folder)
    assert center.calendar.swapped == center.swaps != ()


@pytest.mark.parametrize("old", SWAP_FAULTS)
def test_bad_swaps(folder, old):
    """A weekday, a key or a date at fault is told with its place."""
    new, expected = SWAP_FAULTS[old]
    change(folder, "center.toml", "interval = 30", f"interval = 30\n{SWAPS.replace(old, new)}")
    with pytest.raises(InputError) as caught:
        read_center(folder)
    assert expected in str(caught.value)


def test_several_faults_of_a_row(folder):
    """Faults of one row are reported together, each with its place."""
    change(folder, "center.toml", 'id = "calls"', 'id = "calls"\nshrinkage = 2\nconcurrency = 0')
    with pytest.raises(InputError) as caught:
        read_center(folder)
    places = [fault.place for fault in caught.value.faults]
    line = "center.toml line 7 [[queues]]"
    assert places == [f"{line} concurrency", f"{line} shrinkage"]


def test_inline_tables_are_counted(folder):
    """A table that is not written with headers is named by its number."""
    change(folder, "center.toml", '[[households]]\nid = "home"\nmembers = ["anna", "ben"]\n', "")
    change(folder, "center.toml", "interval = 30", 'interval = 30\nhouseholds = [{ id = "home" }]')
    with pytest.raises(InputError, match=r"\[\[households\]\] number 1 members must be given"):
        read_center(folder)


@pytest.mark.parametrize("missing", ["center.toml", "agents.csv"])
def test_missing_files(folder, missing):
    """A file that is not there is named."""
    (folder / missing).unlink()
    with pytest.raises(InputError, match=rf"{missing} must be an existing file"):
        read_center(folder)


def test_missing_folder(tmp_path):
    """A folder that is not there is named."""
    with pytest.raises(InputError, match="nowhere must be a folder"):
        read_center(tmp_path / "nowhere")


def test_not_utf_8(folder):
    """A file that is no UTF-8 is refused with the byte at which it fails."""
    (folder / "agents.csv").write_bytes(
        "id,contract,skills\nj\u00f6rg,half,voice\n".encode("latin-1")
    )
    with pytest.raises(InputError, match=r"agents.csv must be text in UTF-8, got .* at byte 20"):
        read_center(folder)


def test_last_plan_is_the_next_ones_past(folder):
    """The table in which a schedule is written can be read as the days before the next one."""
    center = read_center(folder)
    horizon = center.horizon(date(2026, 10, 19), 7)  # the clocks change on its last day
    tea = BreakTime(start=9060, end=9090, paid=False, label="tea")
    shifts = [
        Shift(agent="anna", day=6, template="morning", start=9180, end=9420),
        Shift(agent="ben", day=6, template="morning", start=9000, end=9240, breaks=(tea,)),
    ]
    center.check(horizon)
    problem = center.problem(_no_demand(center, horizon))
    table = schedule_frame(problem, Schedule.of_shifts(shifts))
    table.to_csv(folder / "last.csv", index=False)
    change(folder, "center.toml", 'country = "DE"', 'previous = "last.csv"')
    later = read_center(folder)
    past = later.past(later.horizon(date(2026, 10, 26), 7)).shifts
    back = horizon.midnight(7)
    assert [(s.agent, s.day, s.start + back, s.end + back) for s in past] == [
        ("anna", -1, 9180, 9420),
        ("ben", -1, 9000, 9240),
    ]
    assert [shift.paid_minutes for shift in past] == [240, 210]
    assert later.past(later.horizon(date(2026, 10, 19), 7)).shifts == ()


PAST_FAULTS = {
    "unknown agent": ("bob,2026-12-06T22:00,2026-12-07T06:00,shift,night", "row 2 column agent must name", "'bob'"),
    "no time": ("ben,yesterday,2026-12-07T06:00,shift,night", "row 2 column start must be a date and time", "'yesterday'"),
    "ends first": ("ben,2026-12-06T22:00,2026-12-06T20:00,shift,night", "row 2 Shift of 'ben'"),
    "break first": ("ben,2026-12-06T22:00,2026-12-06T22:15,break,night", "row 2 column activity must be 'shift'"),
}  # fmt: skip


@pytest.mark.parametrize("fault", PAST_FAULTS.values(), ids=PAST_FAULTS)
def test_faults_of_the_past(folder, fault):
    """Each fault in the roster of the days before is found, with row and column."""
    row, *expected = fault
    (folder / "past.csv").write_text(f"agent,start,end,activity,template\n{row}\n")
    change(folder, "center.toml", 'country = "DE"', 'previous = "past.csv"')
    center = read_center(folder)
    with pytest.raises(InputError) as caught:
        center.past(center.horizon(MONDAY, 7))
    for part in ("past.csv", *expected):
        assert part in str(caught.value)


def _no_demand(center, horizon):
    row = (0.0,) * horizon.slots
    return Demand(
        horizon=horizon,
        queues=center.queues,
        contacts=(row,),
        aht=(row,),
        required=((0,) * horizon.slots,),
        service=((((0, 0.0),),) * horizon.slots,),
    )
