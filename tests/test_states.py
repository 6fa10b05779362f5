"""What is so of a person for a time: the rules that follow, and how a folder names it."""

# ruff: noqa: E501 - each fault on a line of its own

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.small_center import write_small_center
from wfm import contract, rules, states
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.io import read_center
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.window import DateRange

MONDAY = date(2026, 12, 7)
TUESDAY = date(2026, 12, 8)
TERM = DateRange(first=date(2026, 12, 1), last=date(2026, 12, 9))
PRIVATE = ("expect", "nurs", "return", "stud", "minor", "born", "baby", "pregnan", "child")
NEEDS_REST = pytest.mark.skipif("paid_rest" not in Rule.named, reason="there is no rule paid_rest")
CASES = {
    "expecting": {"agent": "anna", "since": TUESDAY, "rest": 0},
    "nursing": {"agent": "anna", "born": date(2025, 12, 12), "rest": 0},
    "returning": {"agent": "anna", "steps": [{"since": MONDAY, "most": 16}]},
    "studying": {"agent": "anna", "terms": [TERM], "hours": 8},
    "minor": {"agent": "anna", "until": date(2026, 12, 11)},
}
RESTED = {"expecting": {"rest": 30}, "nursing": {"rest": 60, "babies": 2}}


def broken(given, roster, **more):
    """Name, day and amount of each violation of the rules by Anna's roster, and the problem."""
    one = example("", rules.OneShiftADay(), {"anna": roster}, **more)
    fields = {name: getattr(one.problem, name) for name in Problem.model_fields}
    problem = Problem(**{**fields, "rules": given})
    found = [
        (violation.rule, violation.day, violation.amount)
        for rule in given
        for violation in rule.violations(problem, one.schedule)
    ]
    return found, problem, one.schedule


def test_expecting_ends_nights_and_overtime_from_a_date():
    """Before the date a night is fine; the night into it and those after it are not."""
    found, *_ = broken(states.expecting("anna", TUESDAY, rest=0), "NN-N---")
    assert found == [("no_nights", day, 1) for day in (0, 1, 3)]
    found, *_ = broken(states.expecting("anna", TUESDAY, rest=0, daily=7), "DDDDDD-")
    assert found == [
        ("no_overtime", 6, 480),
        *(("no_overtime", day, 60) for day in range(1, 6)),
    ]


def test_nursing_ends_on_the_day_before_the_first_birthday():
    """A night that ends before the birthday is one; from the birthday on there are none."""
    given = states.nursing("anna", date(2025, 12, 10), rest=0)
    found, *_ = broken(given, "N-NN---")
    assert found == [("no_nights", 0, 1), ("no_nights", 2, 1)]
    assert states.nursing("anna", date(2024, 2, 29), rest=0)[0].until == date(2025, 2, 28)
    assert states.nursing("anna", date(2023, 2, 28), rest=0)[0].until == date(2024, 2, 27)


@NEEDS_REST
def test_rest_is_an_hour_for_each_baby():
    """Twins bring two pieces of an hour, until the same day; expecting brings one piece."""
    *_, rest = states.nursing("anna", date(2026, 5, 3), babies=2)
    assert (rest.minutes, rest.parts, rest.until) == (120, 2, date(2027, 5, 2))
    *_, rest = states.expecting("anna", TUESDAY, rest=30)
    assert (rest.minutes, rest.parts, rest.since, rest.until) == (30, 1, TUESDAY, None)


def test_returning_follows_its_steps():
    """Sixteen hours in the first week, twenty-four in the second."""
    steps = ({"since": MONDAY, "most": 16}, {"since": date(2026, 12, 14), "least": 8, "most": 24})
    found, *_ = broken(states.returning("anna", steps), "EEE----EEEE---")
    assert [amount for _, _, amount in found] == [480, 480]


def test_studying_counts_the_hours_of_terms_only():
    """In the week that the term's end cuts, what is worked after it is free."""
    found, *_ = broken(states.studying("anna", (TERM,), hours=8), "E-SEEE-")
    assert found == [("on_days", 6, 240)]
    found, *_ = broken(states.studying("anna", (TERM,), hours=8), "E--EEE-")
    assert found == []


def test_a_minor_has_short_days_weeks_and_nights():
    """Each of the promises shows by itself, until the last date and not after it."""
    given = states.minor("anna", until=date(2026, 12, 20))
    found, *_ = broken(given, "EEEEE--")
    assert found == []
    found, *_ = broken(given, "EDEDEDL")
    assert found == [("no_nights", 6, 1), ("on_days", 6, 960), ("on_days", 6, 1)]
    short = states.minor("anna", until=date(2026, 12, 8), daily=7)
    assert broken(short, "EDEE---")[0] == [("on_days", day, 60) for day in (0, 1)]
    found, *_ = broken(given, "LE-----")
    assert found == [("no_nights", 0, 1), ("on_days", 1, 1)]
    over = states.minor("anna", until=date(2026, 12, 6))
    assert broken(over, "LELELEL")[0] == []


@pytest.mark.parametrize("name", CASES)
def test_both_sides_agree_and_say_nothing_of_the_state(name):
    """The limits count what the judge finds, and no sentence tells what holds of the person."""
    given = states.rules_of({"state": name, **CASES[name]})
    for roster in ("LENDEN-EEEEEEE", "EDLNNSE", "N"):
        found, problem, schedule = broken(given, roster, before={"anna": "EN"})
        for kind in {type(rule) for rule in given}:
            contract.check_agreement(kind, problem, schedule)
        said = [rule.words(problem) for rule in given] + [problem.to_json()]
        said += [v.sentence for r in given for v in r.violations(problem, schedule)]
        assert not [word for word in PRIVATE for text in said if word in text.lower()]
        assert found or name != "minor" or len(roster) < 7


@pytest.mark.parametrize("name", CASES)
def test_a_folder_names_a_state_and_gets_its_rules(name, tmp_path):
    """A row of [[states]] brings the rules that its function returns, after the others."""
    folder = write_small_center(tmp_path / "center")
    cells = [f"{key} = {_toml(value)}" for key, value in CASES[name].items()]
    add(folder, "\n".join(["[[states]]", f'state = "{name}"', *cells]))
    center = read_center(folder)
    assert center.rules[2:] == states.rules_of({"state": name, **CASES[name]})
    center.check(Horizon(start=MONDAY, days=7, timezone="Europe/Berlin", interval=30))
    assert name not in center.to_json()


def test_a_problem_does_not_tell_a_date_of_birth(tmp_path):
    """What a folder says of days outside of the horizon is not in the problem made from it."""
    folder = write_small_center(tmp_path / "center")
    told = {
        "nursing": {"agent": "anna", "born": date(2026, 5, 3)},
        "expecting": {"agent": "ben", "since": date(2026, 10, 4), "until": date(2027, 3, 5)},
        "minor": {"agent": "cleo", "until": date(2027, 4, 6)},
    }
    tables = []
    for name, cells in told.items():
        rows = [f"{key} = {_toml(value)}" for key, value in cells.items()]
        tables += ["[[states]]", f'state = "{name}"', *rows]
    add(folder, "\n".join(tables))
    center = read_center(folder)
    problem = center.problem(center._no_demand(center.horizon(MONDAY, 7)))
    text = problem.to_json()
    for hidden in ("2026-05-0", "2027-05-0", "2026-10-04", "2027-03-05", "2027-04-06"):
        assert hidden not in text
    assert "2026-05-03" in center.to_json()
    assert [rule.name() for rule in problem.rules] == [rule.name() for rule in center.rules]
    over = center.problem(center._no_demand(center.horizon(date(2027, 5, 10), 7)))
    assert over.rules == center.rules[:2]


@pytest.mark.parametrize("name", CASES)
def test_a_state_asks_the_same_without_dates_outside(name):
    """What is judged of shifts is the same under the rules as clipped; no other date is told."""
    given = states.rules_of({"state": name, **CASES[name]})
    for shift in range(-9, 9):
        start = MONDAY + timedelta(days=shift)
        found, problem, schedule = broken(given, "LENDEN-EE", before={"anna": "EN"}, start=start)
        clipped = problem.clipped()
        assert sorted(
            (violation.rule, violation.day, violation.amount)
            for rule in clipped.rules
            for violation in rule.violations(clipped, schedule)
        ) == sorted(found)


@NEEDS_REST
@pytest.mark.parametrize("name", RESTED)
def test_a_folder_brings_rest(name, tmp_path):
    """The rest within the shift comes with the state."""
    folder = write_small_center(tmp_path / "center")
    cells = {**CASES[name], **RESTED[name]}
    rows = [f"{key} = {_toml(value)}" for key, value in cells.items()]
    add(folder, "\n".join(["[[states]]", f'state = "{name}"', *rows]))
    assert read_center(folder).rules[-1].name() == "paid_rest"


FAULTS = [
    (
        'state = "ill"\nagent = "anna"',
        "state must be one of expecting, nursing, returning, studying, minor, got 'ill'.",
    ),
    (
        'agent = "anna"',
        "state must be one of expecting, nursing, returning, studying, minor, got None.",
    ),
    ('state = "nursing"\nagent = "anna"', "born must be given."),
    ('state = "nursing"\nborn = 2026-05-03\nrest = 0', "agent must be given."),
    (
        'state = "nursing"\nagent = "dora"\nborn = 2026-05-03\nrest = 0',
        "agent must be one of the agents (anna, ben, cleo), got 'dora'.",
    ),
    (
        'state = "nursing"\nagent = "anna"\nborn = 2026-05-03\nbabies = 0',
        "babies must be greater than or equal to 1, got 0.",
    ),
    ('state = "nursing"\nagent = "anna"\nborn = "May"', "born must be a valid date"),
    (
        'state = "nursing"\nagent = "anna"\nborn = 9999-05-03',
        "born must be from 1970-01-01 to 2200-12-31, got 9999-05-03.",
    ),
    (
        'state = "minor"\nagent = "anna"\nuntil = 2027-01-01\nwage = 3',
        "wage must be left out (no such field), got 3.",
    ),
    (
        'state = "minor"\nagent = "anna"\nuntil = 2027-01-01\nrest = 24',
        "rest must be less than or equal to 23, got 24.",
    ),
    (
        'state = "expecting"\nagent = "anna"\nsince = 2026-12-08\nuntil = 2026-12-07',
        "until must not be before since (2026-12-08), got 2026-12-07.",
    ),
    (
        'state = "expecting"\nagent = "anna"\nsince = 2026-12-08\nrest = 7',
        "rest must be a multiple of 5, got 7.",
    ),
    (
        'state = "studying"\nagent = "anna"\nterms = []\nhours = 20',
        "terms must hold: tuple should have at least 1 item",
    ),
    (
        'state = "studying"\nagent = "anna"\nterms = [{ first = 2026-12-08 }]\nhours = 20',
        "terms[0].last must be given.",
    ),
    (
        'state = "studying"\nagent = "anna"\nterms = [{ first = 2026-12-08, last = 2026-12-07 }]\nhours = 20',
        "terms[0].last must not be before first (2026-12-08), got 2026-12-07.",
    ),
    (
        'state = "returning"\nagent = "anna"\nsteps = [{ since = 2026-12-08, least = 30, most = 20 }]',
        "steps[0].most must be at least least (30), got 20.0.",
    ),
    (
        'state = "returning"\nagent = "anna"\nsteps = [{ since = 2026-12-08, much = 20 }]',
        "steps[0].much must be left out (no such field), got 20.",
    ),
]


@pytest.mark.parametrize(("cells", "message"), FAULTS)
def test_faults_name_the_table_and_the_key(cells, message, tmp_path):
    """Each fault of a row is refused with the file, the line of its table, and the key."""
    folder = write_small_center(tmp_path / "center")
    line = add(folder, "[[states]]\n" + cells)
    with pytest.raises(InputError) as caught:
        read_center(folder)
    assert str(caught.value).startswith(f"center.toml line {line} [[states]] {message}")


def test_the_schedule_of_nobody_keeps_every_state():
    """Whoever does not work breaks none of the promises but a least number of hours."""
    for name, case in CASES.items():
        given = states.rules_of({"state": name, **case})
        found, problem, _ = broken(given, "-------")
        assert found == []
        assert all(not [*rule.violations(problem, Schedule())] for rule in given)


def add(folder: Path, text: str) -> int:
    """Add a table to center.toml, with weekly hours for its contract; the line of the table."""
    path = folder / "center.toml"
    before = path.read_text(encoding="utf-8").replace(
        'id = "half"', 'id = "half"\nweekly_hours = 20'
    )
    path.write_text(f"{before}\n{text}\n", encoding="utf-8")
    return before.count("\n") + 2


def _toml(value):
    if isinstance(value, DateRange):
        return f"{{ first = {value.first}, last = {value.last} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(cell)}' for key, cell in value.items())} }}"
    return f'"{value}"' if isinstance(value, str) else str(value)
