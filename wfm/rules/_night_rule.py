"""What a night is; the base of the rules on nights."""

from __future__ import annotations

from abc import ABC

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.window import Window


class NightRule(AgentRule, ABC):
    """A rule on night shifts: those with at least so many minutes of the night.

    Parameters
    ----------
    window : Window
        The night, by the day on which it begins.
    at_least_minutes : int
        Minutes, breaks included, that a shift has inside the window if it is a night shift.
    """

    window: Window = Window(start="23:00", end="06:00")
    at_least_minutes: int = Field(default=120, ge=1, le=1440)
