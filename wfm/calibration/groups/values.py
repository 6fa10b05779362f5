"""How many agents of each skill group the queues need together."""

from __future__ import annotations

from pydantic import Field

from wfm.calibration.values import CalibrationRound, Status
from wfm.errors import InputError
from wfm.value import Value


class GroupStaffing(Value):
    """Agents of each skill group in each slot, and what they give by simulation.

    Parameters
    ----------
    status, reasons, kept, rounds
        As of :class:`wfm.calibration.Calibration`; of a round `planned` is the level by the curve
        of those who may answer the queue, whatever else they answer.
    groups : tuple of str
        Names of the groups.
    agents : tuple of tuple of int, shape (groups, slots)
        Scheduled agents, in the order of the groups.
    hours : float
        Agent hours of all groups.
    hours_alone : float
        Agent hours if each queue had agents of its own, interval by interval by its formula.
    """

    status: Status
    reasons: tuple[str, ...] = ()
    groups: tuple[str, ...]
    agents: tuple[tuple[int, ...], ...]
    hours: float
    hours_alone: float
    kept: int = Field(ge=0)
    rounds: tuple[CalibrationRound, ...]

    def of(self, group: str) -> tuple[int, ...]:
        """Agents of one group in each slot."""
        if group not in self.groups:
            raise InputError("group", f"be one of {', '.join(self.groups)}", group)
        return self.agents[self.groups.index(group)]

    def __str__(self) -> str:
        # The text is laid out elsewhere, since it reads these values.
        from wfm.calibration.text import staffing_text  # noqa: PLC0415

        return staffing_text(self)
