"""Mistakes planted in the limits of every rule of the folder, and who catches them.

Run as ``python -m tests.rules.mutations [RULE ...]``: it prints a table of rules and mistakes, and
ends with 1 if one of them is not caught.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain

import wfm.rules
from wfm.contract import check_limits, check_random_rosters
from wfm.limit import Cells, Grid
from wfm.problem import Previous, Problem
from wfm.rule import Rule

NAMED = {name: rule for name, rule in Rule.named.items() if rule.__name__ in wfm.rules.__all__}
EXAMPLES = {rule: rule.examples() for rule in NAMED.values()}


def without_last(limits):
    """Forget the last limit, as at the horizon's end."""
    return limits[:-1]


def without_first(limits):
    """Forget the first limit."""
    return limits[1:]


def one_more(limits):
    """Allow one more in each limit."""
    return [replace(one, most=one.most + 1) for one in limits]


def one_fewer(limits):
    """Allow one fewer in each limit."""
    return [replace(one, most=one.most - 1) for one in limits]


def each_cell(limits, change):
    """Change all cells of limits, those of which any counts included."""
    return [
        replace(
            one,
            cells=tuple(map(change, one.cells)),
            any_of=tuple(
                replace(some, cells=tuple(map(change, some.cells))) for some in one.any_of
            ),
        )
        for one in limits
    ]


def a_day_late(limits):
    """Read each limit one day later, as far as the horizon goes."""
    roles = [one.cells for one in limits]
    roles += [some.cells for one in limits for some in one.any_of]
    days = max((cells.days.stop for cells in chain(*roles)), default=0)
    return each_cell(limits, lambda c: Cells(c.day + 1, c.grid[: max(0, days - c.day - 1)]))


def the_other_way(limits):
    """Turn the sign of each cell around."""
    return each_cell(limits, lambda cells: -cells)


def for_nobody(limits):
    """Bind the first group of each limit no longer."""
    return [replace(one, groups=one.groups[1:]) for one in limits]


def twice(limits):
    """State each limit twice."""
    return [replace(one, slack="") for one in limits for _ in range(2)]


MISTAKES = (
    without_last,
    without_first,
    one_more,
    one_fewer,
    a_day_late,
    the_other_way,
    for_nobody,
    twice,
)


SYMMETRIC = {("same_days_off", the_other_way)}
"""Rules whose limits mean the same with a mistake as without."""
NO_ROSTER_TELLS = {"one_shift_a_day"}
"""Rules that random rosters, of one shift a day, always keep."""


def meaningful(rule):
    """The mistakes that change what a rule's limits mean."""
    return [mistake for mistake in MISTAKES if (rule.name(), mistake) not in SYMMETRIC]


@contextmanager
def planted(rule, mistake):
    """Let a rule state its limits with a mistake for a while."""
    correct = rule.limits
    with _instead(rule, lambda self, x: iter(mistake(list(correct(self, x))))):
        yield


@contextmanager
def without_the_past(rule):
    """Let a rule state its limits as if there were no previous period, for a while."""
    correct = rule.limits
    with _instead(rule, lambda self, x: correct(self, Grid(_without_past(x.problem)))):
        yield


@contextmanager
def _instead(rule, limits):
    names = ("limits", "examples")
    own = {name: vars(rule)[name] for name in names if name in vars(rule)}
    rule.limits, rule.examples = limits, staticmethod(lambda: EXAMPLES[rule])
    try:
        yield
    finally:
        for name in names:
            delattr(rule, name)
        for name, value in own.items():
            setattr(rule, name, value)


def seam_matters(rule):
    """Whether the shifts of a previous period change what the judge finds in an example."""
    return any(
        _amount(example.problem, example) != _amount(_without_past(example.problem), example)
        for example in EXAMPLES[rule]
    )


def _amount(problem, example):
    rule = example.problem.rules[0]
    return sum(violation.amount for violation in rule.violations(problem, example.schedule))


def _without_past(problem):
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    counters = {name: {} for name in problem.previous.counters}
    return Problem(**{**fields, "previous": Previous(counters=counters)})


def caught(check, rule):
    """Whether a check of the contract finds fault with a rule."""
    try:
        check(rule)
    except AssertionError:
        return True
    return False


def verdicts(rule):
    """By mistake: who catches it, or that nobody has to."""
    found = {}
    for mistake in MISTAKES:
        if mistake not in meaningful(rule):
            found[mistake.__name__] = "is none"
            continue
        with planted(rule, mistake):
            examples = caught(check_limits, rule)
            rosters = caught(check_random_rosters, rule)
        due = rule.name() not in NO_ROSTER_TELLS
        found[mistake.__name__] = _verdict(examples, rosters, rosters or not due)
    if not seam_matters(rule):
        return {**found, "without_the_past": "is none"}
    with without_the_past(rule):
        examples, rosters = caught(check_limits, rule), caught(check_random_rosters, rule)
    return {**found, "without_the_past": _verdict(examples, rosters, enough=True)}


def _verdict(examples, rosters, enough):
    if not examples or not enough:
        return "ESCAPES"
    return "both" if rosters else "examples"


def main(names):
    """Write the table; the exit code tells whether each mistake was caught."""
    rules = [NAMED[name] for name in names or sorted(NAMED)]
    columns = [*(mistake.__name__ for mistake in MISTAKES), "without_the_past"]
    width = max(len(rule.name()) for rule in rules)
    _tell("Who catches it: the examples alone, or both they and random rosters.\n")
    _tell("  ".join([" " * width, *columns]))
    told = []
    for rule in rules:
        found = verdicts(rule)
        told += found.values()
        _tell("  ".join([f"{rule.name():<{width}}", *(f"{found[c]:<{len(c)}}" for c in columns)]))
    planted_in_all = sum(verdict != "is none" for verdict in told)
    _tell(f"\n{told.count('ESCAPES')} of {planted_in_all} mistakes escape.")
    return int("ESCAPES" in told)


def _tell(line):
    sys.stdout.write(f"{line.rstrip(' ')}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in NAMED]
    if unknown:
        sys.exit(f"There is no rule {', '.join(unknown)}; there are {', '.join(sorted(NAMED))}.")
    sys.exit(main(sys.argv[1:]))
