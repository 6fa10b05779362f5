"""Examples of fair shares."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wfm.agent import Contract
from wfm.rule import Example, Rule
from wfm.rules.day_off_request import DayOffRequest
from wfm.rules.example import FRIDAY, SUNDAY, example
from wfm.rules.same_days_off import SameDaysOff
from wfm.rules.shift_request import ShiftRequest
from wfm.rules.someone_at_home import SomeoneAtHome
from wfm.window import Window

if TYPE_CHECKING:
    from wfm.rules.fair_share import FairShare

RED: dict[str, Any] = {"teams": ("red",)}
TWO: dict[str, Any] = {"agents": ("anna", "ben")}


def examples(rule: type[FairShare]) -> list[Example]:
    """Share each burden, with and without a past."""
    nights = rule(of="nights", tolerance=0.5)
    weekends = rule(of="weekends", tolerance=0.25, **RED)
    late = rule(of="late_shifts", tolerance=0, **RED)
    half_past = rule(of="late_shifts", tolerance=0, after="22:30", **RED)
    holidays = rule(of="holidays", tolerance=0, dates=(date(2026, 12, 8), date(2026, 12, 25)))
    even = {"anna": "N------", "ben": "-N-----", "cleo": "--N----"}
    saturday = {"anna": "E"}
    return [
        example("nights for all", nights, even),
        example("weekends of one alone", weekends, {"anna": "----NE------E"}, 750),
        example("nights of one alone", nights, {"anna": "NNN----", "cleo": "L------"}, 1501),
        example("at the horizon's end", nights, {"anna": "------N"}, 167),
        example("a weekend is one", weekends, {"anna": "-----NN", "ben": "EEEEE-E"}),
        example(
            "a weekend already begun",
            weekends,
            {"anna": "E-----D"},
            250,
            before=saturday,
            start=SUNDAY,
        ),
        example("late ends and nights", late, {"anna": "LN-D---"}, 1000),
        example("up to the hour", half_past, {"anna": "LN-----", "ben": "L------"}, 500),
        example("holidays", holidays, {"anna": "NE-----", "ben": "N------"}, 667),
        *_below(rule),
        *_carried(rule),
        *_overtime(rule),
        *_refused(rule),
    ]


def _below(rule: type[FairShare]) -> list[Example]:
    nights = rule(of="nights", tolerance=3, tolerance_below=0.25, weight=1, **TWO)
    weekends = rule(of="weekends", tolerance=2, tolerance_below=0, weight=1, **TWO)
    before = {"nights": {"anna": 4, "ben": 1}}
    little = {"nights": {"anna": 2, "ben": 1}}
    return [
        example("too few nights", nights, {"anna": "NN-----", "ben": "E------"}, 750),
        example("a night too few", nights, {"anna": "NN----N", "ben": "N-----E"}, 750),
        example("as many nights", nights, {"anna": "N------", "ben": "------N"}),
        example("one to make up for", nights, {"ben": "N"}, 500, counters=before),
        example("made up", nights, {"ben": "NN"}, counters=before),
        example("not all made up", nights, {"ben": "N"}, counters=little),
        example("too few weekends", weekends, {"anna": "-----E-", "ben": "E------"}, 500),
        example("as many weekends", weekends, {"anna": "-----E-", "ben": "------L"}),
    ]


def _carried(rule: type[FairShare]) -> list[Example]:
    nights = rule(of="nights", tolerance=0.5, **TWO)
    named = rule(of="nights", tolerance=0, counter="year", tiers=(("junior", 0.5),), **TWO)
    three = {"nights": {"anna": 3, "ben": 1}}
    new = {"nights": {"anna": 4}}
    away = {"nights": {"anna": 4, "ben": 1}, "days planned": {"anna": 28, "ben": 7}}
    year = {"year": {"anna": 4, "ben": 1}}
    one = {"anna": "N"}
    return [
        example("the past alone", nights, {"ben": "N"}, counters=three),
        example("one more than the past", nights, {"anna": "N", "ben": "E"}, 1000, counters=three),
        example("made up for", nights, {"anna": "N--", "ben": "NN-"}, counters=three, amount=0),
        example("a newcomer has the average", nights, one, counters=new),
        example("planned for a quarter", nights, {"ben": "NN"}, 500, counters=away),
        example("by tier", named, {"anna": "N--", "ben": "-N-"}, 333, counters=year),
        _half(example("by contract hours", nights, {"anna": "NN-", "ben": "-N-"})),
        _half(example("too many for the hours", nights, {"anna": "N--", "ben": "NN-"}, 501)),
    ]


def _overtime(rule: type[FairShare]) -> list[Example]:
    beyond = rule(of="overtime", tolerance=60, **TWO)
    before = {"anna": "EEEE", "ben": "EEE"}
    both = {"anna": "EE---", "ben": "-EEE-"}
    return [
        example("overtime of one", beyond, {"anna": "EEEEES-"}, 60_000),
        example("overtime of both", beyond, {"anna": "EEEEES-", "ben": "-SEEEEE"}),
        example("overtime across the seam", beyond, both, 180_000, before=before, start=FRIDAY),
    ]


def _refused(rule: type[FairShare]) -> list[Example]:
    wishes = rule(of="refused_wishes", tolerance=0, **TWO)
    asked = rule(of="refused_family", tolerance=0, agents=("anna", "cleo"))
    some = rule(of="refused_family", tolerance=0, among=("same_days_off",), agents=("anna", "cleo"))
    off = DayOffRequest(days=("Mon", "Sun"))
    night = ShiftRequest(agents=("anna",), days=("Wed",), templates=("night",))
    hard = DayOffRequest(days=("Tue",), weight=None)
    together = SameDaysOff(household="home", weight=5)
    home = SomeoneAtHome(household="home", windows=(Window(start="12:00", end="15:00"),), weight=1)
    past = {"refused_wishes": {"anna": 2, "ben": 0}}
    return [
        _beside(example("wishes refused", wishes, {"anna": "EE----E"}, 1500), off, night, hard),
        _beside(example("wishes of both", wishes, {"anna": "E-N", "ben": "NE-"}), off, night, hard),
        _beside(
            example("refused again", wishes, {"anna": "E-N---E", "ben": "L"}, 1500, counters=past),
            off,
            night,
        ),
        _beside(example("of some rules", some, {"anna": "E-----E"}, 1000), together, home),
        _beside(example("requests", asked, {"anna": "D-----E", "cleo": "-E-----"}, 1000), together),
        _beside(
            example("several units", asked, {"anna": "E--", "ben": "L--"}, 500), together, home
        ),
    ]


def _beside(one: Example, *others: Rule) -> Example:
    return Example(one.title, one.problem.with_rules(*others), one.schedule, one.amount)


def _half(one: Example) -> Example:
    half = Contract(id="half", weekly_hours=20)
    agents = tuple(
        agent.model_copy(update={"contract": "half"}) if agent.id == "ben" else agent
        for agent in one.problem.agents
    )
    update = {"agents": agents, "contracts": (*one.problem.contracts, half)}
    return Example(one.title, one.problem.model_copy(update=update), one.schedule, one.amount)
