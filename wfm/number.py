"""The numbers of a rule that can be loosened, so that it asks for less."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

SMALL = 1e-9
MINUTES = {"hours": 60, "minutes": 1}


@dataclass(frozen=True)
class Number:
    """A field of a rule that holds a number.

    Attributes
    ----------
    field : str
        Its name; ``"needs.heads"`` is the field of each value in a list.
    towards : {-1, 1}
        Whether a smaller or a larger number asks for less.
    unit : {"", "hours", "minutes"}
        Times are loosened by planning intervals, all else by one.
    """

    field: str
    towards: Literal[-1, 1]
    unit: Literal["", "hours", "minutes"] = ""

    @property
    def outer(self) -> str:
        """Name of the rule's field."""
        return self.field.partition(".")[0]

    @property
    def inner(self) -> str:
        """Name of the field of each value in a list; empty if it is no list."""
        return self.field.partition(".")[2]

    def loosened(self, value: float, steps: int, interval: int) -> float:
        """The number after so many steps, on whole intervals of so many minutes or whole units."""
        scale = MINUTES.get(self.unit, 1)
        width = interval if self.unit else 1
        at = value * scale / width
        start = floor(at + SMALL) if self.towards > 0 else ceil(at - SMALL)
        found = (start + self.towards * steps) * width / scale
        return int(found) if found.is_integer() else found
