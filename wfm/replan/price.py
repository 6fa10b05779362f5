"""What a changed day of someone costs, by how much of what people knew it changes."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.replan.values import ChangePrices
from wfm.schedule import Shift


@dataclass(frozen=True)
class DayPrices:
    """Prices of changes, counted from a moment.

    Attributes
    ----------
    prices : ChangePrices
        Of each kind of change.
    now : int
        Elapsed minute at which they are made.
    """

    prices: ChangePrices
    now: int

    def of(self, before: Shift | None, after: Shift | None) -> float:
        """Price of what someone has on a day in place of what was known, in money."""
        if before is None or after is None:
            only = before or after
            if only is None:
                return 0.0
            price = self.prices.extra if before is None else self.prices.time_off
            return price * self._factor(only.start)
        if not before.begins_like(after):
            return self._hours(before, after) * self._factor(min(before.start, after.start))
        breaks = sum(
            self.of_break(old.start, new.start)
            for old, new in zip(before.breaks, after.breaks, strict=True)
        )
        if before.end == after.end:
            return breaks
        return breaks + self._hours(before, after) * self._factor(min(before.end, after.end))

    def of_break(self, before: int, after: int) -> float:
        """Price of a break that begins at another minute, in money."""
        if before == after:
            return 0.0
        return self.prices.moved_break * self._factor(min(before, after))

    def _hours(self, before: Shift, after: Shift) -> float:
        if after.minutes == before.minutes:
            return self.prices.moved_shift
        return self.prices.extra if after.minutes > before.minutes else self.prices.time_off

    def _factor(self, minute: int) -> float:
        return self.prices.urgent if minute < self.now + self.prices.notice else 1.0
