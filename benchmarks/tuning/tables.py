"""Runs and what they come to, as tables for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console

from benchmarks.harness import percent, show_facts, show_table
from benchmarks.tuning.measures import MEASURES, Known, Mean, measured
from benchmarks.tuning.runs import Run
from benchmarks.tuning.traces import by_step
from benchmarks.tuning.verdicts import Verdict

ENDS = ("cost", "bound", "gap", "strict gap", "hard", "MB")
WAYS = ("first", "to target", "primal", "dual", "steps r/c", "s r/c", "saved r/c")


def show_runs(
    console: Console, runs: Sequence[Run], best: Mapping[str, Known], target: float
) -> None:
    """Print where each run ended, and how it came there."""
    names = {run: [run.instance, run.moves, str(run.seed)] for run in runs}
    who = ("instance", "moves", "seed")
    ends = [names[run] + _end(run) for run in runs]
    title = f"After {runs[0].limit:g} s: cost, proof, hard rules broken, peak of memory"
    show_table(console, title, (*who, *ENDS), ends, left=2)
    ways = [names[run] + _way(run, best[run.instance], target) for run in runs]
    show_table(console, "How each run came there", (*who, *WAYS), ways, left=2)
    facts = {
        "first": "seconds until the first schedule",
        "to target": f"until the gap to the best bound of all these runs was {percent(target)}",
        "primal, dual": "integrals in seconds of the gaps of cost and bound to the least cost",
        "r/c": "rows and columns: steps, their seconds with the bound's, the cost that they saved",
    }
    show_facts(console, facts)


def _end(run: Run) -> list[str]:
    return [
        f"{run.cost:,.0f}",
        f"{run.bound:,.0f}",
        percent(run.gap, 2),
        percent(run.strict_gap, 2),
        str(run.hard_violations),
        f"{run.megabytes:,.0f}",
    ]


def _way(run: Run, best: Known, target: float) -> list[str]:
    found, steps = measured(run, best, target), by_step(run.trace)
    near = found["seconds_to_target"]
    return [
        f"{run.trace[0].seconds:.1f} s",
        "never" if near is None else f"{near:.1f} s",
        f"{found['primal_integral']:.2f}",
        f"{found['dual_integral']:.2f}",
        *(
            "/".join(f"{value:,.0f}" for value in steps[of].values())
            for of in ("steps", "seconds", "saved")
        ),
    ]


def show_means(console: Console, by_moves: Mapping[str, Mapping[str, Mean]]) -> None:
    """Print the mean of each measure, with the seeds that did best and worst by it."""
    rows = [
        [
            f"{MEASURES[name].words}",
            moves,
            *(_told(name, value) for value in (mean.value, mean.least, mean.most)),
            _told(name, MEASURES[name].shift),
        ]
        for name in MEASURES
        for moves, mean in ((moves, means[name]) for moves, means in by_moves.items())
    ]
    columns = ["measure", "moves", "mean", "best seed", "worst seed", "shift"]
    title = "Shifted geometric means over the instances; a target never met counts as all seconds"
    show_table(console, title, columns, rows, left=2)


def show_verdict(console: Console, name: str, verdict: Verdict) -> None:
    """Print how each measure differs, and the verdict."""
    rows = [
        [
            MEASURES[measure].words,
            f"{found.change:+.2%}",
            "-" if found.interval is None else "{:+.2%} to {:+.2%}".format(*found.interval),
            f"{found.chance:.3f}",
            f"{found.lower}/{found.higher}",
            found.outcome,
        ]
        for measure, found in verdict.differences.items()
    ]
    columns = ["measure", "change", "95 % over instances", "p", "lower/higher", "by itself"]
    show_table(console, name, columns, rows)
    console.print(f"  {verdict.sentence}", soft_wrap=True)


def _told(name: str, value: float) -> str:
    """A value of a measure for people."""
    if MEASURES[name].share:
        return percent(value, 2)
    return f"{value:,.0f}" if name == "cost" else f"{value:.2f} s"
