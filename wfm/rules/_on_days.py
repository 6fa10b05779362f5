"""Rules of single days that hold on chosen ones."""

from __future__ import annotations

from abc import ABC

from wfm.rules._dated import DatedRule
from wfm.rules._day_choice import DayChoice


class DaysRule(DayChoice, DatedRule, ABC):
    """A rule that holds on some days, each for itself."""
