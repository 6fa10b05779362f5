"""Whether a rule is known by its name, can be hard and soft, and survives JSON."""

from __future__ import annotations

import json

from wfm.contract.cases import cases_of, expect, fields_of, rules_of
from wfm.problem import Problem
from wfm.rule import Rule


def check_registered(rule: type[Rule]) -> None:
    """Check that the rule is the one that its name in JSON stands for."""
    found = Rule.named.get(rule.name())
    expect(found is rule, f"{rule.__name__} is not the rule that {rule.name()!r} stands for.")


def check_weight(rule: type[Rule]) -> None:
    """Check that the rule can be hard and soft, and that its violations carry the weight."""
    for example, place in cases_of(rule):
        for one in rules_of(example.problem, rule):
            for weight in (None, 2.5):
                weighed = rule(**{**fields_of(one), "weight": weight})
                found = {v.weight for v in weighed.violations(example.problem, example.schedule)}
                expect(
                    found <= {weight},
                    f"{place}: with weight {weight} its violations carry {found}.",
                )


def check_json(rule: type[Rule]) -> None:
    """Check that the rule and a problem that holds it come back equal from JSON."""
    for example, place in cases_of(rule):
        again = Problem.from_json(example.problem.to_json())
        expect(again == example.problem, f"{place}: its problem changes through JSON.")
        for one in rules_of(example.problem, rule):
            data = json.loads(one.to_json())
            expect(data.get("rule") == rule.name(), f"{place}: its JSON does not name the rule.")
            expect(Rule.parse(data) == one, f"{place}: the rule changes through JSON.")
