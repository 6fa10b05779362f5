"""The CP-SAT model of some agents' one day: duties, couplings, heads, and lost service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.activities.one_day import Placed, may_be_off, placed
from wfm.solver.activities.posts import day_posts
from wfm.solver.day_deferred import add_backlog
from wfm.solver.instance import Instance
from wfm.solver.model import tell_apart
from wfm.solver.rows import gain_of, price_options
from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SCALE = 1000
PATTERNS = 3


@dataclass(frozen=True, eq=False)
class Duty:
    """A shift option of the day with its breaks placed, or a day off.

    Attributes
    ----------
    option : int
        Column of the tour's grid.
    places : ndarray of int, shape (breaks,)
        Slot at which each break starts.
    marks : ndarray of int, shape (items,)
        Slot at which each item begins that the shift holds, else -1.
    posts : ndarray of int, shape (width,)
        Skill group to which the agent belongs in each slot, -1 when away.
    takes : IntVar
        Whether it is chosen.
    """

    option: int
    places: Ints
    marks: Ints
    posts: Ints
    takes: cp_model.IntVar


@dataclass(eq=False)
class DayModel:
    """The CP-SAT model of some agents' one day.

    The model and its variables are open: add constraints of your own before solving.

    Attributes
    ----------
    duties : dict
        Agent -> what the agent can do that day.
    costs : list
        Variables of the objective with their price, in thousandths.
    """

    search: Search
    day: int
    agents: tuple[int, ...]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    duties: dict[int, list[Duty]] = field(default_factory=dict)
    costs: list[tuple[cp_model.IntVar, int]] = field(default_factory=list)

    @property
    def instance(self) -> Instance:
        """The compiled problem."""
        return self.search.instance


def build_day(search: Search, day: int, agents: Sequence[int]) -> DayModel:
    """Model the choice of some agents' duties on one day, all others and all other days fixed.

    The roster in hand is its hint. The objective is the cost in thousandths.
    """
    built = DayModel(search, day, tuple(agents))
    for agent in built.agents:
        _offer(built, agent)
    _couple(built)
    _serve(built)
    built.model.minimize(
        cp_model.LinearExpr.weighted_sum([v for v, _ in built.costs], [c for _, c in built.costs])
    )
    return built


def _offer(built: DayModel, agent: int) -> None:
    """The duties that an agent's own limits allow beside the tour of the other days."""
    search, roster, day = built.search, built.search.roster, built.day
    off = built.instance.off
    cost = search.day_cost(agent, day)
    now = int(roster.tours[agent, day])
    duties = [Placed(now, roster.places[agent, day].copy(), roster.marks[agent, day].copy())]
    duties += _patterns(search, agent, day, np.flatnonzero(np.isfinite(cost[:off])))
    if np.isfinite(cost[off]) and may_be_off(search, agent, day):
        nothing = np.full_like(roster.marks[agent, day], -1)
        duties.append(Placed(off, np.zeros_like(roster.places[agent, day]), nothing))
    known: dict[tuple[int, bytes, bytes], Duty] = {}
    for option, places, marks in duties:
        key = (option, places.tobytes(), marks.tobytes())
        if key not in known:
            takes = built.model.new_bool_var(f"takes_{agent}_{len(known)}")
            built.model.add_hint(takes, not known)
            built.costs.append((takes, round(SCALE * float(cost[option]))))
            posts = day_posts(search, (agent, day, option), places, marks)
            known[key] = Duty(option, places, marks, posts, takes)
    built.duties[agent] = list(known.values())
    built.model.add_exactly_one([duty.takes for duty in known.values()])


def _patterns(search: Search, agent: int, day: int, options: Ints) -> list[Placed]:
    """Shifts with breaks where they cost least, at the gains in hand and at disturbed ones."""
    search.put(agent, -1)
    gain = gain_of(search, agent)
    search.put(agent)
    found: list[Placed] = []
    for number in range(PATTERNS):
        shaken = gain * search.random.uniform(0.0, 2.0, gain.size) if number else gain
        _, places = price_options(search, shaken, search.cell_cost[agent])
        found += placed(search, (agent, day), options, places[day], shaken)
    return found


def _couple(built: DayModel) -> None:
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
            for some in np.flatnonzero(coupling.owner == limit).tolist():
                line, over = len(coupling.most) + some, int(coupling.over[some])
                factor = int(coupling.factor[some])
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


def _serve(built: DayModel) -> None:
    """Heads by slot and group, their division over the queues, and the service that is lost."""
    search, instance = built.search, built.instance
    start = int(instance.first[built.day].min())
    stop = min(instance.slots, int((instance.first[built.day] + instance.length).max()))
    staying = search.roster.supply.copy()
    for agent in built.agents:
        posts = built.duties[agent][0].posts
        there = np.flatnonzero(posts >= 0)
        staying[posts[there], there] -= 1
    service = search.service()
    answers: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
    sums = service.totals.copy()
    busy = np.asarray((instance.planned[:, :, -1] > instance.planned[:, :, 0]).any(axis=0))
    waiting: dict[int, dict[int, cp_model.IntVar]] = {d.queue: {} for d in instance.deferred}
    for slot in range(start, stop):
        if not busy[slot]:
            continue
        heads = _heads(built, slot, staying[:, slot], service.heads[:, slot])
        for queue in range(len(instance.planned)):
            if queue in waiting:
                waiting[queue][slot] = heads[queue]
                continue
            now = int(service.heads[queue, slot])
            answered = _answers(built, queue, slot, heads[queue], now)
            if answered is not None:
                period = int(instance.period[queue, slot])
                sums[period] -= instance.planned[queue, slot, now]
                answers.setdefault(period, []).append(answered)
    for period, found in answers.items():
        due = round(SCALE * float(instance.target[period] - sums[period]))
        missing = built.model.new_int_var(0, 10**9, f"missing_{period}")
        total = cp_model.LinearExpr.sum([variable for variable, _ in found])
        built.model.add(total + missing >= due)
        built.model.add_hint(missing, max(0, due - sum(now for _, now in found)))
        built.costs.append((missing, round(float(instance.price[period]))))
    for each in instance.deferred:
        able = service.totals[each.entries]
        backlog = add_backlog(built.model, each, able, waiting[each.queue], start, stop)
        built.costs.append(backlog)


def _heads(built: DayModel, slot: int, staying: Ints, now: Ints) -> list[cp_model.IntVar]:
    """Heads on each queue in a slot: any set of queues shares those who serve any of it."""
    instance = built.instance
    queues = len(instance.planned)
    supply: list[cp_model.LinearExprT] = [int(heads) for heads in staying]
    for number in range(len(staying)):
        duties = _at_work(built, slot, number)
        if duties:
            rest = int(staying[number])
            total = built.model.new_int_var(rest, rest + len(built.agents), "")
            built.model.add(total == rest + cp_model.LinearExpr.sum([d.takes for d in duties]))
            built.model.add_hint(total, int(built.search.roster.supply[number, slot]))
            supply[number] = total
    most = int(staying.sum()) + len(built.agents)
    heads = [built.model.new_int_var(0, most, f"heads_{queue}_{slot}") for queue in range(queues)]
    for variable, count in zip(heads, now, strict=True):
        built.model.add_hint(variable, int(count))
    for subset in range(1, 1 << queues):
        mine = [supply[g] for g, mask in enumerate(instance.masks) if mask & subset]
        used = [heads[queue] for queue in range(queues) if subset >> queue & 1]
        built.model.add(cp_model.LinearExpr.sum(used) <= cp_model.LinearExpr.sum(mine))
    return heads


def _at_work(built: DayModel, slot: int, group: int) -> list[Duty]:
    """Duties of the free agents of a group that are at work in a slot."""
    return [
        duty for agent in built.agents for duty in built.duties[agent] if duty.posts[slot] == group
    ]


def _answers(
    built: DayModel, queue: int, slot: int, heads: cp_model.IntVar, now: int
) -> tuple[cp_model.IntVar, int] | None:
    """Planned answers in a slot, in thousandths, below every chord of the curve; those of now."""
    instance = built.instance
    curve = instance.planned[queue, slot]
    if curve[-1] - curve[0] <= 0:
        return None
    scaled = np.round(SCALE * curve).astype(int)
    name = f"{queue}_{slot}"
    answered = built.model.new_int_var(int(scaled.min()), int(scaled.max()), f"answers_{name}")
    reached = int(scaled[-1])
    for count, slope in enumerate(np.diff(scaled).tolist()):
        if slope > 0:
            built.model.add(answered <= int(scaled[count]) + slope * (heads - count))
            reached = min(reached, int(scaled[count]) + slope * (now - count))
    built.model.add_hint(answered, reached)
    target = instance.problem.demand.queues[queue].target
    least = round(SCALE * target.floor * instance.problem.demand.contacts[queue][slot])
    if least:
        short = built.model.new_int_var(0, max(0, least - int(scaled.min())), f"short_{name}")
        built.model.add(answered + short >= least)
        built.model.add_hint(short, max(0, least - reached))
        built.costs.append((short, round(target.floor_price)))
    return answered, reached
