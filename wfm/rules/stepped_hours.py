"""Weekly hours that change by the date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Grid, Limit
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._judge import iso_weeks
from wfm.rules._judge_paid import in_the_week, paid_on, told
from wfm.rules._paid import bounded, paid_before
from wfm.rules.example import FRIDAY, MONDAY, example
from wfm.schedule import Schedule
from wfm.value import Value


class Step(Value):
    """Paid hours a week from a date on.

    Parameters
    ----------
    since : datetime.date
        First date.
    least, most : float, optional
        Paid hours a week; a step without them ends the promise.
    """

    since: date
    least: float | None = Field(default=None, ge=0, le=168)
    most: float | None = Field(default=None, ge=0, le=168)

    @model_validator(mode="after")
    def _consistent(self) -> Step:
        if self.least is not None and self.most is not None and self.most < self.least:
            raise InputError("Step.most", f"be at least least ({self.least:g})", self.most)
        return self


class SteppedHours(AgentRule):
    """At least and at most so many paid hours a week, by steps that hold from a date on each.

    The unit of breach is a minute of paid time. A week follows the step in force on its Monday,
    and none before the first. A shift belongs to the ISO week of the day on which it starts, and
    the previous period's shifts in the horizon's first week count. The maximum holds in every week
    that the horizon touches; the minimum only in weeks of which every day is known: they end
    inside the horizon, and begin inside it or in a previous period whose shifts are given. What
    the past alone has taken beyond the maximum is not counted again.

    Parameters
    ----------
    steps : tuple of Step
        In order of their dates; each holds until the next begins.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    answers: ClassVar[tuple[str, ...]] = ("states", "hours", "seam")

    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> SteppedHours:
        late = next((o.since for one, o in pairwise(self.steps) if o.since <= one.since), None)
        if late is not None:
            raise InputError("SteppedHours.steps", "be in order of their dates", late)
        return self

    def clipped(self, problem: Problem) -> Rule | None:
        """The same with the steps of the horizon's weeks only, none of them from before these."""
        horizon = problem.horizon
        mondays = range(-horizon.weekday(0), horizon.days, 7)
        found: dict[Step, date] = {}
        for monday in mondays:
            begun = [step for step in self.steps if horizon.day(step.since) <= monday]
            if begun:
                found.setdefault(begun[-1], horizon.date_of(monday))
        steps = [
            step if step.since >= horizon.start else step.model_copy(update={"since": monday})
            for step, monday in found.items()
        ]
        while steps and steps[0].least is None and steps[0].most is None:
            del steps[0]
        return self.model_copy(update={"steps": tuple(steps)}) if steps else None

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each week: a floor and a ceiling of the last step before its Tuesday."""
        whole = x.weeks(whole=True)
        for first, last in x.weeks():
            begun = [step for step in self.steps if x.horizon.day(step.since) <= first]
            if not begun:
                continue
            least, most = (
                None if hours is None else round(60 * hours)
                for hours in (begun[-1].least, begun[-1].most)
            )
            past = {agent: paid_before(x, agent, first) for agent in self.who(x.problem)}
            floor = least if (first, last) in whole else None
            yield from bounded(x, (first, last), past, least=floor, most=most)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look up the step of each week and add up the paid time."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        earliest = -7 if past.shifts else 0
        for days in iso_weeks(horizon):
            monday = horizon.date_of(days[0])
            step = next((s for s in reversed(self.steps) if s.since <= monday), None)
            if step is None:
                continue
            whole = days[0] >= earliest and days[-1] < horizon.days
            day = min(days[-1], horizon.days - 1)
            for agent in self.who(problem):
                carried, paid = paid_on(past, schedule, agent, days)
                sentence = told(problem, agent, (carried, paid), in_the_week(problem, days))
                if step.most is not None:
                    over = min(paid, carried + paid - round(60 * step.most))
                    if over > 0:
                        text = f"{sentence}; at most {step.most:g} h are allowed."
                        yield self.breach((agent,), day, over, text)
                if step.least is not None and whole:
                    under = round(60 * step.least) - carried - paid
                    if under > 0:
                        text = f"{sentence}; at least {step.least:g} h are due."
                        yield self.breach((agent,), day, under, text)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} has {', '.join(map(_told, self.steps))} paid hours a week"

    @classmethod
    def examples(cls) -> list[Example]:
        """Work more from step to step, and keep to the step of each week."""
        first = Step(since=MONDAY, least=16, most=24)
        second = Step(since=date(2026, 12, 14), least=28, most=32)
        rule = cls(steps=(first, second), agents=("anna",))
        midweek = cls(steps=(Step(since=date(2026, 12, 9), most=16),))
        ended = cls(steps=(first, Step(since=date(2026, 12, 16))), agents=("anna",))
        most = cls(steps=(Step(since=date(2026, 11, 2), most=20),))
        on, two = FRIDAY, {"anna": "EE--"}
        return [
            example("both steps", rule, {"anna": "EEE----EEES---"}),
            example("too much, too little", rule, {"anna": "EEES---EEE----"}, 480),
            example("too little, too much", rule, {"anna": "ES-----EEEE--S"}, 480),
            example("a week follows its Monday", midweek, {"anna": "EEEE---EEE----"}, 480),
            example("after the last step", ended, {"anna": "EEE----EEEEEEE-EEEEE-"}, 1920),
            example("at the horizon's end", rule, {"anna": "-EEE---E---EEN"}),
            example("a cut week has a maximum", rule, {"anna": "EE-----EEEEE"}, 480),
            example("a cut week has no minimum", rule, {"anna": "EE-----E"}),
            example("across the seam", most, {"anna": "EE-"}, 720, before=two, start=on),
            example(
                "too little at the seam", rule, {"anna": "---"}, 960, before={"ben": "E"}, start=on
            ),
            example("a week begun unseen", rule, {"anna": "---"}, start=on),
            example(
                "the past alone", most, {"anna": "-S-"}, 240, before={"anna": "EEEE"}, start=on
            ),
        ]


def _told(step: Step) -> str:
    least = [] if step.least is None else [f"at least {step.least:g}"]
    most = [] if step.most is None else [f"at most {step.most:g}"]
    return f"from {step.since} on {' and '.join(least + most) or 'any number of'}"
