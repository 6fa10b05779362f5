"""A search under way: what it holds, which step is next, and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wfm.result import Progress, Result
from wfm.solver.activities.meetings import gather, move_meeting
from wfm.solver.columns import improve_day
from wfm.solver.conflicts.teams import teams
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.proof import Proof
from wfm.solver.reading import read_schedule
from wfm.solver.roster import Roster
from wfm.solver.rows import reinsert
from wfm.solver.search import Search
from wfm.solver.team_problem import TeamProblem
from wfm.solver.watch import Watch
from wfm.solver.whole.engine import WholeProblem

SHARE = {"rows": 0.9, "columns": 0.1, "whole": 0.25}
"""Of the time, for each kind of step, beside the others that take part."""
COUNTING = 4.0
"""That of the whole problem where most people are counted, not named."""
OPTIMAL = 1e-6
"""Gap at which a search ends in any case."""
HEAT, MANY = 0.0005, 120
"""How much worse an accepted roster may be at first, as a share of what so many agents cost."""
NOISE, FEW, DECADES = 0.15, 90, 1.0
"""Disturbance of what hours are worth to those who are inserted before others, among so few agents;
less among more, and less by up to so many decades in each move. The more there are, the less the
worths of good tours differ, and what is disturbed too much finds only bad ones."""
COUPLED = 0.15
"""Share of the moves that take people whom rules couple."""
ROUND = 0.02
"""Longest share of the time for one round of rows, but a second at least."""
NEAR = 0.002
"""How much dearer than the best, as a share, a roster with deferred work may seem."""
SETTLING, AT_LEAST = 0.2, 10.0
"""Share of the time for finding true costs, as if so many seconds at least had passed."""
SETTLED = 20
"""Work that finding a true cost counts for."""
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
    """A search under way: rounds of moves until time, work or gap ends it.

    Parameters
    ----------
    search : Search
        Holds a first roster.
    seed : int
        Of the engine.
    gap : float
        At which it ends.
    moves : tuple of str
        Kinds of move that take part.
    watch : Watch
        Who is told how it goes.
    """

    def __init__(
        self, search: Search, seed: int, gap: float, moves: tuple[str, ...], watch: Watch
    ) -> None:
        self.search = search
        self.seed = seed
        self.gap = gap
        self.moves = moves
        self.watch = watch
        self.budget = search.budget
        self.settling = 0.0
        hard = [team.agents for team in teams(search.book) if len(team.agents) > 1]
        self.coupled = list(dict.fromkeys([*hard, *(j.agents for j in search.book.joint)]))
        self.best = Best(search.roster.copy(), self._true_cost())
        self.told: Best | None = None
        self.whole = WholeProblem(search, seed)
        self.interrupted: Callable[[], bool] = lambda: False
        self.proof = Proof(search, self.best.roster, self.best.cost)
        self.report("start")

    @property
    def present_gap(self) -> float:
        """Share of the cost that the bound leaves open."""
        return max(0.0, self.best.cost - self.proof.best) / max(abs(self.best.cost), 1e-9)

    def over(self) -> bool:
        """Whether time, work or gap ends the search."""
        return self.budget.over or self.present_gap <= max(self.gap, OPTIMAL)

    def run(self) -> None:
        """Rows and columns, each for its share of the time, while the bound rises beside them."""
        steps = {"rows": self.rows, "columns": self.column, "whole": self.all_at_once}
        moves = [name for name in self.moves if name != "whole" or self.whole.open]
        spent = dict.fromkeys(moves, 0.0)
        share = SHARE | ({"whole": COUNTING} if self.whole.counted else {})
        name = self.moves[0]
        with heeding_interrupts() as self.interrupted:
            with self.proof:
                while spent and not (self.over() or self.interrupted()):
                    name = min(spent, key=lambda name: spent[name] / share[name])
                    before, found = self.budget.clock, self.budget.spent
                    steps[name]()
                    spent[name] += self.budget.clock - before
                    if not self.whole.open:
                        spent.pop("whole", None)
                    self.prove(self.budget.spent - found)
                    self.report(name)
                # What the last moves left may not have been worth the time to settle before.
                self.settling = 0.0
                self.keep()
            self.report(name)

    def prove(self, work: float) -> None:
        """Let the bound rise further; with a limit of work, by as much as the moves have done."""
        if isinstance(self.search.instance.problem, TeamProblem):
            # A bound beside the others' present heads says nothing of the whole.
            return
        steps = None
        if self.budget.work is not None:
            steps = 1 + int(work / self.proof.tours)
        self.proof.go_on(self.best.roster, self.best.cost, steps)

    def rows(self) -> None:
        """Take a few agents out and put them in again, many times, cooling as time passes."""
        search = self.search
        agents = len(search.roster.tours)
        cool = max(0.0, 1 - self.budget.clock / self.budget.total)
        heat = HEAT * self.best.cost * min(1.0, MANY / agents) * cool**2
        until = self.budget.clock + max(1.0, ROUND * self.budget.total)
        for number in range(max(10, 4 * agents)):
            reinsert(search, self.some_agents(), heat, self._noise())
            if number % 4 == 3:
                self.meetings()
            if number % 10 == 9:
                search.rate(0.5 * cool + 0.03)
                self.keep()
                if self.budget.over or self.budget.clock >= until:
                    break
        self.keep()

    def _noise(self) -> float:
        """Disturbance of the next move."""
        few = min(1.0, FEW / len(self.search.roster.tours))
        return float(NOISE * few**0.5 * 10 ** (-DECADES * self.search.random.random()))

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
        left = min(1.0, max(0.1, self.budget.left))
        day = int(search.random.integers(search.instance.days))
        worth = search.worth
        if improve_day(search, day, free, left, self.seed):
            self.keep()
        search.set_worth(worth)

    def all_at_once(self) -> None:
        """Choose everyone's shifts of all days at once, where the problem is small."""
        search, hand, worth, best = self.search, self.search.roster, self.search.worth, self.best
        proven = self.proof.best
        if self.whole.run(best.roster, self.interrupted):
            self.keep()
        self.proof.claim(self.whole.bound)
        if self.best is best:
            search.roster = hand
            if self.whole.bound <= proven:
                self.whole.lose_heart()
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
        before = self.budget.clock
        cost = self._true_cost()
        self.settling += self.budget.clock - before
        if cost < self.best.cost - 1e-6:
            self.best = Best(self.search.roster.copy(), cost)

    def _promising(self) -> bool:
        """Whether it is worth the time to find the true cost of the roster in hand.

        That takes long with many days. The cost in hand is below it, but for deferred work, where
        it lies on either side.
        """
        near = NEAR if self.search.instance.deferred else -1e-9
        close = self.search.total < (1 + near) * self.best.cost
        return close and self.settling <= SETTLING * max(self.budget.clock, AT_LEAST)

    def _true_cost(self) -> float:
        """Exact cost of the roster in hand; the worths that steer the moves stay as they are."""
        search = self.search
        worth = search.worth
        cost = search.settle()
        search.set_worth(worth)
        self.budget.spend(SETTLED)
        return cost

    def report(self, step: str) -> None:
        """Tell how things stand, and what the best schedule is if that is news."""
        seen = Progress(
            self.budget.elapsed, step, self.best.cost, self.proof.best, self.present_gap
        )
        self.watch.on_progress(seen)
        if self.watch.on_best is not None and self.told is not self.best:
            self.told = self.best
            self.watch.on_best(self.best.roster.schedule(self.search.instance))

    def result(self) -> Result:
        """The best schedule, its cost computed anew from the schedule itself."""
        schedule = self.best.roster.schedule(self.search.instance)
        read_schedule(self.search, schedule)
        return self.proof.result(schedule, self.search.settle(), self.budget.elapsed)
