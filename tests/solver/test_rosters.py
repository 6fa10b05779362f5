"""Rosters of whole shifts: the integer program, what is found, and why there is none."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from wfm import Schedule, rules, solve, verify
from wfm.agent import Agent, Contract, Skill
from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.queue import Queue
from wfm.rules.example import MONDAY as START
from wfm.schedule import Shift
from wfm.shift import Break, ShiftTemplate
from wfm.solver.budget import Budget
from wfm.solver.instance import compile_problem
from wfm.solver.rosters import people as people_module
from wfm.solver.rosters.annealing import Annealing
from wfm.solver.rosters.branching import Branching
from wfm.solver.rosters.engine import Engine
from wfm.solver.rosters.hand import Hand
from wfm.solver.rosters.narrowing import Prices
from wfm.solver.rosters.part import Cutter
from wfm.solver.rosters.people import People
from wfm.solver.rosters.row_program import RowProgram
from wfm.solver.rosters.stating import state
from wfm.solver.rosters.suited import roster_book
from wfm.solver.tour.stretch import best_stretch, room_for

DAYS = 14
PEOPLE = ("anna", "ben", "cleo", "dora")
TEMPLATES = (
    ShiftTemplate(id="early", start="06:00", lengths=(480,)),
    ShiftTemplate(id="late", start="14:00", lengths=(480,)),
    ShiftTemplate(id="night", start="22:00", lengths=(600,)),
)


def day_of(day):
    """Date of a day."""
    return START + timedelta(days=day)


def needs(heads, templates=("early", "late", "night")):
    """The same heads on each shift of each day."""
    return tuple(
        rules.ShiftNeed(day=day_of(day), template=template, heads=heads)
        for day in range(DAYS)
        for template in templates
    )


COVER = (
    rules.MinOnShift(needs=needs(1), weight=50),
    rules.MaxOnShift(needs=needs(1), weight=2),
)
HARD = (
    rules.ForbiddenSuccession(first=("night",), then=("early", "late")),
    rules.MaxDaysInARow(days=4),
    rules.MinDaysOffInARow(days=2),
    rules.Hours(least=40, most=80, per="horizon"),
    rules.MaxShifts(agents=("ben",), templates=("night",), most=0),
)
SOFT = (
    rules.WholeWeekends(weight=3),
    rules.MaxWeekends(most=1, weight=7),
    rules.MinDaysInARow(days=3, weight=1.5),
    rules.ShiftRequest(agents=("anna",), days=("Wed",), templates=("late",), weight=4),
    rules.DayOffRequest(agents=("cleo",), days=("Sat",), weight=6),
    rules.MaxShifts(templates=("late",), most=3, weight=0.25),
)


def roster_problem(given=(*COVER, *HARD, *SOFT), templates=TEMPLATES, wage=0.0):
    """Four people for two weeks; nobody calls."""
    horizon = Horizon(start=START, days=DAYS, interval=60)
    zeros = (0.0,) * horizon.slots
    return Problem(
        demand=Demand(
            horizon=horizon,
            queues=(Queue(id="none"),),
            contacts=(zeros,),
            aht=((60.0,) * horizon.slots,),
            required=((0,) * horizon.slots,),
            service=((((0, 0.0),),) * horizon.slots,),
        ),
        agents=tuple(Agent(id=name, contract="staff", skills=("any",)) for name in PEOPLE),
        contracts=(Contract(id="staff", hourly_cost=wage),),
        skills=(Skill(id="any"),),
        shifts=templates,
        rules=given,
    )


def schedule_of(problem, tours):
    """A schedule of tours."""
    options = problem.options
    return Schedule.of_shifts(
        [
            Shift(
                agent=PEOPLE[agent],
                day=int(day),
                template=options.templates[options.template[tours[agent, day]]].id,
                start=int(options.start[day, tours[agent, day]]),
                end=int(options.end[day, tours[agent, day]]),
            )
            for agent, day in np.argwhere(tours < len(options))
        ]
    )


def tours_of(problem, schedule):
    """Tours of a schedule, the last column where someone is off."""
    tours = np.full((len(PEOPLE), DAYS), len(problem.options))
    for shift in schedule.shifts:
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        tours[PEOPLE.index(shift.agent), shift.day] = option
    return tours


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


def people_of(problem):
    """The program of a problem, with everyone's tour programme."""
    book = roster_book(problem)
    program = state(compile_problem(problem), book)
    return program, People(program, book)


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


def rows_of(people):
    """The linear program over whole rows, without limits of time."""
    return RowProgram(people, Budget(None), lambda: False)


def never(_):
    """No roster is in hand: no bound is as good as it."""
    return False


def test_prices_of_rows_prove_a_bound_and_shut_no_cell_of_a_roster_below():
    """The bound is below any roster's cost, and none is left without a cell that it holds."""
    problem = roster_problem()
    program, people = people_of(problem)
    result = solve(problem, work=800)
    at_first = Prices(people, np.zeros(len(people.joint.most))).bound
    mix = rows_of(people).solve(np.isfinite(people.base), never)
    assert at_first < mix.bound <= result.objective + 0.05
    prices = Prices(people, mix.price)
    assert prices.bound == pytest.approx(mix.bound)
    prices.price_cells(lambda: False)
    x = program.point(tours_of(problem, result.schedule))
    assert prices.narrowed(program, result.objective).keeps(x)
    near = prices.narrowed(program, prices.bound + 1)
    assert (near.upper < program.upper).any()


def test_a_mix_of_rows_is_an_optimum_of_the_linear_program():
    """Everyone works one row in all, and what the mix costs by the program is what it proves."""
    program, people = people_of(roster_problem())
    mix = rows_of(people).solve(np.isfinite(people.base), never)
    cells = mix.cells(people.base.shape)
    assert cells.sum(axis=2) == pytest.approx(np.ones((len(PEOPLE), DAYS)))
    joint = people.joint
    off = np.full((len(PEOPLE), DAYS), program.options)

    def own(tours):
        coupled = np.maximum(people.counts(tours) - joint.most, 0) @ joint.price
        return program.value(program.point(tours)) - coupled

    counted = people.counted(mix.agent, mix.tours).T @ mix.share
    costs = own(off) + np.maximum(counted - joint.most, 0) @ joint.price
    for agent, tour, share in zip(mix.agent, mix.tours, mix.share, strict=True):
        tours = off.copy()
        tours[agent] = tour
        costs += share * (own(tours) - own(off))
    assert mix.bound == pytest.approx(costs, rel=1e-4)


def test_shut_cells_are_worked_by_nobody():
    """With cells shut a mix leaves them, costs no less, and comes back when they are open again."""
    _, people = people_of(roster_problem())
    rows, ground = rows_of(people), np.isfinite(people.base)
    first = rows.solve(ground, never)
    cells = first.cells(people.base.shape)
    agent, day, option = np.argwhere(cells[:, :, :-1] > 0.5)[0]
    less = ground.copy()
    less[agent, day, option] = False
    shut = rows.solve(less, never)
    assert shut.cells(people.base.shape)[agent, day, option] == 0
    assert shut.bound >= first.bound - 1e-6
    again = rows.solve(ground, never)
    assert again.bound == pytest.approx(first.bound, rel=1e-5)
    nothing = ground.copy()
    nothing[agent, day] = False
    assert rows.solve(nothing, never) is None


@pytest.mark.parametrize("heads", [(0, 1, 0), (1, 0, 1), (2, 1, 0)])
def test_branch_and_price_proves_what_the_engine_proves(heads):
    """From any roster that keeps the limits it comes to the least one of CP-SAT on the whole."""
    cover = [
        kind(needs=needs(count, (template.id,)), weight=weight)
        for template, count in zip(TEMPLATES, heads, strict=True)
        for kind, weight in ((rules.MinOnShift, 5), (rules.MaxOnShift, 2))
    ]
    problem = roster_problem((*cover, *HARD, *SOFT[3:5]))
    program, people = people_of(problem)
    hand = Hand(program)
    own = np.arange(program.own)
    first = program.point(tours_of(problem, solve(problem, work=60).schedule))
    hand.seat(own, first[own])
    hand.seated()
    part = Cutter(program).part(first, own)
    answer = Engine(Budget(None)).near_best(part, 1, 60.0, 0.0)
    assert answer.settled
    least = (
        program.value(hand.x) + (part.cost @ (answer.values - first[part.columns])) / program.scale
    )
    rows = rows_of(people)
    Branching(rows, hand, np.random.default_rng(1)).run(lambda: rows.budget.spent > 20_000)
    assert hand.bound_by == "branch and price"
    assert program.keeps(hand.x)
    assert hand.cost == hand.bound == pytest.approx(least)


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
