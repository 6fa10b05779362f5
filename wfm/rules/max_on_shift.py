"""Never too many on a shift."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wfm.number import Number
from wfm.rule import Example
from wfm.rules._shift_cover import ShiftCover, ShiftNeed
from wfm.rules.example import SUNDAY, example


class MaxOnShift(ShiftCover):
    """On some dates, at most so many people work the shifts of a template.

    The unit of breach is a person too many on a shift of a date. Who starts a shift on the date
    counts, breaks or not. Dates outside the horizon bind nobody.

    Parameters
    ----------
    needs : tuple of ShiftNeed
        Each with a `day`, a `template` and `heads`; one for each date and template.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("needs.heads", 1),)

    def sign(self) -> int:
        """Too many are amiss."""
        return 1

    def amiss(self, heads: int, asked: int) -> int:
        """How many are too many."""
        return max(0, heads - asked)

    def bound_words(self, asked: int) -> str:
        """The most in words."""
        return f"at most {asked} may be"

    def kept_words(self) -> str:
        """What is kept."""
        return "there are at most"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count a shift by day, at night, on several dates and outside the horizon."""
        monday, tuesday = date(2026, 12, 7), date(2026, 12, 8)
        one = cls(needs=(ShiftNeed(day=monday, template="early", heads=1),))
        several = cls(
            needs=(
                ShiftNeed(day=monday, template="day", heads=0),
                ShiftNeed(day=tuesday, template="late", heads=1),
            )
        )
        none = cls(needs=(ShiftNeed(day=SUNDAY, template="night", heads=0),))
        later = cls(needs=(ShiftNeed(day=date(2027, 1, 4), template="early", heads=0),))
        return [
            example("as many as may be", one, {"anna": "E------", "ben": "D------"}),
            example("one too many", one, {"anna": "E------", "ben": "E------"}, 1),
            example("two too many", one, {"anna": "E--", "ben": "E--", "cleo": "E--"}, 2),
            example("two dates", several, {"anna": "DL-----", "ben": "-L-----"}, 2),
            example("at the horizon's end", none, {"anna": "-----NN"}, 1),
            example("another shift at the end", none, {"anna": "-----NL"}),
            example("a night of the previous period", one, {"anna": "E"}, before={"ben": "N"}),
            example("outside the horizon", later, {"anna": "E------"}),
        ]
