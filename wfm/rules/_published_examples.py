"""Examples of rosters that have been published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wfm.rule import Example
from wfm.rules._assignment import Assignment
from wfm.rules.example import MONDAY, SUNDAY, TEMPLATES, example
from wfm.window import DateRange

if TYPE_CHECKING:
    from wfm.rules.published import Published


def examples(rule: type[Published]) -> list[Example]:
    """Change shifts and days off, early and late, with and without consent."""
    days = DateRange(first=MONDAY, last=SUNDAY)
    roster = {"anna": "EEE----", "ben": "----LLN"}
    shifts = tuple(
        Assignment(
            agent=agent,
            day=date(2026, 12, 7 + day),
            template=TEMPLATES[letter].id,
            start=TEMPLATES[letter].start,
            minutes=TEMPLATES[letter].lengths[0],
        )
        for agent, letters in roster.items()
        for day, letter in enumerate(letters)
        if letter != "-"
    )
    known = rule(shifts=shifts, days=days, on=date(2026, 12, 1))
    early = known.model_copy(update={"on": date(2026, 11, 25), "weight": 20.0})
    two_steps = known.model_copy(update={"notice": ((30, 3), (6, 4))})
    anna = {"agent": "anna", "day": date(2026, 12, 13)}
    declined = known.model_copy(update={"declined": (anna,)})
    consent = known.model_copy(update={"waived_by": ("ben", "cleo")})
    only_ben = known.model_copy(update={"agents": ("ben",)})
    ahead = known.model_copy(update={"on": date(2026, 12, 11)})
    return [
        example("as published", known, {"anna": "EEE----", "ben": "----LLN"}),
        example("a shift that is gone", known, {"anna": "EE-----", "ben": "----LLN"}, 1),
        example("another shift", known, {"anna": "DEE----", "ben": "----LLE"}, 2 + 1),
        example("at the horizon's end", known, {"anna": "EEE---N", "ben": "----LLN"}, 1),
        example("moved to the next day", known, {"anna": "-EEE---", "ben": "----LLN"}, 2 + 1),
        example("in good time", early, {"anna": "EEE----", "ben": "----LE-"}, 0),
        example("less than that", early, {"anna": "LEE-L--", "ben": "----LLN"}, 1),
        example("two days left", ahead, {"anna": "EEEE---", "ben": "----LLL"}, 5 + 5),
        example("other steps", two_steps, {"anna": "-EE----", "ben": "----LL-"}, 4 + 3),
        example("declined", declined, {"anna": "EEE---S", "ben": "----LL-"}, 5 + 1),
        example("with consent", consent, {"anna": "EEE-E--", "ben": "NNN----"}, 1),
        example("of one agent", only_ben, {"anna": "-------", "ben": "----LLS"}, 1),
        example("days not published", known, {"anna": "EEE----EEEEE", "ben": "----LLNE"}),
        example("the day before is over", known, {"anna": "E-E----"}, 5, before={"anna": "N"}),
    ]
