"""What is done about each kind of fault in a history, and from where on something is a fault."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, field_validator, model_validator

from wfm.errors import InputError
from wfm.value import Value

Action = Literal["keep", "mask", "repair"]
FaultKind = Literal[
    "closed hours",
    "doubled hour",
    "gap",
    "handle time",
    "one-off day",
    "outage",
    "override",
    "spike",
    "unfinished",
]


class Override(Value):
    """What is to be done with a stretch of time, whatever is found there.

    Parameters
    ----------
    action : {"keep", "mask", "repair"}
        ``keep``: nothing found there is acted upon. ``mask``: all of it is unknown. ``repair``:
        all of it is replaced by what is usual.
    queue : str
        Which queue; empty for all.
    start, end : datetime.datetime
        Local times of the history's zone, half open; a date alone is its midnight.
    """

    action: Action
    queue: str = ""
    start: datetime
    end: datetime

    @field_validator("start", "end")
    @classmethod
    def _is_local(cls, when: datetime) -> datetime:
        if when.tzinfo is not None:
            raise InputError("time", "be local, without an offset from UTC", when.isoformat())
        return when

    @model_validator(mode="after")
    def _in_order(self) -> Override:
        if self.end <= self.start:
            must = f"be after the start ({self.start.isoformat()})"
            raise InputError("Override.end", must, self.end.isoformat())
        return self


class CleaningRules(Value):
    """One action for each kind of fault, thresholds, and the exceptions that a user makes.

    ``keep`` only reports a fault; ``mask`` takes its intervals as unknown, never as zero;
    ``repair`` puts the usual in their place: the same weekday and time of the five weeks around,
    at the level of the day. What is usual follows changes that last: a level that holds for four
    days, or a pattern that holds for three weeks, is no fault.

    Parameters
    ----------
    outage : {"keep", "mask", "repair"}
        A run of intervals of which each has at most `outage_share` of the usual contacts, and
        which together should have had at least `outage_contacts`.
    spike : {"keep", "mask", "repair"}
        A run of intervals with at least `spike_factor` times the usual contacts, by more than
        `spike_sigmas` standard deviations of the queue's own scatter.
    one_off_day : {"keep", "mask", "repair"}
        A day that is no known one, whose total is off the level of its neighbours by at least
        `day_change` and by more than `day_sigmas` standard deviations.
    closed_hours : {"keep", "mask", "repair"}
        At most `closed_contacts` contacts of an hour of the week which has any in at most
        `closed_weeks` of the weeks.
    doubled_hour : {"keep", "mask", "repair"}
        Intervals that the clocks show twice, of which one pass is missing: the other may hold the
        contacts of one or of both.
    handle_time : {"keep", "mask", "repair"}
        An interval's AHT above `handle_time_factor` × (1 + 4/√n) times the queue's median, n being
        its contacts: a contact that was left open over night. Its contacts stay.
    unfinished : {"keep", "mask", "repair"}
        The end of the last day, if it looks cut off while it ran.
    gap : {"mask", "repair"}
        Missing rows; they are unknown already, so that ``mask`` changes nothing.
    outage_share, outage_contacts, spike_factor, spike_sigmas, day_change, day_sigmas : float
        As said above; a run's contacts count less where the queue scatters more than Poisson.
    closed_weeks, closed_contacts, handle_time_factor : float
        As said above.
    overrides : tuple of Override
        What a user knows better; of two for the same time, the later one holds.
    """

    outage: Action = "mask"
    spike: Action = "mask"
    one_off_day: Action = "mask"
    closed_hours: Action = "mask"
    doubled_hour: Action = "mask"
    handle_time: Action = "mask"
    unfinished: Action = "mask"
    gap: Literal["mask", "repair"] = "mask"
    outage_share: float = Field(default=0.1, ge=0, lt=1)
    outage_contacts: float = Field(default=25.0, gt=0)
    spike_factor: float = Field(default=1.5, gt=1)
    spike_sigmas: float = Field(default=6.0, gt=0)
    day_change: float = Field(default=0.25, gt=0)
    day_sigmas: float = Field(default=6.0, gt=0)
    closed_weeks: float = Field(default=0.1, ge=0, lt=1)
    closed_contacts: float = Field(default=3.0, ge=0)
    handle_time_factor: float = Field(default=4.0, gt=1)
    overrides: tuple[Override, ...] = ()

    def action(self, kind: FaultKind) -> Action:
        """Action of a kind of fault; those of overrides are their own."""
        found: Action = getattr(self, kind.replace(" ", "_").replace("-", "_"))
        return found
