"""What it costs to change a roster that people already know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

import numpy as np
from pydantic import Field, field_validator, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._assignment import AgentDay, Assignment, assignment_of, check_assigned
from wfm.rules._judge_plan import differs, elapsed, hours_told
from wfm.rules._plan import marked
from wfm.rules._published_examples import examples
from wfm.schedule import Schedule, Shift
from wfm.window import DateRange

NOTICE = ((14, 1), (7, 2), (2, 5))


class Published(AgentRule):
    """A roster that has been published is changed as little, and as early, as possible.

    The unit of breach is a changed day, times the factor of the days of notice that are left: a
    shift of another template, start or end, a shift that is gone, or a day off that is worked.
    Breaks may move. Give it a weight: what a change costs with the factor 1. Without one nothing
    that counts may change. Dates outside `days` or the horizon, and the previous period's shifts,
    are not looked at.

    Parameters
    ----------
    shifts : tuple of Assignment
        The published shifts, each with `agent`, `day`, `template`, `start` and `minutes`; all
        other days in `days` are published as off.
    days : DateRange
        The dates that have been published, ``{ first, last }``.
    on : datetime.date
        The date from which days of notice are counted.
    notice : tuple of (int, int)
        Days left and factor: with so many days left or fewer a change counts so often, as by the
        one with the fewest days that holds. Changes with more days left than any are free.
    declined : tuple of AgentDay
        Agents and days, ``{ agent, day }``, who decline to be asked: a change counts by the
        largest factor, however early it is. `Locked` rules it out.
    agents, contracts, teams, sites, skills : tuple of str
        Whose roster has been published; everyone's if all are empty.
    waived_by : tuple of str
        Ids of agents who consent to changes: theirs are not counted.
    """

    answers: ClassVar[tuple[str, ...]] = ("notice", "severity")

    shifts: tuple[Assignment, ...]
    days: DateRange
    on: date
    notice: tuple[tuple[int, int], ...] = Field(default=NOTICE, min_length=1)
    declined: tuple[AgentDay, ...] = ()

    @field_validator("notice")
    @classmethod
    def _steps(cls, notice: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        left = [days for days, _ in notice]
        if len(set(left)) < len(left) or min(left) < 0:
            raise InputError("Published.notice", "give each number of days once, none below 0")
        if min(factor for _, factor in notice) < 1:
            raise InputError("Published.notice", "have factors of at least 1", notice)
        return notice

    @model_validator(mode="after")
    def _whole_shifts(self) -> Published:
        seen = set()
        for one in self.shifts:
            place = f"Published.shifts of agent {one.agent!r} on {one.day}"
            if one.template is None or one.start is None or one.minutes is None:
                raise InputError(place, "say template, start and minutes")
            if one.day not in self.days:
                raise InputError(place, f"be within days ({self.days})")
            if (one.agent, one.day) in seen:
                raise InputError(place, "be the only one of that date")
            seen.add((one.agent, one.day))
        return self

    @classmethod
    def of(cls, problem: Problem, schedule: Schedule, *, on: date, **fields: Any) -> Published:
        """Make the rule from a schedule that has been published for the whole horizon.

        Parameters
        ----------
        problem : Problem
            Whose schedule it is.
        schedule : Schedule
            Who works when.
        on : datetime.date
            The date from which days of notice are counted.
        **fields
            Others of the rule, such as `weight`.
        """
        horizon = problem.horizon
        days = DateRange(first=horizon.start, last=horizon.date_of(horizon.days - 1))
        shifts = tuple(assignment_of(problem, shift) for shift in schedule.shifts)
        return cls(shifts=shifts, days=days, on=on, **fields)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent or a template is not in the problem."""
        super().check(problem)
        place = f"rule {self.name()}"
        check_assigned(problem, f"{place}.shifts", self.shifts)
        problem.must_know("agents", (one.agent for one in self.declined), f"{place}.declined")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day and each published shift of it: that shift, or none on a day off."""
        agents = self.who(x.problem)
        known = {(one.agent, one.day): one for one in self.shifts}
        declined = {(one.agent, one.day) for one in self.declined}
        steps = sorted(self.notice)
        for day in range(x.horizon.days):
            when = x.horizon.date_of(day)
            if when not in self.days:
                continue
            left = (when - self.on).days
            by_notice = next((factor for days, factor in steps if left <= days), 0)
            values: dict[str, tuple[int, str, str, int] | tuple[int]] = {}
            for agent in agents:
                most = max(factor for _, factor in steps)
                factor = most if (agent, when) in declined else by_notice
                one = known.get((agent, when))
                shift = one and (factor, one.template or "", one.start or "", one.minutes or 0)
                values[agent] = shift or (factor,)
            for value, group in by_value(agents, values.__getitem__).items():
                factor = value[0]
                if len(value) == 1:
                    cells, most = x.works(day, day) * factor, 0
                else:
                    same = marked(x, day, known[group[0], when]).astype(np.int64)
                    cells, most = Cells(day, same[None, :]) * -factor, -factor
                if factor:
                    yield Limit((cells,), most, each(group))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare each agent's shifts with the published ones, date by date."""
        horizon = problem.horizon
        published = {(one.agent, horizon.day(one.day)): one for one in self.shifts}
        for agent in self.who(problem):
            for day in range(horizon.days):
                when = horizon.date_of(day)
                factor = self._factor(agent, when)
                if not factor or not self.days.first <= when <= self.days.last:
                    continue
                was, now = published.get((agent, day)), schedule.on(agent, day)
                if _changed(problem, was, now):
                    told = "off"
                    if now is not None:
                        told = hours_told(horizon, now.template, now.start, now.end)
                    left = max(0, (when - self.on).days)
                    sentence = (
                        f"{problem.agent(agent)} has {_told(horizon, was)} published for "
                        f"{horizon.day_label(day)}, and now {told}: a change with "
                        f"{left} {'day' if left == 1 else 'days'} left, which counts {factor}."
                    )
                    yield self.breach((agent,), day, factor, sentence)

    def _factor(self, agent: str, when: date) -> int:
        factors = dict(self.notice)
        if any(one.agent == agent and one.day == when for one in self.declined):
            return max(factors.values())
        reached = [days for days in factors if days >= (when - self.on).days]
        return factors[min(reached)] if reached else 0

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} keeps the roster published for {self.days}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Change shifts and days off, early and late, with and without consent."""
        return examples(cls)


def _changed(problem: Problem, was: Assignment | None, now: Shift | None) -> bool:
    return now is not None if was is None else differs(problem, was, now)


def _told(horizon: Horizon, was: Assignment | None) -> str:
    if was is None:
        return "a day off"
    start = elapsed(horizon, was.day, was.start or "")
    return hours_told(horizon, was.template or "", start, start + (was.minutes or 0))
