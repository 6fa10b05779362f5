"""Whether one setting of the solver is better than another, as far as runs can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from benchmarks.tuning.measures import MEASURES, counted, known
from benchmarks.tuning.runs import Run
from wfm.errors import InputError

Outcome = Literal["better", "worse", "no difference that these runs can show"]

LEVEL = 0.05
"""Chance at which runs that do not differ are taken to differ."""
RESAMPLES = 9999
NOTHING: Outcome = "no difference that these runs can show"


@dataclass(frozen=True)
class Difference:
    """How a measure differs between paired runs.

    Attributes
    ----------
    change : float
        Of the shifted geometric mean over all pairs, its shift included, as a share of what it was.
    interval : tuple of float, optional
        From and to what that change may be over instances such as these: 95 % by a bootstrap over
        instances. With few instances it is too narrow; with a single one there is none.
    chance : float
        Of a mean change as large either way if the two settings do not differ.
    lower, higher : int
        Pairs in which the later run has less, or more.
    """

    change: float
    interval: tuple[float, float] | None
    chance: float
    lower: int
    higher: int

    @property
    def outcome(self) -> Outcome:
        """What it says of the later setting; less is better."""
        if self.chance > LEVEL:
            return NOTHING
        return "better" if self.change < 0 else "worse"


@dataclass(frozen=True)
class Verdict:
    """What two groups of runs come to.

    Attributes
    ----------
    outcome : str
        Of the later ones.
    sentence : str
        The same for people, with figures.
    differences : dict of str to Difference
        By measure.
    """

    outcome: Outcome
    sentence: str
    differences: dict[str, Difference]


def judge(before: Sequence[Run], after: Sequence[Run], target: float, by: str = "gap") -> Verdict:
    """Compare runs of two settings, pair by pair of instance and seed.

    Parameters
    ----------
    before, after : sequence of Run
        Of the same instances with the same seeds and seconds.
    target : float
        Gap to the best bound for the time to target.
    by : str
        Measure that decides. It is named beforehand, so that no other is picked because it suits.

    Returns
    -------
    Verdict
        Whatever the measure says, later runs that break more hard rules are worse.

    Raises
    ------
    InputError
        If the runs do not pair.
    """
    check_pairs(before, after)
    best = known([*before, *after])
    values = [counted(runs, best, target) for runs in (before, after)]
    differences = {
        name: difference(values[0][name], values[1][name], measure.shift)
        for name, measure in MEASURES.items()
    }
    broken = [sum(run.hard_violations for run in runs) for runs in (before, after)]
    if broken[1] > broken[0]:
        sentence = f"worse: {broken[1]} hard rules broken, {broken[0]} before."
        return Verdict("worse", sentence, differences)
    decisive = differences[by]
    return Verdict(decisive.outcome, _sentence(by, decisive, len(before)), differences)


def check_pairs(before: Sequence[Run], after: Sequence[Run]) -> None:
    """Raise `InputError` unless runs have the same instances, seeds and seconds."""
    sides = [_by_pair(runs) for runs in (before, after)]
    for place, own, other in (("before", *sides), ("after", *reversed(sides))):
        for pair in own:
            if pair not in other:
                instance, seed = pair
                must = (
                    f"hold the same instances and seeds: {instance}, seed {seed}, is only {place}"
                )
                raise InputError("The two runs", must)
    for pair, old in sides[0].items():
        new = sides[1][pair]
        if old.specification != new.specification:
            must = f"have the same specification of {old.instance}"
            raise InputError("The two runs", must, (old.specification, new.specification))
        if old.limit != new.limit:
            raise InputError("The two runs", "have the same seconds", (old.limit, new.limit))


def _by_pair(runs: Sequence[Run]) -> dict[tuple[str, int], Run]:
    found = {(run.instance, run.seed): run for run in runs}
    if not found or len(found) != len(runs):
        raise InputError("The runs", "be one at least, and one for each instance and seed")
    return found


def difference(
    before: Mapping[tuple[str, int], float], after: Mapping[tuple[str, int], float], shift: float
) -> Difference:
    """How much the shifted geometric mean changes, and how far that is chance.

    Parameters
    ----------
    before, after : mapping of (instance, seed) to float
        Values of one measure, with the same keys.
    shift : float
        Of the measure.

    Notes
    -----
    Each pair gives ``log((after + shift) / (before + shift))``. The chance is that of a permutation
    test of the mean (:func:`scipy.stats.permutation_test` of paired samples): if the settings do
    not differ, each pair might as well be the other way round. It is exact up to 13 pairs, and
    fewer than 6 can show nothing at a level of 5 %. What it says holds for the instances that were
    run; the interval, from :func:`scipy.stats.bootstrap` over the instances' means, says how far
    it may carry to others.
    """
    keys = list(before)
    logs = np.array([np.log((after[key] + shift) / (before[key] + shift)) for key in keys])
    names = [instance for instance, _ in keys]
    each = [logs[[own == name for own in names]].mean() for name in dict.fromkeys(names)]
    return Difference(
        change=float(np.expm1(logs.mean())),
        interval=_interval(np.array(each)),
        chance=_chance(logs),
        lower=int((logs < 0).sum()),
        higher=int((logs > 0).sum()),
    )


def _chance(logs: np.ndarray) -> float:
    if len(logs) < 2 or not logs.any():
        return 1.0
    test = stats.permutation_test(
        (logs,),
        np.mean,
        permutation_type="samples",
        n_resamples=RESAMPLES,
        random_state=np.random.default_rng(1),
    )
    return float(test.pvalue)


def _interval(means: np.ndarray) -> tuple[float, float] | None:
    if len(means) < 2:
        return None
    found = stats.bootstrap(
        (means,),
        np.mean,
        n_resamples=RESAMPLES,
        method="percentile",
        random_state=np.random.default_rng(1),
    ).confidence_interval
    return float(np.expm1(found.low)), float(np.expm1(found.high))


def _sentence(by: str, found: Difference, pairs: int) -> str:
    many = "1 pair" if pairs == 1 else f"{pairs} pairs"
    text = (
        f"{found.outcome}: {MEASURES[by].words} {found.change:+.2%} in the mean, of {many} of runs "
        f"lower in {found.lower} and higher in {found.higher} (p = {found.chance:.3f}"
    )
    # Exchanging pairs, the least chance there can be is that all of them point one way.
    few = 2.0 ** (1 - pairs) > LEVEL
    return f"{text}; so few pairs can show nothing)." if few else f"{text})."
