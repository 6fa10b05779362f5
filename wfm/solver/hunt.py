"""A search under way: what it holds, which step is next, and when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from wfm.result import Progress, Result
from wfm.solver.activities.meetings import gather, move_meeting
from wfm.solver.bound import start_dual, trivial_bound
from wfm.solver.columns import improve_day
from wfm.solver.conflict import teams
from wfm.solver.reading import read_schedule
from wfm.solver.roster import Roster
from wfm.solver.rows import reinsert
from wfm.solver.search import Search

OnProgress = Callable[[Progress], object]
SHARE = {"rows": 0.6, "columns": 0.1, "bound": 0.3}
"""Of the time, for each kind of step."""
HEAT, MANY = 0.0005, 40
"""How much worse an accepted roster may be at first, as a share of what so many agents cost."""
NOISE = 0.15
"""Disturbance of what hours are worth to those who are inserted before others."""
COUPLED = 0.15
"""Share of the moves that take people whom rules couple."""
ROUND = 0.02
"""Longest share of the time for one round of rows or of the bound, but a second at least."""
STEPS = 20
"""Steps of the bound in one round."""
NEAR = 0.002
"""How much dearer than the best, as a share, a roster with deferred work may seem."""
SETTLING, AT_LEAST = 0.2, 10.0
"""Share of the time for finding true costs, as if so many seconds at least had passed."""
REGATHER = 0.5
"""Share of the moves of meetings that choose new shifts for all who are there."""
FREE = 8
"""Agents whose day a column chooses anew."""


@dataclass
class Best:
    """The best roster found so far and its true cost."""

    roster: Roster
    cost: float


class Hunt:
    """A search under way: rounds of moves until time or gap ends it."""

    def __init__(
        self,
        search: Search,
        seed: int,
        began: float,
        seconds: float,
        gap: float,
        on_progress: OnProgress,
        moves: tuple[str, ...],
    ) -> None:
        self.search = search
        self.seed = seed
        self.seconds = seconds
        self.gap = gap
        self.moves = moves
        self.on_progress = on_progress
        self.began = began
        self.settling = 0.0
        hard = [team.agents for team in teams(search.book) if len(team.agents) > 1]
        self.coupled = list(dict.fromkeys([*hard, *(j.agents for j in search.book.joint)]))
        self.best = Best(search.roster.copy(), _true_cost(search))
        self.dual = start_dual(search, trivial_bound(search))
        self.report("start")

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.began

    @property
    def present_gap(self) -> float:
        """Share of the cost that the bound leaves open."""
        return max(0.0, self.best.cost - self.dual.best) / max(abs(self.best.cost), 1e-9)

    def over(self) -> bool:
        """Whether time or gap ends the search."""
        return self.elapsed >= self.seconds or self.present_gap <= max(self.gap, 1e-9)

    def run(self) -> None:
        """Rows, columns and the bound, each for its share of the time."""
        steps = {"rows": self.rows, "columns": self.column, "bound": self.bound}
        spent = {name: 0.0 for name in steps if name in (*self.moves, "bound")}
        moved = self.moves[0]
        while not self.over():
            name = min(spent, key=lambda name: spent[name] / SHARE[name])
            before = self.elapsed
            steps[name]()
            spent[name] += self.elapsed - before
            moved = name if name in self.moves else moved
            self.report(name)
        # What the last moves left in hand may not have been worth the time to settle before.
        self.settling = 0.0
        self.keep()
        self.report(moved)

    def bound(self) -> None:
        """Raise the bound, from the best roster's prices if that is new or the steps are spent."""
        if self.best.cost < 0.99 * self.dual.born or self.dual.exhausted:
            # The worths in hand have been paid in the search; those of one roster are too extreme.
            search, hand = self.search, self.search.roster
            search.roster = self.best.roster.copy()
            search.set_worth(search.worth)
            self.dual = start_dual(search, self.dual.best)
            search.roster = hand
            search.set_worth(search.worth)
        until = self.elapsed + max(1.0, ROUND * self.seconds)
        for _ in range(STEPS):
            self.dual.improve(1, self.best.cost)
            if self.elapsed >= min(until, self.seconds):
                break

    def rows(self) -> None:
        """Take a few agents out and put them in again, many times, cooling as time passes."""
        search = self.search
        agents = len(search.roster.tours)
        cool = max(0.0, 1 - self.elapsed / self.seconds)
        heat = HEAT * self.best.cost * min(1.0, MANY / agents) * cool**2
        until = self.elapsed + max(1.0, ROUND * self.seconds)
        for number in range(max(10, 4 * agents)):
            reinsert(search, self.some_agents(), heat, NOISE)
            if number % 4 == 3:
                self.meetings()
            if number % 10 == 9:
                search.rate(0.5 * cool + 0.03)
                self.keep()
                if self.elapsed >= min(until, self.seconds):
                    break
        self.keep()

    def meetings(self) -> None:
        """Hold a meeting at another time, inside the shifts in hand or with new ones."""
        search = self.search
        many = len(search.instance.pieces.meetings)
        if many:
            number = int(search.random.integers(many))
            if search.random.random() < REGATHER:
                gather(search, number)
            else:
                move_meeting(search, number)

    def column(self) -> None:
        """Choose one day of some agents anew."""
        search = self.search
        free = search.random.permutation(len(search.roster.tours))[:FREE].tolist()
        left = min(1.0, max(0.1, self.seconds - self.elapsed))
        day = int(search.random.integers(search.instance.days))
        worth = search.worth
        if improve_day(search, day, free, left, self.seed):
            self.keep()
        search.set_worth(worth)

    def some_agents(self) -> list[int]:
        """One to three agents, or a few whom rules couple."""
        search = self.search
        if self.coupled and search.random.random() < COUPLED:
            group = self.coupled[int(search.random.integers(len(self.coupled)))]
            return [int(agent) for agent in search.random.permutation(group)[:5]]
        agents = len(search.roster.tours)
        many = int(search.random.integers(1, min(3, agents) + 1))
        return [int(agent) for agent in search.random.choice(agents, many, replace=False)]

    def keep(self) -> None:
        """Remember the roster in hand if its true cost is the least so far."""
        if not self._promising():
            return
        began = self.elapsed
        cost = _true_cost(self.search)
        self.settling += self.elapsed - began
        if cost < self.best.cost - 1e-6:
            self.best = Best(self.search.roster.copy(), cost)

    def _promising(self) -> bool:
        """Whether it is worth the time to find the true cost of the roster in hand.

        That takes long with many days. The cost in hand is below it, but for deferred work, where
        it lies on either side.
        """
        near = NEAR if self.search.instance.deferred else -1e-9
        close = self.search.total < (1 + near) * self.best.cost
        return close and self.settling <= SETTLING * max(self.elapsed, AT_LEAST)

    def report(self, step: str) -> None:
        """Tell how things stand."""
        bound = self.dual.best
        self.on_progress(Progress(self.elapsed, step, self.best.cost, bound, self.present_gap))

    def result(self) -> Result:
        """The best schedule, its cost computed anew from the schedule itself."""
        schedule = self.best.roster.schedule(self.search.instance)
        read_schedule(self.search, schedule)
        cost = self.search.settle()
        bound = self.dual.best
        gap = max(0.0, cost - bound) / max(abs(cost), 1e-9)
        return Result(
            status="optimal" if gap <= 1e-6 else "feasible",
            schedule=schedule,
            objective=cost,
            bound=bound,
            bound_by="Lagrangian over the coverage",
            gap=gap,
            seconds=self.elapsed,
        )


def _true_cost(search: Search) -> float:
    """Exact cost of the roster in hand; the worths that steer the moves stay as they are."""
    worth = search.worth
    cost = search.settle()
    search.set_worth(worth)
    return cost
