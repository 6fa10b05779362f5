"""Everyone's shifts with their breaks, and what they cost, in the model of a whole problem."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from ortools.sat.python import cp_model

from wfm.solver.book import Joint, parted, promises
from wfm.solver.whole.model import SCALE, Agents, Begins, Cell, WholeModel, down


def offer(built: WholeModel, agents: Agents) -> None:
    """Shifts of people who are alike, at the cost of wages, premiums and promises on single days.

    Of those who are named there is one alone.
    """
    cost = built.search.cell_cost[agents[0]]
    tours = built.roster.tours[list(agents)]
    for day in range(built.instance.days):
        here = {option: works for (at, option), works in built.works[agents].items() if at == day}
        idle = float(cost[day, -1])
        if np.isinf(idle):
            built.model.add(cp_model.LinearExpr.sum(list(here.values())) >= len(agents))
            idle = float(min((cost[day, o] for o in here), default=0.0))
        built.constant += len(agents) * down(SCALE * idle)
        for option, works in here.items():
            now = np.flatnonzero(tours[:, day] == option)
            built.model.add_hint(works, len(now))
            if np.isinf(cost[day, option]):
                built.model.add(works == 0)
                continue
            built.costs.append((works, down(SCALE * float(cost[day, option])) - down(SCALE * idle)))
            _pause(built, agents, (day, option), works, [agents[place] for place in now])


def _pause(
    built: WholeModel, agents: Agents, cell: Cell, works: cp_model.IntVar, now: list[int]
) -> None:
    """How many begin the breaks of a shift where: each all who work it, one after the other."""
    instance = built.instance
    day, option = cell
    start = int(instance.first[cell])
    found: Begins = []
    for number in range(int(instance.counts[option])):
        window = range(
            start + int(instance.earliest[option, number]),
            start + int(instance.latest[option, number]) + 1,
        )
        here = {slot: built.model.new_int_var(0, len(agents), "") for slot in window}
        built.model.add(cp_model.LinearExpr.sum(list(here.values())) == works)
        held = Counter(built.roster.places[now, day, number].tolist())
        for slot, begins in here.items():
            built.model.add_hint(begins, held[slot])
        if found:
            before, length = found[-1], int(instance.pause[option, number - 1])
            for least in before:
                late = [begins for slot, begins in before.items() if slot >= least]
                after = [begins for slot, begins in here.items() if slot >= least + length]
                if len(after) < len(here):
                    built.model.add(cp_model.LinearExpr.sum(late) <= cp_model.LinearExpr.sum(after))
        found.append(here)
    if found:
        built.breaks[agents, cell] = found


def bind(built: WholeModel) -> None:
    """Every limit over several days or people, hard or at its price."""
    book, coupling = built.search.book, built.search.coupling
    for agent in built.tours.works:
        _, several = parted(book.own[agent])
        for promise in promises(several):
            slack = built.slack(promise.entries)
            for entry in promise.entries:
                built.tours.post(entry, (agent,), slack=slack)
    shared: dict[int, list[Joint]] = defaultdict(list)
    for joint, slack_group in zip(book.joint, coupling.slack.tolist(), strict=True):
        shared[slack_group].append(joint)
    for joints in shared.values():
        slack = built.slack([joint.entry for joint in joints])
        for joint in joints:
            built.tours.post(joint.entry, joint.agents, slack=slack)
