"""The fewest rules of a team that cannot hold together."""

from __future__ import annotations

from ortools.sat.python import cp_model

from wfm.solver.conflicts.holding import FOUND, Holding
from wfm.solver.conflicts.shrinking import shrunk
from wfm.solver.model import solver_for

SECONDS = 20.0


def irreducible(holding: Holding) -> list[int]:
    """Rules in conflict none of which can be left out; empty if no conflict is proven."""
    if not holding.conflicting(holding.rules):
        return []
    return shrunk(holding.rules, holding.conflicting)


def smallest_conflict(holding: Holding) -> tuple[list[int], bool]:
    """Fewest rules that cannot be kept together, and whether they are proven to be the fewest.

    Empty if no conflict is proven. A set of rules is in conflict if it meets every set whose
    removal makes the rest possible, so the smallest set that meets all those found so far is
    either in conflict itself, and then the smallest, or it shows another one (Ignatiev, Previti,
    Liffiton and Marques-Silva, 2015). It ends as soon as that set is no smaller than one that is
    known to be in conflict.
    """
    known = irreducible(holding)
    removals: list[frozenset[int]] = []
    while known:
        suspects = _smallest_hitting_set(holding.rules, removals)
        if suspects is None:
            return known, False
        if len(suspects) >= len(known):
            return known, True
        kept = holding.beside(suspects)
        if kept is None:
            return sorted(suspects), True
        if len(kept) == len(holding.rules):
            return known, False
        removals.append(frozenset(holding.rules) - kept)
    return known, False


def _smallest_hitting_set(rules: list[int], sets: list[frozenset[int]]) -> frozenset[int] | None:
    """Fewest rules of which each set holds one; None if they are not known to be the fewest."""
    model = cp_model.CpModel()
    taken = {rule: model.new_bool_var(f"rule_{rule}") for rule in rules}
    for members in sets:
        model.add_bool_or([taken[rule] for rule in sorted(members)])
    model.minimize(sum(taken.values()))
    solver = solver_for(seed=1, seconds=SECONDS, workers=1)
    if solver.solve(model) != FOUND[0]:
        return None
    return frozenset(rule for rule, literal in taken.items() if solver.boolean_value(literal))
