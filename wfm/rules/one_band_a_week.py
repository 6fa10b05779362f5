"""All shifts of a week from one band."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import AnyOf, Cells, Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge import iso_weeks
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule


class OneBandAWeek(AgentRule):
    """All shifts of a week come from one band, such as the early, the late or the night shifts.

    The unit of breach is a band too many in a week. A shift belongs to the ISO week of the day on
    which it starts; the previous period's shifts in the first week count, and what they alone have
    broken is not counted again. Shifts of a template in no band may be worked with any.

    Parameters
    ----------
    bands : tuple of tuple of str
        Ids of the shift templates of each band; a template is in one band at most.
    """

    bands: tuple[tuple[str, ...], ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _apart(self) -> OneBandAWeek:
        named = [template for band in self.bands for template in band]
        twice = next((template for template in named if named.count(template) > 1), None)
        if twice is not None:
            raise InputError("OneBandAWeek.bands", "name each template once", twice)
        if not all(self.bands):
            raise InputError("OneBandAWeek.bands", "name a template in each band", self.bands)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone whom it names, or a template, is not in the problem."""
        super().check(problem)
        for band in self.bands:
            problem.must_know("shifts", band, f"rule {self.name()}.bands")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each week and the bands worked in it before: at most one is worked."""
        everyone = self.who(x.problem)
        rows = [x.works_template(0, band).grid for band in self.bands]
        for first, last in x.weeks():
            begin, days = max(0, first), len(x.works(first, last).grid)
            past = {agent: self._past(x, agent, first) for agent in everyone}
            for done, agents in by_value(everyone, past.__getitem__).items():
                any_of = tuple(
                    AnyOf((Cells(begin, np.repeat(row, days, axis=0)),))
                    for number, row in enumerate(rows)
                    if number not in done
                )
                most = max(0, 1 - len(done))
                if len(any_of) > most:
                    yield Limit((x.nothing,), most, each(agents), any_of=any_of)

    def _past(self, x: Grid, agent: str, first: int) -> frozenset[int]:
        worked = {shift.template for shift in x.before(agent) if shift.day >= first}
        return frozenset(n for n, band in enumerate(self.bands) if worked.intersection(band))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Note the band of each shift of a week."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        band_of = {template: band for band in self.bands for template in band}
        for agent in self.who(problem):
            for days in iso_weeks(horizon):
                shifts = [s for s in schedule.of(agent) if s.day in days]
                before = {band_of.get(s.template) for s in past.of(agent) if s.day in days}
                fresh = {band_of.get(shift.template) for shift in shifts} - before - {None}
                count = len(fresh | before - {None})
                over = min(len(fresh), count - 1)
                if over > 0:
                    label = horizon.day_label
                    sentence = (
                        f"{problem.agent(agent)} works shifts of {count} bands in the week from "
                        f"{label(days[0])} to {label(days[-1])}; all are to be of one."
                    )
                    yield self.breach((agent,), min(days[-1], horizon.days - 1), over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        bands = ", or ".join(" and ".join(band) for band in self.bands)
        return f"{self.whom(problem)} works shifts of one band a week: {bands}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Stay in a band for a week, leave it, and come from one in the previous period."""
        rule = cls(bands=(("early", "day"), ("late",), ("night",)))
        on, early, both = FRIDAY, {"anna": "EEE-"}, {"anna": "EL--"}
        return [
            example("a band each week", rule, {"anna": "EEDDE--NNNN---", "ben": "LLLLL--EEEEE--"}),
            example("two bands", rule, {"anna": "EELLL--"}, 1),
            example("three bands", rule, {"anna": "EELLN--", "ben": "DDLLL--"}, 3),
            example("a short shift goes with any", rule, {"anna": "LLSSL--", "ben": "SNNS---"}),
            example("at the horizon's end", rule, {"anna": "LLLL---EEEN"}, 1),
            example("a night is of the week in which it starts", rule, {"anna": "NNN---NEEEEE--"}),
            example("across the seam", rule, {"anna": "N--"}, 1, before=early, start=on),
            example("kept across the seam", rule, {"anna": "D--N"}, before=early, start=on),
            example("the past alone", rule, {"anna": "LE-"}, before=both, start=on),
            example("a third band", rule, {"anna": "LN-"}, 1, before=both, start=on),
        ]
