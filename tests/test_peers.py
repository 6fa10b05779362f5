"""Other people's problems: read, stated for wfm, their objectives counted anew."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import peers
from benchmarks.others.asking import Answered, ask
from benchmarks.others.covering import Covering
from benchmarks.others.reading import grown_cover, grown_roster, grown_wards, read_cases
from benchmarks.others.rostering import Rostering
from benchmarks.others.wards import Wards
from wfm import InputError, solve, verify
from wfm.schedule import Schedule, Shift

needs_data = pytest.mark.skipif(
    not peers.DATA.is_dir(), reason="other schedulers' examples are not in shared/data"
)
GOOGLE_38 = (
    "OMNNAMOONNAAMOMMOAAAA",
    "OMAMAAOAMAAOOAONNAMOA",
    "MAAOONNNOMMAAOMOMMONN",
    "MAOAMOAAOAMNNAOAMMNNO",
    "AAMONNOAAMAMOOAOAOMAA",
    "AOMMNNAOMNNOAMAMNNOOM",
    "AOOAMAMMAOOMNNNAOAAMO",
    "NNNAOOAMAOONNAAAAONNO",
)
"""A roster of Google's example at its optimum."""


def case_named(name):
    """The first case of the files whose name holds some words."""
    return next(case for case in read_cases(peers.DATA) if name in case.name)


def google_schedule(rows):
    """A schedule of rows of letters, with the afternoon that the day after is given."""
    start = {"M": 360, "A": 840, "N": 1320}
    return Schedule.of_shifts(
        [
            Shift(
                agent=str(person),
                day=day,
                template=letter,
                start=1440 * day + start[letter],
                end=1440 * day + start[letter] + 480,
            )
            for person, row in enumerate(rows)
            for day, letter in enumerate(row + "A")
            if letter != "O"
        ]
    )


@needs_data
def test_googles_optimum():
    """A roster at the optimum costs 38 by the example's own count, and the judge agrees."""
    case = case_named("Google")
    assert case.known == 38
    assert case.objective(GOOGLE_38) == 38
    assert not list(case.faults(GOOGLE_38))
    problem = case.problem()
    schedule = google_schedule(GOOGLE_38)
    assert case.of_schedule(schedule) == GOOGLE_38
    report = verify(problem, schedule)
    assert report.ok
    # Two wishes of 2 that are kept win 2 each there, and cost nothing here.
    assert report.costs.total == 38 + 4


@needs_data
@pytest.mark.parametrize(
    ("person", "row", "told"),
    [
        (0, "OMNNAMOONNAAMOMMOAAAM", "too few on A of day 20"),
        (1, "OMAMAAOAMAAOOAONNAOOO", "1: 3 O in a row"),
        (2, "MAAOONNNOMMAAOMOMNMNN", "2: M after N"),
        (4, "AAMONNOAAMAMOOAOAOMAN", "too few on A of day 20"),
        (7, "NNNAOOAMAOONNAAAAONON", "too few on N of day 19"),
    ],
)
def test_googles_penalties_up_to_the_last_day(person, row, told):
    """The judge's costs are the example's penalties, lone nights at the horizon's end included."""
    case = case_named("Google")
    rows = (*GOOGLE_38[:person], row, *GOOGLE_38[person + 1 :])
    faults = list(case.faults(rows))
    assert told in faults
    short = sum("too few" in fault for fault in faults)
    report = verify(case.problem(), google_schedule(rows))
    assert report.ok == (len(faults) == short)
    assert report.costs.total == case.objective(rows) + 4 + 1000 * short


SMALL = Covering(
    name="small",
    required=((1, 2, 2, 1),),
    patterns={"early": (1, 1, 0, 0), "late": (0, 0, 1, 1), "ends": (1, 0, 0, 1), "all": (1,) * 4},
    costs={"early": 2, "late": 2, "ends": 2, "all": 5},
    people=5,
)


def test_cover_is_counted_by_hand():
    """Heads, cost, shortage and difference of a plan that a person can check."""
    plan = Counter({(0, "early"): 2, (0, "all"): 1})
    assert SMALL.heads(plan) == [3, 3, 1, 1]
    assert SMALL.objective(plan) == 9
    assert list(SMALL.faults(plan)) == ["1 missing in period 2"]
    difference = Covering("d", SMALL.required, SMALL.patterns, SMALL.costs, 5, "difference")
    assert difference.objective(plan) == 2 + 1 + 1
    assert not list(difference.faults(plan))
    assert list(SMALL.faults(Counter({(0, "none"): 1}))) == ["none is no pattern"]


@pytest.mark.parametrize(("aim", "best"), [("cost", 8.0), ("difference", 2.0)])
def test_small_cover_is_solved(aim, best):
    """Both aims are met at the optimum known by hand; wages and curves say what the peer counts."""
    case = Covering("small", SMALL.required, SMALL.patterns, SMALL.costs, 5, aim)
    result = solve(case.problem(), seconds=60)
    plan = case.of_schedule(result.schedule)
    assert not list(case.faults(plan))
    assert case.objective(plan) == best
    due = sum(map(sum, case.required))
    assert result.objective - (due if aim == "difference" else 0) == pytest.approx(best)


@needs_data
def test_cyclic_shifts_are_worked_at_both_ends_of_the_day():
    """Each pattern is a template that works its hours and no other."""
    case = case_named("Cyclic")
    problem = case.problem()
    assert case.known == 55
    for template in problem.shifts:
        assert template.lengths[0] - template.unpaid == 480
    assert {template.id for template in problem.shifts} == set(case.patterns)
    late = case.patterns["from 20"]
    assert [hour for hour, works in enumerate(late) if works] == [0, 1, 2, 3, 20, 21, 22, 23]


@needs_data
def test_a_weeks_patterns_may_cross_midnight():
    """Of Staffjoy's week every pattern has a template that is offered on its day."""
    case = case_named("on demand, a week")
    problem = case.problem()
    offered = sum(len(template.days) for template in problem.shifts)
    assert offered == len(case.patterns)
    crossing = Schedule.of_shifts(
        [Shift(agent="person-000", day=1, template="22:00+360", start=2760, end=3120)]
    )
    assert case.of_schedule(crossing) == Counter({(0, "46+6"): 1})


@needs_data
def test_every_case_is_stated():
    """Each is a problem that the judge takes, and a question that JSON holds."""
    for case in read_cases(peers.DATA):
        assert case.problem().agents
        assert json.loads(json.dumps(case.question()))
        nothing = case.of_schedule(Schedule.of_shifts([]))
        assert next(case.faults(nothing), None) or getattr(case, "aim", "") == "difference"


ROSTER = Rostering(
    {
        "num_days": 3,
        "resources": ["anna", "ben"],
        "shifts": ["Day", "Night"],
        "shifts_hours": [8, 6],
        "min_working_hours": 8,
        "max_resting": 2,
        "non_sequential_shifts": [{"origin": "Night", "destination": "Day"}],
        "banned_shifts": [{"resource": "ben", "shift": "Day", "day": 0}],
        "required_resources": {"Day": [1, 1, 1], "Night": [0, 1, 0]},
        "resources_preferences": [{"resource": "anna", "shift": "Day"}],
        "resources_prioritization": [{"resource": "anna", "weight": 0.5}],
    },
    "small roster",
)


def test_a_roster_is_counted_by_hand():
    """Hours less what is preferred; and each fault of the peer's rules."""
    plan = frozenset({("anna", 0, "Day"), ("ben", 1, "Night"), ("anna", 2, "Day")})
    assert ROSTER.objective(plan) == 8 + 6 + 8 - 2 * 0.5
    assert set(ROSTER.faults(plan)) == {"1 missing on Day of day 1", "ben has too few hours"}
    wrong = frozenset({("ben", 0, "Day"), ("ben", 1, "Night"), ("ben", 2, "Day")})
    told = set(ROSTER.faults(wrong))
    assert "('ben', 0, 'Day') is banned" in told
    assert "ben works on the day after Night of day 1" in told
    assert "anna is off too often" in told


def test_a_small_roster_is_solved():
    """Two nurses and three days: four shifts are due, anna prefers three of them."""
    data = {**ROSTER.data, "min_working_hours": 6}
    case = Rostering(data, "small")
    result = solve(case.problem(), seconds=60)
    plan = case.of_schedule(result.schedule)
    assert not list(case.faults(plan))
    assert case.objective(plan) == 3 * 7.5 + 6


WARDS = Wards(
    {
        "employee_list": [
            {"name": "anna", "skill_set": ["Doctor"]},
            {"name": "ben", "skill_set": ["Doctor", "Nurse"]},
        ],
        "availability_list": [
            {"employee": {"name": "anna"}, "date": "2024-01-01", "availability_type": "DESIRED"},
            {"employee": {"name": "ben"}, "date": "2024-01-02", "availability_type": "UNDESIRED"},
        ],
        "shift_list": [
            {
                "start": f"2024-01-0{day}T{hour}:00:00",
                "end": f"2024-01-0{day + (hour == '22')}T{end}:00:00",
                "location": "Ward",
                "required_skill": skill,
            }
            for day, hour, end, skill in [
                (1, "06", "14", "Doctor"),
                (1, "22", "06", "Nurse"),
                (2, "14", "22", "Doctor"),
            ]
        ],
    },
    "small wards",
)


def test_wards_are_counted_by_hand():
    """Desired minutes are won, undesired ones lost, and hard faults are told."""
    good = WARDS.of_answer(["anna", "ben", "anna"])
    assert WARDS.objective(good) == -480
    assert not list(WARDS.faults(good))
    bad = WARDS.of_answer(["ben", "ben", "ben"])
    assert WARDS.objective(bad) == 480
    assert len(list(WARDS.faults(bad))) == 2  # two on a date, eight hours between two
    assert "lacks the skill" in next(WARDS.faults(WARDS.of_answer(["anna", "anna", "ben"])))


def test_small_wards_are_solved():
    """The only good answer is found, and the night is told in the file's words."""
    result = solve(WARDS.problem(), seconds=60)
    plan = WARDS.of_schedule(result.schedule)
    assert sorted(plan) == sorted(WARDS.of_answer(["anna", "ben", "anna"]))


def test_grown_cases_are_the_same_each_time():
    """They are drawn from fixed seeds, and differ from nothing but themselves."""
    for grown in (
        lambda: grown_cover(days=2),
        lambda: grown_roster(people=6, days=5),
        lambda: grown_wards(people=8, days=3),
    ):
        assert grown().question() == grown().question()
        assert grown().problem() == grown().problem()


def test_an_absent_peer_is_told_with_the_reason():
    """An interpreter without the peer answers why; one that is none is refused."""
    bare = Path(sys.executable)
    lacks = subprocess.run([bare, "-c", "import timefold"], check=False, capture_output=True)
    if lacks.returncode:
        assert "ModuleNotFoundError" in ask(WARDS, bare, 1.0).absent
    with pytest.raises(InputError, match="--peers-python must be a Python interpreter"):
        ask(WARDS, Path("nowhere"), 1.0)


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ([(1, 5.0), (2, 3.0)], [(4, 3.0)], "equal, sooner"),
        ([(1, 5.0), (6, 3.0)], [(4, 3.0)], "equal, later"),
        ([(1, 2.0)], [(4, 3.0)], "better"),
        ([(1, 4.0)], [(4, 3.0)], "worse"),
        ([], [(4, 3.0)], "worse"),
        ([(1, 4.0)], [], "better"),
    ],
)
def test_verdicts(ours, theirs, verdict):
    """The first allowed plan that is as good as the peer's best says who is ahead."""

    class Plain(Covering):
        def objective(self, plan):
            return plan

        def faults(self, plan):  # noqa: ARG002
            return iter(())

    case = Plain(**{name: getattr(SMALL, name) for name in SMALL.__dataclass_fields__})
    sides = [peers.counted(case, Answered(plans, 9.0)) for plans in (ours, theirs)]
    assert peers.compared(case, *sides)["verdict"] == verdict


def test_a_missing_folder_is_refused(tmp_path, capsys):
    """Without the examples there is one sentence and exit code 2."""
    assert peers.main(["--quick", "--data", str(tmp_path)]) == 2
    assert "must be a readable file of JSON" in capsys.readouterr().err
