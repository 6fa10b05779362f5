"""Examples of activities, alone and together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfm.rule import Example
from wfm.rules.example import FRIDAY, SUNDAY, Held, example
from wfm.window import Window

if TYPE_CHECKING:
    from wfm.rules.activity import Activity

WORKDAYS = Window(days=("Mon", "Tue", "Wed", "Thu", "Fri"), start="10:00", end="12:00")
NIGHT = Window(start="23:00", end="02:00")
ANNA: dict[str, Any] = {"agents": ("anna",), "activity": "coaching", "minutes": 60}


def alone(cls: type[Activity]) -> list[Example]:
    """Weeks and days with and without a shift that has room."""
    weekly = cls(**ANNA, windows=(WORKDAYS,), per="week")
    both = cls(**{**ANNA, "agents": ("anna", "ben")}, windows=(WORKDAYS,), per="week")
    once = cls(**ANNA, windows=(NIGHT,))
    long = cls(**{**ANNA, "minutes": 150}, windows=(Window(start="10:00", end="12:30"),))
    tight = cls(**{**ANNA, "minutes": 150}, windows=(Window(start="11:30", end="14:00"),))
    daily = cls(**ANNA, windows=(WORKDAYS,), per="day")
    even = cls(**ANNA, windows=(WORKDAYS.model_copy(update={"weeks": "even"}),), per="week")
    return [
        example("held in the week", weekly, {"anna": "LD-----"}, held=_held(1)),
        example("no shift has room", weekly, {"anna": "LNL--DD"}, 1),
        example("one of two weeks", both, {"anna": "-D------L-----"}, 3, held=_held(1)),
        example("at the horizon's end", once, {"anna": "--N"}, held=_held(2, "23:30", "24:30")),
        example("past midnight", once, {"anna": "N--"}, held=_held(0, "24:00", "25:00")),
        example("shifts end too soon", once, {"anna": "-LL"}, 1),
        example("breaks move for it", long, {"anna": "-D"}, held=_held(1, "10:00", "12:30")),
        example("breaks cannot move so far", tight, {"anna": "-D"}, 1),
        example("on each day", daily, {"anna": "D-L----"}, 4, held=_held(0)),
        example("not due in odd weeks", even, {"anna": "D------L------"}, held=_held(0)),
        *_excused(cls),
        *_seam(cls, weekly),
    ]


def _excused(cls: type[Activity]) -> list[Example]:
    weekly = cls(**ANNA, windows=(WORKDAYS,), per="week", off_excuses=True)
    daily = cls(**ANNA, windows=(WORKDAYS,), per="day", off_excuses=True)
    return [
        example("off all week", weekly, {"anna": "-------LL-----"}, 1),
        example("on each day at work", daily, {"anna": "E-L-N-D"}, 2, held=_held(0)),
    ]


def _seam(cls: type[Activity], weekly: Activity) -> list[Example]:
    once = cls(**ANNA, windows=(WORKDAYS,))
    friday = {"anna": "D--"}
    three, late = {"anna": "DDL"}, {"anna": "DLL"}
    return [
        example("had before", weekly, {"anna": "L---"}, before=three, held=_held(-2), start=FRIDAY),
        example("not had", weekly, {"anna": "L---"}, 1, before=late, start=FRIDAY),
        example("a week that began unseen", weekly, {"anna": "----"}, start=FRIDAY),
        example("no window is left", weekly, {"anna": "D"}, before=late, start=SUNDAY),
        example("once and for all", once, {"anna": "LLL"}, before=friday, held=_held(-3)),
    ]


def together(cls: type[Activity]) -> list[Example]:
    """Times at which enough people have a shift with room, and weeks without any."""
    meet: dict[str, Any] = {"activity": "meeting", "minutes": 60, "together": True}
    pair = cls(**meet, agents=("anna", "ben"), windows=(WORKDAYS,), per="week")
    two = cls(**meet, at_least=2, windows=(Window(start="10:00", end="16:00"),))
    nightly = cls(**meet, at_least=2, windows=(NIGHT,), per="day")
    late, days = {"anna": "L---", "ben": "LL--"}, {"anna": "DDD", "ben": "DDD"}
    on_wednesday = {"anna": "L-D----", "ben": "--E----"}
    night = {"anna": "-N", "ben": "NN", "cleo": "N-"}
    both = _meet(-1, ("anna", "ben"))
    return [
        example("all at one time", pair, on_wednesday, held=_meet(2, ("anna", "ben"))),
        example("never at one time", pair, {"anna": "D-D----", "ben": "-D-E-DD"}, 1),
        example("two of three", two, {"anna": "E-", "cleo": "DD"}, held=_meet(0, ("anna", "cleo"))),
        example("lunch at one time only", two, {"anna": "E-", "cleo": "LE"}, 1),
        example("on each night", nightly, night, held=_nights()),
        example("one at a time", nightly, {"anna": "-N-", "ben": "N--", "cleo": "--N"}, 3),
        example("they met before", pair, late, before=days, held=both, start=FRIDAY),
        example("they have not met", pair, late, 1, before=days, start=FRIDAY),
    ]


def _held(day: int, start: str = "10:00", end: str = "11:00") -> dict[str, list[Held]]:
    return {"anna": [(day, start, end, "coaching")]}


def _meet(day: int, who: tuple[str, ...]) -> dict[str, list[Held]]:
    return {agent: [(day, "10:00", "11:00", "meeting")] for agent in who}


def _nights() -> dict[str, list[Held]]:
    first, second = (0, "24:30", "25:30", "meeting"), (1, "23:00", "24:00", "meeting")
    return {"anna": [second], "ben": [first, second], "cleo": [first]}
