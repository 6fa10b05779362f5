"""`wfm forecast`: what it says and writes, what feeds on it, and how it ends."""

# ruff: noqa: E501 - each fault on a line of its own

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from tests.small_center import START, write_small_center
from wfm.cli import _forecasting, app
from wfm.forecast import read_volume
from wfm.io import write_text


def run(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="wfm")


def one_line(text: str) -> str:
    """The only line of an error, without its end."""
    assert text.count("\n") == 1, text
    assert text.startswith("error: ")
    return text.removeprefix("error: ").rstrip("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_center(tmp_path / "center")


def add(folder: Path, text: str) -> None:
    with (folder / "center.toml").open("a", encoding="utf-8") as file:
        file.write(text)


def longer(folder: Path, weeks: int, rate: float = 20.0) -> pd.DataFrame:
    """A history of some weeks before the first day, of mornings with some contacts."""
    random = np.random.default_rng(5)
    first = date.fromisoformat(START) - timedelta(weeks=weeks)
    starts = pd.date_range(str(first), START, freq="30min", inclusive="left")
    starts = starts[(starts.hour >= 8) & (starts.hour < 12)]
    frame = pd.DataFrame({"queue": "calls", "start": starts, "aht": 180})
    frame["offered"] = random.poisson(rate, len(starts))
    frame.to_csv(folder / "history.csv", index=False)
    return frame


def forecast(folder: Path, *args: object):
    return run("forecast", "--center", folder / "center.toml", "--start", START, *args)


def test_a_forecast_feeds_staffing(folder, tmp_path):
    """What is written is what `wfm staff` reads, on the same contacts."""
    volume, demand = tmp_path / "made" / "volume.csv", tmp_path / "demand.csv"
    found = forecast(folder, "-o", volume)
    assert found.exit_code == 0, found.output
    assert found.stderr == ""
    staffed = run("staff", volume, "--center", folder / "center.toml", "-o", demand)
    assert staffed.exit_code == 0, staffed.output
    table, required = pd.read_csv(volume), pd.read_csv(demand)
    assert list(table) == ["queue", "start", "contacts", "aht", "lower", "upper"]
    np.testing.assert_allclose(required["contacts"], table["contacts"], atol=1e-4)
    assert (required["required"] > 0).sum() == 7 * 8


def test_what_is_printed(folder, tmp_path):
    """A line for each day with its band and handle time, and one for all of them."""
    longer(folder, 8)
    found = forecast(folder, "--days", 3, "-o", tmp_path / "volume.csv")
    lines = found.stdout.splitlines()
    assert lines[0] == "Small centre, Mon 7 Dec to Wed 9 Dec: forecast by structural"
    top = next(k for k, line in enumerate(lines) if line.startswith("calls"))
    assert lines[top].split() == ["calls", "contacts", "80", "%", "band", "AHT"]
    days = [line.split() for line in lines[top + 1 : top + 4]]
    assert [cells[:3] for cells in days] == [[d, n, "Dec"] for d, n in zip(("Mon", "Tue", "Wed"), "789", strict=True)]  # fmt: skip
    volume = read_volume(tmp_path / "volume.csv", timezone="Europe/Berlin")
    sums = volume.array("contacts")[0].reshape(3, -1).sum(axis=1)
    for cells, contacts in zip(days, sums, strict=True):
        middle, lower, _, upper, aht, unit = cells[3:]
        assert float(middle) == pytest.approx(contacts, abs=0.51)
        assert float(lower) < contacts < float(upper)
        assert (aht, unit) == ("180", "s")
    assert lines[top + 4].startswith("in all")
    assert lines[-1] == f"written to {tmp_path / 'volume.csv'}"


def test_long_forecasts_have_a_line_for_each_week(folder, tmp_path):
    """Of more than a month, weeks are shown."""
    found = forecast(folder, "--days", 35, "-o", tmp_path / "volume.csv")
    assert "from Mon 7 Dec" in found.stdout
    assert found.stdout.count("\nfrom ") == 5


def test_the_history_may_be_named(folder, tmp_path):
    """A file on the command line takes the place of the centre's own, which need not be there."""
    other = (folder / "history.csv").rename(tmp_path / "other.csv")
    lost = forecast(folder, "-o", tmp_path / "volume.csv")
    assert lost.exit_code == 2
    assert "history.csv must be an existing file" in one_line(lost.stderr)
    (folder / "agents.csv").unlink()
    found = run(
        *("forecast", other, "--center", folder, "--start", START, "-o", tmp_path / "volume.csv")
    )
    assert found.exit_code == 0, found.output


def test_chance_is_written(folder, tmp_path):
    """Samples and their quantiles by week, day and interval agree; equal seeds draw equal ones."""
    files = {name: tmp_path / f"{name}.csv" for name in ("scenarios", "quantiles")}
    options = [part for name, path in files.items() for part in (f"--{name}", path)]
    found = forecast(folder, "-o", tmp_path / "v.csv", *options, "--samples", 40, "--seed", 3)
    assert found.exit_code == 0, found.output
    samples, quantiles = (pd.read_csv(path) for path in files.values())
    drawn = samples[[f"sample_{number}" for number in range(1, 41)]]
    assert drawn.shape == (7 * 48, 40)
    by_day = quantiles[quantiles["by"] == "day"]
    first = drawn.iloc[:48].sum()
    assert by_day["q50"].iloc[0] == first.median()
    assert by_day["mean"].iloc[0] == pytest.approx(first.mean(), abs=1e-4)
    assert quantiles.groupby("by").size().to_dict() == {"day": 7, "interval": 336, "week": 1}
    before = files["scenarios"].read_bytes()
    forecast(folder, "-o", tmp_path / "v.csv", *options, "--samples", 40, "--seed", 3)
    assert files["scenarios"].read_bytes() == before
    forecast(folder, "-o", tmp_path / "v.csv", *options, "--samples", 40, "--seed", 4)
    assert files["scenarios"].read_bytes() != before


@pytest.fixture
def dark(folder):
    """Twelve weeks, with an outage of a morning."""
    frame = longer(folder, 12)
    out = frame["start"].between("2026-11-10 09:00", "2026-11-10 10:30")
    frame.assign(offered=frame["offered"].where(~out, 0)).to_csv(
        folder / "history.csv", index=False
    )
    return folder


def test_cleaning_is_open(dark, tmp_path):
    """Each change is told in a line, or counted beside the file that lists it."""
    found = forecast(dark, "-o", tmp_path / "v.csv")
    assert "  outage: calls has from 2026-11-10 09:00 to 11:00 (4 intervals)" in found.stdout
    changes = tmp_path / "changes.csv"
    found = forecast(dark, "-o", tmp_path / "v.csv", "--changes", changes)
    assert "outage: 1 × mask" in found.stdout
    assert f"all of them in {changes}" in found.stdout
    assert "has from" not in found.stdout
    assert pd.read_csv(changes)["kind"].tolist() == ["outage"]


def test_cleaning_can_be_left_out(dark, tmp_path):
    """Without cleaning the outage stays, and nothing is said of faults."""
    found = forecast(dark, "-o", tmp_path / "v.csv", "--no-clean")
    assert found.exit_code == 0, found.output
    assert "cleaned" not in found.stdout
    both = forecast(dark, "-o", tmp_path / "v.csv", "--no-clean", "--changes", tmp_path / "c.csv")
    assert "--changes must be left out with --no-clean" in one_line(both.stderr)


def test_the_centres_rules_clean(dark, tmp_path):
    """A table in center.toml decides what is done; one that does not fit is named."""
    add(dark, '\n[cleaning]\noutage = "keep"\n')
    assert "kept as it is" in forecast(dark, "-o", tmp_path / "v.csv").stdout
    add(dark, 'overrides = [{ action = "keep", queue = "chat", start = 2026-11-10, end = 2026-11-11 }]\n')  # fmt: skip
    found = forecast(dark, "-o", tmp_path / "v.csv")
    lines = (dark / "center.toml").read_text(encoding="utf-8").splitlines()
    line = lines.index("[cleaning]") + 1
    assert one_line(found.stderr).startswith(f"center.toml line {line} [cleaning] overrides[0].queue must be one of calls")  # fmt: skip


def test_events_move_the_forecast(folder, tmp_path):
    """A stated event multiplies its day, and leaves the others as they are."""
    longer(folder, 12)
    forecast(folder, "-o", tmp_path / "plain.csv")
    add(folder, '\n[[events]]\nname = "mailing"\ndates = [2026-12-08]\neffect = 2.0\n')
    forecast(folder, "-o", tmp_path / "event.csv")
    plain, event = (
        read_volume(tmp_path / name, timezone="Europe/Berlin").array("contacts")[0].reshape(7, -1)
        for name in ("plain.csv", "event.csv")
    )
    ratio = event.sum(axis=1) / plain.sum(axis=1)
    np.testing.assert_allclose(ratio, [1, 2, 1, 1, 1, 1, 1], atol=1e-3)


NEW = """
[[queues]]
id = "chat"

[[new_queues]]
queue = "chat"
like = "calls"
share = 0.5
"""


def test_new_queues_borrow(folder, tmp_path):
    """A queue without a past is forecast by another one, and that is said."""
    add(folder, NEW)
    found = forecast(folder, "-o", tmp_path / "v.csv")
    assert found.exit_code == 0, found.output
    assert "borrowed: chat has 0 days of its own" in found.stdout
    calls, chat = read_volume(tmp_path / "v.csv", timezone="Europe/Berlin").array("contacts")
    np.testing.assert_allclose(chat, calls / 2, atol=1e-4)
    other = forecast(folder, "-o", tmp_path / "w.csv", "--method", "weekday-mean")
    assert "--method must be structural or smoothing, as chat has no" in one_line(other.stderr)


@pytest.mark.parametrize("method", ["structural", "smoothing", "weekday-mean", "seasonal-naive"])
def test_methods(folder, tmp_path, method):
    """Each method forecasts, and says that it did."""
    longer(folder, 6)
    found = forecast(folder, "-o", tmp_path / "v.csv", "--method", method)
    assert found.exit_code == 0, found.output
    assert f"forecast by {method}" in found.stdout


def test_the_best_is_chosen(folder, tmp_path):
    """With `auto` it is said of each queue what was chosen, and by which errors."""
    longer(folder, 16)
    found = forecast(folder, "-o", tmp_path / "v.csv", "--method", "auto", "--samples", 20)
    assert found.exit_code == 0, found.output
    told = found.stdout.split("chosen by a backtest\n")[1].splitlines()[0]
    assert told.startswith("  calls: ")
    for name in ("structural", "smoothing", "weekday-mean", "seasonal-naive"):
        assert name in told


def test_backtest(folder, tmp_path):
    """The method stands beside the mean of the last four same weekdays, which does worse."""
    longer(folder, 20)
    found = forecast(folder, "-o", tmp_path / "v.csv", "--backtest")
    assert found.exit_code == 0, found.output
    text = found.stdout.split("Backtest of ")[1]
    assert text.startswith("12 origins from 2026-09-14 to 2026-11-30")
    errors = {}
    for line in text.splitlines():
        for name in ("structural", "mean of last 4"):
            if line.strip().startswith(f"{name} "):
                horizon, _, wape = line.split(name)[1].split()[:3]
                errors[name, int(horizon)] = float(wape.rstrip("%"))
    for horizon in (1, 7, 28):
        assert errors["structural", horizon] < errors["mean of last 4", horizon]


def test_a_backtest_of_a_short_history(folder, tmp_path):
    """Four weeks leave nothing to forecast again: that is said, and nothing is written."""
    found = forecast(folder, "-o", tmp_path / "v.csv", "--backtest")
    assert found.exit_code == 2
    assert "--backtest must have more than 28 days of history, got '28 days'" in found.stderr
    assert not (tmp_path / "v.csv").exists()


def test_a_young_queue_is_left_out_of_a_backtest(folder, tmp_path):
    """A queue that began last week does not keep the others from being tried."""
    add(folder, '\n[[queues]]\nid = "chat"\n')
    calls = longer(folder, 20)
    chat = calls[calls["start"] >= "2026-11-30"].assign(queue="chat")
    pd.concat([calls, chat]).to_csv(folder / "history.csv", index=False)
    found = forecast(folder, "-o", tmp_path / "v.csv", "--backtest")
    assert found.exit_code == 0, found.output
    assert "borrowed: chat has 7 days of its own" in found.stdout
    assert "Backtest of 12 origins" in found.stdout


BAD = {
    "no options": (["--out", "v.csv"], "history.csv", "", "", "Missing option '--center'"),
    "bad date": (["--start", "7 Dec"], "history.csv", "", "", "'7 Dec'"),
    "no such day": (["--start", "2026-11-31"], "history.csv", "", "", "--start must be a date such as 2026-12-07, got '2026-11-31'"),
    "years to come": (["--start", "9999-12-30"], "history.csv", "", "", "--start must be from 1970-01-01 to 2200-12-31, got 9999-12-30"),
    "years gone by": (["--start", "0001-01-01"], "history.csv", "", "", "--start must be from 1970-01-01 to 2200-12-31, got 0001-01-01"),
    "into the years to come": (["--start", "2200-12-30"], "history.csv", "", "", "Horizon.days must end on 2200-12-31 or before, got 7"),
    "nothing known of a queue": ([], "center.toml", "[[skills]]", '[[queues]]\nid = "chat"\n[[skills]]', "center.toml line 11 [[queues]] 'chat' must have rows in history.csv before 2026-12-07, which has those of calls, or a table [[new_queues]] that says what is known of it."),
    "none of the queues": ([], "center.toml", '"calls"\nhours', '"chat"\nhours', "center.toml line 7 [[queues]] 'chat' must have rows in history.csv"),
    "no such method": (["--method", "luck"], "history.csv", "", "", "'luck'"),
    "two outputs in one": (["--quantiles", "{tmp}/v.csv"], "history.csv", "", "", "--quantiles must be another file than that of --out"),
    "over the history": (["--changes", "{tmp}/center/history.csv"], "history.csv", "", "", "--changes must be another file than those that are read"),
    "over the centre": (["--scenarios", "{tmp}/center/center.toml"], "history.csv", "", "", "--scenarios must be another file than those that are read"),
    "over the agents": (["-o", "{tmp}/center/agents.csv"], "history.csv", "", "", "--out must be another file than those that are read"),
    "over the roster before": (["--quantiles", "{tmp}/center/past.csv"], "center.toml", "interval =", 'previous = "past.csv"\ninterval =', "--quantiles must be another file than those that are read"),
    "over the centre's own history": (["{tmp}/other.csv", "-o", "{tmp}/center/history.csv"], "history.csv", "", "", "--out must be another file than those that are read"),
    "out is a folder": (["--quantiles", "{tmp}"], "history.csv", "", "", "must be a file"),
    "before the history": (["--start", "2026-01-05"], "history.csv", "", "", "history must hold a day or more before 2026-01-05"),
    "years after the history": (["--start", "2030-12-07"], "history.csv", "", "", "history of calls must hold a day to learn from, no outage, in the 730 days before 2030-12-07"),
    "nothing but an outage": ([], "center.toml", "[[skills]]", '[[events]]\nname = "fire"\nkind = "outage"\ndates = [{ start = 2026-01-01, end = 2026-12-31 }]\n[[skills]]', "history of calls must hold a day to learn from, no outage"),
    "always closed": ([], "center.toml", "[[skills]]", '[[events]]\nname = "fire"\neffect = 0\ndates = [{ start = 2026-01-01, end = 2026-12-31 }]\n[[skills]]', "history of calls must hold a day to learn from, no outage"),
    "no contacts": ([], "history.csv", None, "queue,start,offered,aht\ncalls,2026-12-05 08:00,0,\ncalls,2026-12-05 08:30,0,\n", "history of calls must hold contacts before 2026-12-07"),
    "no handle time": ([], "history.csv", None, "queue,start,offered,aht\ncalls,2026-12-05 08:00,9,\ncalls,2026-12-05 08:30,9,\n", "history.csv"),
    "share unknown": ([], "center.toml", "[[skills]]", '[[queues]]\nid = "chat"\n[[new_queues]]\nqueue = "chat"\nlike = "calls"\n[[skills]]', "center.toml line 13 [[new_queues]] share must be stated for a queue without a past"),
    "week of another interval": ([], "center.toml", "[[skills]]", f'[[queues]]\nid = "chat"\n[[new_queues]]\nqueue = "chat"\nweek = {[[2] * 24] * 7}\naht = 200\n[[skills]]', "center.toml line 13 [[new_queues]] week must have 48 intervals a day"),
    "wrong column": ([], "history.csv", "offered", "anrufe", "history.csv row 1 must have a column 'offered'"),
    "no number": ([], "history.csv", ",4,180", ",vier,180", "history.csv row 2 column offered must be a number"),
    "empty history": ([], "history.csv", None, "", "history.csv row 1 must be a header of column names"),
    "only a header": ([], "history.csv", None, "queue,start,offered,aht\n", "history.csv row 1 must have rows below it"),
    "empty centre": ([], "center.toml", None, 'timezone = "Europe/Berlin"', "center.toml queues must"),
    "no TOML": ([], "center.toml", "interval = 30", "interval 30", "center.toml must be valid TOML"),
    "country": ([], "center.toml", '"DE"', '"Atlantis"', "center.toml country must be a country code"),
    "unknown key": ([], "center.toml", "interval = 30", "event = 30", "center.toml key 'event' must be one of"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_bad_input(case, folder, tmp_path):
    """Bad input ends with 2 and one line that names the place, and writes nothing."""
    extra, file, old, new, expected = case
    path = folder / file
    text = path.read_text(encoding="utf-8")
    path.write_text(new if old is None else text.replace(old, new, 1), encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    basic = ["--center", folder, "--start", START, "-o", tmp_path / "v.csv"]
    args = [str(arg).format(tmp=tmp_path) for arg in extra]
    found = run("forecast", *([] if "--out" in args else basic), *args)
    assert found.exit_code == 2, found.output
    assert expected in one_line(found.stderr)
    assert found.stdout == ""
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


def test_faults_name_the_centres_own_file(folder, tmp_path):
    """What does not fit the history is told by the name of the file in which it stands."""
    add(folder, NEW.replace("share = 0.5", ""))
    text = (folder / "center.toml").read_text(encoding="utf-8")
    (folder / "center.toml").rename(folder / "berlin.toml")
    args = ["--start", START, "-o", tmp_path / "v.csv"]
    found = run("forecast", "--center", folder / "berlin.toml", *args)
    line = text.splitlines().index("[[new_queues]]") + 1
    assert one_line(found.stderr).startswith(f"berlin.toml line {line} [[new_queues]] share must")


def test_a_new_queue_that_is_new_no_longer(folder, tmp_path):
    """With days enough of its own, what is said of a queue has no say, which is told."""
    week = [[2.0] * 48] * 7
    add(folder, f'\n[[new_queues]]\nqueue = "calls"\nweek = {week}\naht = 200\n')
    found = forecast(folder, "-o", tmp_path / "v.csv")
    assert found.exit_code == 0, found.output
    assert "unused: [[new_queues]] of calls has no say: it has 28 days of its own" in found.stdout


def test_ctrl_c_while_writing(folder, tmp_path, monkeypatch):
    """Files of two forecasts are never mixed: interrupted between two texts, both stay old."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    paths = [write_text(tmp_path / name, "an older one") for name in ("v.csv", "q.csv")]
    monkeypatch.setattr(_forecasting, "quantiles_frame", interrupted)
    found = forecast(folder, "-o", paths[0], "--quantiles", paths[1])
    assert found.exit_code == 130
    assert [path.read_text(encoding="utf-8") for path in paths] == ["an older one"] * 2


def test_ctrl_c(folder, tmp_path, monkeypatch):
    """Ctrl-C ends with 130 and one line, and leaves what was there as it was."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    out = write_text(tmp_path / "v.csv", "an older one")
    monkeypatch.setattr(_forecasting, "chosen", interrupted)
    found = forecast(folder, "-o", out)
    assert found.exit_code == 130
    assert one_line(found.stderr) == "interrupted"
    assert out.read_text(encoding="utf-8") == "an older one"
