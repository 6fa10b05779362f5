"""The command: what it says and writes, and how it ends."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import wfm
from tests.small_center import START, write_small_center
from wfm.cli import _judging, app
from wfm.cli._progress import progress, progress_line
from wfm.forecast import required_agents
from wfm.io import read_problem, read_schedule, write_text
from wfm.judge.verify import verify
from wfm.result import Progress
from wfm.rules.example import example
from wfm.rules.min_rest import MinRest

RULE = MinRest(hours=11)
KEPT = example("kept", RULE, {"anna": "EL--N--"})
BROKEN = example("broken", RULE, {"anna": "LE-----"}, 1)
WFM = [sys.executable, "-c", "from wfm.cli import main; main()"]
MADE = [
    *("coverage.png", "demand.csv", "forecast.csv", "forecast.png", "heatmap.png"),
    *("problem.json", "report.json", "report.txt", "result.json"),
    *("roster.csv", "roster.png"),
    *("schedule.csv", "schedule.json"),
]


def run(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="wfm")


def one_line(text: str) -> str:
    """The only line of an error, without its end."""
    assert text.count("\n") == 1, text
    assert text.startswith("error: ")
    return text.removeprefix("error: ").rstrip("\n")


@pytest.fixture
def files(tmp_path):
    """Paths of a problem, of a schedule that keeps its rule, and of one that does not."""
    return [
        write_text(tmp_path / "problem.json", KEPT.problem.to_json()),
        write_text(tmp_path / "kept.json", KEPT.schedule.to_json()),
        write_text(tmp_path / "broken.json", BROKEN.schedule.to_json()),
    ]


def test_version():
    """The version is printed, and nothing else."""
    found = run("--version")
    assert (found.exit_code, found.stdout) == (0, f"wfm {wfm.__version__}\n")


def test_help():
    """Without a command, the commands are listed."""
    found = run()
    assert found.exit_code == 0
    for command in (
        "demo",
        "plan",
        "forecast",
        "staff",
        "solve",
        "verify",
        "simulate",
        "calibrate",
        "publish",
        "schema",
    ):
        assert command in found.stdout


@pytest.fixture
def forecast(tmp_path):
    """A day's forecast of half-hours, and the file that says for whom."""
    times = [(hour, minute) for hour in range(24) for minute in ("00", "30")]
    rows = [f"calls,2026-12-07 {h:02}:{m},{60 * (8 <= h < 18)},240" for h, m in times]
    volume = write_text(tmp_path / "volume.csv", "\n".join(["queue,start,contacts,aht", *rows]))
    center = write_text(
        tmp_path / "center.toml",
        'timezone = "Europe/Berlin"\ninterval = 30\n[[queues]]\nid = "calls"\npatience = 180\n',
    )
    return volume, center


def test_staff(forecast, tmp_path):
    """A forecast becomes a table of what is required, and a demand that can be read back."""
    volume, center = forecast
    out, whole = tmp_path / "demand.csv", tmp_path / "demand.json"
    found = run("staff", volume, "--center", center, "-o", out, "--json", whole)
    assert found.exit_code == 0, found.stderr
    assert "Erlang A, patience 180 s" in found.stdout
    rows = out.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "queue,start,contacts,aht,required"
    needed = required_agents(120, 240, patience=180)
    assert rows[17] == f"calls,2026-12-07T08:00:00+01:00,60.0,240.0,{needed}"
    demand = wfm.Demand.from_json(whole.read_text(encoding="utf-8"))
    assert max(demand.required[0]) == needed


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("volume.csv", ",contacts", ",kontakte", "volume.csv row 1 must have a column 'contacts'"),
        ("volume.csv", ",60,240", ",-60,240", "volume.csv row 18 column contacts"),
        ("volume.csv", "calls,", "sales,", "queues must be in the forecast (sales)"),
        (
            "center.toml",
            "patience = 180",
            "patience = -1",
            "center.toml line 3 [[queues]] patience",
        ),
        ("center.toml", "Europe/Berlin", "Mars", "center.toml timezone"),
    ],
)
def test_staff_names_what_is_wrong(forecast, tmp_path, file, old, new, place):
    """A fault of either file is named with its place, and nothing is written."""
    volume, center = forecast
    text = (tmp_path / file).read_text(encoding="utf-8")
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    found = run("staff", volume, "--center", center, "-o", tmp_path / "demand.csv")
    assert found.exit_code == 2
    assert place in found.stderr
    assert not (tmp_path / "demand.csv").exists()


def test_staff_spares_its_own_forecast(forecast):
    """The forecast is not overwritten by what comes of it."""
    volume, center = forecast
    found = run("staff", volume, "--center", center, "-o", volume)
    assert found.exit_code == 2
    assert "--out must be another file than those that are read" in found.stderr


@pytest.mark.parametrize("file", ["agents.csv", "history.csv", "previous.csv", "center.toml"])
@pytest.mark.parametrize("option", ["-o", "--json"])
def test_staff_spares_the_folder(forecast, tmp_path, file, option):
    """Nothing that the planner's folder is made of is overwritten, and nothing else is written."""
    volume, center = forecast
    center.write_text(f'previous = "previous.csv"\n{center.read_text()}', encoding="utf-8")
    for name in ("agents.csv", "previous.csv"):
        write_text(tmp_path / name, "the planner's")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    first = [] if option == "-o" else ["-o", tmp_path / "demand.csv"]
    found = run("staff", volume, "--center", center, *first, option, tmp_path / file)
    assert found.exit_code == 2
    assert "must be another file than those that are read" in one_line(found.stderr)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_problems_and_schedules_are_spared(files):
    """What `solve` and `verify` read is not overwritten by what they write."""
    for args in (["solve", files[0], "-o", files[0]], ["verify", *files[:2], "--json", files[1]]):
        before = [path.read_bytes() for path in files]
        found = run(*args)
        assert found.exit_code == 2
        assert "must be another file than those that are read" in one_line(found.stderr)
        assert [path.read_bytes() for path in files] == before


def test_the_roster_before_is_spared(tmp_path):
    """A plan is not written over the schedule that it starts from."""
    folder = write_small_center(tmp_path / "center")
    path = folder / "center.toml"
    path.write_text(f'previous = "last/schedule.csv"\n{path.read_text()}', encoding="utf-8")
    last = write_text(folder / "last" / "schedule.csv", "agent,start,end,template\n")
    found = run("plan", folder, "--start", START, "--out", folder / "last")
    assert found.exit_code == 2
    assert "schedule.csv must be another file than those that are read" in one_line(found.stderr)
    assert last.read_text(encoding="utf-8") == "agent,start,end,template\n"


def test_schema_of_one():
    """The schema of a value is valid JSON, whatever the case of its name."""
    found = run("schema", "problem")
    assert found.exit_code == 0
    assert "agents" in json.loads(found.stdout)["properties"]


def test_schema_of_a_rule():
    """The schema of a rule comes by the name that it has in center.toml."""
    found = json.loads(run("schema", "stepped_hours").stdout)
    assert {"rule", "steps"} <= set(found["properties"])
    assert "Step" in found["$defs"]


def test_schema_of_all():
    """Without a name, all schemas come by name."""
    schemas = json.loads(run("schema").stdout)
    assert {"Problem", "Schedule", "Result", "Report", "Assumptions"} <= set(schemas)


def test_verify_says_yes(files, tmp_path):
    """A schedule that keeps the rules is accepted, and the report can be kept."""
    problem, kept, _ = files
    found = run("verify", problem, kept, "--json", tmp_path / "report.json")
    assert found.exit_code == 0
    assert "keeps every hard rule" in found.stdout
    assert json.loads((tmp_path / "report.json").read_text())["violations"] == []


def test_verify_says_no(files):
    """A broken hard rule ends with 1, and is told in a sentence."""
    problem, _, broken = files
    found = run("verify", problem, broken)
    assert found.exit_code == 1
    assert "Anna rests" in found.stdout
    assert found.stderr == ""


def test_solve(files, tmp_path):
    """A problem is solved into a schedule that can be verified."""
    out = tmp_path / "made" / "schedule.json"
    found = run("solve", files[0], "-o", out, "--seconds", 0.5)
    assert found.exit_code == 0, found.output
    assert "status" in found.stdout
    assert verify(read_problem(files[0]), read_schedule(out)).ok


BAD = {
    "no such command": (["plot"], "No such command 'plot'"),
    "no such option": (["--verbose"], "No such option"),
    "missing argument": (["verify"], "Missing argument"),
    "bad date": (["plan", "{tmp}", "--start", "7 Dec"], "'7 Dec'"),
    "no days": (["plan", "{tmp}", "--start", START, "--days", "0"], "--days"),
    "nan seconds": (["demo", "{tmp}/out", "--seconds", "nan"], "--seconds"),
    "no folder": (["plan", "{tmp}/none", "--start", START], "none must be a folder"),
    "empty folder": (["plan", "{tmp}", "--start", START], "center.toml must be an existing"),
    "no problem": (["solve", "{tmp}/none.json", "-o", "x"], "none.json must be an existing file"),
    "no JSON": (["verify", "{tmp}/text.txt", "{tmp}/text.txt"], "text.txt must be valid JSON"),
    "out is a file": (["demo", "{tmp}/text.txt"], "text.txt must be a folder"),
    "unknown schema": (["schema", "Roster"], "NAME must be one of Problem"),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_bad_input(case, tmp_path):
    """Bad input ends with 2 and one line on stderr, and writes nothing."""
    args, expected = case
    write_text(tmp_path / "text.txt", "text")
    found = run(*(arg.format(tmp=tmp_path) for arg in args))
    assert found.exit_code == 2
    assert expected in one_line(found.stderr)
    assert found.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


def test_out_cannot_be_written(files, tmp_path):
    """An output that cannot be written is found before the search, not after it."""
    found = run("solve", files[0], "-o", tmp_path, "--seconds", 600)
    assert found.exit_code == 2
    assert "must be a file" in one_line(found.stderr)


def test_a_fault_in_a_plan_leaves_nothing(tmp_path):
    """A folder with a fault is refused before anything is made."""
    folder = write_small_center(tmp_path / "center")
    (folder / "agents.csv").write_text("id,contract,skills\nanna,full,voice\n")
    found = run("plan", folder, "--start", START, "--out", tmp_path / "out")
    assert found.exit_code == 2
    assert "agents.csv row 2 column contract" in one_line(found.stderr)
    assert not (tmp_path / "out").exists()


def test_a_country_without_holidays(tmp_path):
    """A country that has no calendar is named as the key of the file."""
    folder = write_small_center(tmp_path)
    path = folder / "center.toml"
    path.write_text(path.read_text().replace('"DE"', '"Atlantis"'))
    found = run("plan", folder, "--start", START)
    assert found.exit_code == 2
    assert one_line(found.stderr).startswith("center.toml country must be a country code")


def test_ctrl_c(files, monkeypatch):
    """Ctrl-C outside of a search ends with 130 and one line."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_judging, "read_problem", interrupted)
    found = run("verify", files[0], files[1])
    assert found.exit_code == 130
    assert one_line(found.stderr) == "interrupted"


def test_plan(tmp_path):
    """A small folder is planned into all files, which agree with each other."""
    folder = write_small_center(tmp_path / "center")
    out = tmp_path / "out"
    found = run("plan", folder, "--start", START, "--seconds", 0.5, "--out", out)
    assert found.exit_code == 0, found.output
    assert sorted(path.name for path in out.iterdir()) == MADE
    problem, schedule = read_problem(out / "problem.json"), read_schedule(out / "schedule.json")
    report = verify(problem, schedule)
    assert report.ok
    assert json.loads((out / "report.json").read_text()) == json.loads(report.to_json())
    assert (out / "roster.png").read_bytes().startswith(b"\x89PNG")
    for part in ("Small centre", "bound", "gap", "calls", "hard rules     all kept", str(out)):
        assert part in found.stdout
    assert found.stderr == ""


def test_plan_without_an_answer(tmp_path):
    """Rules that cannot be kept end with 1 and say which, and no older schedule stays behind."""
    folder = write_small_center(tmp_path / "center")
    with (folder / "center.toml").open("a") as file:
        file.write('\n[[rules]]\nrule = "hours"\nagents = ["ben"]\nleast = 30\n')
    out = tmp_path / "out"
    write_text(out / "schedule.json", "an older one")
    write_text(out / "result.json", "of an older plan")
    write_text(out / "notes.txt", "mine")
    found = run("plan", folder, "--start", START, "--seconds", 0.5, "--out", out)
    assert found.exit_code == 1
    assert "infeasible" in found.stdout
    assert "ben" in found.stdout
    made = ["demand.csv", "forecast.csv", "forecast.png", "notes.txt", "problem.json"]
    assert sorted(path.name for path in out.iterdir()) == made


def test_as_a_process(tmp_path):
    """The command speaks to people on stdout, of faults on stderr, and shows no traceback."""
    found = subprocess.run(
        [*WFM, "plan", str(tmp_path / "none"), "--start", START],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2
    assert "must be a folder" in one_line(found.stderr)
    assert found.stdout == ""


def test_a_reader_who_leaves():
    """A pipe that is closed early is no reason for a traceback."""
    pipe = subprocess.Popen([*WFM, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    pipe.stdout.read(10)
    pipe.stdout.close()
    assert b"Traceback" not in pipe.stderr.read()
    pipe.stderr.close()
    pipe.wait()


def test_starting_is_quick():
    """The command alone loads none of the heavy packages."""
    heavy = "{'ortools', 'numba', 'matplotlib', 'scipy'}"
    code = f"import sys, wfm.cli; print({heavy} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_progress_is_silent_in_a_pipe():
    """Nothing is shown of a search unless a terminal is there to show it."""
    with progress("start") as watch:
        assert watch is None


def test_progress_on_a_terminal():
    """A line of progress holds cost, bound and gap."""
    seen = Progress(seconds=12.0, step="rows", objective=1234.5, bound=1200.0, gap=0.028)
    line = progress_line(seen)
    for part in ("12 s", "1,23", "1,200", "2.80%"):
        assert part in line
    first = Progress(seconds=0.0, step="start", objective=1.0, bound=-math.inf, gap=math.inf)
    assert "inf" not in progress_line(first)


def test_sample_is_part_of_the_package():
    """The sample's templates are files beside the code, where an installed package has them."""
    home = Path(wfm.__file__).parent / "sample"
    assert {"agents.csv", "center.toml"} <= {path.name for path in home.iterdir()}


def test_the_centres_own_folder_is_not_written_to(tmp_path):
    """A plan into the folder that it reads is refused, and nothing in it changes."""
    folder = write_small_center(tmp_path / "center")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = run("plan", folder, "--start", START, "--out", folder)
    assert found.exit_code == 2
    assert "--out must be another folder" in one_line(found.stderr)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_files_of_others_outlive_a_plan_without_an_answer(tmp_path):
    """A report that no plan wrote stays where it is when there is no schedule."""
    folder = write_small_center(tmp_path / "center")
    with (folder / "center.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[[rules]]\nrule = "hours"\nleast = 100\n')
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.txt").write_text("mine", encoding="utf-8")
    found = run("plan", folder, "--start", START, "--seconds", 0.5, "--out", out)
    assert found.exit_code == 1
    assert (out / "report.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_noticed_in_the_history_is_said(tmp_path):
    """A gap in the history and its age stand above the result and in the report."""
    folder = write_small_center(tmp_path / "center")
    late = "2027-03-01"
    found = run("plan", folder, "--start", late, "--seconds", 0.5, "--out", tmp_path / "out")
    assert found.exit_code == 0, found.output
    assert "old history: it ends on" in found.stdout
    assert "old history" in (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")


def test_what_is_cleaned_is_said(tmp_path):
    """A plan's first notes tell what was changed in the history before it was learned from."""
    folder = write_small_center(tmp_path / "center")
    path = folder / "history.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    busy = [row.rsplit(",", 2)[0] + ",60,180" if ",2026-11-24 " in row else row for row in rows]
    path.write_text("\n".join(busy), encoding="utf-8")
    found = run("plan", folder, "--start", START, "--seconds", 0.5, "--out", tmp_path / "out")
    assert found.exit_code == 0, found.output
    sentence = "calls has from 2026-11-24 08:00 to 12:00 (8 intervals) 480 contacts"
    assert sentence in found.stdout
    assert sentence in (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")
