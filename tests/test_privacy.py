"""What is private of a rule reaches nobody on the whole way from a folder to what is written."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from datetime import date, datetime, timedelta
from io import StringIO

import numpy as np
import pytest
from matplotlib.text import Text
from typer.testing import CliRunner

import wfm
from tests.private_center import AGENTS, REASONS, TELLING, TEXTS, write_private_center
from tests.small_center import START
from wfm import contract, plot, rules
from wfm.cli import app
from wfm.errors import InputError
from wfm.io import read_center, read_problem, read_reasons, read_schedule, write_text
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.states import rules_of

OWN = {"center.toml", "agents.csv", "history.csv", "reasons.csv"}
"""Files of the planner, which no command writes."""
SECRETS = (*REASONS.values(), *TEXTS.values())


def told(text: str) -> list[str]:
    """What of all that is private a text tells."""
    low = text.lower()
    return [secret for secret in (*SECRETS, *TELLING) if secret in low]


def run(*args: object, code: int = 0) -> str:
    """Run a command to its end, and return all that it prints."""
    found = CliRunner().invoke(app, [str(arg) for arg in args], prog_name="wfm")
    assert found.exit_code == code, found.output
    return found.output


@pytest.fixture(scope="module")
def way(tmp_path_factory):
    """The folder, all that commands have printed and logged, and the problem and its schedule."""
    home = write_private_center(tmp_path_factory.mktemp("way") / "centre")
    out, log = home / "out", StringIO()
    handler, root = logging.StreamHandler(log), logging.getLogger()
    level, numba = root.level, logging.getLogger("numba").level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("numba").setLevel(logging.WARNING)
    try:
        said = [run("plan", home, "--start", START, "--seconds", 0.5, "--out", out)]
        problem, schedule = out / "problem.json", out / "schedule.json"
        said += _asked(home, out, problem, schedule)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        logging.getLogger("numba").setLevel(numba)
    return home, "\n".join([*said, log.getvalue()]), read_problem(problem), read_schedule(schedule)


def _asked(home, out, problem, schedule):
    """What every other command says of the plan, of a bad one, and of a problem without any."""
    planned = read_problem(problem)
    shift = read_schedule(schedule).shifts[0]
    day = planned.horizon.date_of(shift.day)
    whose = ["--agent", shift.agent, "--day", day]
    until = planned.horizon.local(shift.start + 60).strftime("%Y-%m-%d %H:%M")
    late = {"kind": "late_arrival", "agent": shift.agent, "until": until}
    changes = write_text(out / "changes.json", json.dumps({"changes": [late]}))
    yield run("verify", problem, schedule, "--json", out / "verified.json")
    yield run("simulate", problem, schedule, "--replications", 2, "--out", out / "simulated.csv")
    yield run("explain", problem)
    yield run("explain", problem, schedule, *whose, "--json", out / "why.json")
    yield run("swaps", problem, schedule, *whose, "--json", out / "swaps.json")
    anew = ["--now", f"{day} 06:00", "--changes", changes, "-o", out / "new.json"]
    anew += ["--new-problem", out / "now.json", "--json", out / "replan.json"]
    yield run("reoptimise", problem, schedule, *anew)
    bad = write_text(out / "bad.json", everywhere(planned).to_json())
    yield run("verify", problem, bad, "--json", out / "judged.json", code=1)
    yield run("publish", home, problem, schedule)
    text = write_text(out / "impossible.json", impossible(planned).to_json())
    yield run("explain", text, "--json", out / "conflicts.json", code=1)
    yield run("solve", text, "-o", out / "none.json", "--seconds", 0.5, code=1)


def everywhere(problem: Problem) -> Schedule:
    """A late shift of everyone on every day, without anything held in it."""
    options = problem.options
    late = [template.id for template in options.templates].index("late")
    column = options.template.tolist().index(late)
    return Schedule.of_shifts(
        wfm.Shift(
            agent=agent,
            day=day,
            template="late",
            start=int(options.start[day, column]),
            end=int(options.end[day, column]),
            breaks=(
                wfm.BreakTime(
                    start=int(options.start[day, column]) + 60,
                    end=int(options.start[day, column]) + 90,
                    paid=False,
                    label="tea",
                ),
            ),
        )
        for agent in AGENTS
        for day in range(problem.horizon.days)
    )


def impossible(problem: Problem) -> Problem:
    """The problem with hours that a private rule forbids, and with a rule private itself."""
    more = rules.Hours(agents=("ada",), least=19)
    return problem.with_rules(more, rules.Hours(agents=("bo",), least=19, private=True))


def test_the_rules_are_there_and_private(way):
    """The problem holds all thirty, each of which the one door opens."""
    home, _, problem, _ = way
    private = [rule for rule in problem.rules if rule.private]
    reasons = read_reasons(home / "reasons.csv")
    assert [reasons.of(rule) for rule in private] == [*REASONS.values()]
    assert [reasons.of(rule) for rule in read_center(home).rules if rule.private] == [
        *REASONS.values()
    ]
    assert [rule.name() for rule in private[:3]] == ["availability", "availability", "paid_rest"]


def test_no_file_tells_what_is_private(way):
    """No file that a command has written holds a reason, a text, or a name that tells."""
    home, *_ = way
    files = [path for path in home.rglob("*") if path.is_file() and path.name not in OWN]
    names = {path.name for path in files}
    assert {"problem.json", "schedule.json", "report.json", "roster.png", "ledger.json"} <= names
    assert {"why.json", "swaps.json", "replan.json", "conflicts.json"} <= names
    found = {path.name: told(path.read_bytes().decode("latin-1")) for path in files}
    assert not {name: secrets for name, secrets in found.items() if secrets}


def test_nothing_printed_or_logged_tells_what_is_private(way):
    """No command says it on the way, at the finest level of logging either."""
    _, said, *_ = way
    assert "is not available for what is planned on Mon 7 Dec." in said
    assert "Ada X. is not available at some times." in said
    assert "without the rule that Ada X. is not available at some times" in said
    assert not told(said)


def test_no_picture_tells_what_is_private(way):
    """No text of a picture does."""
    *_, problem, schedule = way
    held = {each.activity for shift in schedule.shifts for each in shift.activities}
    assert "private 3" in held
    drawn = [
        plot.roster(problem, schedule),
        plot.coverage(problem, schedule, "calls"),
        plot.heatmap(problem, schedule, "calls"),
    ]
    texts = [text.get_text() for ax in drawn for text in ax.figure.findobj(Text)]
    assert any(texts)
    assert not told("\n".join(texts))


def test_no_representation_or_pickle_tells_what_is_private(way):
    """Objects that the library hands out show the effect only, and so do their pickles."""
    home, _, problem, schedule = way
    shift = next(each for each in schedule.shifts if each.agent == "ada")
    day = problem.horizon.date_of(shift.day)
    made = [
        problem,
        schedule,
        wfm.verify(problem, everywhere(problem)),
        wfm.why(problem, schedule, "ada", day),
        wfm.swap_options(problem, schedule, "ada", day),
        wfm.conflicts(impossible(problem), seconds=5),
    ]
    for one in made:
        assert not told(repr(one))
        assert not told(pickle.dumps(one).decode("latin-1"))
    centre = repr(read_center(home))
    assert not [reason for reason in REASONS.values() if reason in centre]


def test_reasons_show_themselves_nowhere():
    """Reasons have no text, fields, copy or pickle in which one could be read."""
    reasons = wfm.PrivateReasons({3: "because"})
    assert reasons.of(rules.MinRest(hours=11, private=3)) == "because"
    for rule in (rules.MinRest(hours=11), rules.MinRest(hours=11, private=True)):
        assert reasons.of(rule) is None
    assert reasons.of(rules.MinRest(hours=11, private=4)) is None
    assert "because" not in f"{reasons!r} {reasons} {dir(reasons)}"
    assert not hasattr(reasons, "__dict__")
    for door in (pickle.dumps, copy.copy, copy.deepcopy, iter, len, json.dumps):
        with pytest.raises(TypeError) as caught:
            door(reasons)
        assert "because" not in str(caught.value)


BAD = {
    "a value": {"hours": "SECRET"},
    "a name": {"hours": 11, "agents": ["SECRET", 3]},
    "a field": {"hours": 11, "note": "SECRET"},
    "the reason": {"hours": 11, "reason": "SECRET"},
    "the mark": {"hours": 11, "private": "SECRET"},
}


def everything_of(error: BaseException | None) -> str:
    """All that an error and those before it hold."""
    parts = []
    while error is not None:
        faults = getattr(error, "faults", ())
        parts += [
            repr(error),
            str(error),
            repr(error.__dict__),
            *(repr(f.__dict__) for f in faults),
        ]
        error = error.__cause__ or error.__context__
    return " ".join(parts)


@pytest.mark.parametrize("fields", BAD.values(), ids=BAD)
def test_errors_of_a_private_rule_do_not_hold_what_was_found(fields):
    """The place and what must be there are told, by every way to make the rule."""
    given = {"private": 3, **fields}
    row = {"rule": "min_rest", **given}
    plain = example("", rules.MinRest(hours=11), {"anna": "E"}).problem
    whole = json.loads(plain.to_json()) | {"rules": [row]}
    ways = [
        lambda: rules.MinRest(**given),
        lambda: rules.MinRest.from_json(json.dumps(given)),
        lambda: Rule.parse(row),
        lambda: plain.model_copy(update={"rules": (row,)}),
        lambda: Problem.from_json(json.dumps(whole)),
    ]
    for way_in in ways:
        with pytest.raises(InputError, match="must") as caught:
            way_in()
        assert "SECRET" not in everything_of(caught.value)


def test_the_name_of_no_rule_is_not_told_if_it_is_private():
    """A private rule that is none says so, and not what it was called."""
    with pytest.raises(InputError, match=r"rule must be one of") as caught:
        Rule.parse({"rule": "SECRET", "private": 3})
    assert "SECRET" not in everything_of(caught.value)


def test_an_unknown_name_in_a_private_rule_is_not_told():
    """A problem says of a private rule's unknown agent where, and not who."""
    problem = example("", rules.MinRest(hours=11), {"anna": "E"}).problem
    unknown = rules.NoNights(agents=("SECRET",), private=3)
    with pytest.raises(InputError, match=r"rule availability\.agents must be one of") as caught:
        problem.with_rules(unknown)
    assert "SECRET" not in everything_of(caught.value)


@pytest.mark.parametrize("private", [{}, {"private": 3}, {"private": "SECRET"}])
def test_a_reason_beside_a_state_or_a_rule_is_refused_unread(private):
    """Whoever writes a reason where rules stand learns that it belongs elsewhere."""
    state = {"state": "minor", "agent": "anna", "until": date(2027, 1, 1), "reason": "SECRET"}
    with pytest.raises(InputError, match="PrivateReasons") as caught:
        rules_of({**state, **private})
    assert "SECRET" not in everything_of(caught.value)
    with pytest.raises(InputError, match="must") as caught:
        rules.MinRest(hours=11, reason="SECRET", **private)
    assert "SECRET" not in everything_of(caught.value)


def test_a_state_is_private_with_all_its_rules():
    """Each rule of a private state has its number, and a problem shows none that tells."""
    found = rules_of({"state": "nursing", "agent": "anna", "born": date(2026, 9, 1), "private": 9})
    assert {rule.private for rule in found} == {9}
    plain = example("", rules.MinRest(hours=11), {"anna": "E"}).problem
    names = {rule.name() for rule in plain.with_rules(*found).rules}
    assert "no_nights" not in names
    assert "availability" in names


def test_private_promises_to_families_are_in_nobodys_counts():
    """A fair share of refused requests, and the ledger, leave them out; both sides agree."""
    titles = ("of some rules", "requests", "several units")
    shown = [one for one in rules.FairShare.examples() if one.title in titles]
    assert len(shown) == len(titles)
    for one in shown:
        hidden = one.problem.model_copy(
            update={
                "rules": tuple(
                    rule.model_copy(update={"private": rule.kind == "family"})
                    for rule in one.problem.rules
                )
            }
        )
        contract.check_agreement(rules.FairShare, hidden, one.schedule)
        counts = [
            wfm.Ledger().with_schedule(problem, one.schedule).periods[0].counts["refused_family"]
            for problem in (one.problem, hidden)
        ]
        assert any(counts[0].values())
        assert not any(counts[1].values())


SPANS = [
    (since, until)
    for since in (None, 6, 9, 10, 12, 20)
    for until in (None, 5, 9, 10, 12, 17)
    if since is None or until is None or since <= until
]
"""Dates of December, the horizon's first and last, those around them, and none."""


@pytest.mark.parametrize("night", [("22:00", "06:00"), ("23:30", "24:00"), ("00:00", "06:30")])
@pytest.mark.parametrize("start", [date(2026, 12, 9), date(2026, 3, 27)])
def test_nights_between_dates_are_times_at_which_somebody_is_not_available(night, start):
    """Both faces of the effect find in random rosters what the judge of the rule finds."""
    plain = example("", rules.OneShiftADay(), {"anna": "-" * 8}, start=start).problem
    problem, schedule = contract.random_roster(plain, np.random.default_rng(5))
    found = set()
    for spell in SPANS:
        since, until = (day and start + timedelta(days=day - 9) for day in spell)
        rule = rules.NoNights(start=night[0], end=night[1], since=since, until=until, private=3)
        effect = rule.effect()
        assert effect.name() == "availability"
        due = sum(each.amount for each in rule.violations(problem, schedule))
        assert sum(each.amount for each in effect.violations(problem, schedule)) == due
        assert contract.stated_breach(problem, effect, schedule) == due
        found.add(due)
    assert len(found) > 2


FILES = {
    "no header": ("7,SECRET\n", "row 1 must have a column 'private'"),
    "no number": ("private,reason\nSECRET,x\n", "row 2 column private must be a whole number"),
    "twice": ("private,reason\n7,x\n7,SECRET\n", "row 3 column private must differ"),
    "no reason": ("private,reason\n7,\n", "row 2 column reason must not be empty"),
    "a comma": ("private,reason\n7,a,SECRET\n", "row 2 must have 2 cells"),
    "a column": ("private,reason,SECRET\n7,a,b\n", "row 1 must have only the columns"),
    "a quote": ('private,reason\n7,"SECRET\n', "must be a comma-separated table"),
}


@pytest.mark.parametrize(("text", "fault"), FILES.values(), ids=FILES)
def test_faults_of_the_file_of_reasons_tell_their_place_alone(tmp_path, text, fault):
    """Nothing that stands in the file is in the error."""
    with pytest.raises(InputError, match=fault) as caught:
        read_reasons(write_text(tmp_path / "reasons.csv", text))
    assert "SECRET" not in everything_of(caught.value)


def test_the_file_of_reasons_is_written_over_by_no_command(tmp_path):
    """It is one of the planner's folder."""
    home = write_private_center(tmp_path / "centre")
    made = ["--start", START, "-o", home / "reasons.csv"]
    shown = run("forecast", "--center", home / "center.toml", *made, code=2)
    assert "reasons.csv" in shown
    assert REASONS[1] in (home / "reasons.csv").read_text(encoding="utf-8")


def test_one_who_asks_why_learns_only_that_somebody_is_not_available():
    """A private rule of the agent that forbids a shift says so, and not what it is."""
    care = rules.CaregivingWindow(agents=("anna",), windows=({"days": ("Mon",)},), private=3)
    plan = example("", care, {"anna": "-E-----"})
    found = wfm.why(plan.problem, plan.schedule, "anna", date(2026, 12, 7))
    said = " ".join(found.sentences(plan.problem))
    assert "Anna is not available for what is planned on Mon 7 Dec." in said
    assert not told(said)
    assert datetime.fromisoformat(START).date() == found.day
