"""Whether a rule's examples are those that every rule needs, and are judged as they state."""

from __future__ import annotations

from wfm.contract.cases import cases_of, expect, judged_amount
from wfm.problem import Previous, Problem
from wfm.rule import Example, Rule
from wfm.schedule import Schedule, Shift


def check_examples(rule: type[Rule]) -> None:
    """Check for the examples that every rule needs.

    One is kept, one broken, one has a shift past midnight, one a previous period, and in one the
    horizon's last day matters.
    """
    examples = rule.examples()
    expect(any(e.amount == 0 for e in examples), f"{rule.__name__} has no kept example.")
    expect(any(e.amount > 0 for e in examples), f"{rule.__name__} has no broken example.")
    night = any(_past_midnight(e.problem, s) for e in examples for s in e.schedule.shifts)
    expect(night, f"{rule.__name__} has no example across midnight: no shift lasts past one.")
    before = any(e.problem.previous != Previous() for e in examples)
    expect(before, f"{rule.__name__} has no example across the seam: none has a previous period.")
    ends = [
        e
        for e in examples
        if judged_amount(e.problem, e.schedule, rule) != _judged_unended(e, rule)
    ]
    expect(
        bool(ends),
        f"{rule.__name__} has no example at the horizon's end: in none of them does the amount "
        f"change when the last day is cleared.",
    )


def check_judge(rule: type[Rule]) -> None:
    """Check that the judge finds the stated amount in each example."""
    for example, place in cases_of(rule):
        found = judged_amount(example.problem, example.schedule, rule)
        expect(
            found == example.amount,
            f"{place}: the judge finds {found:g}, the example states {example.amount:g}.",
        )


def _past_midnight(problem: Problem, shift: Shift) -> bool:
    return shift.end > problem.horizon.midnight(shift.day + 1)


def _judged_unended(example: Example, rule: type[Rule]) -> float:
    last = example.problem.horizon.days - 1
    kept = [shift for shift in example.schedule.shifts if shift.day != last]
    return judged_amount(example.problem, Schedule.of_shifts(kept), rule)
