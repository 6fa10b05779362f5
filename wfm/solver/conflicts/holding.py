"""Whether people have tours that keep what is asked of them, by the engine."""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.budget import Budget
from wfm.solver.conflicts.teams import Team
from wfm.solver.instance import Instance
from wfm.solver.model import TourModel, solver_for

Ints = NDArray[np.int64]
SECONDS = 20.0
BRIEFLY = 0.5
LEAST = 0.01
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


class Patience:
    """Time that is left to find out.

    Parameters
    ----------
    seconds : float
        From now on.
    """

    def __init__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds, not below zero."""
        return max(0.0, self.until - time.monotonic())

    def at_most(self, seconds: float) -> Patience:
        """A part of it."""
        return Patience(min(seconds, self.left))


def feasible_tours(
    instance: Instance,
    team: Team,
    seed: int,
    budget: Budget,
    most: float = SECONDS,
    fixed: Ints | None = None,
) -> dict[int, Ints] | None:
    """Tours of a team that keep every hard rule, or None if none were found in the time.

    The engine has at most so long by the budget's clock. Others who play a role in the team's
    limits keep the tours that are `fixed`, shape (agents, days).
    """
    built = TourModel(instance, team.agents, fixed)
    post(built, team, {})
    # One worker finds tours as fast as several, and the same ones each time.
    solver = solver_for(seed, workers=1)
    if budget.run(solver, built.model, most) in FOUND:
        return built.tours(solver, instance.days, instance.off)
    return None


def possible(instance: Instance, team: Team, seed: int, patience: Patience) -> bool | None:
    """Whether a team has tours that keep all that is asked; None if the time is too short."""
    built = TourModel(instance, team.agents)
    post(built, team, {})
    return decided(built.model, seed, patience)


def decided(model: cp_model.CpModel, seed: int, patience: Patience) -> bool | None:
    """Whether a model has a solution; None if the time is too short to tell."""
    return _asked(model, seed, patience)[1]


def _asked(
    model: cp_model.CpModel, seed: int, patience: Patience
) -> tuple[cp_model.CpSolver, bool | None]:
    """A solver with its answer: most questions are small, and for these one worker is quickest."""
    for seconds, workers in ((BRIEFLY, 1), (SECONDS, 4)):
        solver = solver_for(seed, min(seconds, patience.left), workers)
        if patience.left < LEAST:
            break
        status = solver.solve(model)
        if status in (*FOUND, cp_model.INFEASIBLE):
            return solver, status in FOUND
    return solver, None


def post(built: TourModel, team: Team, keep: dict[int, cp_model.IntVar]) -> None:
    """Post all that is asked of a team; of a rule with a literal only where that holds."""
    for agent, entries in zip(team.agents, team.own, strict=True):
        for entry in entries:
            built.post(entry, (agent,), keep.get(entry.rule))
    for joint in team.joint:
        built.post(joint.entry, joint.agents, keep.get(joint.entry.rule))


class Holding:
    """Which rules of a team can hold together.

    Each question is a model in which these rules are hard. Assumptions are not used: what the
    engine calls a sufficient set of them is not minimal, after presolve has named literals that
    were none (google/or-tools issue 5141), and takes far longer to prove.

    Parameters
    ----------
    instance : Instance
        The problem, compiled.
    team : Team
        Whose rules.
    seed : int
        Of the engine.
    patience : Patience
        How long it may take in all.
    """

    def __init__(self, instance: Instance, team: Team, seed: int, patience: Patience) -> None:
        self.seed, self.patience = seed, patience
        self.rules = team.rules
        built = TourModel(instance, team.agents)
        self.model = built.model
        self.keep = {rule: self.model.new_bool_var(f"keep_{rule}") for rule in self.rules}
        post(built, team, self.keep)

    def conflicting(self, rules: Iterable[int]) -> bool:
        """Whether some rules are proven not to hold together."""
        return decided(self._with(rules), self.seed, self.patience) is False

    def beside(self, rules: Iterable[int]) -> frozenset[int] | None:
        """Many rules that hold together with all of some; None if these cannot hold.

        All rules, so that nothing is claimed, if that could not be told in the time.
        """
        model = self._with(rules)
        solver, found = _asked(model, self.seed, self.patience)
        if found is not True:
            return None if found is False else frozenset(self.rules)
        first = self._kept(solver)
        # The more of them are kept, the fewer rounds it takes; any of them will do.
        model.maximize(sum(self.keep.values()))
        solver = solver_for(self.seed, BRIEFLY, workers=1)
        return self._kept(solver) if solver.solve(model) in FOUND else first

    def _with(self, rules: Iterable[int]) -> cp_model.CpModel:
        model = self.model.clone()
        for rule in rules:
            model.add(self.keep[rule] == 1)
        return model

    def _kept(self, solver: cp_model.CpSolver) -> frozenset[int]:
        return frozenset(r for r, literal in self.keep.items() if solver.boolean_value(literal))
