"""Labour laws that a planner's folder names: their rules, and the weekends that are worked."""

from __future__ import annotations

from typing import Any

from wfm.io.place import at
from wfm.io.toml import TomlFile
from wfm.rule import Rule
from wfm.rules import law


def law_rows(file: TomlFile) -> list[tuple[Rule, str]]:
    """Rules of the presets in ``[[laws]]``, each with the place of its table.

    Of rules that differ in their numbers only, those that :func:`wfm.rules.law.together` keeps.

    Raises
    ------
    InputError
        Naming the line of the table and the key.
    """
    found: list[tuple[Rule, str]] = []
    for index, row in enumerate(file.rows("laws")):
        place = file.place("laws", index)
        with at(place):
            found += [(rule, place) for rule in law.rules_of(row)]
    kept = {id(rule) for rule in law.together(rule for rule, _ in found)}
    return [(rule, place) for rule, place in found if id(rule) in kept]


def swaps_with_laws(file: TomlFile) -> Any:
    """What the file says of `swaps`, and China's working weekends if its law binds everyone.

    A date of which the file itself speaks stays as it is there.

    Raises
    ------
    InputError
        As `law_rows`.
    """
    own = file.data.get("swaps", [])
    if not isinstance(own, list):
        return own  # a fault, which is told where the value is made
    named = {row.get("day") for row in own if isinstance(row, dict)}
    found = list(own)
    for index, row in enumerate(file.rows("laws")):
        with at(file.place("laws", index)):
            law.rules_of(row)
            if row["law"] == "china" and not law.Whom.__annotations__.keys() & row.keys():
                swaps = [swap for swap in law.china_swaps(row["years"]) if swap.day not in named]
                found += [swap.model_dump() for swap in swaps]
                named.update(swap.day for swap in swaps)
    return found
