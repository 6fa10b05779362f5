"""What the documents say is so: their code runs, their files are read, their tables are whole."""

from __future__ import annotations

import csv
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
import typer

import wfm
from wfm.cli import _outputs, app
from wfm.forecast import CleaningRules, NewQueue, read_history
from wfm.io import read_center
from wfm.rules import law

ROOT = Path(__file__).parent.parent
RUN = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/care.md",
    "docs/drivers.md",
    "docs/forecasting.md",
    "docs/known_plans.md",
    "docs/law.md",
    "docs/privacy.md",
    "docs/simulation.md",
    "docs/staffing.md",
)
DOCUMENTS = (*RUN, "docs/peers.md", "docs/rules.md", "docs/solver.md", "CHANGELOG.md")
LANGUAGES = {"python", "sh", "text", "toml", "csv", "json"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")

# Each block is shifted down to its own line, so that a traceback names the line of the document.
RUN_BLOCKS = r"""
import pathlib, re, sys
text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
for block in re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
    above = text.count("\n", 0, block.start(1))
    exec(compile("\n" * above + block[1], sys.argv[1], "exec"))
"""


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text_of(name)) if found == language]


def anchors(name: str) -> set[str]:
    """The anchors that the headings of a document give."""
    headings = re.findall(r"^#+ (.+)$", text_of(name), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The planner's folder that README.md shows."""
    home = tmp_path_factory.mktemp("readme")
    (home / "center.toml").write_text(blocks("README.md", "toml")[0], encoding="utf-8")
    for name, body in zip(
        ("agents", "history", "previous"), blocks("README.md", "csv"), strict=True
    ):
        (home / f"{name}.csv").write_text(body, encoding="utf-8")
    return home


@pytest.mark.parametrize("name", RUN)
def test_python_blocks_run(name, tmp_path):
    """The Python blocks of a document run one after the other, as a reader would paste them."""
    assert blocks(name, "python")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN_BLOCKS, str(ROOT / name)],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "Agg", "TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    if name in ("docs/known_plans.md", "docs/privacy.md"):
        assert done.stdout == "".join(blocks(name, "text"))
    if name == "README.md":
        conflict = next(b for b in blocks(name, "text") if "cannot hold together" in b)
        assert done.stdout.endswith(conflict)
        assert (tmp_path / "coverage.png").exists()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_fences_are_of_known_languages(name):
    """Every fenced block says what it is, so that none escapes the tests by a slip."""
    assert {language for language, _ in FENCE.findall(text_of(name))} <= LANGUAGES


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    """Links into the repository lead to files and headings that are there."""
    for link in LINK.findall(FENCE.sub("", text_of(name))):
        if not link.startswith("https://"):
            path, _, anchor = link.partition("#")
            place = ((ROOT / name).parent / path if path else ROOT / name).resolve()
            assert place.exists(), link
            assert not anchor or anchor in anchors(str(place.relative_to(ROOT))), link


def test_the_folder_of_the_readme_can_be_planned(folder):
    """The planner's folder of README.md is read, and its tables and rules fit together."""
    center = read_center(folder)
    horizon = center.horizon(date(2026, 12, 7), 7)
    center.check(horizon)
    history = read_history(center.history, timezone=center.timezone, queues=center.queues)
    assert history.interval == 30
    assert {finding.kind for finding in history.findings} == {"closed hours"}
    assert [shift.day for shift in center.past(horizon).shifts] == [-2, -1]
    assert {rule.name() for rule in center.rules} >= {"min_rest", "someone_at_home"}


def test_the_readme_names_every_key_that_matters(folder):
    """The small center.toml of README.md has every table that a folder can hold."""
    data = tomllib.loads((folder / "center.toml").read_text(encoding="utf-8"))
    tables = {key for key, value in data.items() if isinstance(value, list)}
    assert tables == {"queues", "events", "skills", "contracts", "shifts", "households", "rules"}


def test_the_readme_shows_cleaning_and_new_queues_as_they_are():
    """The tables of README.md for the history and for new queues hold fields that there are."""
    data = tomllib.loads(next(b for b in blocks("README.md", "toml") if "[cleaning]" in b))
    rules = CleaningRules(**data["cleaning"])
    assert rules.one_off_day == "keep"
    assert rules.overrides[0].action == "mask"
    (row,) = data["new_queues"]
    assert NewQueue(**{key: value for key, value in row.items() if key != "queue"}).share == 0.2


def test_the_readme_shows_states_as_they_are(folder, tmp_path):
    """The rows of [[states]] and the swaps in README.md are read in the folder that it shows."""
    states = next(b for b in blocks("README.md", "toml") if "[[states]]" in b)
    (swaps,) = re.findall(r"^\| `swaps` .*`(\[.+\])` \|$", text_of("README.md"), re.MULTILINE)
    text = (folder / "center.toml").read_text(encoding="utf-8")
    text = f"swaps = {swaps}\n{text}\n{states}".replace(HOURLY, f"{HOURLY}\nweekly_hours = 40")
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "center.toml").write_text(text, encoding="utf-8")
    center = read_center(tmp_path)
    center.check(center.horizon(date(2026, 12, 7), 7), tmp_path / "center.toml")
    plain = read_center(folder)
    assert len(center.rules) == len(plain.rules) + 5
    assert [str(swap.day) for swap in center.swaps] == ["2026-10-10"]


HOURLY = "hourly_cost = 22.0"


@pytest.mark.parametrize("name", ["README.md", "docs/law.md"])
def test_the_documents_show_laws_as_they_are(name):
    """Each row of [[laws]] is read as it stands."""
    (text,) = (block for block in blocks(name, "toml") if "[[laws]]" in block)
    for row in tomllib.loads(text)["laws"]:
        assert law.rules_of(row)


def test_previous_has_the_columns_of_a_schedule(folder):
    """The columns of previous.csv in README.md are among those that a plan's schedule.csv has."""
    problem = wfm.rules.MinRest.examples()[0].problem
    made = set(wfm.io.schedule_frame(problem, wfm.Schedule()).columns)
    with (folder / "previous.csv").open(encoding="utf-8") as file:
        assert set(next(csv.reader(file))) <= made


def test_the_readme_lists_every_command():
    """The table of commands holds each command once, and no other."""
    listed = re.findall(r"^\| `wfm (\w+)", text_of("README.md"), re.MULTILINE)
    commands = [command.name or command.callback.__name__ for command in app.registered_commands]
    assert sorted(listed) == sorted(commands)


def test_the_readme_names_every_option_of_the_forecast():
    """Each option of `wfm forecast` stands in the section of the command."""
    section = text_of("README.md").split("\n## The command\n")[1].split("\n## ")[0]
    for option in typer.main.get_command(app).commands["forecast"].params:
        if option.name != "history":
            named = [*option.opts, *option.secondary_opts]
            assert any(re.search(rf"`[^`]*{name}\b", section) for name in named), named


@pytest.mark.parametrize("name", [*_outputs.OF_A_SCHEDULE, "forecast.csv", "demand.csv"])
def test_the_readme_lists_every_file_of_the_demo(name):
    """The table of what `make demo` writes names each file."""
    assert f"`{name}`" in text_of("README.md")


def test_the_changelog_has_this_version():
    """The newest entry of the changelog is of the version that the library says it is."""
    newest = re.search(r"^## \[([^\]]+)\]", text_of("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == wfm.__version__


def test_the_citation_is_sound():
    """CITATION.cff has what format 1.2.0 asks for, with this version, and is YAML."""
    text = text_of("CITATION.cff")
    for line in ("cff-version: 1.2.0", f"version: {wfm.__version__}", "license: Apache-2.0"):
        assert line in text.splitlines()
    if importlib.util.find_spec("yaml"):
        found = importlib.import_module("yaml").safe_load(text)
        assert {"cff-version", "message", "title", "authors"} <= set(found)
        assert found["authors"] == [{"name": "The wfm developers"}]


def test_the_licence_is_whole():
    """LICENSE is the Apache License 2.0 from its title to its appendix."""
    text = text_of("LICENSE")
    assert text.split()[:5] == ["Apache", "License", "Version", "2.0,", "January"]
    assert "9. Accepting Warranty or Additional Liability." in text
    assert text.rstrip().endswith("limitations under the License.")
