"""Made-up centres are what their specifications say, and can be scheduled."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.instances import Specification, build, family, read_specification
from benchmarks.instances.folder import write_folder
from benchmarks.instances.load import needed_hours
from benchmarks.instances.people import capacity
from benchmarks.instances.specification import FOLDER
from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.io import read_center
from wfm.judge.verify import verify
from wfm.solver.solve import solve

FILES = sorted(FOLDER.glob("*.toml"))
WEEKS = {10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000}


def test_the_stored_families():
    """There is a week for each size and a month of two hundred, each named by its file."""
    found = {(f"{'month' if s.by_month else 'week'}_{s.agents}", s.days) for s in _stored()}
    assert found == {(f"week_{size}", 7) for size in WEEKS} | {("month_200", 28)}
    assert {name for name, _ in found} == {file.stem for file in FILES}
    assert family(200, 28) == read_specification(FOLDER / "month_200.toml")
    assert family(30) == family(20).model_copy(update={"agents": 30})


def _stored():
    return [read_specification(file) for file in FILES]


def test_equal_seeds_give_equal_problems():
    """A specification is built into one problem only, another seed into another."""
    spec = family(50)
    assert build(spec) == build(spec)
    assert build(spec.model_copy(update={"seed": 2})) != build(spec)


def test_another_load_leaves_the_people_as_they_are():
    """People and promises do not depend on the load."""
    one, other = (build(family(50).model_copy(update={"load": load})) for load in (1.0, 1.1))
    assert (one.agents, one.rules) == (other.agents, other.rules)
    assert one.demand != other.demand


@pytest.mark.parametrize(("agents", "days"), [(20, 7), (100, 7), (200, 28), (1000, 7)])
def test_shares_are_as_specified(agents, days):
    """So many people live in couples, so many have a promise, and contracts are mixed so."""
    spec = family(agents, days)
    problem = build(spec)
    couples = {name for home in problem.households for name in home.members}
    assert len(couples) == 2 * round(spec.couple_share * agents / 2)
    told = {name for rule in problem.rules if isinstance(rule, AgentRule) for name in rule.agents}
    assert len(told | couples) == round(spec.family_share * agents)
    wished = {name for rule in problem.rules if rule.kind == "wish" for name in rule.agents}
    assert wished <= told
    assert abs(len(wished) / len(told | couples) - spec.wish_share) < 0.35
    full = sum(agent.contract == "full" for agent in problem.agents)
    assert full == pytest.approx(spec.full_share * agents, abs=1)
    assert len({agent.skills for agent in problem.agents}) == spec.groups


@pytest.mark.parametrize("load", [0.9, 1.0, 1.1])
@pytest.mark.parametrize("agents", [10, 50, 500])
def test_needed_hours_are_the_load_of_the_capacity(agents, load):
    """Each queue needs its share of what the contracts give, within half a percent."""
    spec = family(agents).model_copy(update={"load": load})
    problem = build(spec)
    given = capacity(spec, problem.agents)
    assert needed_hours(problem.demand) == pytest.approx(load * given, rel=0.005)


def test_capacity_by_hand():
    """Ten people in full time: five shifts of seven, eight or nine hours less a quarter each."""
    spec = Specification(agents=10, queues=1, groups=1, round_the_clock=1, full_share=1.0)
    problem = build(spec)
    assert capacity(spec, problem.agents) == pytest.approx([10 * 40 * (23.25 / 24)])


def test_another_price_or_hour_is_taken_over():
    """Prices, floors, and the times of queues that close by night come from the specification."""
    problem = build(family(50).model_copy(update={"prices": (9.0, 5.0, 3.0, 4.5), "floor": 0.4}))
    target = problem.demand.queues[0].target
    assert (target.price, target.floor) == (9.0, 0.4)
    by_day = problem.demand.contacts_array.reshape(4, 7, 96)
    assert (by_day[:2] > 0).all()
    assert not by_day[2:, :, : 7 * 4].any()
    assert not by_day[2:, :, 22 * 4 :].any()
    assert np.asarray(problem.demand.required).reshape(4, 7, 96)[2:, :, 28:88].all()


@pytest.mark.parametrize(("agents", "days", "seed"), [(20, 7, 1), (50, 7, 2), (30, 28, 1)])
def test_hard_rules_can_be_kept_together(agents, days, seed):
    """A schedule of a second or two keeps every rule of work and every promise."""
    problem = build(family(agents, days).model_copy(update={"seed": seed}))
    result = solve(problem, seconds=1.5)
    assert result.schedule is not None, result.conflict
    report = verify(problem, result.schedule)
    assert report.hard == ()
    assert report.costs.total == pytest.approx(result.objective)


def test_rules_of_four_weeks():
    """Four weeks have hours, nights and weekends over the whole of them."""
    names = {(rule.name(), getattr(rule, "per", "")) for rule in build(family(200, 28)).rules}
    assert {("hours", "horizon"), ("max_nights", "horizon"), ("max_weekends", "")} <= names


def test_a_folder_reads_back_to_the_same_centre(tmp_path):
    """The people, rules and queues of a folder are those of the problem it was written from."""
    problem = build(family(50))
    center = read_center(write_folder(tmp_path, problem, seed=1))
    assert center.problem(problem.demand) == problem


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("agents = 1", "own.toml agents must be greater than or equal to 2, got 1."),
        ("seed = 1", "own.toml agents must be given."),
        ("agents = 20\nload = 'much'", "own.toml load must "),
        ("agents = 20\npeople = 3", "own.toml people must be left out (no such field), got 3."),
        ("agents = 20\ncouple_share = 0.5", "own.toml couple_share must be at most family_share"),
        ("agents = 20\ngroups = 12", "own.toml groups must be from 4 to 11 with so many queues"),
        ("agents = 20\nround_the_clock = 5", "own.toml round_the_clock must be at most the number"),
        ("agents = 20\nstart = 2026-12-08", "own.toml start must be a Monday, got 2026-12-08."),
        ("agents = 20\ndays = 10", "own.toml days must be a multiple of 7, got 10."),
        ("agents =", "own.toml must be valid TOML"),
    ],
)
def test_bad_files_are_told_in_a_sentence(tmp_path, text, sentence):
    """The file and the key are named, what is expected, and what was found."""
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_specification(file)
    assert str(raised.value).startswith(sentence)


def test_a_missing_file(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        read_specification(tmp_path / "nowhere.toml")


def test_too_few_people_for_the_hours():
    """Queues that stay open longer than people can work are refused."""
    with pytest.raises(InputError, match="cannot keep queue 'service' open"):
        build(Specification(agents=4))
