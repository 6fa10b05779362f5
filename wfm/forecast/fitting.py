"""Whether a history, a horizon or a forecast can be used together."""

from __future__ import annotations

from typing import Protocol

from wfm.errors import InputError
from wfm.forecast.argument import instance
from wfm.forecast.history import History
from wfm.horizon import Horizon


class Clocked(Protocol):
    """What lives by a wall clock that is cut into intervals."""

    @property
    def timezone(self) -> str:
        """IANA name."""
        ...

    @property
    def interval(self) -> int:
        """Minutes."""
        ...


def check_clock(place: str, given: Clocked, whose: str, other: Clocked) -> None:
    """Raise InputError if zone or interval are not those of another."""
    for name in ("timezone", "interval"):
        if getattr(given, name) != getattr(other, name):
            must = f"be that of the {whose}, {getattr(other, name)}"
            raise InputError(f"{place}.{name}", must, getattr(given, name))


def check_history(history: object, place: str = "history") -> None:
    """Raise InputError for what is no history."""
    instance(place, history, History, "be a History, such as read_history makes")


def past_before(history: History, horizon: Horizon) -> History:
    """Take the time before a horizon; raises InputError if the two do not fit."""
    check_history(history)
    instance("horizon", horizon, Horizon, "be a Horizon")
    check_clock("horizon", horizon, "history", history)
    return history.until(horizon.start)
