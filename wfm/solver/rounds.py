"""Rounds in which teams answer each other's schedules, the whole never growing dearer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.result import Progress, Result
from wfm.schedule import Schedule, Shift
from wfm.solver.activities.items import HARD
from wfm.solver.activities.queues import reaching_in
from wfm.solver.budget import Budget
from wfm.solver.parting import Parting
from wfm.solver.proof import Proof
from wfm.solver.reading import read_schedule
from wfm.solver.search import Search
from wfm.solver.sharing import shared, shares
from wfm.solver.solve_all import solve_all
from wfm.solver.start import InfeasibleError, start
from wfm.solver.team_problem import Heads, TeamProblem

Ints = NDArray[np.int64]
Shifts = tuple[Shift, ...]
BETTER = 1e-6


@dataclass(frozen=True)
class Share:
    """What each solve of a team may take.

    Attributes
    ----------
    seconds : float or None
        Time limit.
    work : int or None
        Tours to find.
    jobs : int or None
        Teams at a time.
    """

    seconds: float | None
    work: int | None
    jobs: int | None


class Rounds:
    """The schedules of teams in hand, and what they cost the whole.

    Parameters
    ----------
    parting : Parting
        The teams.
    share : Share
        What each solve may take.
    seed : int
        Of everything random.
    on_progress : callable
        Called with a :class:`Progress` after each round.
    """

    def __init__(
        self,
        parting: Parting,
        share: Share,
        seed: int,
        on_progress: Callable[[Progress], object],
    ) -> None:
        self.began = time.monotonic()
        self.parting = parting
        self.share = share
        self.seed = seed
        self.on_progress = on_progress
        self.search = Search(parting.problem, seed, Budget(share.seconds))
        self.teams = range(len(parting.teams))
        self.random = np.random.default_rng(seed)
        self.hand: list[Shifts] = []
        self.first()

    @property
    def elapsed(self) -> float:
        """Seconds since the whole began to be compiled."""
        return time.monotonic() - self.began

    def first(self) -> None:
        """Solve each team for its share of the demand.

        Raises
        ------
        InfeasibleError
            If a team has no schedule, or the whole has none made of theirs.
        """
        parting, search = self.parting, self.search
        demand, each = parting.problem.demand, shares(parting.problem, parting.teams)
        parts = [parting.part(team, demand=shared(demand, each[team])) for team in self.teams]
        results = self._solved(parts, None)
        for team, result in zip(self.teams, results, strict=True):
            if result.schedule is None:
                proven = result.status == "infeasible"
                found = [each.renumbered(parting.numbers(team)) for each in result.conflicts]
                raise InfeasibleError(result.conflict, proven=proven, conflicts=found)
        search.budget.begin()
        start(search, self.seed, _joined(r.schedule.shifts for r in results if r.schedule))
        self.cost = search.settle()
        self._take(search.roster.schedule(search.instance))
        self.proof = Proof(search, search.roster.copy(), self.cost)
        self._report()

    def run(self, rounds: int, gap: float) -> None:
        """Some rounds, until one improves nothing, the gap is small enough, or Ctrl-C."""
        try:
            with self.proof:
                for _ in range(rounds):
                    if self.gap <= max(gap, BETTER):
                        break
                    before = self.cost
                    self._round()
                    self._report()
                    if self.cost > before - BETTER:
                        break
        except KeyboardInterrupt:
            return

    @property
    def gap(self) -> float:
        """Share of the whole's cost that its bound leaves open."""
        return max(0.0, self.cost - self.proof.best) / max(abs(self.cost), 1e-9)

    def result(self) -> Result:
        """The schedules in hand as one, its cost computed anew."""
        return self.proof.result(_joined(self.hand), self._priced(self.hand), self.elapsed)

    def _round(self) -> None:
        """Let one half of the teams, drawn anew, answer the schedules in hand, then the others.

        If all did so at once, all would answer the same gaps.
        """
        order = self.random.permutation(len(self.teams)).tolist()
        middle = -(-len(order) // 2)
        for half in (order[:middle], order[middle:]):
            self._priced(self.hand)
            parts = [self._beside(team) for team in half]
            self._prove(len(half))
            results = self._solved(parts, [Schedule.of_shifts(self.hand[team]) for team in half])
            self._accept(
                {
                    team: result.schedule.shifts
                    for team, result in zip(half, results, strict=True)
                    if result.schedule is not None
                }
            )

    def _accept(self, found: dict[int, Shifts]) -> None:
        """Take the answers of teams in order of what they gain alone, as far as each still does."""
        alone = {team: self._priced(self._with(team, shifts)) for team, shifts in found.items()}
        for team in sorted(alone, key=alone.__getitem__):
            tried = self._with(team, found[team])
            cost = self._priced(tried)
            if cost < self.cost - BETTER:
                self.cost, self.hand = cost, tried

    def _prove(self, many: int) -> None:
        """Let the bound rise while teams are solved; with a limit of work, as much as they do."""
        steps = None
        if self.share.work is not None:
            steps = 1 + self.share.work * many // self.proof.tours
        self.proof.go_on(self.search.roster.copy(), self.cost, steps)

    def _solved(
        self, parts: Sequence[TeamProblem], start_from: Sequence[Schedule] | None
    ) -> list[Result]:
        share = self.share
        return solve_all(
            parts,
            seconds=share.seconds,
            work=share.work,
            seed=self.random.integers(1 << 30, size=len(parts)).tolist(),
            start_from=start_from,
            jobs=share.jobs,
        )

    def _beside(self, team: int) -> TeamProblem:
        """The problem of a team beside the heads of all others in the roster in hand."""
        search, parting = self.search, self.parting
        instance = search.instance
        for agent in parting.teams[team]:
            search.put(agent, -1)
        others = search.roster.supply[:, : instance.slots].copy()
        for agent in parting.teams[team]:
            search.put(agent)
        part = parting.part(team)
        queues = part.demand.queues
        others -= reaching_in(part, part.serves @ (1 << np.arange(len(queues))), instance.masks)
        beside = tuple(
            Heads(
                queues=tuple(queue.id for row, queue in enumerate(queues) if mask >> row & 1),
                heads=tuple(heads.tolist()),
            )
            for mask, heads in zip(instance.masks.tolist(), others, strict=True)
            if heads.any()
        )
        return parting.part(team, beside=beside)

    def _take(self, schedule: Schedule) -> None:
        """Keep a schedule of the whole, by teams."""
        members = self.parting.members
        self.hand = [
            tuple(shift for shift in schedule.shifts if shift.agent in members[team])
            for team in self.teams
        ]

    def _with(self, team: int, shifts: Shifts) -> list[Shifts]:
        """The schedules in hand, but for that of a team."""
        return [shifts if other == team else mine for other, mine in enumerate(self.hand)]

    def _priced(self, hand: list[Shifts]) -> float:
        """Cost of a schedule of the whole, infinite where it breaks a hard rule."""
        search = self.search
        read_schedule(search, _joined(hand))
        roster = search.roster
        kept = search.coupling.kept(roster.tours) and (roster.lacks < HARD).all()
        return search.settle() if kept and np.isfinite(roster.own).all() else np.inf

    def _report(self) -> None:
        seen = Progress(self.elapsed, "round", self.cost, self.proof.best, self.gap)
        self.on_progress(seen)


def _joined(parts: Iterable[Shifts]) -> Schedule:
    return Schedule.of_shifts([shift for shifts in parts for shift in shifts])
