"""Never too few on a shift."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wfm.number import Number
from wfm.rule import Example
from wfm.rules._shift_cover import ShiftCover, ShiftNeed
from wfm.rules.example import SUNDAY, example


class MinOnShift(ShiftCover):
    """On some dates, at least so many people work the shifts of a template.

    The unit of breach is a person missing on a shift of a date. Who starts a shift on the date
    counts, breaks or not. Dates outside the horizon ask for nobody.

    Parameters
    ----------
    needs : tuple of ShiftNeed
        Each with a `day`, a `template` and `heads`; one for each date and template.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("needs.heads", -1),)

    def sign(self) -> int:
        """Too few are amiss."""
        return -1

    def amiss(self, heads: int, asked: int) -> int:
        """How many are missing."""
        return max(0, asked - heads)

    def bound_words(self, asked: int) -> str:
        """The least in words."""
        return f"at least {asked} must be"

    def kept_words(self) -> str:
        """What is kept."""
        return "there are at least"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count a shift by day, at night, on several dates and outside the horizon."""
        monday, tuesday = date(2026, 12, 7), date(2026, 12, 8)
        two = cls(needs=(ShiftNeed(day=monday, template="early", heads=2),))
        several = cls(
            needs=(
                ShiftNeed(day=monday, template="day", heads=1),
                ShiftNeed(day=tuesday, template="late", heads=3),
            )
        )
        night = cls(needs=(ShiftNeed(day=SUNDAY, template="night", heads=1),))
        later = cls(needs=(ShiftNeed(day=date(2027, 1, 4), template="night", heads=3),))
        return [
            example("as many as asked for", two, {"anna": "E------", "ben": "E------"}),
            example("one is missing", two, {"anna": "E------", "ben": "D------"}, 1),
            example("none is there", two, {"anna": "-E-----", "ben": "L------"}, 2),
            example("two dates", several, {"anna": "DL-----", "ben": "-L-----"}, 1),
            example("more than asked for", several, {"anna": "DL", "ben": "DL", "cleo": "DL"}),
            example("at the horizon's end", night, {"anna": "-----NL"}, 1),
            example("kept at the horizon's end", night, {"anna": "------N"}),
            example("a night of the previous period", two, {"anna": "E"}, 1, before={"ben": "N"}),
            example("outside the horizon", later, {"anna": "E------"}),
        ]
