"""How much of what was wished for a schedule keeps, by weight."""

from __future__ import annotations

from benchmarks.harness import Figures
from wfm.care.wishes import Weight, wishes_by_rule
from wfm.problem import Problem
from wfm.rule import Violation


def wishes_kept(problem: Problem, violations: tuple[Violation, ...]) -> Figures:
    """Share of the wishes that are kept: weight of kept units over that of all asked for."""
    found = wishes_by_rule(problem, violations)
    total = Weight(sum(w.asked for w in found.values()), sum(w.lost for w in found.values()))
    return {
        "wishes": sum(rule.kind == "wish" and bool(rule.weight) for rule in problem.rules),
        "weight_asked": total.asked,
        "weight_kept": total.asked - total.lost,
        "share_kept": total.share,
        "share_kept_by_rule": {name: each.share for name, each in found.items()},
    }
