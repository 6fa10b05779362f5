"""Whether what a rule and its violations say are sentences that name their subject."""

from __future__ import annotations

from wfm.contract.cases import cases_of, expect, rules_of
from wfm.problem import Problem
from wfm.rule import Rule, Violation


def check_sentences(rule: type[Rule]) -> None:
    """Check that each violation says how much, whom it concerns, and ends with a full stop."""
    for example, place in cases_of(rule):
        for one in rules_of(example.problem, rule):
            for violation in one.violations(example.problem, example.schedule):
                _check_violation(violation, rule, example.problem, place)


def check_words(rule: type[Rule]) -> None:
    """Check that the rule in words completes a sentence."""
    for example, place in cases_of(rule):
        for one in rules_of(example.problem, rule):
            words = one.words(example.problem)
            fine = words.strip() == words != "" and "\n" not in words and not words.endswith(".")
            expect(fine, f"{place}: its words must complete a sentence on one line, got {words!r}.")


def _check_violation(violation: Violation, rule: type[Rule], problem: Problem, place: str) -> None:
    sentence = violation.sentence
    where = f"{place}: the violation {sentence!r}"
    expect(violation.rule == rule.name(), f"{where} is said to be of {violation.rule!r}.")
    expect(violation.amount > 0, f"{where} has the amount {violation.amount:g}.")
    days = [None, *range(problem.horizon.days)]
    expect(violation.day in days, f"{where} shows on day {violation.day}, out of the horizon.")
    known = {agent.id: str(agent) for agent in problem.agents}
    unknown = [agent for agent in violation.agents if agent not in known]
    expect(not unknown, f"{where} concerns unknown agents: {unknown}.")
    subjects = [known[agent] for agent in violation.agents] or [
        thing.id for kind in (problem.skills, problem.households, problem.shifts) for thing in kind
    ]
    expect(any(s in sentence for s in subjects), f"{where} names none of {', '.join(subjects)}.")
    expect(
        sentence.endswith(".") and sentence[:1] == sentence[:1].upper(),
        f"{where} is no full sentence: it needs a capital letter and a full stop.",
    )
