"""`wfm publish`: from one period's schedule to the next one's past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from tests.small_center import START, write_small_center
from wfm.cli import app
from wfm.errors import InputError
from wfm.io import publish, read_center, read_ledger, read_problem, read_schedule, write_text
from wfm.io.folder import folder_files
from wfm.plan import plan_folder
from wfm.problem import Previous
from wfm.rules.days_off import DaysOff
from wfm.rules.example import example
from wfm.rules.fair_share import FairShare
from wfm.rules.min_rest import MinRest

FIRST = date.fromisoformat(START)
WEEK = timedelta(weeks=1)


def run(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="wfm")


def published(folder, problem="problem.json", schedule="schedule.json"):
    """Publish in a folder what its plan holds."""
    return run("publish", folder, folder / "plan" / problem, folder / "plan" / schedule)


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(folder, old, new):
    path = folder / "center.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def plan(folder, start, days=7):
    """Plan some days, and keep problem and schedule in the folder."""
    made = plan_folder(folder, start, days, seconds=0.3)
    write_text(folder / "plan" / "problem.json", made.problem.to_json())
    write_text(folder / "plan" / "schedule.json", made.result.schedule.to_json())
    return made


@pytest.fixture
def folder(tmp_path):
    """A small centre with a ledger that is not there yet, whose first week has been planned."""
    home = write_small_center(tmp_path / "center")
    change(home, 'country = "DE"', 'country = "DE"\nledger = "books/ledger.json"')
    plan(home, FIRST)
    return home


def test_publishing_and_planning_on(folder):
    """A published week is in the ledger, and is the past of the week that is planned next."""
    found = published(folder)
    assert found.exit_code == 0, found.output
    assert "published: Mon 7 Dec to Sun 13 Dec" in found.stdout
    assert 'write into center.toml: previous = "previous.csv"' in found.stdout
    schedule = read_schedule(folder / "plan" / "schedule.json")
    problem = read_problem(folder / "plan" / "problem.json")
    ledger = read_ledger(folder / "books" / "ledger.json")
    assert ledger == ledger.with_schedule(problem, schedule)
    assert [period.start for period in ledger.periods] == [FIRST]

    change(folder, 'country = "DE"', 'country = "DE"\nprevious = "previous.csv"')
    center = read_center(folder)
    horizon = center.horizon(FIRST + WEEK, 7)
    past = center.past(horizon)
    assert past.counters == ledger.counters(FIRST + WEEK)
    moved = [(s.agent, s.day - 7, s.template, s.paid_minutes, s.minutes) for s in schedule.shifts]
    assert [(s.agent, s.day, s.template, s.paid_minutes, s.minutes) for s in past.shifts] == moved

    then = plan(folder, FIRST + WEEK)
    assert then.problem.previous == past
    found = published(folder)
    assert found.exit_code == 0, found.output
    assert "write into" not in found.stdout
    assert len(read_ledger(folder / "books" / "ledger.json").periods) == 2


def test_publishing_twice_changes_nothing(folder):
    """The second time leaves every file as it is, byte by byte."""
    assert published(folder).exit_code == 0
    before = contents(folder)
    assert published(folder).exit_code == 0
    assert contents(folder) == before


def test_an_older_period_again(folder):
    """An older period that is published again corrects the ledger and leaves the last roster."""
    assert published(folder).exit_code == 0
    old = {name: (folder / "plan" / name).read_text() for name in ("problem.json", "schedule.json")}
    plan(folder, FIRST + WEEK)
    assert published(folder).exit_code == 0
    roster = (folder / "previous.csv").read_bytes()
    ledger = read_ledger(folder / "books" / "ledger.json")
    for name, text in old.items():
        write_text(folder / "plan" / name, text)
    found = published(folder)
    assert found.exit_code == 0, found.output
    assert "previous.csv is left as it is: a later period has been published" in found.stdout
    assert (folder / "previous.csv").read_bytes() == roster
    assert read_ledger(folder / "books" / "ledger.json") == ledger


def test_a_schedule_that_breaks_a_hard_rule(folder):
    """It is told what is broken, ends with 1, and nothing is written."""
    problem = read_problem(folder / "plan" / "problem.json")
    hard = problem.model_copy(update={"rules": (*problem.rules, DaysOff(least=7))})
    write_text(folder / "plan" / "problem.json", hard.to_json())
    before = contents(folder)
    found = published(folder)
    assert found.exit_code == 1
    assert "at least 7 must be" in found.stdout
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('ledger = "books/ledger.json"', "", "center.toml ledger must name a file"),
        ('ledger = "books/ledger.json"', "ledger = 7", "center.toml ledger must name a file"),
        ("books/ledger.json", "plan/problem.json", "must be another file than those that are"),
        ("books/ledger.json", "agents.csv", "must be another file than those that are read"),
        ("books/ledger.json", "center.toml", "must be another file than those that are read"),
        ("books/ledger.json", "previous.csv", "must be another file than that of the ledger"),
        ("books/ledger.json", "plan/text.json", "text.json must"),
    ],
)
def test_bad_ledgers(folder, old, new, message):
    """A ledger that is none, or a file of another kind, is refused and nothing is written."""
    write_text(folder / "plan" / "text.json", "no ledger")
    change(folder, old, new)
    before = contents(folder)
    found = published(folder)
    assert found.exit_code == 2
    assert message in found.stderr
    assert contents(folder) == before


def test_days_that_overlap(folder):
    """Days that overlap those of another period are refused, and nothing is written."""
    assert published(folder).exit_code == 0
    plan(folder, FIRST + timedelta(days=3))
    before = contents(folder)
    found = published(folder)
    assert found.exit_code == 2
    assert "must not overlap that of 7 days from 2026-12-07" in found.stderr
    assert contents(folder) == before


def test_short_periods_keep_eight_days(folder):
    """After a period of two days the roster still holds six days before it, and no more."""
    one = example("", MinRest(hours=1), {"anna": "E-"}, before={"anna": "EEEEEEEEE"})
    publish(folder, one.problem, one.schedule)
    rows = (folder / "previous.csv").read_text(encoding="utf-8").splitlines()[1:]
    dates = [row.split(",")[2] for row in rows if row.split(",")[6] == "shift"]
    assert dates == [(FIRST + timedelta(days=day)).isoformat() for day in range(-6, 1)]


def test_the_ledger_is_spared_by_plans(folder):
    """A plan is not written over the ledger of its folder."""
    assert folder / "books" / "ledger.json" in folder_files(folder)


def test_what_was_refused_weighs_more_if_the_centre_says_so(folder):
    """With the key in center.toml, the wishes of those refused most have a larger weight."""
    change(
        folder,
        "[[rules]]",
        '[[rules]]\nrule = "day_off_request"\nagents = ["anna"]\ndays = ["Mon"]\n\n[[rules]]',
    )
    problem = read_problem(folder / "plan" / "problem.json")
    past = Previous(counters={"refused_wishes": {"anna": 3, "ben": 0, "cleo": 0}})
    plain = read_center(folder).problem(problem.demand, past)
    change(folder, 'country = "DE"', 'country = "DE"\nrefused_wishes_weigh = 2.5')
    more = read_center(folder).problem(problem.demand, past)
    weights = [
        [rule.weight for rule in found.rules if rule.kind == "wish"] for found in (plain, more)
    ]
    assert weights == [[10], [25]]
    change(folder, "refused_wishes_weigh = 2.5", "refused_wishes_weigh = 0.5")
    with pytest.raises(InputError, match=r"refused_wishes_weigh must be greater than or equal"):
        read_center(folder)


def test_shares_read_the_ledger(folder):
    """A fair share of a centre counts what the ledger carries over."""
    change(
        folder,
        "[[rules]]",
        '[[rules]]\nrule = "fair_share"\nof = "weekends"\nweight = 0.01\n\n[[rules]]',
    )
    assert published(folder).exit_code == 0
    made = plan_folder(folder, FIRST + WEEK, 7, seconds=0.2)
    carried = made.problem.previous.counters["weekends"]
    assert set(carried) == {"anna", "ben", "cleo"}
    assert isinstance(made.problem.rules[0], FairShare)


def test_a_rule_may_name_what_the_ledger_counts(folder):
    """From the first plan on, when nothing has been counted yet, and when something has."""
    nights = '[[rules]]\nrule = "max_nights"\nmost = 9\nper = "horizon"\ncounter = "nights"\n\n'
    change(folder, "[[rules]]", nights + "[[rules]]")
    first = plan(folder, FIRST)
    assert first.problem.previous.counters["nights"] == {}
    assert published(folder).exit_code == 0
    then = plan(folder, FIRST + WEEK)
    assert then.problem.previous.counters["nights"] == {"anna": 0, "ben": 0, "cleo": 0}


def test_a_period_of_no_year_that_is_planned(folder):
    """A ledger whose period lies at the end of the calendar is refused, and nothing is written."""
    text = '{"periods": [{"start": "9999-12-31", "days": 7}]}'
    write_text(folder / "books" / "ledger.json", text)
    before = contents(folder)
    found = published(folder)
    assert found.exit_code == 2
    assert (
        "LedgerPeriod.start must be from 1970-01-01 to 2200-12-31, got 9999-12-31" in found.output
    )
    assert contents(folder) == before


def test_the_roster_before_is_a_table(folder):
    """What is said of a name that is none fits the file."""
    change(folder, 'country = "DE"', 'country = "DE"\nprevious = 3')
    found = published(folder)
    assert found.exit_code == 2
    assert 'center.toml previous must name a file, such as "previous.csv", got 3' in found.output
