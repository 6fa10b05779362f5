"""What is measured on a run, beside the others of the same instance, and what many come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import gmean

from benchmarks.tuning.runs import Run
from benchmarks.tuning.traces import first_within, integral


@dataclass(frozen=True)
class Measure:
    """Something that is measured on each run; less is better.

    Attributes
    ----------
    shift : float
        Added before a logarithm is taken and taken off again after, in the unit of the measure, so
        that tiny values do not rule the mean: it is some tenth or less of what is usual.
    words : str
        What it is, for people.
    share : bool
        Whether it is a share, to be written as a percentage.
    """

    shift: float
    words: str
    share: bool = False


MEASURES: Mapping[str, Measure] = {
    "cost": Measure(0.0, "cost"),
    "gap": Measure(0.001, "gap", share=True),
    "strict_gap": Measure(0.01, "strict gap", share=True),
    "seconds_to_target": Measure(1.0, "time to target"),
    "primal_integral": Measure(0.1, "primal integral"),
    "dual_integral": Measure(0.1, "dual integral"),
}


@dataclass(frozen=True)
class Known:
    """What all runs of an instance together say of it: the least cost and the largest bound."""

    cost: float
    bound: float


def known(runs: Iterable[Run]) -> dict[str, Known]:
    """What is known of each instance once all runs are done."""
    best: dict[str, Known] = {}
    for run in runs:
        own = best.get(run.instance, Known(run.cost, run.bound))
        best[run.instance] = Known(min(own.cost, run.cost), max(own.bound, run.bound))
    return best


def measured(run: Run, best: Known, target: float) -> dict[str, float | None]:
    """Values of `MEASURES` of a run; seconds to the target are None if it was never met."""
    costs = ((seen.seconds, seen.cost) for seen in run.trace)
    bounds = ((seen.seconds, seen.bound) for seen in run.trace)
    return {
        "cost": run.cost,
        "gap": run.gap,
        "strict_gap": run.strict_gap,
        "seconds_to_target": first_within(run.trace, target, best.bound, run.limit),
        "primal_integral": integral(costs, best.cost, run.limit),
        "dual_integral": integral(bounds, best.cost, run.limit),
    }


def counted(
    runs: Sequence[Run], best: Mapping[str, Known], target: float
) -> dict[str, dict[tuple[str, int], float]]:
    """Values of each measure by instance and seed; a target never met counts as the limit."""
    found: dict[str, dict[tuple[str, int], float]] = {name: {} for name in MEASURES}
    for run in runs:
        for name, value in measured(run, best[run.instance], target).items():
            found[name][run.instance, run.seed] = run.limit if value is None else value
    return found


def shifted_mean(values: Iterable[float], shift: float) -> float:
    """Geometric mean of values to which something is added, less what was added.

    That of T. Achterberg, "Constraint Integer Programming", thesis, TU Berlin 2007, appendix A.3:
    the n-th root of the product of all ``value + shift``, less the shift.
    """
    return float(gmean(np.fromiter(values, float) + shift) - shift)


@dataclass(frozen=True)
class Mean:
    """A measure over all instances: of all runs, and of the seed that did best and worst by it."""

    value: float
    least: float
    most: float


def means(values: Mapping[str, Mapping[tuple[str, int], float]]) -> dict[str, Mean]:
    """Shifted geometric mean of each measure, with its spread over the seeds."""
    found = {}
    for name, by_run in values.items():
        shift = MEASURES[name].shift
        seeds = {seed for _, seed in by_run}
        each = [
            shifted_mean((v for (_, own), v in by_run.items() if own == seed), shift)
            for seed in seeds
        ]
        found[name] = Mean(shifted_mean(by_run.values(), shift), min(each), max(each))
    return found
