"""Which rules are promises to people, and what may be said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from wfm.errors import InputError
from wfm.problem import Problem
from wfm.rule import Rule

Groups = Literal["each", "name"] | Mapping[str, Sequence[Rule]]
"""Every promise by itself, those with the same name of a rule together, or some under labels."""
Places = tuple[int, ...]
"""Places of rules among those of a problem."""


def told(problem: Problem, rule: Rule) -> str:
    """What anybody may read of a rule: for whom and when, and never why.

    Every table and sentence about the price of promises takes its words from here.
    """
    return rule.shown_words(problem)


def is_promise(rule: Rule) -> bool:
    """Whether a rule is a promise: it has a price, or is a hard one to a family or of a wish."""
    return rule.weight is not None or (rule.kind != "work" and not rule.informative)


def promises(problem: Problem) -> Places:
    """Places of a problem's promises."""
    return tuple(place for place, rule in enumerate(problem.rules) if is_promise(rule))


def grouped(problem: Problem, groups: Groups, caller: str) -> list[tuple[str, Places]]:
    """Labels, and the rules that are priced together under each.

    Raises
    ------
    InputError
        If there is nothing to price, or a rule is none of the problem's.
    """
    if isinstance(groups, Mapping):
        found = [(label, places_of(problem, some, caller)) for label, some in groups.items()]
    elif groups == "each":
        found = [(told(problem, problem.rules[place]), (place,)) for place in promises(problem)]
    elif groups == "name":
        names: dict[str, list[int]] = {}
        for place in promises(problem):
            names.setdefault(problem.rules[place].shown_name, []).append(place)
        found = [(name, tuple(places)) for name, places in names.items()]
    else:
        raise InputError(f"{caller}: groups", "be 'each', 'name' or rules under labels", groups)
    if not found:
        raise InputError(f"{caller}: groups", "hold a rule with a price, or one to a family")
    return found


def places_of(problem: Problem, rules: Iterable[Rule], caller: str) -> Places:
    """Places of rules among those of a problem.

    Raises
    ------
    InputError
        If one is none of the problem's, or none is given.
    """
    found = []
    for rule in rules:
        if rule not in problem.rules:
            seen = ... if rule.private else rule
            raise InputError(f"{caller}: rules", "be among the problem's", seen)
        found.append(problem.rules.index(rule))
    if not found:
        raise InputError(f"{caller}: rules", "be at least one")
    return tuple(dict.fromkeys(found))


def without(problem: Problem, places: Iterable[int]) -> Problem:
    """The same problem without some of its rules."""
    gone = set(places)
    kept = (rule for place, rule in enumerate(problem.rules) if place not in gone)
    return problem.model_copy(update={"rules": tuple(kept)})
