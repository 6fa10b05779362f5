"""A rule that another rule holds."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from wfm.errors import InputError
from wfm.rule import Rule

ONE_RULE = {"type": "object", "properties": {"rule": {"type": "string"}}, "required": ["rule"]}


def _one_rule(data: Any) -> Rule:
    """The rule that JSON names, or the one given."""
    found = Rule.parse(data)
    if not isinstance(found, Rule):
        raise InputError("rule", "be a rule, or a table that names one", data)
    return found


OneRule = Annotated[
    Rule,
    PlainValidator(_one_rule),
    PlainSerializer(lambda rule: rule.model_dump(mode="json", exclude_defaults=True)),
    WithJsonSchema(ONE_RULE),
]
"""A rule as a field of another. Plain, so that the schema of all rules does not hold itself."""
