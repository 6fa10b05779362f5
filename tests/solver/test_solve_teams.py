"""Teams that share queues: priced as the whole, never dearer by a round, hard rules kept."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.problems import night_before, problem_of
from wfm import InputError, Previous, Problem, Schedule, Window, rules, solve, solve_teams, verify
from wfm.rule import Rule
from wfm.solver.book import Book, open_book
from wfm.solver.parting import Parting, teams_of
from wfm.solver.reading import read_schedule
from wfm.solver.search import Search
from wfm.solver.sharing import shared, shares
from wfm.solver.team_problem import Heads

TEAMS = {f"a{n}": "south" if n % 4 > 1 else "north" for n in range(8)}
GIVEN = (
    rules.MinRest(hours=11),
    rules.Hours(most=40, per="week"),
    rules.SomeoneAtHome(household="home", windows=(Window(start="20:00", end="07:00"),)),
    rules.DayOffRequest(agents=("a1", "a2"), days=("Tue",)),
)
PROBLEM = problem_of(8, 4, 14, 6, GIVEN, previous=Previous(shifts=(night_before("a0"),)))
SETTINGS = {"work": 900, "rounds": 3, "jobs": 1}


def test_no_round_makes_the_whole_dearer_and_the_judge_agrees():
    """Costs fall from round to round, the last is the judge's, and no hard rule is broken."""
    seen = []
    result = solve_teams(PROBLEM, teams=TEAMS, on_progress=seen.append, **SETTINGS)
    costs = [each.objective for each in seen]
    assert costs == sorted(costs, reverse=True)
    assert 1 < len(costs) <= 3
    assert costs[-1] < costs[0]
    report = verify(PROBLEM, result.schedule)
    assert report.ok
    assert result.objective == pytest.approx(costs[-1])
    assert result.objective == pytest.approx(report.costs.total)
    assert 0 < result.bound <= result.objective


def test_work_repeats_on_any_number_of_cores():
    """With a limit of work the same schedule comes from one process and from two."""
    settings = {**SETTINGS, "work": 400, "rounds": 2}
    one, two = (
        solve_teams(PROBLEM, teams=TEAMS, **{**settings, "jobs": jobs}).schedule for jobs in (1, 2)
    )
    assert one.to_json() == two.to_json()


def test_one_team_is_solved_as_the_whole():
    """Nobody has a team here, so all are one, and the schedule is that of `solve`."""
    alone = solve(PROBLEM, work=300)
    assert solve_teams(PROBLEM, work=300).schedule == alone.schedule


def test_a_team_beside_others_is_priced_as_in_the_whole():
    """Between two schedules of a team, its problem and the judge of the whole differ alike."""
    whole = solve(PROBLEM, work=300).schedule
    parting = Parting(PROBLEM, teams_of(PROBLEM, TEAMS))
    others = [agent.id for agent in PROBLEM.agents if TEAMS[agent.id] == "south"]
    rows = [row for row, agent in enumerate(PROBLEM.agents) if agent.id in others]
    there = whole.at_work(PROBLEM.horizon, others)
    beside = tuple(
        Heads(
            queues=tuple(q.id for q, s in zip(PROBLEM.demand.queues, serves, strict=True) if s),
            heads=tuple(on.astype(int).tolist()),
        )
        for on, serves in zip(there, PROBLEM.serves[rows], strict=True)
    )
    search = Search(parting.part(0, beside=beside), 1)
    away = {shift.agent for shift in whole.shifts} - set(others)
    fewer = [shift for shift in whole.shifts if shift.agent != min(away)]
    found = []
    for shifts in (whole.shifts, fewer):
        schedule = Schedule.of_shifts(shifts)
        read_schedule(search, Schedule.of_shifts([s for s in shifts if s.agent not in others]))
        found.append((search.settle(), verify(PROBLEM, schedule).costs.total))
    (team, judged), (team_after, judged_after) = found
    assert judged_after != pytest.approx(judged)
    assert team_after - team == pytest.approx(judged_after - judged)


def test_shares_of_the_demand_add_up():
    """Each team's part of contacts, and of curves at its part of the heads, makes up the whole."""
    parting = Parting(PROBLEM, teams_of(PROBLEM, TEAMS))
    parts = shares(PROBLEM, parting.teams)
    assert parts.sum(axis=0) == pytest.approx(1.0)
    demand = PROBLEM.demand
    halves = [shared(demand, part) for part in parts]
    assert sum(half.contacts_array for half in halves) == pytest.approx(demand.contacts_array)
    twin = shared(demand, np.full(2, 0.5))
    assert (twin.service_at(20) * 2 <= demand.service_at(40)[:, :, ::2] + 1e-9).all()
    assert twin.service_at(60)[:, :, -1] * 2 == pytest.approx(demand.service_at(120)[:, :, -1])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"teams": {**TEAMS, "a1": "south"}},
            "solve_teams: teams must keep a0, a1 in one team, because rules[2] holds for them "
            "together: ",
        ),
        ({"teams": {"a0": "north"}}, "solve_teams: teams must name a team for each agent"),
        ({"teams": {**TEAMS, "zoe": "north"}}, "solve_teams: teams must be one of the agents"),
        ({"teams": TEAMS, "rounds": 0}, "solve_teams: rounds must be at least 1, got 0."),
        ({"teams": TEAMS, "work": 0}, "solve_teams: work must be above 0, got 0."),
    ],
)
def test_what_cannot_be_used(given, expected):
    """Arguments are refused before anything is solved, a rule over teams in its own words."""
    with pytest.raises(InputError) as caught:
        solve_teams(PROBLEM, **given)
    assert str(caught.value).startswith(expected)


def test_a_fair_share_over_everyone_is_refused():
    """A soft rule that reaches over teams is refused like a hard one, naming a few of them."""
    fair = rules.FairShare(of="nights", weight=0.05)
    with pytest.raises(InputError, match=r"keep a0, a1, a2, a3, \.\.\. in one team"):
        solve_teams(PROBLEM.with_rules(fair), teams=TEAMS)


def test_a_team_without_a_schedule_says_why():
    """The conflict of a team is that of the whole."""
    ill = PROBLEM.with_rules(rules.Hours(agents=("a3",), least=90, per="horizon"))
    result = solve_teams(ill, teams=TEAMS, **SETTINGS)
    assert result.status == "infeasible"
    assert result.schedule is None
    assert "Agent 3" in result.conflict[0]


@pytest.mark.parametrize("name", sorted(Rule.named))
def test_every_rule_binds_in_its_team_as_in_the_whole(name):
    """Parted into the fewest that rules couple, people are bound by the same limits as before."""
    for example in Rule.named[name].examples():
        problem = example.problem
        book = open_book(problem)
        parting = Parting(problem, _groups(problem, book))
        for number, team in enumerate(parting.teams):
            mine = open_book(parting.part(number)).own
            assert list(map(_said, mine)) == [_said(book.own[agent]) for agent in team]


def _groups(problem: Problem, book: Book) -> list[list[int]]:
    """All who are coupled to anybody as one team, and everyone else alone."""
    coupled = {agent for joint in book.joint for agent in joint.agents}
    loose = [[row] for row in range(len(problem.agents)) if row not in coupled]
    return [sorted(coupled), *loose] if coupled else loose


def _said(entries) -> list[tuple]:
    return sorted(
        (entry.limit.most, entry.weight or 0, entry.limit.cells[0].grid.tobytes())
        for entry in entries
    )
