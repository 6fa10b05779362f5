"""A run of the solver as it is kept in a file, and how it comes about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from benchmarks.harness import in_a_process_of_its_own
from benchmarks.instances import Specification, family
from benchmarks.instances.specification import MONTH, WEEK
from benchmarks.scale import solved
from benchmarks.tuning.traces import Seen
from wfm.errors import InputError
from wfm.solver.solve import MOVES
from wfm.value import Value

SETTINGS = {
    "rows": ("rows",),
    "columns": ("columns",),
    "both": ("rows", "columns"),
    "all": MOVES,
}
"""Moves that take part: one agent's whole tour, everyone's one day by CP-SAT, or both in turn.

With all of them a small problem is solved as a whole, too.
"""
DAYS = {"week": WEEK, "month": MONTH}


class Run(Value):
    """One solve of one instance.

    Parameters
    ----------
    family : str
        Name of the family, such as ``week_50``.
    load : float
        Hours needed over the capacity.
    draw : int
        Seed of the instance.
    specification : str
        Hash of everything that the instance is drawn from.
    moves : str
        A name of `SETTINGS`.
    seed : int
        Of the solver.
    limit : float
        Seconds that it had.
    cost, bound, unavoidable, gap, strict_gap : float
        At the end: the cost by the judge, the rest as in :class:`wfm.Result`.
    hard_violations : int
        Hard rules that the judge finds broken.
    seconds, wall_seconds : float
        By the solver, and by the clock around it.
    megabytes : float
        Peak of the memory of its process.
    trace : tuple of Seen
        Each step, the first schedule first.
    """

    family: str
    load: float
    draw: int
    specification: str
    moves: str
    seed: int
    limit: float
    cost: float
    bound: float
    unavoidable: float
    gap: float
    strict_gap: float
    hard_violations: int
    seconds: float
    wall_seconds: float
    megabytes: float
    trace: tuple[Seen, ...]

    @property
    def instance(self) -> str:
        """What was solved, in words."""
        draw = "" if self.draw == 1 else f" draw {self.draw}"
        return f"{self.family} at {self.load:g}{draw}"


def instances(
    families: Sequence[str], loads: Sequence[float], draws: Sequence[int]
) -> Iterator[tuple[str, Specification]]:
    """Each family at each load, drawn with each seed.

    Raises
    ------
    InputError
        If there is no such family.
    """
    for name in families:
        found = re.fullmatch(r"(week|month)_(\d+)", name)
        if not found:
            raise InputError("--families", "be names like week_50 and month_200", name)
        base = family(int(found[2]), DAYS[found[1]])
        for load in loads:
            for draw in draws:
                yield name, base.model_copy(update={"load": load, "seed": draw})


def fingerprint(specification: Specification) -> str:
    """Hash of a specification: equal ones are built into equal problems."""
    return hashlib.sha256(specification.to_json().encode()).hexdigest()[:16]


def solve_alone(
    name: str, specification: Specification, seconds: float, seed: int, moves: str
) -> Run:
    """Solve an instance in a process of its own, where what is compiled is warm."""
    found = in_a_process_of_its_own(solved, specification, seconds, seed, SETTINGS[moves])
    kept = {key: found[key] for key in Run.model_fields if key in found}
    about = {
        "family": name,
        "draw": specification.seed,
        "specification": fingerprint(specification),
        "moves": moves,
        "seed": seed,
        "limit": seconds,
    }
    return Run(**{**kept, **about})
