"""Burdens as limits read them: what each agent takes of them, on the grid of tours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from wfm.limit import Cells, Grid, Limit
from wfm.rules._shares import Item, Statement, alone
from wfm.window import Window, clock

if TYPE_CHECKING:
    from wfm.rule import Rule
    from wfm.rules.fair_share import FairShare


def statement(rule: FairShare, x: Grid, bound: Sequence[str]) -> Statement:
    """State what each of some agents takes of the burden of a rule.

    Parameters
    ----------
    rule : FairShare
        Says which.
    x : Grid
        Days and options.
    bound : sequence of str
        Whose burdens count.
    """
    group = tuple(bound)
    if rule.of == "weekends":
        return Statement(group, x.nothing, items=tuple(_weekends(x, group)))
    if rule.of == "overtime":
        return Statement(group, x.nothing, items=tuple(_overtime(x, group)))
    if rule.of in ("refused_wishes", "refused_family"):
        return _refused(rule, x, group)
    options = x.options
    mask = np.zeros(options.start.shape, dtype=bool)
    if rule.of == "nights":
        minutes = np.zeros(options.start.shape, dtype=np.int64)
        for start, end in x.spans([Window(start="23:00", end="06:00")]):
            shared = np.minimum(options.end, end) - np.maximum(options.start, start)
            minutes += np.maximum(shared, 0)
        mask = minutes >= 120
    for day in range(x.horizon.days):
        if rule.of == "late_shifts":
            mask[day] = options.end[day] > x.horizon.minute(day, clock(rule.after))
        elif rule.of == "holidays":
            mask[day] = x.horizon.date_of(day) in rule.dates
    return Statement(group, x.nothing, Cells(0, mask.astype(np.int64)))


def _weekends(x: Grid, group: tuple[str, ...]) -> Iterator[Item]:
    for monday, sunday in x.weeks():
        free = [day for day in range(monday, sunday + 1) if x.horizon.day_type(day) >= 5]
        inside = [day for day in free if 0 <= day < x.horizon.days]
        if not inside:
            continue
        grid = np.zeros((inside[-1] - inside[0] + 1, len(x.options)), dtype=np.int64)
        grid[[day - inside[0] for day in inside]] = 1
        for role, agent in enumerate(group):
            if not any(shift.day in free for shift in x.before(agent)):
                yield Item(
                    (role,), alone(x.nothing, len(group), role, Cells(inside[0], grid)), 0, 1
                )


def _overtime(x: Grid, group: tuple[str, ...]) -> Iterator[Item]:
    lengths = [int(paid) for paid in np.unique(x.options.paid)]
    step = gcd(*lengths)
    for first, last in x.weeks():
        cells = x.minutes(first, last)
        most = max(lengths) * len(cells.grid)
        for role, agent in enumerate(group):
            done = sum(s.paid_minutes for s in x.before(agent) if s.day >= first)
            free = max(0, round(60 * (x.problem.contract_of(agent).weekly_hours or 168)) - done)
            roles = alone(x.nothing, len(group), role, cells)
            below = free
            for reached in range(step * (free // step + 1), most + 1, step):
                amount = reached - below
                yield Item((role,), roles, reached - 1, amount, first=below == free)
                below = reached


def _refused(rule: FairShare, x: Grid, bound: tuple[str, ...]) -> Statement:
    found = []
    for one in asked_for(rule, x.problem.rules):
        for limit in one.limits(x):
            for agents in limit.groups:
                who = [agent for agent in concerned(one, x, agents) if agent in bound]
                if who:
                    found.append((who, agents, limit))
    named = dict.fromkeys((*bound, *(agent for _, agents, _ in found for agent in agents)))
    roles = {agent: role for role, agent in enumerate(named)}
    items = []
    for who, agents, limit in found:
        cells = [x.nothing] * len(roles)
        for agent, mine in zip(agents, limit.cells, strict=True):
            cells[roles[agent]] = mine
        whose, below = tuple(roles[agent] for agent in who), 0
        for over in _excesses(limit)[: 1 if rule.of == "refused_wishes" else None]:
            amount = 1 if rule.of == "refused_wishes" else over - below
            items.append(Item(whose, tuple(cells), limit.most + over - 1, amount, not below))
            below = over
    return Statement(tuple(named), x.nothing, items=tuple(items))


def asked_for(rule: FairShare, others: Sequence[Rule]) -> list[Rule]:
    """Rules that may be refused at a price, and are counted."""
    kind = {"refused_wishes": "wish", "refused_family": "family"}.get(rule.of)
    priced = [one for one in others if one.weight is not None and not one.informative]
    named = [one for one in priced if not rule.among or one.name() in rule.among]
    return [one for one in named if one.kind == kind and not (kind == "family" and one.private)]


def concerned(one: Rule, x: Grid, agents: Sequence[str]) -> tuple[str, ...]:
    """Whom a breach of a limit concerns: all of its household, if it has one."""
    home = getattr(one, "household", None)
    return tuple(agents) if home is None else x.problem.household(home).members


def _excesses(limit: Limit) -> list[int]:
    """What the cells of a limit may count beyond its bound, in steps of what any count differs."""
    cells = [mine for mine in limit.cells if mine.grid.any()]
    most = sum(int(np.maximum(mine.grid.max(axis=1), 0).sum()) for mine in cells)
    least = sum(int(np.minimum(mine.grid.min(axis=1), 0).sum()) for mine in cells)
    step = gcd(*(int(value) for mine in cells for value in np.unique(mine.grid)))
    counts = range(least, most + 1, step) if step else range(1)
    return [count - limit.most for count in counts if count > limit.most]
