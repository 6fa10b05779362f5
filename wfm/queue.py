"""What contacts wait in, and what is promised to them."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator, model_validator

from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.value import MOST_MONEY, Value
from wfm.window import Window

Channel = Literal["voice", "chat", "deferred"]
Definition = Literal["offered", "offered_less_abandoned", "answered", "answered_or_abandoned"]


class ServiceTarget(Value):
    """The service level that a queue is to reach, what missing it costs, and the floor beneath.

    Parameters
    ----------
    level : float
        Share of a period's contacts that are answered in time; of a deferred queue, share that is
        done by its deadline.
    threshold : float
        Seconds within which an answer is in time; a deferred queue has its `deadline` instead.
    definition : str
        What the level is a share of: contacts answered in time over those ``"offered"``, over
        ``"offered_less_abandoned"`` within the threshold, over those ``"answered"`` at any time;
        or those ``"answered_or_abandoned"`` within the threshold over those offered.
    period : {"day", "week"}
        Stretch over which the level is counted; weeks are ISO weeks.
    floor : float
        Share answered in time that no interval may fall below.
    price : float
        Cost of each contact that a period falls short of its target.
    floor_price : float
        Cost, on top, of each contact that an interval falls short of its floor.
    max_asa : float, optional
        Longest mean wait in seconds. It raises the requirement of each interval, and costs nothing.
    max_abandonment : float, optional
        Largest share of contacts that hang up; it raises the requirement, and costs nothing.
    """

    level: float = Field(default=0.8, gt=0, lt=1)
    threshold: float = Field(default=20.0, ge=0)
    definition: Definition = "offered"
    period: Literal["day", "week"] = "week"
    floor: float = Field(default=0.5, ge=0, lt=1)
    price: float = Field(default=20.0, ge=0, le=MOST_MONEY)
    floor_price: float = Field(default=40.0, ge=0, le=MOST_MONEY)
    max_asa: float | None = Field(default=None, gt=0)
    max_abandonment: float | None = Field(default=None, gt=0, le=1)


class Shrinkage(Value):
    """Scheduled time in which people are not available for contacts, by what they do instead.

    Parameters
    ----------
    activity : str
        What it goes to, such as ``"coaching"`` or ``"sickness"``.
    share : float
        Share of scheduled time.
    planned : bool
        Whether it is known beforehand, such as a meeting, or not, such as sickness.
    windows : tuple of Window
        Times of the week at which it occurs; always by default.
    """

    activity: str = Field(min_length=1)
    share: float = Field(ge=0, lt=1)
    planned: bool = True
    windows: tuple[Window, ...] = ()


class Queue(Value):
    """A queue of contacts.

    Parameters
    ----------
    id : str
        Name in every table.
    channel : {"voice", "chat", "deferred"}
        How its contacts arrive: someone waits on the line, types beside others, or has written
        and expects an answer by a deadline.
    target : ServiceTarget
        What is promised.
    hours : tuple of Window
        When it is open; empty means always. Outside nobody is staffed for it.
    concurrency : int
        Contacts that one agent handles at once; the handle time is the one at that concurrency.
    handle_time_growth : tuple of float
        Handle time with 1, 2, ..., `concurrency` contacts in hand, up to a common factor, such as
        ``(1.0, 1.2, 1.5)``. Empty: the same at any number.
    patience : float, optional
        Mean seconds that callers are willing to wait. None: nobody is known to hang up.
    shrinkage : float or tuple of Shrinkage
        Share of scheduled time in which an agent is not available, beyond the planned breaks; or
        its parts, which add up where they meet.
    max_occupancy : float
        Largest share of their available time that agents may be busy.
    deadline : float, optional
        Hours from its arrival by which a deferred contact is to be done.
    backlog : float
        Deferred contacts that wait when the horizon starts; they are due within the first deadline.
    blended_with : tuple of str
        Queues whose agents do this deferred work while they have no contact.
    """

    id: str = Field(min_length=1)
    channel: Channel = "voice"
    target: ServiceTarget = ServiceTarget()
    hours: tuple[Window, ...] = ()
    concurrency: int = Field(default=1, ge=1, le=10)
    handle_time_growth: tuple[float, ...] = ()
    patience: float | None = Field(default=None, gt=0)
    shrinkage: float | tuple[Shrinkage, ...] = 0.0
    max_occupancy: float = Field(default=1.0, gt=0, le=1)
    deadline: float | None = Field(default=None, gt=0)
    backlog: float = Field(default=0.0, ge=0)
    blended_with: tuple[str, ...] = ()

    @field_validator("shrinkage", mode="before")
    @classmethod
    def _is_a_share_or_parts(cls, given: object) -> object:
        # Taken apart here: a union's own errors would name both of its sides.
        if isinstance(given, list | tuple):
            return tuple(_part(index, part) for index, part in enumerate(given))
        if not isinstance(given, int | float):
            must = "be a share of scheduled time, or a list of parts with activity and share"
            raise InputError("Queue.shrinkage", must, given)
        return given

    @field_validator("shrinkage")
    @classmethod
    def _leaves_a_part(cls, share: float | tuple[Shrinkage, ...]) -> object:
        if isinstance(share, float) and not 0 <= share < 1:
            raise InputError("Queue.shrinkage", "be from 0 up and below 1", share)
        if not isinstance(share, float):
            always = sum(part.share for part in share if not part.windows)
            if always >= 1:
                raise InputError("Queue.shrinkage", "add up to less than 1", round(always, 6))
        return share

    @model_validator(mode="after")
    def _grows(self) -> Queue:
        growth = self.handle_time_growth
        if growth and len(growth) != self.concurrency:
            must = f"have a value for each of 1 to {self.concurrency} contacts in hand"
            raise InputError("Queue.handle_time_growth", must, growth)
        pace = [(k + 1) / time if time > 0 else 0.0 for k, time in enumerate(growth)]
        if any(time <= 0 for time in growth) or sorted(pace) != pace or sorted(growth) != [*growth]:
            must = "rise, but no faster than the number in hand"
            raise InputError("Queue.handle_time_growth", must, growth)
        return self

    @model_validator(mode="after")
    def _deferred_has_a_deadline(self) -> Queue:
        if (self.channel == "deferred") != (self.deadline is not None):
            must = "be given for a deferred queue, and for no other"
            raise InputError("Queue.deadline", must, self.deadline)
        if self.channel != "deferred" and (self.backlog or self.blended_with):
            field = "backlog" if self.backlog else "blended_with"
            raise InputError(f"Queue.{field}", "be left out unless the queue is deferred")
        if self.channel == "deferred" and self.patience is not None:
            raise InputError("Queue.patience", "be left out for a deferred queue", self.patience)
        return self

    def available(self, horizon: Horizon) -> NDArray[np.float64]:
        """Share of an agent's scheduled time that is left after shrinkage, shape ``(slots,)``.

        Raises
        ------
        InputError
            If the parts that meet in a slot leave nothing.
        """
        if isinstance(self.shrinkage, float):
            return np.full(horizon.slots, 1.0 - self.shrinkage)
        lost = np.zeros(horizon.slots)
        for part in self.shrinkage:
            lost += part.share * slots_within(part.windows, horizon)
        if lost.max(initial=0.0) >= 1:
            when = horizon.label(int(lost.argmax()) * horizon.interval)
            place = f"Queue.shrinkage of {self.id!r} on {when}"
            raise InputError(place, "add up to less than 1", round(float(lost.max()), 6))
        return 1.0 - lost


def _part(index: int, given: object) -> Shrinkage:
    """One part of a queue's shrinkage, its faults named by its place among the parts."""
    if isinstance(given, Shrinkage):
        return given
    place = f"Queue.shrinkage[{index}]"
    if not isinstance(given, dict):
        raise InputError(place, "be a part with activity and share", given)
    try:
        return Shrinkage(**given)
    except InputError as error:
        field = error.place.removeprefix("Shrinkage.")
        raise InputError(f"{place}.{field}", error.must, error.got) from None


def slots_within(windows: tuple[Window, ...], horizon: Horizon) -> NDArray[np.bool_]:
    """Whether some window holds at some time of each slot, shape ``(slots,)``; always if none."""
    inside = np.full(horizon.slots, not windows)
    width = horizon.interval
    for start, end in (span for window in windows for span in window.spans(horizon)):
        inside[max(0, start // width) : max(0, -(-end // width))] = True
    return inside


def target_periods(queue: Queue, horizon: Horizon) -> list[tuple[str, NDArray[np.int64]]]:
    """Stretches over which a queue's target is counted: label and slots of each.

    Days are local days of the horizon, weeks are ISO weeks, cut at the horizon's ends.
    """
    by_week = queue.target.period == "week"
    names = []
    for day in range(horizon.days):
        year, week, _ = horizon.date_of(day).isocalendar()
        names.append(f"{year}-W{week:02d}" if by_week else horizon.date_of(day).isoformat())
    slot_names = np.asarray(names)[horizon.slot_days]
    return [(name, np.flatnonzero(slot_names == name)) for name in dict.fromkeys(names)]
