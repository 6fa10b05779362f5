"""Whether a rule that is private asks the same, and tells its effect only."""

from __future__ import annotations

import numpy as np

from wfm.contract.cases import cases_of, expect, rules_of
from wfm.contract.counting import stated_breach
from wfm.privacy import PRIVATE, UNTOLD, unavailable
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules._roster import random_roster
from wfm.schedule import Schedule, Shift

NUMBER = 7
ARTICLE = "an article that tells"
ROSTERS = 2


def check_private(rule: type[Rule]) -> None:
    """Check that a private rule keeps its meaning in a problem, where only its effect is told."""
    for number, (example, place) in enumerate(cases_of(rule)):
        random = np.random.default_rng([NUMBER, number])
        for one in rules_of(example.problem, rule):
            shown = example.problem.model_copy(update={"rules": (one,)})
            private = one.model_copy(update={"private": NUMBER, "article": ARTICLE})
            _check_held(_hidden(shown, private), private, place)
            plain = one.model_copy(update={"private": NUMBER, "article": ""})
            rosters = ROSTERS if private.effect() != plain else 0
            drawn = [random_roster(shown, random) for _ in range(rosters)]
            for problem, schedule in [(shown, example.schedule), *drawn]:
                hidden, names = _hidden(problem, private), _names(private)
                _check_judged(problem, schedule, hidden, _renamed(schedule, names), place)


def _names(private: Rule) -> dict[str, str]:
    """What a private rule asks to be held -> what its effect calls it."""
    effect = private.effect()
    if type(effect) is not type(private):
        return {}
    fields = [(getattr(private, name), getattr(effect, name)) for name in type(effect).model_fields]
    return {old: new for old, new in fields if isinstance(old, str) and old != new}


def _hidden(problem: Problem, private: Rule) -> Problem:
    """A problem in which the rule is private, and what it asks to be held is named so."""
    past = [_with_names(shift, _names(private)) for shift in problem.previous.shifts]
    previous = problem.previous.model_copy(update={"shifts": tuple(past)})
    return problem.model_copy(update={"rules": (private,), "previous": previous})


def _renamed(schedule: Schedule, names: dict[str, str]) -> Schedule:
    return Schedule.of_shifts([_with_names(shift, names) for shift in schedule.shifts])


def _with_names(shift: Shift, names: dict[str, str]) -> Shift:
    held = tuple(
        each.model_copy(update={"activity": names.get(each.activity, each.activity)})
        for each in shift.activities
    )
    return shift.model_copy(update={"activities": held})


def _check_held(hidden: Problem, private: Rule, place: str) -> None:
    """Check what a problem holds of the rule, and that it can be read from JSON."""
    (rule,) = hidden.rules
    expect(rule == private.effect(), f"{place}: its problem does not hold its effect.")
    expect(rule.private == NUMBER, f"{place}: its effect is not private.")
    expect(rule.effect() == rule, f"{place}: its effect has another effect.")
    text = hidden.to_json()
    expect(ARTICLE not in text, f"{place}: its problem tells the article of a private rule.")
    expect(Problem.from_json(text) == hidden, f"{place}: a private rule changes through JSON.")
    words = f"{rule.whom(hidden)} is not available at some times"
    expect(rule.shown_words(hidden) == words, f"{place}: a private rule tells more than {words!r}.")


def _check_judged(
    problem: Problem, schedule: Schedule, hidden: Problem, told: Schedule, place: str
) -> None:
    """Check that the effect is broken by as much as the rule, and that nothing else is told."""
    (rule,), (effect,) = problem.rules, hidden.rules
    due = sum(each.amount for each in rule.violations(problem, schedule))
    found = list(effect.violations(hidden, told))
    amount = sum(each.amount for each in found)
    expect(amount == due, f"{place}: once private, it is broken by {amount:g}, not by {due:g}.")
    if type(effect) is not type(rule):
        stated = stated_breach(hidden, effect, told)
        expect(stated == due, f"{place}: once private, its limits give {stated}, not {due:g}.")
    for bare, one in zip(found, effect.judged(hidden, told), strict=True):
        said = (one.rule, one.article, one.sentence, bare.sentence)
        whole = (PRIVATE, "", unavailable(hidden, one.agents, one.day), UNTOLD)
        expect(said == whole, f"{place}: a private rule tells more of a breach: {said}.")
