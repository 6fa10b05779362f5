"""The protocol by which the solver is tuned: what it measures, its verdicts, and that it runs."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from benchmarks import ablation, compare, tune
from benchmarks.harness import machine, package_versions
from benchmarks.instances import Specification, family
from benchmarks.tuning.measures import known, means, measured, shifted_mean
from benchmarks.tuning.runs import Run, fingerprint, instances
from benchmarks.tuning.traces import Seen, by_step, first_within, gap_to, integral
from benchmarks.tuning.verdicts import NOTHING, difference, judge
from wfm.errors import InputError

LIMIT = 10.0
FAMILIES = ("week_10", "week_20", "week_50")
SEEDS = (1, 2, 3)

# Cost 125 after 2 s and 100 after 5 s; the bound goes from 50 to 80.
TRACE = (
    Seen(2.0, "start", 125.0, 50.0),
    Seen(5.0, "rows", 100.0, 50.0),
    Seen(8.0, "columns", 100.0, 80.0),
)


def made_up(cost=100.0, bound=90.0, family="week_10", seed=1, **changes):
    """A run with a single schedule, found after a second."""
    fields = {
        "family": family,
        "load": 1.05,
        "draw": 1,
        "specification": f"hash of {family}",
        "moves": "both",
        "seed": seed,
        "limit": LIMIT,
        "cost": cost,
        "bound": bound,
        "unavoidable": 80.0,
        "gap": 1 - bound / cost,
        "strict_gap": (cost - bound) / (cost - 80.0),
        "hard_violations": 0,
        "seconds": LIMIT,
        "wall_seconds": LIMIT,
        "megabytes": 300.0,
        "trace": (Seen(1.0, "start", cost, bound),),
    }
    return Run(**{**fields, **changes})


def many(cost_of):
    """Runs of three instances with three seeds; costs by a function of both numbers."""
    return [
        made_up(cost_of(number, seed), family=name, seed=seed)
        for number, name in enumerate(FAMILIES)
        for seed in SEEDS
    ]


@pytest.mark.parametrize(
    ("value", "best", "gap"),
    [(125, 100, 0.2), (80, 100, 0.2), (0, 0, 0), (-5, 100, 1), (0, 100, 1), (-125, -100, 0.2)],
)
def test_the_primal_gap(value, best, gap):
    """The gap is a share of the larger value, nothing at the best, everything across zero."""
    assert gap_to(value, best) == pytest.approx(gap)


def test_integrals_of_steps():
    """Before the first schedule the gap is 1, then that of the last step, up to the limit."""
    costs = [(seen.seconds, seen.cost) for seen in TRACE]
    bounds = [(seen.seconds, seen.bound) for seen in TRACE]
    assert integral(costs, 100.0, LIMIT) == pytest.approx(2 * 1 + 3 * 0.2)
    assert integral(bounds, 100.0, LIMIT) == pytest.approx(2 * 1 + 6 * 0.5 + 2 * 0.2)
    assert integral(costs, 80.0, LIMIT) == pytest.approx(2 * 1 + 3 * 45 / 125 + 5 * 0.2)
    assert integral([], 100.0, LIMIT) == LIMIT


def test_integrals_end_at_the_limit():
    """What a run says after its limit does not count, and one that ends early goes on."""
    costs = [(2.0, 125.0), (12.0, 100.0)]
    assert integral(costs, 100.0, LIMIT) == pytest.approx(2 + 8 * 0.2)
    assert integral([(11.0, 100.0)], 100.0, LIMIT) == pytest.approx(LIMIT)
    assert integral(costs, 100.0, 20.0) == pytest.approx(2 + 10 * 0.2)


def test_time_to_target():
    """The first step whose gap to the bound is small enough counts, also if it is the start."""
    assert first_within(TRACE, 0.36, 80.0, LIMIT) == 2.0
    assert first_within(TRACE, 0.2, 80.0, LIMIT) == 5.0
    assert first_within(TRACE, 0.19, 80.0, LIMIT) is None
    assert first_within(TRACE, 0.2, 80.0, 4.0) is None


def test_steps_of_a_trace():
    """Each kind of step has its number, its seconds and what it saved."""
    found = by_step(TRACE)
    assert found["steps"] == {"rows": 1, "columns": 1}
    assert found["seconds"] == {"rows": 3.0, "columns": 3.0}
    assert found["saved"] == {"rows": 25.0, "columns": 0.0}


def test_runs_are_measured_by_what_all_of_an_instance_know():
    """The least cost and the largest bound of an instance come from whichever run has them."""
    good = made_up(100.0, bound=80.0)
    tight = made_up(125.0, bound=99.0, seed=2)
    best = known([good, tight, made_up(50.0, 49.0, family="week_20")])
    assert (best[good.instance].cost, best[good.instance].bound) == (100.0, 99.0)
    assert measured(good, best[good.instance], 0.01)["seconds_to_target"] == 1.0
    found = measured(tight, best[good.instance], 0.01)
    assert found["seconds_to_target"] is None
    assert found["primal_integral"] == pytest.approx(1 + 9 * 0.2)
    assert found["dual_integral"] == pytest.approx(1 + 9 * 0.01)


def test_shifted_means_and_their_spread():
    """The mean of 1 and 7 shifted by 1 is 3; the spread is that of the seeds' means."""
    assert shifted_mean([1.0, 7.0], 1.0) == pytest.approx(3.0)
    assert shifted_mean([2.0, 8.0], 0.0) == pytest.approx(4.0)
    values = {("a", 1): 1.0, ("b", 1): 1.0, ("a", 2): 7.0, ("b", 2): 7.0}
    found = means({"seconds_to_target": values})["seconds_to_target"]
    assert (found.value, found.least, found.most) == pytest.approx((3.0, 1.0, 7.0))


def test_a_clear_difference():
    """What is lower in all of nine pairs is better by any order, and the other way round worse."""
    rough = many(lambda number, seed: 100.0 + 5 * number + seed)
    fine = many(lambda number, seed: 95.0 + 5 * number + seed)
    better, worse = judge(rough, fine, 0.01, "cost"), judge(fine, rough, 0.01, "cost")
    assert (better.outcome, worse.outcome) == ("better", "worse")
    cost = better.differences["cost"]
    assert (cost.lower, cost.higher) == (9, 0)
    assert cost.chance == pytest.approx(2 / 2**9)
    assert -5 / 101 < cost.interval[0] <= cost.change <= cost.interval[1] < -5 / 113
    assert better.sentence == (
        f"better: cost {cost.change:+.2%} in the mean, of 9 pairs of runs lower in 9 and higher "
        "in 0 (p = 0.004)."
    )
    assert worse.sentence.startswith("worse: cost +")
    assert judge(rough, fine, 0.01).outcome == "better"


def test_noise_is_no_difference():
    """Runs that differ by chance, or not at all, show no difference."""
    random = np.random.default_rng(5)
    one, other = (many(lambda *_: 100.0 + random.normal()) for _ in range(2))
    assert judge(one, other, 0.01, "cost").outcome == NOTHING
    same = judge(one, one, 0.01, "cost")
    assert same.outcome == NOTHING
    assert {found.chance for found in same.differences.values()} == {1.0}
    assert "lower in 0 and higher in 0" in same.sentence


def test_noise_seldom_passes_for_a_difference():
    """Of two hundred pairs of equal settings some 5 % are called different, as they should be."""
    random = np.random.default_rng(1)
    keys = [("a", seed) for seed in range(8)]
    called = 0
    for _ in range(200):
        one, other = (dict(zip(keys, random.lognormal(size=8), strict=True)) for _ in range(2))
        called += difference(one, other, 0.0).outcome != NOTHING
    # Six standard deviations of a binomial above 5 %.
    assert called <= 10 + 6 * math.sqrt(200 * 0.05 * 0.95)


def test_few_pairs_show_nothing():
    """Three pairs cannot show anything, however far apart, and the sentence says so."""
    one, other = ([made_up(cost, seed=s) for s in SEEDS] for cost in (200.0, 100.0))
    found = judge(one, other, 0.01, "cost")
    assert found.outcome == NOTHING
    assert found.sentence.endswith("so few pairs can show nothing).")
    assert found.differences["cost"].interval is None


def test_broken_hard_rules_are_worse():
    """However much cheaper, runs that break hard rules are worse."""
    rough = many(lambda *_: 200.0)
    broken = [made_up(family=r.family, seed=r.seed, hard_violations=1) for r in rough]
    found = judge(rough, broken, 0.01, "cost")
    assert found.outcome == "worse"
    assert found.sentence == "worse: 9 hard rules broken, 0 before."


def test_equal_specifications_have_equal_hashes():
    """Any field changes the hash; the instances are the families at each load and draw."""
    base = family(20)
    assert fingerprint(base) == fingerprint(Specification(**base.model_dump()))
    changed = base.model_copy(update={"floor_price": 7.0})
    assert fingerprint(changed) != fingerprint(base)
    found = list(instances(["week_20", "month_200"], [1.0, 1.1], [1, 2]))
    assert [name for name, _ in found] == ["week_20"] * 4 + ["month_200"] * 4
    assert found[3][1] == base.model_copy(update={"load": 1.1, "seed": 2})
    assert len({fingerprint(specification) for _, specification in found}) == 8


def write(path, runs, target=0.01, **changes):
    """A file as `tune` writes it, of made-up runs."""
    about = {"benchmark": "tune", "settings": {}, "machine": machine()}
    figures = {"target": target, "known": {}, "measures": [], "means": {}}
    figures["runs"] = [run.model_dump(mode="json") for run in runs]
    record = {**about, "versions": package_versions(), "figures": figures, **changes}
    path.write_text(json.dumps(record), encoding="utf-8")
    return str(path)


def test_compare_guards_a_change(tmp_path, capsys):
    """The exit code is 1 only if the later runs are worse."""
    rough = write(tmp_path / "rough.json", many(lambda number, seed: 100.0 + number + seed))
    fine = write(tmp_path / "fine.json", many(lambda number, seed: 95.0 + number + seed))
    file = tmp_path / "verdict.json"
    assert compare.main([rough, fine, "--by", "cost", "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))["figures"]
    assert (found["outcome"], found["warnings"]) == ("better", [])
    assert found["sentence"] in capsys.readouterr().out
    assert compare.main([fine, rough]) == 1
    assert "worse: gap +" in capsys.readouterr().out
    assert compare.main([fine, fine]) == 0


def test_other_machines_are_told(tmp_path, capsys):
    """Another machine, version or setting of moves is a line, not an error."""
    before = write(tmp_path / "a.json", [made_up()])
    elsewhere = {"machine": {**machine(), "cpu": "an abacus"}}
    after = write(tmp_path / "b.json", [made_up(moves="rows")], **elsewhere)
    assert compare.main([before, after]) == 0
    printed = capsys.readouterr().out
    assert "Mind: the machine's cpu: " in printed
    assert "before, an abacus after." in printed
    assert "Mind: moves: both before, rows after." in printed


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (
            [made_up(family="week_20")],
            "The two runs must hold the same instances and seeds: week_10 at 1.05, seed 1, is "
            "only before.",
        ),
        (
            [made_up(), made_up(seed=2)],
            "The two runs must hold the same instances and seeds: week_10 at 1.05, seed 2, is "
            "only after.",
        ),
        (
            [made_up(specification="another")],
            "The two runs must have the same specification of week_10 at 1.05, got "
            "('hash of week_10', 'another').",
        ),
        ([made_up(limit=5.0)], "The two runs must have the same seconds, got (10.0, 5.0)."),
        ([], "The runs must be one at least, and one for each instance and seed."),
    ],
)
def test_runs_that_cannot_be_compared(after, sentence):
    """Other instances, seeds or seconds are named in a sentence."""
    with pytest.raises(InputError) as raised:
        judge([made_up()], after, 0.01)
    assert str(raised.value) == sentence


def test_files_that_cannot_be_compared(tmp_path, capsys):
    """A file that is missing, of something else, or of another target is named; the code is 2."""
    good = write(tmp_path / "good.json", [made_up()])
    other = write(tmp_path / "other.json", [made_up()], benchmark="scale")
    target = write(tmp_path / "target.json", [made_up()], target=0.02)
    (tmp_path / "empty.json").write_text("{}", encoding="utf-8")
    cases = {
        str(tmp_path / "none.json"): "none.json must be a file that can be read.\n",
        other: "other.json must be written by benchmarks.tune, got 'scale'.\n",
        target: "The two runs must have the same target, got (0.01, 0.02).\n",
        str(tmp_path / "empty.json"): "empty.json",
    }
    for file, sentence in cases.items():
        assert compare.main([good, file]) == 2
        assert capsys.readouterr().err.startswith(sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--families", "year_9"], "--families must be names like week_50 and month_200"),
        (["--families", "week_1"], "Specification.agents must be greater than or equal to 2"),
        (["--seeds", "1,1"], "--seeds must name each only once, got [1, 1]."),
        (["--seconds", "0"], "--seconds must be above 0, got 0.0."),
        (["--loads", "much"], "--loads must be numbers with commas between them, got 'much'."),
    ],
)
def test_what_cannot_be_tuned(arguments, sentence, capsys):
    """What cannot be run is named before anything is solved."""
    assert tune.main(["--quick", *arguments]) == 2
    assert capsys.readouterr().err.startswith(sentence)


def test_tune_and_compare(tmp_path, capsys):
    """A run is kept with its trace, and against itself there is no difference."""
    file = tmp_path / "tune.json"
    assert tune.main(["--quick", "--json", str(file)]) == 0
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["benchmark"] == "tune"
    (run,) = compare.read_record(file).figures.runs
    assert (run.instance, run.seed, run.moves) == ("week_10 at 1.05", 1, "all")
    assert run.hard_violations == 0
    assert run.gap == pytest.approx(1 - run.bound / run.cost)
    assert run.trace[0].step == "start"
    assert run.trace[-1].cost == pytest.approx(run.cost)
    assert run.trace[-1].bound == pytest.approx(run.bound)
    costs = [seen.cost for seen in run.trace]
    assert costs == sorted(costs, reverse=True)
    (values,) = record["figures"]["measures"]
    assert 0 < values["primal_integral"] <= run.limit
    assert f"{run.cost:,.0f}" in capsys.readouterr().out
    assert compare.main([str(file), str(file)]) == 0
    assert "no difference that these runs can show: gap +0.00%" in capsys.readouterr().out


def test_ablation(tmp_path, capsys):
    """Rows, columns, both and all solve the same, and each pair has a verdict."""
    file = tmp_path / "ablation.json"
    assert ablation.main(["--quick", "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))["figures"]
    runs = [Run(**run) for run in found["runs"]]
    assert [run.moves for run in runs] == ["rows", "columns", "both", "all"]
    assert len({(run.instance, run.specification, run.seed, run.limit) for run in runs}) == 1
    for run, unused in zip(runs, ({"columns"}, {"rows"}, set(), set()), strict=True):
        assert run.hard_violations == 0
        assert not unused & {seen.step for seen in run.trace}
    assert list(found["verdicts"]) == [
        "columns instead of rows",
        "both instead of rows",
        "all instead of rows",
        "both instead of columns",
        "all instead of columns",
        "all instead of both",
    ]
    printed = capsys.readouterr().out
    assert all(verdict["sentence"] in printed for verdict in found["verdicts"].values())
