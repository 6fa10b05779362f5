"""What every problem has that both wfm and a peer solve."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, Generic, TypeVar

from wfm.problem import Problem
from wfm.schedule import Schedule

Plan = TypeVar("Plan")
MONDAY = date(2024, 1, 1)


class Case(ABC, Generic[Plan]):
    """A problem of somebody else's.

    A plan is what both sides' answers are brought to before anything is counted: plain values that
    know nothing of the library.

    Attributes
    ----------
    name : str
        What the table calls it.
    peer : str
        Whose scheduler solves it too; the script ``ask_PEER.py`` runs it.
    known : float or None
        The optimum, where somebody has proven it.
    """

    name: str
    peer: str
    known: float | None = None

    @property
    @abstractmethod
    def size(self) -> str:
        """How large it is, for people."""

    @abstractmethod
    def problem(self) -> Problem:
        """State it for wfm."""

    @abstractmethod
    def question(self) -> dict[str, Any]:
        """State it for the peer, as JSON."""

    @abstractmethod
    def of_schedule(self, schedule: Schedule) -> Plan:
        """The plan that a schedule of wfm is."""

    @abstractmethod
    def of_answer(self, answer: Any) -> Plan:
        """The plan that a peer's answer is."""

    @abstractmethod
    def objective(self, plan: Plan) -> float:
        """The peer's own objective; less is better."""

    @abstractmethod
    def faults(self, plan: Plan) -> Iterator[str]:
        """Say each way in which a plan is not allowed."""
