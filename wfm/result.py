"""What a solve gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from wfm.conflict import Conflict
from wfm.schedule import SCHEMA_VERSION, Schedule
from wfm.value import Value

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True)
class Progress:
    """Where a solve stands, as handed to `on_progress`.

    Attributes
    ----------
    seconds : float
        Since the search began.
    step : str
        What was just done: ``"start"``, ``"rows"``, ``"columns"`` or ``"bound"``; of teams a
        ``"round"``.
    objective, bound, gap : float
        As in :class:`Result`, so far.
    """

    seconds: float
    step: str
    objective: float
    bound: float
    gap: float

    def __str__(self) -> str:
        return (
            f"{self.seconds:6.1f} s  {self.step:<6}  cost {self.objective:,.2f}  "
            f"bound {self.bound:,.2f}  gap {self.gap:.2%}"
        )


class Result(Value):
    """A schedule with its cost and the proof of how good it is.

    Parameters
    ----------
    status : {"optimal", "feasible", "infeasible", "unknown"}
        ``"optimal"`` when cost and bound meet, ``"unknown"`` when the time was too short for a
        first schedule.
    schedule : Schedule or None
        The best found; None unless the status is optimal or feasible.
    objective : float or None
        Its cost: wages, premiums, lost service and broken soft rules.
    bound : float or None
        No schedule costs less.
    bound_by : str
        What proved the bound.
    gap : float or None
        ``(objective - bound) / objective``.
    unavoidable : float or None
        What everyone's cheapest tours cost together, whatever the service.
    strict_gap : float or None
        The gap as a share of the rest: ``(objective - bound) / (objective - unavoidable)``.
    seconds : float
        Time spent searching.
    conflict : tuple of str
        Why there is no schedule, in sentences; empty if there is one.
    conflicts : tuple of Conflict
        The rules in conflict, for whom and when, and what could give way; as far as it is known.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    status: Status
    schedule: Schedule | None = None
    objective: float | None = None
    bound: float | None = None
    bound_by: str = ""
    gap: float | None = None
    unavoidable: float | None = None
    strict_gap: float | None = None
    seconds: float = 0.0
    conflict: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def __str__(self) -> str:
        if self.schedule is None:
            return "\n".join([f"status     {self.status}", *self.conflict])
        lines = [
            ("status", self.status),
            ("cost", f"{self.objective:,.2f}"),
            ("bound", f"{self.bound:,.2f} ({self.bound_by})"),
            ("gap", f"{self.gap:.2%} of the cost, {self.strict_gap:.2%} of what can be avoided"),
            ("time", f"{self.seconds:.1f} s"),
        ]
        return "\n".join(f"{name:<10} {value}" for name, value in lines)
