"""A rule's fields: what docstrings say of them, their defaults, and their form in TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from inspect import cleandoc
from typing import Any, get_args

from pydantic_core import PydanticUndefined

from wfm.agent_rule import AgentRule
from wfm.rule import HARD, Rule
from wfm.value import Value
from wfm.window import DateRange, Window

WIDTH = 96
SHARED = {Rule: tuple(Rule.model_fields), AgentRule: tuple(AgentRule.model_fields)}
"""Fields that are told once for all rules."""
TOLD_ONCE = {Window: "windows", DateRange: "dates"}
"""Values whose fields are told once for all rules."""


def promise(kind: type) -> str:
    """The first line of a docstring."""
    return plain(cleandoc(kind.__doc__ or "").partition("\n\n")[0])


def story(kind: type) -> str:
    """What a docstring says between its first line and its parameters."""
    text = re.split(r"\nParameters\n-+\n", cleandoc(kind.__doc__ or ""))[0]
    return "\n\n".join(map(plain, text.split("\n\n")[1:])).strip()


def plain(text: str) -> str:
    """A paragraph of a docstring as Markdown on one line."""
    return re.sub(r":\w+:(?=`)", "", " ".join(text.split())).replace("``", "`")


def told(kind: type) -> dict[str, str]:
    """What a class's own docstring says of each parameter."""
    _, _, text = cleandoc(kind.__doc__ or "").partition("\nParameters\n----------\n")
    text = re.split(r"\n\n?\w[\w ]*\n-{3,}\n", text)[0]
    found = {}
    for names, meaning in re.findall(r"^(\S.*)\n((?:(?: {4}.*)?\n?)+)", text, re.MULTILINE):
        for name in names.split(" : ")[0].split(","):
            found[name.strip()] = plain(meaning)
    return found


def meanings(rule: type[Rule]) -> dict[str, str]:
    """What is said of each field of a rule, by its own docstring or by that of a base."""
    found: dict[str, str] = {}
    for kind in reversed(rule.__mro__):
        if isinstance(kind, type) and issubclass(kind, Value):
            found |= told(kind)
    return {name: found.get(name, "") for name in rule.model_fields}


def table(rule: type[Rule]) -> str:
    """A table of the fields that are a rule's own, or of which its docstring says more."""
    shared = {name for kind, names in SHARED.items() if issubclass(rule, kind) for name in names}
    own = [name for name in rule.model_fields if name not in shared or name in told(rule)]
    said = meanings(rule)
    return _rows((name, _default(rule, name), said[name] + _linked(rule, name)) for name in own)


def part_tables(rule: type[Rule]) -> Iterator[str]:
    """A table for each kind of value that a rule's own fields hold, with the fields above it."""
    held: dict[type[Value], list[str]] = {}
    for name in rule.model_fields:
        for kind in parts(rule, name):
            if kind.__module__.startswith("wfm.rules."):
                held.setdefault(kind, []).append(f"`{name}`")
    for kind, names in held.items():
        yield f"Each of {' and '.join(names)}:\n\n{value_table(kind)}"


def value_table(kind: type[Value]) -> str:
    """A table of all fields of a value."""
    said = told(kind)
    return _rows(
        (name, _default(kind, name), said[name] + _linked(kind, name)) for name in kind.model_fields
    )


def parts(kind: type[Value], name: str) -> list[type[Value]]:
    """The kinds of value that a field holds, but for rules."""
    found, left = [], [kind.model_fields[name].annotation]
    while left:
        one = left.pop()
        left += get_args(one)
        if isinstance(one, type) and issubclass(one, Value) and not issubclass(one, Rule):
            found.append(one)
    return found


def _linked(kind: type[Value], name: str) -> str:
    """Where the fields are told of the windows or dates that a field holds."""
    names = [TOLD_ONCE[part] for part in parts(kind, name) if part in TOLD_ONCE]
    return "".join(f" ([{one}](#windows-and-dates))" for one in names)


def shared_table() -> str:
    """A table of the fields that are told once for all rules."""
    return _rows(
        (name, _default(kind, name), meanings(kind)[name])
        for kind, names in SHARED.items()
        for name in names
    )


def _rows(fields: Iterable[tuple[str, str, str]]) -> str:
    """A table, those with one default and one meaning in a row; empty without fields."""
    alike: dict[tuple[str, str], dict[str, None]] = {}
    for name, default, meaning in fields:
        alike.setdefault((default, meaning.replace("|", "/")), {})[f"`{name}`"] = None
    rows = [f"| {', '.join(names)} | {' | '.join(about)} |" for about, names in alike.items()]
    return "\n".join(["| field | default | meaning |", "|---|---|---|", *rows]) if rows else ""


def _default(kind: type[Value], name: str) -> str:
    default = kind.model_fields[name].get_default(call_default_factory=True)
    if default is PydanticUndefined:
        return "**needed**"
    if default is None:
        return "none"
    if default == ():
        return "empty"
    if default == (Window(),):
        return "always"
    return f"`{toml(_data(default))}`"


def as_toml(rule: Rule) -> str:
    """A rule as the table that it is in ``center.toml``."""
    data = set_fields(rule)
    return "\n".join(
        ["[[rules]]", f'rule = "{rule.name()}"', *(_line(*pair) for pair in data.items())]
    )


def set_fields(rule: Rule) -> dict[str, Any]:
    """The fields of a rule that are not at their defaults."""
    found: dict[str, Any] = _data(rule)
    if "weight" in found and rule.weight is None:
        found["weight"] = HARD
    return {name: value for name, value in found.items() if name != "rule"}


def _data(value: Any) -> Any:
    if isinstance(value, Value):
        return value.model_dump(exclude_defaults=True)
    return [_data(one) for one in value] if isinstance(value, tuple) else value


def _line(name: str, value: Any) -> str:
    line = f"{name} = {toml(value)}"
    if len(line) <= WIDTH or not isinstance(value, list | tuple):
        return line
    return "\n".join([f"{name} = [", *(f"    {toml(one)}," for one in value), "]"])


def toml(value: Any) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        pairs = ", ".join(
            f"{key} = {toml(some)}" for key, some in value.items() if some is not None
        )
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple | set | frozenset):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
