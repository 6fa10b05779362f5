"""What the checks share: the examples of a rule, and what its judge finds in a schedule."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.problem import Problem
from wfm.rule import Example, Rule
from wfm.schedule import Schedule


def expect(holds: bool, sentence: str) -> None:
    """Raise `AssertionError` with the sentence unless it holds."""
    if not holds:
        raise AssertionError(sentence)


def cases_of(rule: type[Rule]) -> Iterator[tuple[Example, str]]:
    """Each example of a rule, and what to call it."""
    for example in rule.examples():
        place = f"{rule.__name__}, example {example.title!r}"
        expect(bool(rules_of(example.problem, rule)), f"{place}: its problem lacks the rule.")
        yield example, place


def rules_of(problem: Problem, rule: type[Rule]) -> list[Rule]:
    """Rules of one class that a problem has."""
    return [one for one in problem.rules if type(one) is rule]


def fields_of(rule: Rule) -> dict[str, object]:
    """Fields of a rule by name, to make others like it."""
    return {name: getattr(rule, name) for name in type(rule).model_fields}


def judged_amount(problem: Problem, schedule: Schedule, rule: type[Rule]) -> float:
    """Amount by which a schedule breaks the rules of a class, as the judge finds it."""
    found = (one.violations(problem, schedule) for one in rules_of(problem, rule))
    return sum(violation.amount for violations in found for violation in violations)
