"""The tables that hold the formulas against simulation come out, and say what they should."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from benchmarks.evidence.__main__ import TABLES, main
from benchmarks.evidence.busy_days import rounded
from benchmarks.evidence.load import modified_load
from benchmarks.evidence.sample import ARRIVALS


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
    spread = [row["service"] for row in figures["busy_days"]["rows"]]
    assert spread[-1] < spread[0]
    for row in figures["skills"]["rows"]:
        assert min(row["service"]) > 0.6


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
    """From empty, load of a constant stream comes up as work lasts and then stays."""
    mean, most = modified_load(np.full(50, 20.0), 1800.0)
    assert most[0] == pytest.approx(20 * (1 - math.exp(-1)))
    assert mean[0] == pytest.approx(20 * math.exp(-1))  # the integral of 1 - e^-t up to 1
    assert mean[-1] == most[-1] == pytest.approx(20)
    steps = np.repeat(ARRIVALS, 1000) / 1000
    fine = np.zeros(steps.size)
    for n in range(1, steps.size):
        fine[n] = fine[n - 1] + (steps[n] - fine[n - 1] * 1.8 / 600)
    means = fine.reshape(-1, 1000).mean(axis=1)
    assert modified_load(ARRIVALS, 600.0)[0] == pytest.approx(means, rel=5e-3)


def test_rounding_keeps_the_sum():
    """Rounded agents add up to what the exact ones do, and none is off by one or more."""
    exact = np.array([2.4, 2.4, 2.4, 7.9])
    assert rounded(exact).tolist() == [2, 3, 2, 8]
