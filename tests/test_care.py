"""What promises cost, and what could be had for other weightings."""

from __future__ import annotations

import json

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import wfm
from benchmarks import care
from tests.solver.problems import problem_of
from wfm import InputError, Window, io, plot, rules
from wfm.care.known import Known, Pool
from wfm.care.point import FrontierPoint, sorted_points
from wfm.care.promises import promises, told, without
from wfm.care.values import Price, Prices, Standing
from wfm.care.wishes import wishes_kept
from wfm.cli import app
from wfm.judge.report import Costs
from wfm.rule import Rule
from wfm.rules._roster import random_roster

EVENINGS = Window(start="20:00", end="07:00")
AT_HOME = rules.SomeoneAtHome(household="home", windows=(EVENINGS,))
TUESDAY = rules.DayOffRequest(agents=("a1",), days=("Tue",), weight=15)
MONDAY = rules.DayOffRequest(agents=("a0",), days=("Mon",), weight=30)
GIVEN = (rules.MinRest(hours=11), rules.Hours(most=40), AT_HOME, TUESDAY, MONDAY)
LIMITS = {"work": 400, "jobs": 1}


@pytest.fixture(scope="module")
def solved():
    """Three people, too few for their calls, and their proven schedule of three days."""
    problem = problem_of(3, days=3, given=GIVEN)
    result = wfm.solve(problem, work=400)
    assert result.status == "optimal"
    return problem, result


@pytest.fixture(scope="module")
def alone(solved):
    return wfm.prices(*solved, **LIMITS)


@pytest.fixture(scope="module")
def found(solved):
    problem, result = solved
    weightings = ((1.0, 1.0), (0.01, 1.0), (1.0, 5000.0), (1.0, 0.0))
    return wfm.frontier(problem, weightings=weightings, start_from=result, **LIMITS)


def standing(cost, bound, answers=0.0):
    costs = Costs(wages=cost, premiums=0.0, service=0.0, rules=0.0)
    return Standing(costs=costs, bound=bound, answers={"calls": answers}, levels={"calls": None})


def point(pay, lost, wishes):
    return FrontierPoint(
        service_weight=1.0,
        wish_weight=1.0,
        schedule=wfm.Schedule(),
        costs=Costs(wages=pay, premiums=0.0, service=lost, rules=0.0),
        level=None,
        levels={},
        wishes=wishes,
    )


def test_a_price_is_the_difference_of_two_proven_costs(solved):
    """Where both searches prove their schedules, the price is that of two solves from nothing."""
    problem, result = solved
    free = wfm.solve(without(problem, [3]), work=400)
    assert free.status == "optimal"
    price = wfm.price(problem, result, TUESDAY, **LIMITS)
    assert price.money == pytest.approx(result.objective - free.objective, abs=0.2)
    assert price.least - 1e-6 <= price.money <= price.most + 1e-6
    assert price.most - price.least < 0.2


def test_several_promises_have_a_price_together(solved, alone):
    """Two wishes that are refused anyway cost their weights, each and together."""
    problem, result = solved
    price = wfm.price(problem, result, [TUESDAY, MONDAY], **LIMITS)
    assert price.rules == (3, 4)
    assert [each.money for each in alone.each[1:]] == pytest.approx([15, 30])
    assert price.money == pytest.approx(45)


def test_prices_of_all_promises(solved, alone):
    """Each promise has a price of at least nothing, and its words; work rules have none."""
    problem, _ = solved
    assert [price.label for price in alone.each] == [told(problem, rule) for rule in GIVEN[2:]]
    assert promises(problem) == (2, 3, 4)
    assert all(price.money >= 0 for price in alone.each)
    assert all(price.keeping == alone.whole.keeping for price in alone.each)
    assert alone.whole.rules == (2, 3, 4)


def test_steps_add_up(solved):
    """Dropped one after the other, prices add up to the whole, and each group is dropped once."""
    groups = {"home": [AT_HOME], "wishes": [TUESDAY, MONDAY]}
    steps = wfm.prices(*solved, groups=groups, steps=True, **LIMITS)
    assert steps.total == pytest.approx(steps.whole.money)
    assert [price.rules for price in steps.each] == [(2,), (3, 4)]
    assert steps.whole.rules == (2, 3, 4)
    assert steps.each[1].together == pytest.approx(steps.whole.money)


def test_the_same_work_gives_the_same_prices(solved):
    """With a limit of work, prices repeat to the last digit."""
    one, two = (wfm.price(*solved, AT_HOME, seed=5, **LIMITS) for _ in range(2))
    assert one == two


@settings(max_examples=20)
@given(st.integers(0, 999), st.sets(st.sampled_from(range(len(GIVEN)))))
def test_the_cost_without_some_rules_is_the_judges(seed, dropped):
    """A roster that is judged once costs without some rules what the judge of those says."""
    problem = problem_of(3, days=3, given=GIVEN)
    problem, schedule = random_roster(problem, np.random.default_rng(seed))
    known = Known.of(problem, schedule)
    report = wfm.verify(without(problem, dropped), schedule)
    expected = report.costs.total if report.ok else np.inf
    assert known.cost(frozenset(dropped)) == pytest.approx(expected)


def test_bounds_hold_for_fewer_promises_too(solved):
    """What is proven without more promises is proven with them; the best known schedule counts."""
    problem, result = solved
    pool = Pool(problem)
    pool.add(result.schedule)
    pool.prove((), 10.0)
    pool.prove((3, 4), 20.0)
    assert [pool.standing(gone).bound for gone in ((), (3,), (3, 4), (2, 3))] == [20, 20, 20, 0]
    assert pool.standing((3,)).cost == pytest.approx(result.objective - 15)


def test_what_a_price_says():
    """The price is the difference of costs less what was dropped before; bounds give its limits."""
    price = Price(
        label="a promise",
        rules=(1,),
        keeping=standing(100.0, 97.0, 50.0),
        dropping=standing(90.0, 88.0, 53.0),
        before=4.0,
    )
    assert (price.together, price.money, price.least, price.most) == (10, 6, 7, 12)
    assert price.answers == {"calls": 3}
    text = str(Prices(way="apart", each=(price,), whole=price))
    assert "a promise   6.00      7.00    12.00   +3.0" in text
    assert "cost 100.00, bound 97.00" in text


def test_the_frontier_holds_schedules(solved, found):
    """Each point keeps the hard rules, costs what the judge says, and stands by its pay."""
    problem, _ = solved
    assert len(found.points) > 1
    assert [p.pay for p in found.points] == sorted(p.pay for p in found.points)
    for each in found.points:
        report = wfm.verify(problem, each.schedule)
        assert report.ok
        assert report.costs == each.costs
        assert wishes_kept(problem, report.violations).share == each.wishes


def test_the_frontier_gives_what_is_asked_for(found):
    """Dear wishes are kept, and where calls are cheap less is paid."""
    by_weights = {(p.service_weight, p.wish_weight): p for p in found.points}
    own, cheap, dear = (by_weights[each] for each in ((1.0, 1.0), (0.01, 1.0), (1.0, 5000.0)))
    assert cheap.pay < own.pay
    assert (own.wishes, dear.wishes) == (0.0, 1.0)


def test_dominated_points_are_marked():
    """A point is marked if another is better in something and worse in nothing."""
    given = [point(2, 5, 0.5), point(1, 9, None), point(2, 6, 0.5), point(1, 9, 1.0)]
    marked = sorted_points(given)
    assert [(p.pay, p.costs.service) for p in marked] == [(1, 9), (1, 9), (2, 5), (2, 6)]
    assert [p.dominated for p in marked] == [False, False, False, True]


def test_tables(alone, found):
    """A row for each promise and one for all; a row for each point."""
    table = io.prices_frame(alone)
    assert table["price"].tolist() == [*(p.money for p in alone.each), alone.whole.money]
    assert table["at_most"].iloc[-1] == alone.whole.most
    points = io.frontier_frame(found)
    assert points["pay"].tolist() == [p.pay for p in found.points]
    assert points["dominated"].tolist() == [p.dominated for p in found.points]


def test_values_survive_json(alone, found):
    """Prices and frontiers are read back as they were."""
    assert Prices.from_json(alone.to_json()) == alone
    assert wfm.Frontier.from_json(found.to_json()) == found


def test_the_picture_of_a_frontier(found):
    """It is drawn on the axes that it is given, a mark for each point, with its wishes."""
    mpl.use("Agg")
    _, ax = plt.subplots()
    assert plot.frontier(found, ax) is ax
    drawn = sum(len(marks.get_offsets()) for marks in ax.collections)
    assert drawn == len(found.points)
    assert len(ax.texts) == len(found.points)
    plt.close("all")
    with pytest.raises(InputError, match="found must be a Frontier"):
        plot.frontier("nothing")


@pytest.mark.parametrize(
    ("call", "must"),
    [
        (lambda p, r: wfm.price(p, r, rules.Hours(most=3)), "rules must be among the problem's"),
        (lambda p, r: wfm.price(p, r, []), "rules must be at least one"),
        (lambda p, r: wfm.price(p, r, AT_HOME, work=0), "price: work must be above 0"),
        (lambda p, _: wfm.price(p, "it", AT_HOME), "price: result must hold a schedule"),
        (lambda p, r: wfm.prices(p, r, groups="kind"), "groups must be 'each', 'name' or rules"),
        (lambda p, r: wfm.prices(without(p, [2, 3, 4]), r), "groups must hold a rule"),
        (lambda p, _: wfm.frontier(p, weightings=()), "weightings must be at least one"),
        (
            lambda p, _: wfm.frontier(p, weightings=((0.0, 1.0),)),
            r"weightings\[0\] must be two factors",
        ),
    ],
)
def test_what_cannot_be_priced(solved, call, must):
    """What is asked wrongly is refused before any search."""
    with pytest.raises(InputError, match=must):
        call(*solved)


def test_the_command(solved, tmp_path):
    """It prints the table and writes the prices; of rules with one name together."""
    problem, result = solved
    files = [tmp_path / name for name in ("problem.json", "schedule.json", "prices.json")]
    files[0].write_text(problem.to_json(), encoding="utf-8")
    files[1].write_text(result.schedule.to_json(), encoding="utf-8")
    asked = ["--by", "name", "--work", "200", "--jobs", "1", "--json", str(files[2])]
    ran = CliRunner().invoke(app, ["price", str(files[0]), str(files[1]), *asked])
    assert ran.exit_code == 0, ran.output
    found = Prices.from_json(files[2].read_text(encoding="utf-8"))
    assert [price.label for price in found.each] == ["someone_at_home", "day_off_request"]
    assert str(found) in ran.output
    assert json.loads(found.to_json())["way"] == "apart"


def test_the_benchmark_prices_each_kind_once():
    """Its kinds are rules to families or of wishes, each in one group, and in its quick run too."""
    for kinds in (care.KINDS, care.QUICK):
        names = [name for group in kinds.values() for name in group]
        assert len(set(names)) == len(names) == 16
        assert all(Rule.named[name].kind != "work" for name in names)


def test_the_benchmark_tells_what_is_certain():
    """The difference lies between what the two bounds leave."""
    kept, free = {"cost": 101.0, "bound": 98.0}, {"cost": 100.0, "bound": 97.0}
    told_of = care._difference(kept, free)
    assert (told_of["difference"], told_of["least"], told_of["most"]) == (1.0, 0.0, 4.0)
    assert told_of["most_share"] == pytest.approx(4 / 97)
