"""What the parts of a day's model share: its agents, their duties, and the objective."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.instance import Instance
from wfm.solver.search import Search

Ints = NDArray[np.int64]
SCALE = 1000
"""Costs, contacts and answers are counted in thousandths."""


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
