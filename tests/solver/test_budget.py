"""Limits of time and work: what repeats, what is told on the way, and what Ctrl-C leaves."""

from __future__ import annotations

import signal
import threading

import pytest
from ortools.sat.python import cp_model

from tests.solver.problems import problem_of
from wfm import InputError, Window, rules, solve, verify
from wfm.solver.budget import PACE, Budget
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.model import solver_for
from wfm.solver.solve import MOVES

GIVEN = (
    rules.MinRest(hours=11),
    rules.Hours(most=40),
    rules.SomeoneAtHome(household="home", windows=(Window(start="20:00", end="07:00"),)),
    rules.DayOffRequest(agents=("a1",), days=("Sat",)),
)


@pytest.fixture(scope="module")
def problem():
    """A centre of five with rules that couple two of them."""
    return problem_of(5, chats=4.0, given=GIVEN)


@pytest.mark.parametrize("moves", [MOVES, ("rows",), ("columns",), ("whole",)])
def test_the_same_work_and_seed_give_the_same_schedule_to_the_byte(problem, moves):
    """Two runs agree in schedule, cost and bound, whichever moves take part."""
    runs = [solve(problem, work=600, seed=3, moves=moves) for _ in range(2)]
    assert len({run.schedule.to_json() for run in runs}) == 1
    assert len({(run.objective, run.bound) for run in runs}) == 1


def test_a_seed_of_its_own_gives_a_way_of_its_own(problem):
    """What repeats is the seed's doing: with others the first schedules differ."""
    firsts = set()
    for seed in range(4):
        seen = []
        solve(problem, work=1, seed=seed, on_best=seen.append)
        firsts.add(seen[0].to_json())
    assert len(firsts) > 1


def test_more_work_goes_on_where_less_has_ended_no_worse(problem):
    """The best of many tours costs no more than the first schedule, and the bound is below it."""
    seen = []
    result = solve(problem, work=1500, on_progress=seen.append)
    assert result.objective <= seen[0].objective + 1e-6
    assert result.bound <= result.objective + 1e-9


def test_an_engine_that_finds_nothing_uses_the_work_up():
    """Runs on a model without an answer, hint and all, come back, and only so many fit."""
    budget, runs = Budget(None, work=5), 0
    while not budget.over:
        model = cp_model.CpModel()
        chosen = [model.new_bool_var(f"chosen_{number}") for number in range(3)]
        model.add(sum(chosen) == 2)
        model.add(sum(n * each for n, each in enumerate(chosen)) >= 4)
        for each in chosen:
            model.add_hint(each, 1)
        model.minimize(sum(chosen))
        assert budget.run(solver_for(1), model, 1.0) == cp_model.INFEASIBLE
        runs += 1
    assert runs <= 5


def test_time_ends_a_search_that_has_work_left(problem):
    """With both limits the earlier one counts: a search with endless work returns all the same."""
    result = solve(problem, seconds=0.5, work=10**9)
    assert verify(problem, result.schedule).ok


def test_every_better_schedule_is_told_and_keeps_the_rules(problem):
    """Those told are valid, each cheaper than the one before, and the last is the result's."""
    told = []
    result = solve(problem, work=1500, on_best=told.append)
    costs = []
    for schedule in told:
        report = verify(problem, schedule)
        assert [violation.sentence for violation in report.hard] == []
        costs.append(report.costs.total)
    assert costs == sorted(costs, reverse=True)
    assert told[-1] == result.schedule


@pytest.mark.parametrize("limit", [{"seconds": 0}, {"seconds": -1.0}, {"work": 0}])
def test_a_limit_of_nothing_is_refused(problem, limit):
    """The sentence names the limit and what was given."""
    ((name, value),) = limit.items()
    with pytest.raises(InputError, match=rf"solve: {name} must be above 0, .*{value}"):
        solve(problem, **limit)


def test_the_clock_counts_work_where_that_is_limited():
    """So many steps stand for a second, and the clock stands still without them."""
    budget = Budget(None, work=3 * PACE)
    assert (budget.clock, budget.total, budget.over) == (0.0, 3.0, False)
    budget.spend(2 * PACE)
    assert (budget.clock, budget.left) == (2.0, 1.0)
    budget.spend(PACE)
    assert budget.over


def test_one_interrupt_is_heeded_and_a_second_goes_through():
    """The first Ctrl-C is only remembered; the second raises; afterwards all is as before."""
    before = signal.getsignal(signal.SIGINT)
    with heeding_interrupts() as pressed:
        assert not pressed()
        signal.raise_signal(signal.SIGINT)
        assert pressed()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_in_other_threads_nothing_is_heeded():
    """A search in a thread leaves signals alone."""
    found = []

    def search() -> None:
        with heeding_interrupts() as pressed:
            found.append((signal.getsignal(signal.SIGINT), pressed()))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=search)
    thread.start()
    thread.join()
    assert found == [(before, False)]
