"""Swaps laid out for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wfm.advice.option import SwapOption, WishChange, told
from wfm.judge.text import table
from wfm.problem import Problem

SMALL = 0.005
"""Amounts below this are printed as nothing."""
MEANING = (
    "  All figures are changes: cost is that of wages, lost service and wishes (all rules with a\n"
    "  price) together; under each queue stand the contacts planned to be answered in time."
)


def swaps_text(problem: Problem, options: Sequence[SwapOption]) -> str:
    """Lay out options: who takes what for what, what it changes, and whose wishes it touches."""
    if not options:
        return "No swap of this shift keeps every hard rule."
    queues = [queue.id for queue in problem.demand.queues]
    rows = [
        [
            f"{number:>2}  {problem.agent(option.other)}",
            told(problem.horizon, option.shift_of(option.agent)),
            *map(signed, (option.total, option.wages, option.service, option.wish_cost)),
            *(signed(option.answers[queue], 1) for queue in queues),
        ]
        for number, option in enumerate(options, 1)
    ]
    head = ["Taken by", "in return for", "cost", "wages", "service", "wishes", *queues]
    parts = [f"{table(head, rows, left=2)}\n{MEANING}"]
    wishes = list(_wishes(problem, options))
    if wishes:
        parts.append("\n".join(["Wishes and other rules with a price", *wishes]))
    return "\n\n".join(parts)


def signed(amount: float, digits: int = 2) -> str:
    """Write a change with its sign: ``+12.50``, ``-3.00``, or ``0.00``."""
    if abs(amount) < SMALL:
        return f"{0:.{digits}f}"
    return f"{amount:+,.{digits}f}"


def _wishes(problem: Problem, options: Sequence[SwapOption]) -> Iterator[str]:
    for number, option in enumerate(options, 1):
        told_ones = [
            wish_text(problem, each) for each in option.wishes if abs(each.change) >= SMALL
        ]
        if told_ones:
            yield f"  {number:>2}  {'; '.join(told_ones)}"


def wish_text(problem: Problem, each: WishChange) -> str:
    """Whose wish it is, and by how much it is kept worse or better."""
    names = " and ".join(str(problem.agent(agent)) for agent in each.agents)
    which = f" ({each.rule})" if each.rule else ""
    kept = "worse" if each.change > 0 else "better"
    return f"{names or 'nobody in particular'}{which}: {abs(each.change):,.2f} {kept}"
