"""Dates between which a rule holds, told no further than a plan needs them."""

from __future__ import annotations

from abc import ABC
from datetime import date
from typing import Self

from pydantic import model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rule import Rule


class DatedRule(AgentRule, ABC):
    """A rule that holds between two dates.

    Parameters
    ----------
    since, until : datetime.date, optional
        First and last date; without bound if left out.
    """

    since: date | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            place = f"{type(self).__name__}.until"
            raise InputError(place, f"not be before since ({self.since})", self.until)
        return self

    def clipped(self, problem: Problem) -> Rule | None:
        """The same without dates that lie outside of the days that it looks at."""
        horizon = problem.horizon
        return self._within(horizon, horizon.days - 1)

    def _within(self, horizon: Horizon, last: int) -> Self | None:
        """The same for the days up to a last one; None if it holds on none of them."""
        first_date, last_date = horizon.start, horizon.date_of(last)
        if (self.until or last_date) < first_date or (self.since or first_date) > last_date:
            return None
        begun = self.since is not None and self.since <= first_date
        endless = self.until is not None and self.until >= last_date
        update = {"since": None} if begun else {}
        update |= {"until": None} if endless else {}
        return self.model_copy(update=update) if update else self
