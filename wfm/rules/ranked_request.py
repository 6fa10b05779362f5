"""A ranked list of wishes for a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._request import DayRequest
from wfm.rules.example import example
from wfm.schedule import Schedule

OFF = "off"


class RankedRequest(DayRequest):
    """For some days, shifts of some templates or a day off are asked for, the dearest first.

    The unit of breach is a place: a day on which the second choice is met breaks it by one, the
    third by two, and one on which none of them is met by the number of choices. A shift belongs to
    the day on which it starts.

    Parameters
    ----------
    choices : tuple of str
        Ids of shift templates, and "off" for no shift; the first is wanted most.
    days, weeks, dates
        The days: weekdays in some weeks, or dates.
    """

    choices: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once_each(self) -> RankedRequest:
        if len(set(self.choices)) < len(self.choices):
            raise InputError("RankedRequest.choices", "name each choice once", self.choices)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or a template is not in the problem."""
        super().check(problem)
        templates = (choice for choice in self.choices if choice != OFF)
        problem.must_know("shifts", templates, f"rule {self.name()}.choices")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: the place of what is worked, less that of a day off <= -that."""
        places = {choice: place for place, choice in enumerate(self.choices)}
        none = len(self.choices)
        off = places.pop(OFF, none)
        by_template = [places.get(template.id, none) - off for template in x.options.templates]
        row = np.array(by_template, dtype=np.int64)[x.options.template]
        agents = each(self.who(x.problem))
        for day in self.stated_days(x):
            yield Limit((Cells(day, row[None, :]),), -off, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look up the choice that each agent's day amounts to."""
        horizon = problem.horizon
        for agent in self.who(problem):
            for day in filter(lambda day: self.asks_for(horizon, day), range(horizon.days)):
                shift = schedule.on(agent, day)
                found = OFF if shift is None else shift.template
                met = found in self.choices
                place = self.choices.index(found) if met else len(self.choices)
                if place:
                    which = f"choice {place + 1} of" if met else "none of"
                    sentence = (
                        f"{problem.agent(agent)} has {_told(found)} on {horizon.day_label(day)}, "
                        f"{which} the {len(self.choices)} asked for."
                    )
                    yield self.breach((agent,), day, place, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        wanted = ", or else ".join(map(_told, self.choices))
        return f"{self.whom(problem)} has {wanted} {self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Meet the first choice, later ones, and none."""
        early = cls(agents=("anna",), days=("Mon", "Sun"), choices=("early", "day", "late"))
        rest = cls(agents=("anna", "ben"), days=("Wed",), choices=("off", "night"))
        last = cls(agents=("ben",), days=("Fri",), weeks="odd", choices=("night", "off"))
        dated = cls(dates=(date(2026, 12, 9), date(2027, 1, 1)), choices=("day",))
        hard = cls(agents=("cleo",), weight=None, days=("Tue",), weeks=(51,), choices=("late",))
        night = {"anna": "N", "ben": "N"}
        return [
            example("the first choice", early, {"anna": "E-----E"}),
            example("the second and none", early, {"anna": "D------"}, 4),
            example("at the horizon's end", early, {"anna": "E-----L"}, 2),
            example("off, a night, and none", rest, {"anna": "--N----", "ben": "--E----"}, 3),
            example("a night ends on the day", rest, {"anna": "-N-----", "ben": "-N-----"}),
            example("in odd weeks", last, {"ben": "----E------N--"}),
            example("off is the second choice", last, {"ben": "----------E---"}, 1),
            example("neither a night nor off", last, {"ben": "----------NE--"}, 2),
            example("a date", dated, {"anna": "--D----", "ben": "--S----"}, 2),
            example("of the previous period", rest, {"anna": "--N"}, 1, before=night),
            example("hard, in a listed week", hard, {"cleo": "-L------L"}),
            example("hard, another shift", hard, {"cleo": "-L------E"}, 1),
        ]


def _told(choice: str) -> str:
    return "no shift" if choice == OFF else f"a shift {choice!r}"
