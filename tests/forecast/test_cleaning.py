"""What cleaning finds in a history, what it does about it, and what it leaves alone."""

from datetime import datetime
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.planted import ZONE, during, history, made, planted
from wfm.errors import InputError
from wfm.forecast import CleaningRules, History, Override, clean, read_history
from wfm.forecast.calendar.public import holiday_dates
from wfm.sample import write_sample

KEEP_ALL = {
    "outage": "keep",
    "spike": "keep",
    "one_off_day": "keep",
    "closed_hours": "keep",
    "doubled_hour": "keep",
    "handle_time": "keep",
    "unfinished": "keep",
}


def spans(cleaned, kind=None):
    """Kind, start and end of each change, in short."""
    return [
        (change.kind, f"{change.start:%m-%d %H:%M}", f"{change.end:%m-%d %H:%M}")
        for change in cleaned.changes
        if kind in {None, change.kind}
    ]


def untouched_but(before, after, changes):
    """Whether two histories agree outside of the changes, bit by bit."""
    keys = ["queue", "start"]
    left, right = before.frame.set_index(keys), after.frame.set_index(keys)
    touched = pd.Series(False, index=left.index.union(right.index))
    queues, starts = (touched.index.get_level_values(key) for key in keys)
    for change in changes:
        if change.action != "keep":
            touched |= np.asarray(
                (queues == change.queue) & (starts >= change.start) & (starts < change.end)
            )
    rest = touched.index[~touched]
    return left.reindex(rest).equals(right.reindex(rest)) and len(rest.difference(left.index)) == 0


def test_clean_history_is_the_same():
    """A history without faults is given back as it is, and said to have none."""
    past = history(made(40))
    cleaned = clean(past)
    assert cleaned.history is past
    assert cleaned.changes == ()
    assert str(cleaned) == "No fault was found."
    assert cleaned.frame().empty


def test_empty_history():
    """A history without rows has no faults."""
    past = history(made(40))
    assert clean(past.until("2026-01-05")).changes == ()


def test_outage_is_masked():
    """Two hours without a contact are left out of the history, not taken as zero."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    cleaned = clean(history(frame))
    assert spans(cleaned) == [("outage", "02-11 10:00", "02-11 12:00")]
    (change,) = cleaned.changes
    assert (change.action, change.intervals, change.before) == ("mask", 4, 0.0)
    assert np.isnan(change.after)
    assert change.expected == pytest.approx(100, rel=0.15)
    inside = during(frame, "2026-02-11 10:00", "2026-02-11 12:00")
    assert cleaned.history.frame.equals(frame[~inside].reset_index(drop=True))
    assert cleaned.history.series("calls")["offered"].isna().sum() == 4


def test_sentence_of_a_change():
    """A change says where and what was found, what is usual, and what was done."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    (change,) = clean(history(frame)).changes
    assert str(change) == (
        "outage: calls has from 2026-02-11 10:00 to 12:00 (4 intervals) 0 contacts where "
        f"{change.expected:.4g} are usual, as in an outage; taken as unknown."
    )


def test_outage_is_repaired():
    """Repair puts the usual contacts of the weekday and time in place of the outage."""
    true = made(40)
    frame = planted(true, "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    cleaned = clean(history(frame), CleaningRules(outage="repair"))
    inside = during(true, "2026-02-11 10:00", "2026-02-11 12:00")
    repaired = cleaned.history.frame["offered"][inside]
    assert repaired.sum() == pytest.approx(true["offered"][inside].sum(), rel=0.25)
    assert cleaned.changes[0].after == pytest.approx(repaired.sum())
    assert cleaned.history.frame["aht"][inside].isna().all()
    rest = cleaned.history.frame[~inside]
    assert rest.equals(frame[~inside])


def test_repair_follows_the_level_of_the_day():
    """On a day with a third more contacts, what is put in place is a third more."""
    level = np.ones(84)
    level[37] = 4 / 3
    frame = planted(made(400, level=level), "2026-02-11 10:00", "2026-02-11 11:00", 0.0)
    rules = CleaningRules(outage="repair", one_off_day="keep")
    usual = made(400)["offered"][during(frame, "2026-02-11 10:00", "2026-02-11 11:00")].sum()
    (change,) = [c for c in clean(history(frame), rules).changes if c.kind == "outage"]
    assert change.after == pytest.approx(usual * 4 / 3, rel=0.1)


def test_repaired_waits_are_unknown():
    """Nobody is said to have hung up, or to have waited, among contacts that are made up."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    frame["abandoned"], frame["wait"] = 0.0, np.where(frame["offered"] > 0, 20.0, np.nan)
    after = clean(history(frame), CleaningRules(outage="repair")).history.frame
    inside = during(frame, "2026-02-11 10:00", "2026-02-11 12:00")
    assert after.loc[inside, ["abandoned", "wait"]].isna().all(axis=None)
    assert after.loc[~inside].equals(frame[~inside])


def test_outage_over_night_is_one():
    """An outage from one evening to the next morning is one, and closed hours are no part of it."""
    frame = made(60, hours=(8, 20))
    frame = planted(frame, "2026-02-11 17:00", "2026-02-12 11:00", 0.0)
    (change,) = clean(history(frame)).changes
    assert (change.kind, change.intervals) == ("outage", 12)
    assert spans(clean(history(frame))) == [("outage", "02-11 17:00", "02-12 11:00")]


def test_outage_of_a_week():
    """Even a week without a contact is an outage, not a new level."""
    frame = planted(made(40), "2026-02-09", "2026-02-16", 0.0)
    assert spans(clean(history(frame))) == [("outage", "02-09 00:00", "02-16 00:00")]


def test_outage_of_a_restless_queue():
    """An outage is found however much the intervals of a busy queue scatter."""
    frame = planted(made(2000, noise=0.3, busy=0.2), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    outages = spans(clean(history(frame)), "outage")
    assert outages == [("outage", "02-11 10:00", "02-11 12:00")]


def test_outage_that_begins_within_an_interval():
    """The interval in which it begins, with half of its contacts, belongs to the outage."""
    frame = planted(made(400), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    frame = planted(frame, "2026-02-11 09:30", "2026-02-11 10:00", lambda was: was // 2)
    assert spans(clean(history(frame))) == [("outage", "02-11 09:30", "02-11 12:00")]


def test_spike_is_masked():
    """An hour and a half with three times the contacts is a spike, and nothing else is."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 11:30", lambda was: was * 3 + 20)
    cleaned = clean(history(frame))
    assert spans(cleaned) == [("spike", "02-11 10:00", "02-11 11:30")]
    assert cleaned.changes[0].before > 2 * cleaned.changes[0].expected


def test_wild_interval():
    """One interval with a hundred times the contacts is a spike, at night too."""
    frame = planted(made(40, hours=(8, 20)), "2026-02-11 03:00", "2026-02-11 03:30", 500.0)
    assert spans(clean(history(frame))) == [("spike", "02-11 03:00", "02-11 03:30")]


def test_spike_is_repaired_with_its_handle_time():
    """A repaired spike has the usual contacts and keeps its handle time."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 11:00", lambda was: was * 5)
    cleaned = clean(history(frame), CleaningRules(spike="repair"))
    inside = during(frame, "2026-02-11 10:00", "2026-02-11 11:00")
    after = cleaned.history.frame[inside]
    assert after["offered"].sum() == pytest.approx(frame["offered"][inside].sum() / 5, rel=0.35)
    assert after["aht"].equals(frame["aht"][inside])


@pytest.mark.parametrize("factor", [0.3, 2.5])
def test_one_off_day(factor):
    """A day far below or above its neighbours is unknown as a whole."""
    frame = planted(made(40), "2026-02-11", "2026-02-12", lambda was: np.round(was * factor))
    cleaned = clean(history(frame))
    assert spans(cleaned) == [("one-off day", "02-11 00:00", "02-12 00:00")]
    assert cleaned.changes[0].intervals == 48


@pytest.mark.parametrize("day", ["2026-02-11", datetime(2026, 2, 11).date()])
@pytest.mark.parametrize("factor", [0.0, 0.3, 2.5])
def test_known_day_is_left_alone(day, factor):
    """A holiday that the calendar knows is no fault, whatever it brings."""
    frame = planted(made(40), "2026-02-11", "2026-02-12", lambda was: np.round(was * factor))
    assert clean(history(frame), known_days=[day]).changes == ()
    assert clean(history(frame)).changes != ()


def test_lasting_level_change_is_followed():
    """A level that doubles in the middle, or five days before the end, is no fault."""
    middle = np.where(np.arange(84) < 40, 1.0, 2.0)
    late = np.where(np.arange(84) < 79, 1.0, 2.0)
    for level in (middle, late, middle[::-1]):
        assert clean(history(made(40, level=level))).changes == ()


def test_growth_and_a_peak_season_are_followed():
    """Neither a doubling over the year nor a peak season of weeks is a fault."""
    days = np.arange(364)
    level = np.exp(np.log(2) * days / 364) * (1 + np.exp(-(((days - 200) / 20) ** 2)))
    assert clean(history(made(40, days=364, level=level, busy=0.05, noise=0.1))).changes == ()


def test_longer_opening_hours_are_followed():
    """Evenings that open a week before the end are no spikes, those that close no outages."""
    short, long = made(60, hours=(8, 18)), made(60, hours=(8, 18), seed=2)
    shifted = np.roll(long["offered"], 8)
    changed = during(short, "2026-03-23", "2026-03-28")
    evening = np.asarray(short["start"].dt.tz_convert(ZONE).dt.hour >= 18)
    opened = short.assign(offered=np.where(changed & evening, shifted, short["offered"]))
    closed = made(60, hours=(8, 20), weekend=0)
    closed.loc[during(closed, "2026-03-23", "2026-03-28") & evening, "offered"] = 0.0
    for frame in (opened, closed):
        frame["aht"] = np.where(frame["offered"] > 0, 300.0, np.nan)
        assert clean(history(frame)).changes == ()


@pytest.mark.parametrize("hourly", [0.2, 1.0, 4.0])
def test_tiny_queues_raise_no_false_alarm(hourly):
    """Poisson's noise of a contact an hour, over two years of quarters, is no fault."""
    frames = [
        made(hourly, days=728, interval=15, queue=f"tiny {seed}", seed=seed) for seed in range(3)
    ]
    assert clean(history(*frames, interval=15)).changes == ()


@pytest.mark.parametrize("hourly", [20, 200, 2000])
def test_false_alarms_are_rare(hourly):
    """Days that differ by a tenth and intervals that scatter: under one interval in a thousand."""
    frames = [
        made(hourly, days=728, busy=0.1, noise=0.1, queue=f"q {seed}", seed=seed)
        for seed in range(3)
    ]
    past = history(*frames)
    alarms = sum(change.intervals for change in clean(past).changes)
    assert alarms <= len(past.frame) / 1000


def test_single_contacts_in_closed_hours():
    """Two contacts at night, of a queue that is closed then, are unknown and nothing else is."""
    frame = planted(made(60, hours=(8, 20)), "2026-02-11 03:00", "2026-02-11 03:30", 2.0)
    assert spans(clean(history(frame))) == [("closed hours", "02-11 03:00", "02-11 03:30")]


def test_quiet_nights_are_not_closed():
    """A night in which a contact comes every other week is open."""
    frame = made(60, hours=(8, 20))
    for week in range(0, 12, 2):
        night = pd.Timestamp("2026-01-07 03:00") + pd.Timedelta(weeks=week)
        frame = planted(frame, night, night + pd.Timedelta(minutes=30), 1.0)
    assert clean(history(frame)).changes == ()


def test_contact_left_open_over_night():
    """An interval's AHT of hours is unknown, its contacts stay."""
    frame = made(40)
    frame.loc[1000, "aht"] = 9_000.0
    cleaned = clean(history(frame))
    (change,) = cleaned.changes
    assert (change.kind, change.before, change.intervals) == ("handle time", 9_000.0, 1)
    assert change.expected == pytest.approx(300, rel=0.1)
    after = cleaned.history.frame
    assert np.isnan(after["aht"][1000])
    assert after["offered"].equals(frame["offered"])
    assert after["aht"].drop(1000).equals(frame["aht"].drop(1000))
    repaired = clean(history(frame), CleaningRules(handle_time="repair")).history.frame
    assert repaired["aht"][1000] == change.expected


def test_missing_pass_of_the_doubled_hour():
    """One row for an hour that the clocks show twice is unknown, or both passes are made usual."""
    frame = made(40, first="2026-09-07", days=70)
    doubled = during(frame, "2026-10-25 01:00", "2026-10-25 02:00", zone="UTC")
    cleaned = clean(history(frame[~doubled]))
    assert spans(cleaned) == [("doubled hour", "10-25 02:00", "10-25 02:00")]
    assert "from 2026-10-25 02:00+0200 to 02:00+0100 (2 int" in cleaned.changes[0].message
    assert len(cleaned.history.frame) == len(frame) - 4
    repaired = clean(history(frame[~doubled]), CleaningRules(doubled_hour="repair"))
    assert repaired.history.frame["start"].equals(frame["start"])
    assert repaired.history.frame.dtypes.equals(frame.dtypes)
    assert repaired.changes[0].intervals == 4


def test_days_on_which_the_clocks_change():
    """Whole days of 23 and 25 hours are no fault, in either half of the world."""
    for zone in (ZONE, "America/New_York", "Australia/Lord_Howe"):
        frame = made(40, days=420, zone=zone, interval=30)
        assert clean(history(frame, zone=zone)).changes == ()


def test_unfinished_last_day():
    """A last day of zeros from the hour of the export on is unfinished."""
    frame = planted(made(40), "2026-03-29 13:00", "2026-03-30", 0.0)
    assert spans(clean(history(frame))) == [("unfinished", "03-29 13:00", "03-30 00:00")]


def test_unfinished_last_interval():
    """A last interval with a tenth of its contacts, before a missing rest of the day, is cut."""
    frame = made(400, days=82)
    frame = frame[~during(frame, "2026-03-27 13:00", "2026-03-28")]
    cut = planted(frame, "2026-03-27 12:30", "2026-03-27 13:00", lambda was: was // 4)
    assert spans(clean(history(cut))) == [("unfinished", "03-27 12:30", "03-27 13:00")]
    assert clean(history(frame)).changes == ()


def test_gaps_are_filled_if_wanted():
    """Missing rows stay unknown, or become the usual contacts of their time."""
    frame = made(40)
    inside = during(frame, "2026-02-11 10:00", "2026-02-11 14:00")
    past = history(frame[~inside])
    assert clean(past).changes == ()
    cleaned = clean(past, CleaningRules(gap="repair"))
    assert spans(cleaned) == [("gap", "02-11 10:00", "02-11 14:00")]
    assert cleaned.history.frame["start"].equals(frame["start"])
    filled = cleaned.history.frame["offered"][inside]
    assert filled.sum() == pytest.approx(frame["offered"][inside].sum(), rel=0.25)


def test_gaps_are_told_apart():
    """Each gap is a change of its own; one that runs on over closed hours is one."""
    frame = made(60, hours=(8, 20))
    lost = during(frame, "2026-02-11 18:00", "2026-02-12 10:00")
    lost = lost | during(frame, "2026-02-18 10:00", "2026-02-18 11:00")
    cleaned = clean(history(frame[~lost]), CleaningRules(gap="repair"))
    assert spans(cleaned) == [
        ("gap", "02-11 18:00", "02-12 10:00"),
        ("gap", "02-18 10:00", "02-18 11:00"),
    ]


def test_missing_rows_are_no_outage():
    """Days without rows are unknown: neither they nor their neighbours are faults."""
    frame = made(40)
    inside = during(frame, "2026-02-11 10:00", "2026-02-14 14:00")
    assert clean(history(frame[~inside])).changes == ()


def test_keep_reports_only():
    """With every action `keep`, faults are listed and the history stays as it is."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    frame = planted(frame, "2026-02-18 10:00", "2026-02-18 12:00", lambda was: was * 4)
    cleaned = clean(history(frame), CleaningRules(**KEEP_ALL))
    assert [(c.kind, c.action) for c in cleaned.changes] == [("outage", "keep"), ("spike", "keep")]
    assert all(change.before == change.after for change in cleaned.changes)
    assert cleaned.history.frame.equals(frame)
    assert cleaned.history.findings == ()


def test_override_keeps_what_is_right():
    """What a user keeps is kept, half of a fault too, and still listed."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 14:00", 0.0)
    keep = Override(action="keep", start="2026-02-11 10:00", end="2026-02-11 12:00")
    cleaned = clean(history(frame), CleaningRules(overrides=[keep]))
    assert [(c.action, f"{c.start:%H:%M}") for c in cleaned.changes] == [
        ("keep", "10:00"),
        ("mask", "12:00"),
    ]
    assert len(cleaned.history.frame) == len(frame) - 4


def test_override_masks_and_repairs_what_was_not_found():
    """Stretches that a user names are masked or repaired, in the queue that is named only."""
    frames = made(40), made(40, queue="chat", seed=2)
    rules = CleaningRules(
        overrides=[
            Override(action="mask", queue="chat", start="2026-02-10", end="2026-02-11"),
            Override(action="repair", start="2026-02-12 08:00", end="2026-02-12 09:00"),
        ]
    )
    cleaned = clean(history(*frames), rules)
    assert [(c.queue, c.kind, c.action, c.intervals) for c in cleaned.changes] == [
        ("calls", "override", "repair", 2),
        ("chat", "override", "mask", 48),
        ("chat", "override", "repair", 2),
    ]
    assert [finding.queue for finding in cleaned.history.findings] == ["calls", "chat"]
    assert "1 × override (mask), 1 × override (repair)" in cleaned.history.findings[1].message


def test_later_override_wins():
    """Of two overrides for the same time the later one holds."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    stretch = {"start": "2026-02-11", "end": "2026-02-12"}
    mask, keep = (Override(action=action, **stretch) for action in ("mask", "keep"))
    kept = clean(history(frame), CleaningRules(overrides=[mask, keep]))
    masked = clean(history(frame), CleaningRules(overrides=[keep, mask]))
    assert kept.history.frame.equals(frame)
    assert masked.changes[0].intervals == 48


def test_override_of_the_doubled_hour_holds_for_both_passes():
    """An override from 02:00 to 03:00 concerns both passes of the doubled hour."""
    frame = made(40, first="2026-09-07", days=70)
    hour = Override(action="mask", start="2026-10-25 02:00", end="2026-10-25 03:00")
    (change,) = clean(history(frame), CleaningRules(overrides=[hour])).changes
    assert change.intervals == 4


def test_nothing_to_compare_with():
    """What cannot be repaired for want of other weeks is unknown."""
    day = {"start": "2026-01-06", "end": "2026-01-07"}
    rules = CleaningRules(overrides=[Override(action="repair", **day)])
    (change,) = clean(history(made(40, days=7)), rules).changes
    assert change.action == "mask"
    assert "where an unknown number are usual" in change.message


def test_table_of_changes(tmp_path):
    """The table has a row for each change, with local times, and can be written as CSV."""
    frame = planted(made(40), "2026-02-11 10:00", "2026-02-11 12:00", 0.0)
    frame = planted(frame, "2026-02-18 10:00", "2026-02-18 12:00", lambda was: was * 4)
    cleaned = clean(history(frame))
    cleaned.frame().to_csv(tmp_path / "changes.csv", index=False)
    table = pd.read_csv(tmp_path / "changes.csv")
    assert list(table["kind"]) == ["outage", "spike"]
    assert table["start"][0] == "2026-02-11 10:00:00+01:00"
    assert list(table["message"]) == [change.message for change in cleaned.changes]
    assert str(cleaned) == "2 faults in 1 queue\n  outage: 1 × mask\n  spike: 1 × mask"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: CleaningRules(outage="drop"), "CleaningRules.outage must be 'keep', 'mask' or"),
        (lambda: CleaningRules(gap="keep"), "CleaningRules.gap must be 'mask' or 'repair'"),
        (lambda: CleaningRules(spikes="mask"), "CleaningRules.spikes must be left out"),
        (lambda: CleaningRules(spike_factor=1), "CleaningRules.spike_factor must be greater"),
        (lambda: CleaningRules(outage_share=1), "CleaningRules.outage_share must be less than 1"),
        (lambda: CleaningRules(day_sigmas=float("nan")), "CleaningRules.day_sigmas must be"),
        (
            lambda: Override(action="keep", start="2026-02-11", end="2026-02-11"),
            "Override.end must be after the start",
        ),
        (
            lambda: Override(action="keep", start="2026-02-11T08:00Z", end="2026-02-12"),
            "Override.start: time must be local, without an offset",
        ),
        (lambda: Override(action="keep", start="soon", end="2026-02-12"), "Override.start must"),
    ],
)
def test_bad_rules(make, message):
    """Rules that mean nothing are refused with the field."""
    with pytest.raises(InputError, match=message):
        make()


def test_override_of_an_unknown_queue():
    """An override of a queue that is not there is refused with those that are."""
    stray = Override(action="keep", queue="chat", start="2026-02-11", end="2026-02-12")
    with pytest.raises(InputError, match=r"overrides\[0\].queue must be one of calls, or empty"):
        clean(history(made(40)), CleaningRules(overrides=[stray]))


def test_known_day_that_is_none():
    """A known day that is no date is refused."""
    with pytest.raises(InputError, match="known_days must be a date"):
        clean(history(made(40)), known_days=["Easter"])


def test_rules_through_json():
    """Rules with overrides come back equal from JSON."""
    rules = CleaningRules(
        spike="keep", overrides=[Override(action="mask", start="2026-02-11", end="2026-02-12")]
    )
    assert CleaningRules.from_json(rules.to_json()) == rules


STRETCH = st.tuples(st.integers(0, 34 * 48), st.integers(1, 60))
FACTOR = st.sampled_from([0.0, 0.2, 3.0, 20.0])
ACTION = st.sampled_from(["keep", "mask", "repair"])


@settings(max_examples=40, deadline=None)
@given(
    faults=st.lists(st.tuples(STRETCH, FACTOR), max_size=4),
    actions=st.lists(ACTION, min_size=7, max_size=7),
    lost=STRETCH,
    override=st.tuples(STRETCH, ACTION),
    fills=st.booleans(),
    zone=st.sampled_from([ZONE, "America/New_York", "Australia/Lord_Howe"]),
)
def test_nothing_but_the_changes_differs(faults, actions, lost, override, fills, zone):
    """Whatever is found and done, rows outside of the changes are the same bit by bit."""
    frame = made(30, days=35, zone=zone, first="2026-03-02")
    for (first, count), factor in faults:
        frame.loc[first : first + count, "offered"] *= factor
    frame["aht"] = np.where(frame["offered"] > 0, frame["aht"].fillna(300.0), np.nan)
    frame = frame.drop(frame.index[lost[0] : lost[0] + lost[1]])
    other = made(3, days=35, zone=zone, first="2026-03-02", queue="chat", seed=3)
    past = history(frame, other, zone=zone)
    (at, count), action = override
    start = pd.Timestamp("2026-03-02") + pd.Timedelta(minutes=30 * at)
    stretch = Override(action=action, start=start, end=start + pd.Timedelta(minutes=30 * count))
    rules = CleaningRules(
        **dict(zip(KEEP_ALL, actions, strict=True)),
        gap="repair" if fills else "mask",
        overrides=[stretch],
    )
    cleaned = clean(past, rules)
    assert untouched_but(past, cleaned.history, cleaned.changes)
    after = cleaned.history.frame
    assert after.dtypes.equals(past.frame.dtypes)
    assert (after["offered"] >= 0).all()
    assert not after.duplicated(["queue", "start"]).any()
    for _, own in after.groupby("queue"):
        assert all(early < late for early, late in pairwise(own["start"]))
    masked = sum(change.intervals for change in cleaned.changes if change.action == "mask")
    contacts = [c for c in cleaned.changes if c.kind != "handle time"]
    masked = sum(change.intervals for change in contacts if change.action == "mask")
    added = len(after) - (len(past.frame) - masked)
    assert 0 <= added <= sum(c.intervals for c in contacts if c.action == "repair")


def test_read_and_clean(tmp_path):
    """A file with an outage is read, cleaned, and says in its findings what was done."""
    frame = planted(made(40, days=35), "2026-01-28 10:00", "2026-01-28 12:00", 0.0)
    frame.to_csv(tmp_path / "history.csv", index=False)
    cleaned = clean(read_history(tmp_path / "history.csv", timezone=ZONE))
    assert isinstance(cleaned.history, History)
    assert cleaned.history.findings[-1].message == "calls was cleaned: 1 × outage (mask)."


def test_outage_of_the_sample_centre(tmp_path):
    """With the holidays known, the sample's one outage is found, and nothing else of its calls."""
    past = read_history(write_sample(tmp_path / "center") / "history.csv", timezone=ZONE)
    found = clean(past, known_days=holiday_dates("DE", [2024, 2025, 2026])).changes
    voice = [change for change in found if change.queue == "voice"]
    assert [(change.kind, change.intervals) for change in voice] == [("outage", 7)]
    assert voice[0].before < 0.05 * voice[0].expected
