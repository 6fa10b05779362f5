"""The benchmarks run, print for people, and write the figures that they name."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks import (
    accuracy,
    conflicts,
    coverage,
    from_history,
    intraday,
    killed,
    peers,
    real_week,
    repeated,
    robust,
    scale,
    simulation,
)
from benchmarks.bank_calls import forecast_errors, read_week, thinned
from benchmarks.harness import machine, package_versions
from benchmarks.one_queue import one_queue_center
from wfm.shift import expand

ROOT = Path(__file__).parents[1]
CALLS = (ROOT / real_week.DATA).resolve()
START = date(2003, 6, 23)

needs_calls = pytest.mark.skipif(
    not CALLS.is_file(), reason="the bank's calls (bank_calls.csv of R's fpp3) are not here"
)


def figures_in(file: Path, name: str, seconds: float = 1):
    """Figures of a record, whose other parts are checked."""
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["benchmark"] == name
    assert record["machine"] == {**machine(), "load": record["machine"]["load"]}
    assert record["versions"] == package_versions()
    assert record["settings"]["quick"] is True
    assert record["settings"]["seconds"] == seconds
    assert str(ROOT) not in file.read_text(encoding="utf-8")
    return record["figures"]


def test_scale(tmp_path, capsys):
    """Each size is solved at each load in a process of its own, and the judge finds it sound."""
    file = tmp_path / "scale.json"
    loads = ["--loads", "1.0,1.1", "--agents", "20"]
    assert scale.main(["--quick", "--seconds", "1", *loads, "--json", str(file)]) == 0
    runs = figures_in(file, "scale")["runs"]
    assert [(run["agents"], run["load"]) for run in runs] == [(20, 1.0), (20, 1.1)]
    for run in runs:
        assert run["hard_violations"] == 0
        assert 0 < run["promises_kept"] <= run["promises"]
        assert run["cost"] == pytest.approx(run["cost_by_solver"])
        assert run["gap"] == pytest.approx(1 - run["bound"] / run["cost"])
        assert run["needed_hours"] == pytest.approx(run["load"] * run["capacity_hours"], rel=0.005)
        assert run["first_cost"] >= run["cost"] - 1e-6
        assert run["first_schedule_after"] <= run["seconds"] <= run["wall_seconds"]
        assert run["megabytes"] > 50
    printed = capsys.readouterr().out
    assert all(f"{run['cost']:,.0f}" in printed for run in runs)


def test_from_history(tmp_path, capsys):
    """A written history becomes a verified schedule, and each stage has its seconds."""
    file = tmp_path / "history.json"
    # The search has what other stages leave, so it is given much and needs little.
    arguments = ["--quick", "--agents", "20", "--seconds", "15", "--json", str(file)]
    assert from_history.main(arguments) == 0
    found = figures_in(file, "from_history", seconds=15)
    assert found["hard_violations"] == 0
    assert found["bound"] <= found["cost"] == pytest.approx(found["cost_by_solver"])
    assert found["seconds"] == pytest.approx(sum(found["stages"].values()))
    assert found["intervals"] == 2 * 52 * 7 * 96
    assert "start Python" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--loads", "much"], "--loads must be numbers with commas between them, got 'much'."),
        (["--agents", "1"], "Specification.agents must be greater than or equal to 2, got 1."),
        (["--days", "8"], "Specification.days must be a multiple of 7, got 8."),
    ],
)
def test_sizes_that_cannot_be(arguments, sentence, capsys):
    """What cannot be a centre is named in one line, with exit code 2."""
    assert scale.main(["--quick", *arguments]) == 2
    assert capsys.readouterr().err == sentence + "\n"


def test_accuracy(tmp_path, capsys):
    """Each function's fields are compared with fifty digits, and the worst point is kept."""
    file = tmp_path / "accuracy.json"
    assert accuracy.main(["--quick", "--points", "2", "--json", str(file)]) == 0
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["benchmark"] == "accuracy"
    found = record["figures"]
    assert list(found["functions"]) == list(accuracy.FUNCTIONS)
    fields = [field for each in found["functions"].values() for field in each.values()]
    assert {field["points"] for field in fields} == {2}
    assert found["worst"] == max(field["largest"] for field in fields) < accuracy.GOAL
    assert found["beyond"] == sum(field["beyond"] for field in fields) == 0
    assert "0 values beyond 1e-10" in capsys.readouterr().out


def test_conflicts(tmp_path, capsys):
    """What is found is as small as what every set of rules that was tried shows."""
    file = tmp_path / "conflicts.json"
    assert conflicts.main(["--quick", "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))["figures"]
    assert len(found["rows"]) == found["as_small_as_by_force"] == conflicts.QUICK
    assert all(row["size"] == row["size_by_force"] > 0 for row in found["rows"])
    assert found["slowest"] == max(row["seconds"] for row in found["rows"])
    printed = capsys.readouterr().out
    assert all(row["name"] in printed for row in found["rows"])


def test_simulation(tmp_path, capsys):
    """Each case is simulated with as many contacts as come, beside ciw where that is installed."""
    file = tmp_path / "simulation.json"
    assert simulation.main(["--quick", "--json", str(file)]) == 0
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["benchmark"] == "simulation"
    found = record["figures"]
    for row, (name, queues, teams, rate, _) in zip(found["rows"], simulation.CASES, strict=True):
        assert (row["name"], row["queues"]) == (name, len(queues))
        assert row["agents"] == sum(many for many, _ in teams)
        days = round(row["contacts"] / (24 * rate * len(queues)))
        assert row["contacts"] == pytest.approx(24 * rate * len(queues) * days, rel=0.03)
        assert row["per_second"] > 0
    # The formula of the first case says so.
    assert found["rows"][0]["abandonment"] == pytest.approx(0.1003, abs=0.01)
    assert found["week"]["contacts"] == pytest.approx(2 * 2000, rel=0.25)
    printed = capsys.readouterr().out
    assert all(row["text"] in printed for row in [*found["ciw"], found["week"]])


def test_robust(tmp_path, capsys):
    """A plan for more of the weeks has more hours, and its service is measured."""
    file = tmp_path / "robust.json"
    assert robust.main(["--quick", "--json", str(file)]) == 0
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["benchmark"] == "robust"
    rows = record["figures"]["rows"]
    assert [row["staffed_for"] for row in rows] == ["the mean", *(name for name, _ in robust.GOALS)]
    hours = [row["hours"] for row in rows]
    assert hours[0] <= hours[1] < hours[2] < hours[3]
    assert rows[0]["level"] == pytest.approx(0.8, abs=0.03)
    assert rows[0]["met"] < rows[3]["met"]
    printed = capsys.readouterr().out
    assert all(f"{row['hours']:,.1f}" in printed for row in rows)


def test_coverage(tmp_path, capsys):
    """Of each figure it is counted how many seeds' intervals hold the truth."""
    file = tmp_path / "coverage.json"
    assert coverage.main(["--quick", "--json", str(file)]) == 0
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["benchmark"] == "coverage"
    rows = record["figures"]["rows"]
    assert len(rows) == len(coverage.LINES) * len(coverage.REPLICATIONS) * len(coverage.FIGURES)
    assert all(0.7 <= row["held"] <= 1 for row in rows)
    printed = capsys.readouterr().out
    assert all(name in printed for name in coverage.FIGURES)


@needs_calls
def test_real_week(tmp_path):
    """A bank's week is forecast, thinned, planned within opening hours and judged, from a shell."""
    file = tmp_path / "week.json"
    command = [sys.executable, "-W", "error", "-m", "benchmarks.real_week", "--quick"]
    made = subprocess.run(
        [*command, "--seconds", "1", "--json", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, made.stderr) == (0, "")
    found = figures_in(file, "real_week")
    wape = found["forecast"]["wape"]
    assert set(wape) == {"wfm", "seasonal naive", "mean of 4 weeks"}
    for measure in ("interval", "day"):
        assert wape["wfm"][measure] < min(wape[name][measure] for name in set(wape) - {"wfm"})
    need, plan = found["need"], found["plan"]
    assert need["agents"] == 45
    assert 0.98 * need["contracted_hours"]["usual"] < need["required_hours"]
    assert need["required_hours"] <= need["contracted_hours"]["usual"]
    assert plan["hard_violations"] == plan["hours_while_closed"] == 0
    assert plan["bound"] <= plan["cost"] == pytest.approx(sum(plan["costs"].values()))
    assert plan["promises_kept"] == plan["promises"] > 0
    assert 0 <= plan["requests_kept"] <= plan["requests"] > 0
    hours = need["contracted_hours"]
    assert hours["least"] <= plan["paid_hours"] <= hours["most"]
    assert 0.6 < plan["level_expected"] < 1
    assert 0.6 < plan["level_real"] < 1
    assert len(found["days"]) == 5
    assert f"{plan['cost']:,.0f}, bound {plan['bound']:,.0f}" in made.stdout


@needs_calls
def test_thinning_keeps_every_call():
    """A share of a forecast holds that share of its calls, and none of them after 21:15."""
    week = read_week(CALLS, START)
    fine = thinned(week.volume, 0.25)
    assert fine.horizon.interval == 15
    assert fine.array("contacts").sum() == pytest.approx(week.volume.array("contacts").sum() / 4)
    by_day = fine.array("contacts")[0].reshape(7, 96)
    closed = np.r_[0:28, 85:96]
    assert (by_day[:5, 28:85] > 0).all()
    assert by_day[:, closed].sum() == by_day[5:].sum() == 0
    assert week.planned.reshape(7, 96)[:, closed].sum() == 0
    assert week.planned.sum() == forecast_errors(week)["calls"] == 150_005


def test_the_people_of_one_queue():
    """The sample's people fit one queue open on weekdays: contracts, shifts and rules."""
    center = one_queue_center(START)
    center.check(center.horizon(START, 7))
    assert len({agent.id for agent in center.agents}) == 45
    assert all("voice" in agent.skills for agent in center.agents)
    assert {agent.contract for agent in center.agents} == {c.id for c in center.contracts}
    options = expand(center.shifts, center.horizon(START, 7))
    assert not options.offered[5:].any()
    assert options.clock.min() == 7 * 60
    assert (options.clock + options.length).max() == 21 * 60 + 15
    assert {rule.kind for rule in center.rules} == {"work", "family", "wish"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--data", "nowhere.csv"], "nowhere.csv must be the file of the bank's calls"),
        (["--start", "2003-06-24"], "start must be a Monday, got '2003-06-24'."),
    ],
)
def test_what_cannot_be_used(arguments, expected, capsys):
    """A missing file or another weekday is named in one line, with exit code 2."""
    assert real_week.main(["--quick", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith(expected)
    assert error.count("\n") == 1


@needs_calls
def test_a_week_that_the_data_lack(capsys):
    """A week after the last call is refused with exit code 2."""
    assert real_week.main(["--quick", "--start", "2003-07-14"]) == 2
    assert "start must be the Monday of a week that the data hold" in capsys.readouterr().err


def test_a_file_that_cannot_be_written(tmp_path, capsys):
    """Where figures cannot be written, nothing is measured."""
    assert scale.main(["--quick", "--json", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert "be a file" in captured.err
    assert captured.out == ""


def test_the_same_work_gives_the_same_on_other_cpus(tmp_path, capsys):
    """Another hash seed and BLAS change no schedule, nor a last bit on the way."""
    file = tmp_path / "repeated.json"
    given = ["--only", "hash,Nehalem", "--json", str(file)]
    assert repeated.main(["--quick", *given]) == 0
    runs = json.loads(file.read_text(encoding="utf-8"))["figures"]["runs"]
    assert len(runs) == 3
    assert all(found["equal"] and found["steps_equal"] for found in runs)
    assert "3 of 3 are equal" in capsys.readouterr().out


def test_killed_solves_leave_sound_schedules(tmp_path, capsys):
    """Whatever a killed solve has left is accepted by the judge."""
    file = tmp_path / "killed.json"
    assert killed.main(["--quick", "--within", "0.5", "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))["figures"]
    assert found["accepted"] == found["schedules"] >= 2
    assert len(found["kills"]) == 3
    assert "schedules were accepted" in capsys.readouterr().out


def test_intraday(tmp_path, capsys):
    """A day is planned anew; nothing that is past or locked moves, and the judge agrees."""
    file = tmp_path / "intraday.json"
    assert intraday.main(["--quick", "--seconds", "1", "--json", str(file)]) == 0
    found = figures_in(file, "intraday")
    (draw,) = found["draws"]
    assert found["hard_violations"] == found["moved_past_or_locked"] == 0
    assert draw["service_after"] == pytest.approx(draw["service_after_by_replan"], abs=1e-3)
    assert draw["service_after"] <= draw["service_before"] + 1e-6
    touched = draw["moved_breaks"] + draw["changed_shifts"]
    assert draw["touched_share"] == touched / draw["breaks_and_shifts"]
    assert "recovered" in capsys.readouterr().out


@pytest.mark.skipif(
    not peers.DATA.is_dir(), reason="other schedulers' examples are not in shared/data"
)
def test_peers(tmp_path, capsys):
    """Google's example is solved by both; no plan that counts costs less than its optimum."""
    file = tmp_path / "peers.json"
    arguments = ["--only", "google", "--seconds", "1", "--json", str(file)]
    assert peers.main(["--quick", *arguments]) == 0
    (row,) = figures_in(file, "peers")["cases"]
    assert (row["peer"], row["other"]["absent"], row["known"]) == ("ortools", "", 38)
    for side in ("wfm", "other"):
        assert all(cost >= 38 for _, cost in row[side]["course"])
    printed = capsys.readouterr().out
    assert row["verdict"] in printed
    assert "Google's shift example" in printed


@pytest.mark.skipif(
    not peers.DATA.is_dir(), reason="other schedulers' examples are not in shared/data"
)
def test_peers_by_an_interpreter_that_is_none(capsys):
    """What cannot be run is named in one line, with exit code 2."""
    given = ["--quick", "--only", "cyclic", "--peers-python", "nowhere"]
    assert peers.main(given) == 2
    assert "--peers-python must be a Python interpreter" in capsys.readouterr().err
