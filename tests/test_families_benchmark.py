"""The benchmark of the families' centre: what it counts, and that it runs."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from benchmarks import families
from benchmarks.rolled import count, last_shifts
from benchmarks.wishes import wishes_kept
from wfm.care.wishes import units_asked
from wfm.judge.verify import verify
from wfm.problem import Previous
from wfm.rules import Bid, DayOffRequest, RankedRequest, ShiftRequest
from wfm.rules.bid import BidItem
from wfm.rules.example import example

DATES = (date(2026, 12, 7), date(2026, 12, 9))


def test_units_asked():
    """Wishes ask for days of each agent, places of a ranking for each day, or points."""
    two = DayOffRequest(agents=("anna", "ben"), days=("Mon",))
    ranked = RankedRequest(agents=("anna",), dates=DATES, choices=("early", "day", "off"))
    points = BidItem(points=20, templates=("off",), dates=DATES)
    bid = Bid(agents=("anna",), bids=(points,))
    problem = example("two weeks", two, {"anna": "-" * 14}).problem
    assert [units_asked(rule, problem) for rule in (two, ranked, bid)] == [4, 6, 40]


def test_wishes_count_by_weight():
    """A dear wish that is kept and a cheap one that is broken give the share of their weights."""
    off = DayOffRequest(agents=("anna",), days=("Mon",), weight=30)
    early = ShiftRequest(agents=("anna",), days=("Tue",), templates=("early",), weight=10)
    made = example("off on Monday, late on Tuesday", off, {"anna": "-L-----"})
    problem = made.problem.with_rules(early)
    found = wishes_kept(problem, verify(problem, made.schedule).violations)
    assert found["share_kept"] == pytest.approx(30 / 40)
    assert found["share_kept_by_rule"] == {"day_off_request": 1.0, "shift_request": 0.0}


def test_what_a_period_tells_the_next():
    """Its last eight days, at the times at which the next one sees them."""
    rule = DayOffRequest(agents=("anna",), days=("Mon",))
    made = example("two weeks", rule, {"anna": "DD---------DDN"})
    told = list(last_shifts(made.problem.horizon, made.schedule))
    assert [shift.day for shift in told] == [-3, -2, -1]
    night = told[-1]
    assert (night.start, night.end) == (-120, 360)
    assert all(night.start <= pause.start < night.end for pause in night.breaks)
    assert Previous(shifts=tuple(told))


def test_nights_and_weekends_are_counted():
    """Nights by their template, weekends once however many of their days are worked."""
    rule = DayOffRequest(agents=("anna",), days=("Mon",))
    made = example("two weekends", rule, {"anna": "-N---EE-----N-", "ben": "------D-------"})
    worked = {"nights": Counter({"anna": 1}), "weekends": Counter()}
    count(made.problem, made.schedule, worked)
    assert worked == {"nights": {"anna": 3}, "weekends": {"anna": 2, "ben": 1}}


def test_it_runs(tmp_path, capsys):
    """The centre is planned and its periods are rolled, with the hard rules kept."""
    file = tmp_path / "families.json"
    short = ["--seconds", "4", "--periods", "2", "--each", "4"]
    assert families.main(["--quick", *short, "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))["figures"]
    weeks, fairness = found["weeks"], found["fairness"]
    assert weeks["hard_violations"] == 0
    assert (weeks["agents"], weeks["households"], weeks["requests"]) == (120, 25, 100)
    assert 0 < weeks["wishes"]["share_kept"] <= 1
    for chain in fairness["chains"].values():
        assert [period["hard_violations"] for period in chain] == [0, 0]
        assert all(period["spread"]["nights"]["people"] > 30 for period in chain)
    assert all(ratio["nights"]["deviation"] > 0 for ratio in fairness["ratios"])
    assert "with the ledger, period 2" in capsys.readouterr().out
