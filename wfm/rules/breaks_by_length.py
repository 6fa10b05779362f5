"""Breaks by how long the work is."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import example
from wfm.schedule import Schedule, Shift
from wfm.shift import Break, ShiftTemplate


class BreaksByLength(AgentRule):
    """Who works a shift longer than so many hours has breaks of so many minutes in it.

    The unit of breach is a shift without them. What counts is what the shift's template promises
    wherever its breaks are put: shifts that keep the rule only with some of the allowed places of
    their breaks break it. Shifts past the horizon's end are judged whole; those of the previous
    period are not judged again.

    Parameters
    ----------
    longer_than : float
        Hours of paid time; shifts of more are meant.
    minutes : int
        Minutes of breaks, all together.
    piece : int
        Shortest break that counts.
    unbroken : float, optional
        Most hours at a stretch without such a break.
    latest_start : int, optional
        Latest start of the first such break, in minutes after the shift's start.
    paid : bool, optional
        Whether only paid breaks, or only unpaid ones, count; by default both do.
    """

    answers: ClassVar[tuple[str, ...]] = ("breaks", "severity")

    longer_than: float = Field(ge=0, le=24)
    minutes: int = Field(ge=1, le=480)
    piece: int = Field(default=15, ge=1, le=480)
    unbroken: float | None = Field(default=None, gt=0, le=24)
    latest_start: int | None = Field(default=None, ge=0)
    paid: bool | None = None

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: none of the shifts whose template does not promise the breaks."""
        long = x.options.paid > self.longer_than * 60 + 1e-9
        without = np.array(
            [
                self._lacks(x.options.templates[template], int(length))
                for template, length in zip(x.options.template, x.options.length, strict=True)
            ]
        )
        agents = each(self.who(x.problem))
        for day in range(x.horizon.days):
            row = long & without & x.options.offered[day]
            if row.any():
                yield Limit((Cells(day, row[None, :].astype(np.int64)),), 0, agents)

    def _lacks(self, template: ShiftTemplate, length: int) -> bool:
        """Whether a shift of a template may lack the breaks, its breaks as far apart as can be."""
        first, last = _earliest(template.breaks), _latest(template.breaks)
        counted = [
            (first[n], last[n], pause.minutes)
            for n, pause in enumerate(template.breaks)
            if pause.minutes >= self.piece and self.paid in (None, pause.paid)
        ]
        if sum(minutes for _, _, minutes in counted) < self.minutes:
            return True
        if self.latest_start is not None and counted[0][1] > self.latest_start:
            return True
        worked_from = [0, *(early + minutes for early, _, minutes in counted)]
        worked_to = [*(late for _, late, _ in counted), length]
        stretches = (end - begin for begin, end in zip(worked_from, worked_to, strict=True))
        return self.unbroken is not None and max(stretches) > floor(self.unbroken * 60 + 1e-9)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look each shift's template up, and put its breaks where they serve worst."""
        templates = {template.id: template for template in problem.shifts}
        for agent in self.who(problem):
            for shift in schedule.of(agent):
                hours = shift.paid_minutes / 60
                if hours <= self.longer_than + 1e-9:
                    continue
                fault = self._fault(templates[shift.template], shift)
                if fault:
                    sentence = (
                        f"{problem.agent(agent)} works {round(hours, 2):g} h in the shift on "
                        f"{problem.horizon.label(shift.start)}, {fault}."
                    )
                    yield self.breach((agent,), shift.day, 1, sentence)

    def _fault(self, template: ShiftTemplate, shift: Shift) -> str:
        """What the breaks of a shift lack, in words; nothing if they lack nothing."""
        breaks = template.breaks
        counted = [
            place
            for place, pause in enumerate(breaks)
            if pause.minutes >= self.piece and (self.paid is None or pause.paid == self.paid)
        ]
        minutes = sum(breaks[place].minutes for place in counted)
        if minutes < self.minutes:
            return f"with {minutes} min of {self._breaks()}; at least {self.minutes} min are due"
        begins = [_pushed(breaks, place) for place in counted]
        if self.latest_start is not None and begins[0] > self.latest_start:
            return (
                f"whose first break may begin {begins[0]} min after its start; "
                f"{self.latest_start} min are the latest"
            )
        ends = [_pulled(breaks, place) + breaks[place].minutes for place in counted]
        at_work = zip([0, *ends], [*begins, shift.minutes], strict=True)
        longest = max(until - since for since, until in at_work) / 60
        if self.unbroken is not None and longest > self.unbroken + 1e-9:
            return (
                f"with up to {round(longest, 2):g} h at a stretch; "
                f"at most {self.unbroken:g} h are allowed without a break"
            )
        return ""

    def _breaks(self) -> str:
        kind = {None: "", True: "paid ", False: "unpaid "}[self.paid]
        return f"{kind}breaks from {self.piece} min on"

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        told = (
            f"{self.whom(problem)} has at least {self.minutes} min of {self._breaks()} in shifts "
            f"of more than {self.longer_than:g} h"
        )
        if self.latest_start is not None:
            told += f", the first begun after {self.latest_start} min"
        if self.unbroken is not None:
            told += f", and at most {self.unbroken:g} h at a stretch without one"
        return told

    @classmethod
    def examples(cls) -> list[Example]:
        """Ask for what lunch gives, and for more: longer, in pieces, earlier, paid, waived."""
        law = cls(longer_than=6, minutes=30, unbroken=6)
        more = cls(longer_than=6, minutes=45)
        eight = cls(longer_than=8, minutes=45)
        piece = cls(longer_than=6, minutes=30, piece=45)
        early = cls(longer_than=3, minutes=30, latest_start=240)
        in_time = cls(agents=("anna",), longer_than=7, minutes=30, latest_start=270)
        often = cls(longer_than=6, minutes=30, unbroken=4.5)
        five = cls(longer_than=6, minutes=30, unbroken=5)
        paid = cls(longer_than=6, minutes=30, paid=True)
        unpaid = cls(longer_than=6, minutes=30, paid=False)
        waived = cls(longer_than=4, minutes=30, waived_by=("anna",))
        return [
            example("thirty minutes do", law, {"anna": "EDLS---"}),
            example("a night without", law, {"anna": "--N----", "ben": "S------"}, 1),
            example("forty-five minutes", more, {"anna": "E------", "ben": "--DNL--"}, 4),
            example("not longer than eight hours", eight, {"anna": "EDLN---"}),
            example("the piece is too short", piece, {"anna": "E-S----"}, 1),
            example("the first may come late", early, {"anna": "-E-S---"}, 2),
            example("the first comes in time", in_time, {"anna": "-E-S---", "ben": "N------"}),
            example("too long at a stretch", often, {"anna": "-D-----"}, 1),
            example("five hours at a stretch", five, {"anna": "-D-----"}),
            example("paid ones only", paid, {"anna": "L-----S"}, 1),
            example("unpaid ones only", unpaid, {"anna": "L------"}),
            example("at the horizon's end", law, {"anna": "------N"}, 1),
            example("waived", waived, {"anna": "N------", "ben": "N------"}, 1),
            example("not again over the seam", law, {"anna": "E------"}, before={"anna": "N"}),
        ]


def _earliest(breaks: tuple[Break, ...]) -> list[int]:
    found: list[int] = []
    free = 0
    for pause in breaks:
        found.append(max(free, pause.earliest))
        free = found[-1] + pause.minutes
    return found


def _latest(breaks: tuple[Break, ...]) -> list[int]:
    found: list[int] = []
    for pause in reversed(breaks):
        found.append(min(pause.latest, found[-1] - pause.minutes) if found else pause.latest)
    return found[::-1]


def _pulled(breaks: tuple[Break, ...], place: int) -> int:
    """Earliest start of a break: after one of those before it and all between."""
    return max(
        breaks[n].earliest + sum(pause.minutes for pause in breaks[n:place])
        for n in range(place + 1)
    )


def _pushed(breaks: tuple[Break, ...], place: int) -> int:
    """Latest start of a break: before one of those after it and all between."""
    return min(
        breaks[n].latest - sum(pause.minutes for pause in breaks[place:n])
        for n in range(place, len(breaks))
    )
