"""Which people and days of a roster are to be chosen anew together."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wfm.solver.rosters.program import Program

Ints = NDArray[np.int64]
KINDS = ("days", "people", "block", "apart")
FIRST = 150
"""Choices of a neighbourhood at first: people times days."""
GROWS, SHRINKS = 1.15, 0.85
LEAST = 30
PULL = 0.7
"""Share of neighbourhoods that are laid where something costs."""
FADES = 0.9
EVENLY = 0.5
"""Share of neighbourhoods whose kind is chosen whatever each kind has brought of late."""


@dataclass
class Kind:
    """How large neighbourhoods of a kind are now, and how well they did of late."""

    size: float = FIRST
    gain: float = 1.0


@dataclass
class Neighbourhoods:
    """Chooses neighbourhoods; each kind grows while it is solved fast, and shrinks if it is not.

    ``days`` frees everyone for some days in a row, ``people`` a few people for all days, ``block``
    some people for a longer stretch, and ``apart`` everyone for two shorter stretches, so that a
    shift too many here can become one that is missing there.

    Parameters
    ----------
    program : Program
        The roster's.
    random : numpy.random.Generator
        What it draws from.
    """

    program: Program
    random: np.random.Generator
    kinds: dict[str, Kind] = field(default_factory=lambda: {kind: Kind() for kind in KINDS})

    def __post_init__(self) -> None:
        program = self.program
        self.owner, self.day = program.owner, program.day
        self.rows = program.matrix[program.soft][:, : program.own].tocsr()
        self.price = program.cost[program.breach].astype(float)

    def draw(self, x: Ints) -> tuple[str, Ints]:
        """Choose a kind, and the agents' columns that it frees."""
        names = list(self.kinds)
        gains = np.sqrt([self.kinds[name].gain for name in names])
        chance = EVENLY / len(names) + (1 - EVENLY) * gains / gains.sum()
        name = str(self.random.choice(names, p=chance / chance.sum()))
        size = self.kinds[name].size
        program = self.program
        days, people = float(program.days), float(program.agents)
        stretches = 2 if name == "apart" else 1
        if name in ("days", "apart"):
            days = size / people / stretches
        elif name == "people":
            people = size / days
        else:
            people = min(people, max(3.0, np.sqrt(size / 2)))
            days = size / people
        return name, self._columns(x, round(days), round(people), stretches)

    def _columns(self, x: Ints, days: int, people: int, stretches: int) -> Ints:
        program, random = self.program, self.random
        days = int(np.clip(days, min(2, program.days), program.days))
        people = int(np.clip(people, 1, program.agents))
        free = np.zeros(program.days, dtype=bool)
        for _ in range(stretches):
            first = self._centre(x) - int(random.integers(days))
            first = int(np.clip(first, 0, program.days - days))
            free[first : first + days] = True
        chosen = np.zeros(program.agents, dtype=bool)
        chosen[random.permutation(program.agents)[:people]] = True
        return np.flatnonzero(free[self.day] & chosen[self.owner])

    def _centre(self, x: Ints) -> int:
        """A day around which to look: where soft limits cost much, or any."""
        program = self.program
        if self.random.random() < PULL:
            paid = self.price * x[program.breach]
            if paid.any():
                row = int(self.random.choice(len(paid), p=paid / paid.sum()))
                columns = self.rows[row].indices
                if len(columns):
                    return int(self.day[self.random.choice(columns)])
        return int(self.random.integers(program.days))

    def learn(self, name: str, gain: float, seconds: float, solved: bool) -> None:
        """Take note of what a neighbourhood brought, in cost, and whether it was solved."""
        kind = self.kinds[name]
        kind.gain = max(0.01, FADES * kind.gain + (1 - FADES) * gain / max(seconds, 0.01))
        most = self.program.agents * self.program.days
        kind.size = float(np.clip(kind.size * (GROWS if solved else SHRINKS), LEAST, most))
