"""Rosters of whole shifts: the integer program, what is found, and why there is none."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.roster_problems import (
    COVER,
    DAYS,
    HARD,
    PEOPLE,
    TEMPLATES,
    needs,
    people_of,
    roster_problem,
    schedule_of,
    tours_of,
)
from wfm import Schedule, rules, solve, verify
from wfm.shift import Break, ShiftTemplate
from wfm.solver.instance import compile_problem
from wfm.solver.rosters import people as people_module
from wfm.solver.rosters.annealing import Annealing
from wfm.solver.rosters.stating import state
from wfm.solver.rosters.suited import roster_book
from wfm.solver.tour.stretch import best_stretch, room_for


@pytest.mark.parametrize("wage", [0.0, 12.5])
def test_the_program_costs_and_keeps_what_the_judge_says(wage):
    """Its value is the judge's total, and it is kept where no hard rule is broken.

    So it is for a roster of which some days are changed. Wages and quarters of a unit make it count
    in parts of a unit.
    """
    problem = roster_problem(wage=wage)
    program = state(compile_problem(problem), roster_book(problem))
    random = np.random.default_rng(1)
    kept = 0
    allowed = tours_of(problem, solve(problem, work=300).schedule)
    for number in range(60):
        tours = allowed.copy()
        for _ in range(1 + number % 8):
            tours[random.integers(4), random.integers(DAYS)] = random.integers(4)
        report = verify(problem, schedule_of(problem, tours))
        x = program.point(tours)
        assert program.value(x) == pytest.approx(report.costs.total, abs=1e-2)
        assert program.keeps(x) == (not report.hard)
        assert (program.tours(x) == tours).all()
        kept += not report.hard
    assert 5 < kept < 55


def test_a_roster_is_found_and_proven():
    """What comes back keeps the hard rules, costs what the judge says, and is not below a bound."""
    problem = roster_problem()
    seen = []
    result = solve(problem, seconds=4, on_best=seen.append)
    report = verify(problem, result.schedule)
    assert not report.hard
    assert result.objective == pytest.approx(report.costs.total)
    assert 0 <= result.bound <= result.objective
    costs = [verify(problem, schedule).costs.total for schedule in seen]
    assert costs[-1] == pytest.approx(result.objective)
    assert costs == sorted(costs, reverse=True)


def test_cover_that_can_be_met_costs_nothing():
    """Two early shifts a day by four people who work half of the days: an optimum of nothing."""
    problem = roster_problem(
        given=(
            rules.MinOnShift(needs=needs(2, ("early",)), weight=10),
            rules.MaxOnShift(needs=needs(0, ("late", "night")), weight=10),
            rules.Hours(most=56, per="horizon"),
        )
    )
    result = solve(problem, seconds=20)
    assert (result.status, result.objective, result.gap) == ("optimal", 0, 0)


def test_rules_that_cannot_hold_are_told():
    """Someone who is to work 48 hours in at most four shifts is named with both rules."""
    hours = rules.Hours(least=48, per="horizon")
    few = rules.MaxShifts(agents=("dora",), templates=("early", "late", "night"), most=4)
    result = solve(roster_problem(given=(*COVER, hours, few)), seconds=20)
    assert result.status == "infeasible"
    assert "dora" in result.conflict[0]
    assert any("at most 4 shifts" in sentence for sentence in result.conflict)


def test_a_search_goes_on_from_a_schedule():
    """It is never worse than where it began; who breaks a hard rule there gets another row."""
    problem = roster_problem()
    first = solve(problem, work=500).schedule
    before = verify(problem, first).costs.total
    again = solve(problem, work=20, start_from=first)
    assert verify(problem, again.schedule).costs.total <= before
    broken = Schedule.of_shifts([s for s in first.shifts if s.agent != "anna"])
    mended = solve(problem, work=500, start_from=broken)
    assert not verify(problem, mended.schedule).hard


def test_equal_work_gives_the_same_roster():
    """With a limit of work and a seed, schedule, cost and bound come again."""
    problem = roster_problem()
    one, other = (solve(problem, work=800, seed=3) for _ in range(2))
    assert one.schedule == other.schedule
    assert (one.objective, one.bound) == (other.objective, other.bound)


@pytest.mark.parametrize(
    "problem",
    [
        roster_problem(given=(rules.MinOnShift(needs=needs(1)),)),
        roster_problem(given=HARD),
        roster_problem(
            templates=(
                *TEMPLATES[:2],
                ShiftTemplate(
                    id="night",
                    start="22:00",
                    lengths=(600,),
                    breaks=(Break(minutes=60, earliest=120, latest=240),),
                ),
            )
        ),
    ],
    ids=["hard coupling", "no coupling", "breaks"],
)
def test_other_problems_are_left_to_the_other_search(problem):
    """Hard cover, no cover at all, or breaks: it is no roster of whole shifts."""
    assert roster_book(problem) is None


def test_a_stretch_is_the_best_that_the_whole_walk_finds():
    """With all other days held fast, the walk over a stretch and that over all days agree."""
    problem = roster_problem()
    _, people = people_of(problem)
    room = room_for(people.bundle, DAYS)
    random = np.random.default_rng(2)
    changed = 0
    for number in range(40):
        agent = number % len(PEOPLE)
        programme, base = people.programmes[agent], people.base[agent]
        _, tour = programme.best(base + random.normal(size=base.shape))
        value = base + random.normal(size=base.shape)
        first = int(random.integers(DAYS))
        last = int(random.integers(first, DAYS))
        held = np.full(value.shape, -np.inf)
        held[np.arange(DAYS), tour] = 0.0
        held[first : last + 1] = value[first : last + 1]
        _, wanted = programme.best(held)
        found = tour.copy()
        assert best_stretch(people.bundle, people.number[agent], value, found, first, last, room)
        assert (found == wanted).all()
        changed += (found != tour).any()
    assert changed > 10


def test_annealing_counts_its_cost_and_keeps_the_limits():
    """What it says that it gained is what the program says, and no hard limit is broken."""
    problem = roster_problem()
    program, people = people_of(problem)
    tours = tours_of(problem, solve(problem, work=300).schedule)
    annealing = Annealing(people, tours, np.random.default_rng(3))
    for share in np.linspace(0, 1, 10):
        annealing.run(50, share)
    first = program.value(program.point(tours))
    for found, gained in ((annealing.tours, annealing.cost), (annealing.best, annealing.least)):
        assert program.keeps(program.point(found))
        assert program.value(program.point(found)) == pytest.approx(first + gained, abs=0.05)
    assert annealing.least <= 0


def test_limits_that_programmes_do_not_carry_hold_all_the_same(monkeypatch):
    """With programmes of very few states, first rows and annealing keep what they leave out."""
    monkeypatch.setattr(people_module, "MOST_IN_ALL", 60)
    problem = roster_problem()
    _, people = people_of(problem)
    assert not all(programme.complete for programme in people.programmes)
    assert not verify(problem, solve(problem, work=300).schedule).hard


def test_fractions_of_weights_are_counted_whole():
    """A weight by the minute that no thousandth tells is neither lost nor rounded."""
    lacking = rules.Hours(least=60, per="horizon", weight=7 / 480)
    problem = roster_problem((*COVER, *HARD[:3], lacking, rules.WholeWeekends(weight=0.123457)))
    result = solve(problem, work=400, seed=1)
    costs = verify(problem, result.schedule).costs
    assert result.objective == pytest.approx(costs.total, abs=1e-3)
    assert result.bound <= costs.total + 1e-9
