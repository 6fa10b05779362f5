"""The forecast as a value."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import Volume, read_volume
from wfm.horizon import Horizon


def one_day(start="2026-12-07", interval=60):
    return Horizon(start=start, days=1, timezone="Europe/Berlin", interval=interval)


DAY = one_day()


def volume(horizon=DAY, queues=("calls", "chat"), **changes):
    shape = (len(queues), horizon.slots)
    contacts = np.arange(np.prod(shape), dtype=float).reshape(shape)
    arrays = {"contacts": contacts, "aht": contacts + 100, "lower": contacts / 2}
    return Volume(
        **{"horizon": horizon, "queues": queues, "upper": contacts * 2, **arrays, **changes}
    )


def array(value, row=0, slot=3):
    values = volume().array("contacts")
    values[row, slot] = value
    return values


def test_arrays_and_rows():
    """Measures come back as arrays of queues × slots, in which a queue has a row."""
    made = volume()
    assert made.array("aht").shape == (2, 24)
    assert made.array("contacts")[made.of("chat"), 0] == 24
    with pytest.raises(InputError, match="queue must be one of calls, chat, got 'mail'"):
        made.of("mail")


def test_json_round_trip():
    """A forecast is equal after a trip through JSON."""
    assert Volume.from_json(volume().to_json()) == volume()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"contacts": array(-1)}, r"Volume.contacts of calls, slot 3 \(Mon 7 Dec 03:00\), must be"),
        ({"contacts": array(np.nan, 1)}, r"Volume.contacts of chat, slot 3 \(Mon 7 Dec 03:00\),"),
        ({"upper": array(np.inf)}, r"Volume.upper of calls, slot 3 .* finite number from 0 up"),
        ({"aht": array(0) + 0.0}, r"Volume.aht of calls, slot 0 .* must be a finite number above"),
        ({"lower": array(99)}, r"Volume.lower of calls, slot 3 .* must be at most upper, got 99"),
        ({"contacts": array(1)[:1]}, r"Volume.contacts must have a row for each of the 2 queues"),
        (
            {"aht": array(1)[:, :5]},
            r"Volume.aht of calls must have a value for each of the 24 slot",
        ),
        ({"queues": ("calls", "calls")}, r"Volume.queues must name each queue once"),
        ({"coverage": 1.0}, r"Volume.coverage must be less than 1"),
        ({"queues": ()}, r"Volume.queues"),
        ({"service": 1}, r"Volume.service must be left out"),
    ],
)
def test_bad_values(changes, message):
    """A bad value is refused with its queue, slot and time."""
    with pytest.raises(InputError, match=message):
        volume(**changes)


def test_finer():
    """Contacts and band are split evenly, AHT is repeated."""
    fine = volume().regrid(15)
    assert fine.horizon.slots == 96
    assert list(fine.array("contacts")[0, 4:12]) == [0.25] * 4 + [0.5] * 4
    assert list(fine.array("aht")[0, 4:12]) == [101] * 4 + [102] * 4
    assert fine.array("upper")[1, 0] == 12


def test_coarser():
    """Contacts and band are summed; AHT is weighted by contacts, plain where there are none."""
    contacts = np.zeros((1, 96))
    contacts[0, :4] = [1, 3, 0, 0]
    aht = np.tile([100.0, 200.0, 300.0, 500.0], (1, 24))
    horizon = one_day(interval=15)
    fine = Volume(
        horizon=horizon, queues=("a",), contacts=contacts, aht=aht, lower=contacts, upper=contacts
    )
    coarse = fine.regrid(60)
    assert coarse.array("contacts")[0, 0] == coarse.array("upper")[0, 0] == 4
    assert list(coarse.array("aht")[0, :2]) == [175, 275]


@pytest.mark.parametrize("interval", [0, 7, 45, 120])
def test_no_such_interval(interval):
    """An interval that is none is refused."""
    with pytest.raises(InputError, match="interval"):
        volume().regrid(interval)


def test_no_common_interval():
    """Intervals of which neither holds the other whole cannot be exchanged."""
    with pytest.raises(InputError, match="be a multiple or a part of 15 minutes, got 10"):
        volume(one_day(interval=15)).regrid(10)


@given(st.sampled_from([5, 10, 15, 30]), st.integers(0, 3000))
def test_finer_then_coarser_is_the_same(interval, day):
    """Split and summed again, a forecast is the same, also on days of 23 and 25 hours."""
    start = pd.Timestamp("2024-01-01") + pd.Timedelta(days=day)
    horizon = Horizon(start=start.date(), days=2, timezone="America/New_York", interval=60)
    made = volume(horizon)
    again = made.regrid(interval).regrid(60)
    assert again.horizon == horizon
    for name in ("contacts", "aht", "lower", "upper"):
        np.testing.assert_allclose(again.array(name), made.array(name))


@pytest.mark.parametrize("start", ["2026-03-29", "2026-10-25", "2026-12-07"])
def test_table_round_trip(tmp_path, start):
    """Written as a table and read again, a forecast is equal, also when the clocks change."""
    made = volume(one_day(start), coverage=0.9)
    made.frame().to_csv(tmp_path / "volume.csv", index=False)
    assert read_volume(tmp_path / "volume.csv", "Europe/Berlin", coverage=0.9) == made
    assert read_volume(made.frame(), "Europe/Berlin", coverage=0.9) == made


def test_table_has_local_times():
    """The table's times are local, with their offset."""
    assert list(volume().frame().columns) == ["queue", "start", "contacts", "aht", "lower", "upper"]
    assert volume().frame()["start"][1] == "2026-12-07T01:00:00+01:00"


def test_table_without_band():
    """A forecast made elsewhere needs no band: it is then the contacts, at a coverage of 0."""
    table = volume().frame().drop(columns=["queue", "lower", "upper"]).iloc[:24]
    read = read_volume(table, "Europe/Berlin", queue="calls")
    assert read.coverage == 0
    assert read.lower == read.contacts == read.upper


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(index=5), "volume.csv queue calls must have a row for Mon 7 Dec 05:00"),
        (lambda t: t.drop(columns="aht"), "volume.csv row 1 must have a column 'aht'"),
        (lambda t: t.drop(columns="upper"), "volume.csv row 1 must have a column 'upper'"),
        (lambda t: t.replace({"contacts": {7: -7}}), "row 9 column contacts must be a number from"),
        (
            lambda t: t.replace({"aht": {107: 0}}),
            "row 9 column aht must be a number of seconds abo",
        ),
        (lambda t: t.replace({"upper": {14: 1}}), "row 9 column lower must be at most upper"),
        (lambda t: t.replace({"upper": {14: None}}), "row 9 column upper must be a number from 0"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "row 50 column start must occur once in its queue"),
    ],
)
def test_bad_table(tmp_path, change, message):
    """A bad table is refused with the file, and the row and column or what it lacks."""
    change(volume().frame()).to_csv(tmp_path / "volume.csv", index=False)
    with pytest.raises(InputError, match=message):
        read_volume(tmp_path / "volume.csv", "Europe/Berlin")
