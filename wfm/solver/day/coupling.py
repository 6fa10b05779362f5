"""Limits on several agents in the model of a day."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.day.model import SCALE, DayModel
from wfm.solver.model import tell_apart

Ints = NDArray[np.int64]


def couple(built: DayModel) -> None:
    """Limits on several agents: what those who stay use is a constant."""
    search, day = built.search, built.day
    coupling = search.coupling
    lines = coupling.lines(search.roster.tours)
    low, high = lines.copy(), lines.copy()
    rows: dict[int, list[tuple[int, Ints]]] = defaultdict(list)
    touched: set[int] = set()
    for agent in built.agents:
        now = search.roster.tours[agent, day]
        for role in coupling.on_day(agent, day).tolist():
            row, line = coupling.row(agent, role, day), int(coupling.parts[agent].lines[role])
            lines[line] -= row[now]
            low[line] += row.min() - row[now]
            high[line] += row.max() - row[now]
            rows[line].append((agent, row))
            touched.add(int(coupling.parts[agent].limits[role]))
    able = coupling.totals(high) > coupling.most
    slacks: dict[int, cp_model.IntVar] = {}
    for limit in sorted(touched):
        if able[limit]:
            used: list[cp_model.LinearExprT] = [_line(built, rows[limit], int(lines[limit]))]
            for some in np.flatnonzero(coupling.switches.owner == limit).tolist():
                line, over = len(coupling.most) + some, int(coupling.switches.over[some])
                factor = int(coupling.switches.factor[some])
                if low[line] > over:
                    used.append(factor)
                elif high[line] > over:
                    count = _line(built, rows[line], int(lines[line]))
                    found = tell_apart(built.model, count, over)
                    used.append(cp_model.LinearExpr.term(found, factor))
            _bound(built, limit, cp_model.LinearExpr.sum(used), slacks)


def _line(built: DayModel, rows: list[tuple[int, Ints]], others: int) -> cp_model.LinearExpr:
    """What a line counts, by the duties of the free agents."""
    terms = [
        (duty.takes, int(row[duty.option]))
        for agent, row in rows
        for duty in built.duties[agent]
        if row[duty.option]
    ]
    used = cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])
    return cp_model.LinearExpr.sum([used, others])


def _bound(
    built: DayModel, limit: int, used: cp_model.LinearExpr, slacks: dict[int, cp_model.IntVar]
) -> None:
    """Post a limit, beyond its slack where it is soft; limits that share a promise share one."""
    coupling = built.search.coupling
    most, weight = int(coupling.most[limit]), float(coupling.weight[limit])
    if np.isinf(weight):
        built.model.add(used <= most)
        return
    promise = int(coupling.slack[limit])
    if promise not in slacks:
        slacks[promise] = built.model.new_int_var(0, 10**6, f"slack_{promise}")
        built.costs.append((slacks[promise], round(SCALE * weight)))
    built.model.add(used <= most + slacks[promise])
