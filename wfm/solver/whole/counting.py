"""Tours of people who are counted, as flows in the model of a whole problem."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from ortools.sat.python import cp_model

from wfm.solver.whole.crowds import START, Crowd, Node
from wfm.solver.whole.model import SCALE, WholeModel, down

Terms = list[cp_model.IntVar]


def count(built: WholeModel, crowd: Crowd) -> None:
    """How many of a crowd work each shift, and how many go each way through each day."""
    model, many = built.model, len(crowd.agents)
    cost = built.search.cell_cost[crowd.agents[0]]
    works = {
        (int(day), int(option)): model.new_int_var(0, many, f"work_{day}_{option}")
        for day, option in np.argwhere(np.isfinite(cost[:, :-1]))
    }
    built.works[crowd.agents] = works
    hints = crowd.flows(built.roster.tours)
    built.flows.append([])
    there: dict[Node, cp_model.LinearExprT] = {START: many}
    for day, ways in enumerate(crowd.ways):
        goes = [model.new_int_var(0, many, f"goes_{day}_{number}") for number in range(len(ways))]
        leaving, after, chosen = defaultdict(list), defaultdict(list), defaultdict(list)
        for number, (way, flow) in enumerate(zip(ways, goes, strict=True)):
            model.add_hint(flow, hints[day][number])
            built.costs.append((flow, down(SCALE * way.cost)))
            leaving[way.before].append(flow)
            after[way.after].append(flow)
            chosen[way.kind].append(flow)
        for node, heads in there.items():
            model.add(cp_model.LinearExpr.sum(leaving[node]) == heads)
        _choose(built, crowd, day, chosen)
        built.flows[-1].append(goes)
        there = {node: cp_model.LinearExpr.sum(flows) for node, flows in after.items()}


def _choose(built: WholeModel, crowd: Crowd, day: int, chosen: dict[int, Terms]) -> None:
    """Those who go by a group of options work one of them, or are off where that is one."""
    group = crowd.programme.group[day]
    shifts: dict[int, Terms] = defaultdict(list)
    for (at, option), works in built.works[crowd.agents].items():
        if at == day:
            shifts[int(group[option])].append(works)
    for kind in {*chosen, *shifts}:
        working = cp_model.LinearExpr.sum(shifts[kind])
        going = cp_model.LinearExpr.sum(chosen[kind])
        if kind == group[-1]:
            built.model.add(working <= going)
        else:
            built.model.add(working == going)
