"""The tables that hold the formulas against simulation come out, and say what they should."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from benchmarks.evidence.__main__ import TABLES, main
from benchmarks.evidence.busy_days import rounded
from benchmarks.evidence.load import greatest_load
from benchmarks.evidence.sample import ARRIVALS, INTERVAL, per_hour
from wfm.forecast.erlang import modified_load


def test_every_table(tmp_path, capsys):
    """Each table is printed, and its figures are written."""
    file = tmp_path / "evidence.json"
    assert main(["--quick", "--json", str(file)]) == 0
    figures = json.loads(file.read_text(encoding="utf-8"))["figures"]
    assert list(figures) == list(TABLES)
    printed = capsys.readouterr().out
    for title in ("Erlang C against", "modified offered", "short half-hours", "Chats", "Busy days"):
        assert title in printed
    for row in figures["patience"]["rows"]:
        assert row["hours_c"] == row["hours_a"] or row["patience"] is not None
        assert row["service_c"] >= row["service_a"]
    for row in figures["load"]["rows"]:
        assert row["worst"] < row["service"]
    late = [row for row in figures["load"]["rows"] if row["aht"] == 1800]
    by_load = {row["load"]: row["rms"] for row in late if row["patience"] is None}
    assert by_load["modified, mean"] < by_load["stationary"] / 2
    for day in figures["backlog"]["days"]:
        if day["patience"] is None:  # a line that nobody leaves lasts
            assert day["carried"]["rms"] < day["stationary"]["rms"]
    for row in figures["chat"]["rows"]:
        if row["patience"] is not None:  # the others need longer runs
            assert row["service"] == pytest.approx(row["service_simulated"], abs=0.05)
    by_plan = {(row["on"], row["cv"]): row for row in figures["busy_days"]["rows"]}
    mean, wide, every = (
        by_plan[key] for key in (("the mean day", 0), ("the mean day", 0.15), ("all days", 0.15))
    )
    assert wide["service"] < min(mean["service"], every["service"])
    assert every["hours"] > wide["hours"]
    for row in figures["skills"]["rows"]:
        assert min(level for level, _ in row["service"]) > 0.6


def test_one_table(capsys):
    """Tables can be asked for by name; a name that is none is refused."""
    assert main(["--quick", "busy_days"]) == 0
    assert "Chats" not in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["nothing"])


def test_the_day():
    """The day has two peaks, of which the first is 200 contacts in half an hour."""
    assert ARRIVALS.size == 28
    assert ARRIVALS.max() == pytest.approx(200)
    rises = np.sign(np.diff(ARRIVALS))
    assert (np.diff(rises[rises != 0]) < 0).sum() == 2


def test_load_that_follows():
    """From empty, load comes up as work lasts; the library's mean follows small steps of it."""
    assert greatest_load(np.full(50, 20.0), 1800.0)[0] == pytest.approx(20 * (1 - math.exp(-1)))
    assert greatest_load(np.full(50, 20.0), 1800.0)[-1] == pytest.approx(20)
    parts, aht = 1000, 600.0
    coming, held = np.repeat(ARRIVALS, parts) / parts, [0.0]
    for number in coming:
        held.append(held[-1] + number - held[-1] * INTERVAL / parts / aht)
    means = np.array(held[:-1]).reshape(-1, parts).mean(axis=1)
    rates = np.r_[0.0, per_hour(ARRIVALS)]
    assert modified_load(rates, aht, INTERVAL / 60)[1:] == pytest.approx(means, rel=5e-3)


def test_rounding_keeps_the_sum():
    """Rounded agents add up to what the exact ones do, and none is off by one or more."""
    agents = np.array([2.4, 2.4, 2.4, 7.9])
    assert rounded(agents).tolist() == [2, 3, 2, 8]
