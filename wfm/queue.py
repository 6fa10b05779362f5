"""What contacts wait in, and what is promised to them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wfm.value import MOST_MONEY, Value
from wfm.window import Window

Channel = Literal["voice", "chat"]


class ServiceTarget(Value):
    """The service level that a queue is to reach, what missing it costs, and the floor beneath.

    Parameters
    ----------
    level : float
        Share of the offered contacts of a period that are answered in time.
    threshold : float
        Seconds within which an answer is in time.
    period : {"day", "week"}
        Stretch over which the level is counted; weeks are ISO weeks.
    floor : float
        Share answered in time that no interval may fall below.
    price : float
        Cost of each contact that a period falls short of its target.
    floor_price : float
        Cost, on top, of each contact that an interval falls short of its floor.
    """

    level: float = Field(default=0.8, gt=0, lt=1)
    threshold: float = Field(default=20.0, ge=0)
    period: Literal["day", "week"] = "week"
    floor: float = Field(default=0.5, ge=0, lt=1)
    price: float = Field(default=20.0, ge=0, le=MOST_MONEY)
    floor_price: float = Field(default=40.0, ge=0, le=MOST_MONEY)


class Queue(Value):
    """A queue of contacts.

    Parameters
    ----------
    id : str
        Name in every table.
    channel : {"voice", "chat"}
        How its contacts arrive.
    target : ServiceTarget
        What is promised.
    hours : tuple of Window
        When it is open; empty means always. Outside nobody is staffed for it.
    concurrency : int
        Contacts that one agent handles at once; the handle time is the one at that concurrency.
    shrinkage : float
        Share of scheduled time in which an agent is not available, beyond the planned breaks.
    max_occupancy : float
        Largest share of their available time that agents may be busy.
    """

    id: str = Field(min_length=1)
    channel: Channel = "voice"
    target: ServiceTarget = ServiceTarget()
    hours: tuple[Window, ...] = ()
    concurrency: int = Field(default=1, ge=1, le=10)
    shrinkage: float = Field(default=0.0, ge=0, lt=1)
    max_occupancy: float = Field(default=1.0, gt=0, le=1)
