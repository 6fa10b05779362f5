"""What has happened since a schedule was published, what people offer, and what changes cost."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from wfm.demand import Demand
from wfm.errors import InputError
from wfm.value import MOST_MONEY, Value

Money = Annotated[float, Field(ge=0, le=MOST_MONEY)]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class Absence(Value):
    """Someone is not there for a time; why is neither asked nor said.

    Parameters
    ----------
    agent : str
        Id of the agent.
    start : datetime.datetime
        From when, on the wall clock; also before now.
    end : datetime.datetime, optional
        Until when; until the end of the shift that runs then, or of the day's, if left out.
    """

    kind: Literal["absence"] = "absence"
    agent: str
    start: datetime
    end: datetime | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Absence:
        _check_order("Absence", self.start, self.end)
        return self


class LateArrival(Value):
    """Someone comes late to the shift that has begun, or begins next, before some time.

    Parameters
    ----------
    agent : str
        Id of the agent.
    until : datetime.datetime
        When the agent is there, inside the shift.
    """

    kind: Literal["late_arrival"] = "late_arrival"
    agent: str
    until: datetime


class Offer(Value):
    """A time in which someone offers to work more, or to work less.

    Parameters
    ----------
    agent : str
        Id of the agent.
    start, end : datetime.datetime
        From when and until when, on the wall clock.
    least : int
        Minutes that are worth while; of fewer nothing is taken.
    """

    agent: str
    start: datetime
    end: datetime
    least: int = Field(default=30, ge=5, le=1440)

    @model_validator(mode="after")
    def _in_order(self) -> Offer:
        _check_order(type(self).__name__, self.start, self.end)
        return self


class OvertimeOffer(Offer):
    """Someone would work more: before a shift, after it, or on a day off.

    A shift becomes longer by whole half hours into the time offered, at an end that touches it; on
    a day off, any shift of the contract's that lies wholly inside the time may be worked.

    Parameters
    ----------
    agent, start, end, least
        Who, when, and the fewest minutes.
    """

    kind: Literal["overtime"] = "overtime"


class TimeOffOffer(Offer):
    """Someone would rather go home, unpaid: earlier, later in, or for the whole shift.

    A shift becomes shorter by whole half hours inside the time offered, as long as its template's
    breaks fit, or is taken out if it lies wholly inside.

    Parameters
    ----------
    agent, start, end, least
        Who, when, and the fewest minutes.
    """

    kind: Literal["time_off"] = "time_off"


class NewForecast(Value):
    """The work that is expected now.

    Parameters
    ----------
    demand : Demand
        For the same horizon and queues as before; what is past is as it was, or as it came.
    """

    kind: Literal["forecast"] = "forecast"
    demand: Demand


Happening = Annotated[
    Absence | LateArrival | OvertimeOffer | TimeOffOffer | NewForecast,
    Field(discriminator="kind"),
]
"""Anything that a schedule can be planned anew for; in JSON, `kind` says what it is."""


class ChangePrices(Value):
    """What it is worth to leave people's day as they know it, in money.

    A change is made only if it saves more than its price. In a plan of least cost an hour more is
    worth its wage and little else, so that at the plan's own prices hardly any absence would be
    worth an hour of overtime: therefore lost service counts double by default once the day runs.

    Parameters
    ----------
    service : float
        How often the cost of lost service counts, against wages, wishes and the prices below.
    moved_break : float
        Of each break that moves.
    moved_shift : float
        Of each shift that starts at another time, to which nobody has agreed beforehand.
    extra : float
        Of each shift that becomes longer, or is worked on a day off, as offered; beside its wages.
    time_off : float
        Of each shift that becomes shorter, or falls out, as offered.
    notice : int
        Minutes of notice; changes of what begins sooner count more.
    urgent : float
        How often these count.
    lead : int
        Minutes that it takes to tell people: what begins sooner stays as it is.
    furthest : int
        Minutes by which a shift may start earlier or later at most.
    """

    service: float = Field(default=2.0, gt=0, le=1000)
    moved_break: Money = 4.0
    moved_shift: Money = 80.0
    extra: Money = 10.0
    time_off: Money = 10.0
    notice: Minutes = 60
    urgent: float = Field(default=2.0, ge=1, le=1000)
    lead: Minutes = 15
    furthest: Minutes = 120


class Happenings(Value):
    """What a day is planned anew for, as a file holds it.

    Parameters
    ----------
    changes : tuple
        What has happened, and what people offer.
    prices : ChangePrices
        What changes cost.
    """

    changes: tuple[Happening, ...]
    prices: ChangePrices = ChangePrices()


def _check_order(name: str, start: datetime, end: datetime | None) -> None:
    if end is None:
        return
    if (start.tzinfo is None) != (end.tzinfo is None):
        raise InputError(f"{name}.end", "have a zone if the start has one, and else none", end)
    if end <= start:
        raise InputError(f"{name}.end", f"be after start ({start})", end)
