"""Shifts that only those work who have agreed to them, such as an hour of overtime."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._assignment import Assignment, check_assigned
from wfm.rules._judge_plan import differs, elapsed, hours_told
from wfm.rules._plan import marked
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.value import Value
from wfm.window import Clock, clock


class UsualShifts(Value):
    """The shifts of a template that everyone may work whose contract allows them.

    Parameters
    ----------
    template : str
        Id of the shift template.
    start, latest : str
        Earliest and latest start on the wall clock; they are the same if `latest` is left out.
    step : int
        Minutes between two starts.
    lengths : tuple of int
        Lengths in elapsed minutes.
    """

    template: str
    start: Clock
    latest: Clock | None = None
    step: int = Field(default=30, ge=5)
    lengths: tuple[int, ...] = Field(min_length=1)

    @property
    def starts(self) -> range:
        """Wall-clock minutes of each start."""
        return range(clock(self.start), clock(self.latest or self.start) + 1, self.step)


class AgreedShifts(Rule):
    """Of some templates only the usual shifts are worked, and others by who has agreed to them.

    A template that offers an hour more, or an earlier start, for one person's overtime on one day
    offers it to all: this rule keeps the others from it. The unit of breach is a shift that is
    neither usual nor agreed.

    Parameters
    ----------
    usual : tuple of UsualShifts
        Each with a `template`, `start`, `latest`, `step` and `lengths`; one for each template.
        Other templates are not bound.
    agreed : tuple of Assignment
        Shifts beyond these, each with `agent`, `day`, `template`, `start` and `minutes`.
    """

    answers: ClassVar[tuple[str, ...]] = ("hours",)

    usual: tuple[UsualShifts, ...] = Field(min_length=1)
    agreed: tuple[Assignment, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> AgreedShifts:
        names = [one.template for one in self.usual]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InputError("AgreedShifts.usual", "name each template once", twice)
        for one in self.agreed:
            if one.template is None or one.start is None or one.minutes is None:
                place = f"AgreedShifts.agreed of agent {one.agent!r} on {one.day}"
                raise InputError(place, "say template, start and minutes")
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent or a template is not in the problem."""
        place = f"rule {self.name()}"
        problem.must_know("shifts", (one.template for one in self.usual), f"{place}.usual")
        check_assigned(problem, f"{place}.agreed", self.agreed)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day, and those who have agreed to the same: none of the other shifts."""
        unusual = self._unusual(x)
        agreed: dict[tuple[str, int], list[Assignment]] = {}
        for one in self.agreed:
            day = x.horizon.day(one.day)
            if 0 <= day < x.horizon.days:
                own = one.model_copy(update={"agent": ""})
                agreed.setdefault((one.agent, day), []).append(own)
        everyone = [agent.id for agent in x.problem.agents]
        for day in range(x.horizon.days):
            kinds = {name: tuple(agreed.get((name, day), ())) for name in everyone}
            for kind, agents in by_value(everyone, kinds.__getitem__).items():
                closed = unusual & x.options.offered[day]
                for one in kind:
                    closed &= ~marked(x, day, one)
                if closed.any():
                    yield Limit((Cells(day, closed.astype(np.int64)[None, :]),), 0, each(agents))

    def _unusual(self, x: Grid) -> NDArray[np.bool_]:
        """Options that only who has agreed may work, shape ``(options,)``."""
        names = [template.id for template in x.options.templates]
        found = np.zeros(len(x.options), dtype=bool)
        for one in self.usual:
            mine = x.options.template == names.index(one.template)
            usual = np.isin(x.options.clock, one.starts) & np.isin(x.options.length, one.lengths)
            found |= mine & ~usual
        return found

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look each shift's start and length up."""
        horizon = problem.horizon
        usual = {one.template: one for one in self.usual}
        for shift in schedule.shifts:
            known = usual.get(shift.template)
            if known is None:
                continue
            when = horizon.date_of(shift.day)
            clocks = (f"{at // 60:02d}:{at % 60:02d}" for at in known.starts)
            starts = {elapsed(horizon, when, text) for text in clocks}
            if shift.start in starts and shift.minutes in known.lengths:
                continue
            own = (one for one in self.agreed if (one.agent, one.day) == (shift.agent, when))
            if all(differs(problem, one, shift) for one in own):
                told = hours_told(horizon, shift.template, shift.start, shift.end)
                sentence = (
                    f"{problem.agent(shift.agent)} has {told} on {horizon.day_label(shift.day)}, "
                    f"which is not usual and not agreed."
                )
                yield self.breach((shift.agent,), shift.day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        names = " and ".join(repr(one.template) for one in self.usual)
        told = [
            f"{problem.agent(one.agent)} ({one.template!r} from {one.start}, {one.minutes} min, "
            f"on {one.day})"
            for one in self.agreed
        ]
        but = f", but for what is agreed with {' and '.join(told)}" if told else ""
        return f"of {names} only the usual shifts are worked{but}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Work usual shifts, and others with and without having agreed."""
        never: Mapping[str, object] = {"template": "late", "start": "15:00", "lengths": (510,)}
        short: Mapping[str, object] = {"template": "day", "start": "09:00", "lengths": (480,)}
        late = {"template": "late", "start": "14:00", "minutes": 510}
        monday, friday, sunday = (date(2026, 12, day) for day in (7, 11, 13))

        def rule(*agreed: Mapping[str, object]) -> AgreedShifts:
            return cls.model_validate({"usual": [never, short], "agreed": agreed})

        anna = rule({"agent": "anna", "day": monday, **late})
        last = rule({"agent": "ben", "day": sunday, **late})
        other = rule({"agent": "anna", "day": monday, **late, "minutes": 240})
        two = rule(
            {"agent": "anna", "day": monday, **late},
            {"agent": "anna", "day": monday, "template": "day", "start": "09:00", "minutes": 510},
        )
        usual = cls.model_validate(
            {
                "usual": [
                    {"template": "night", "start": "21:00", "latest": "23:00", "lengths": [480]}
                ]
            }
        )
        beyond = rule({"agent": "anna", "day": date(2026, 12, 21), **late})
        return [
            example("other templates are free", rule(), {"anna": "E-N-S--"}),
            example("another start", rule(), {"anna": "L------", "ben": "-L-----"}, 2),
            example("another length", rule(), {"anna": "D------"}, 1),
            example("as agreed", anna, {"anna": "L------", "ben": "E------"}),
            example("agreed with somebody else", anna, {"anna": "-------", "ben": "L------"}, 1),
            example("agreed for another day", anna, {"anna": "-L-----"}, 1),
            example("agreed otherwise", other, {"anna": "L------"}, 1),
            example("two are agreed", two, {"anna": "D------", "ben": "D------"}, 1),
            example("at the horizon's end", last, {"anna": "------L", "ben": "------D"}, 2),
            example("a usual start in a range", usual, {"anna": "N----N-", "ben": "--N---D"}),
            example("a date outside agrees to nothing", beyond, {"anna": "L------"}, 1),
            example("the past is not looked at", rule(), {"anna": "E------"}, before={"anna": "L"}),
            example("a night across midnight", usual, {"anna": "----N--"}, start=friday),
        ]
