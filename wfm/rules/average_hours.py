"""How much paid time on average."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._average import ends, stretch
from wfm.rules._judge_average import averaged
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule


class AverageHours(AgentRule):
    """At most so many paid hours a week, averaged over every so many weeks.

    The unit of breach is a minute of paid time beyond the average times the weeks; of stretches
    that overlap, each counts for itself. Judged are the stretches of ISO weeks that end in the
    horizon. A shift belongs to the week of the day on which it starts. What was worked in a week
    before the horizon, or in the part of a week that lies before it, is told by the counter of the
    previous period that is named after it, such as ``"paid minutes 2026-W48"`` (agent's id ->
    minutes); where an agent has no value there, by the previous period's shifts, if they reach
    back to the week's Monday or are of the week in which the horizon begins. A week of which
    neither tells is unknown: a stretch with such weeks is not judged, but for the one that ends
    last, which is averaged over its known weeks alone. What the past alone has taken beyond the
    average is not counted again.

    Parameters
    ----------
    most : float
        Paid hours a week.
    weeks : int
        Length of a stretch in ISO weeks.
    """

    answers: ClassVar[tuple[str, ...]] = ("hours", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("most", 1, "hours"),)

    most: float = Field(gt=0, le=168)
    weeks: int = Field(ge=1, le=53)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch and each number of minutes already worked: a ceiling."""
        everyone = self.who(x.problem)
        longest = int(x.options.paid.max())
        for end in ends(x):
            found = {agent: stretch(x, agent, self.weeks, end) for agent in everyone}
            for some, agents in by_value(everyone, found.__getitem__).items():
                if some is not None:
                    most = max(0, round(60 * self.most) * some.known - some.past)
                    if longest * (some.last - some.first + 1) > most:
                        yield Limit((x.minutes(some.first, some.last),), most, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Add up each agent's paid time, stretch by stretch."""
        horizon = problem.horizon
        for agent in self.who(problem):
            for some in averaged(problem, schedule, agent, self.weeks):
                due = len(some.known) * round(60 * self.most)
                over = min(some.paid, some.carried + some.paid - due)
                if over > 0:
                    mean = (some.carried + some.paid) / 60 / len(some.known)
                    last = horizon.day(some.mondays[-1]) + 6
                    sentence = (
                        f"{problem.agent(agent)} has {round(mean, 2):g} h of paid time a week on "
                        f"average over {_weeks(len(some.known))} from "
                        f"{horizon.day_label(horizon.day(some.known[0]))} to "
                        f"{horizon.day_label(last)}; at most {self.most:g} h are allowed."
                    )
                    yield self.breach((agent,), last, over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return (
            f"{self.whom(problem)} has at most {self.most:g} paid hours a week on average over "
            f"any {_weeks(self.weeks)}"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Average over weeks of the horizon, of counters, and of the previous period's shifts."""
        two = cls(most=40, weeks=2)
        three = cls(most=40, weeks=3, agents=("anna", "ben"))
        full, more, less = "EEEEE--", "EEEEEE-", "EEEE---"
        carried = {
            "paid minutes 2026-W48": {"anna": 2400, "ben": 2400},
            "paid minutes 2026-W49": {"anna": 2880},
        }
        wins = {"paid minutes 2026-W49": {"anna": 2000}}
        cut = {"paid minutes 2026-W50": {"anna": 1920}}
        before, on = {"anna": less}, FRIDAY
        return [
            example("more, then less", two, {"anna": more + less}),
            example("more, then as ever", two, {"anna": more + full}, 480),
            example("three weeks", two, {"anna": less + more + more}, 960),
            example("one week is known", two, {"anna": more}, 480),
            example("at the horizon's end", two, {"anna": more + "NNNN--N"}, 480),
            example("a cut week is not judged", two, {"anna": full + "EEEEEE"}),
            example("with counters", three, {"anna": more, "ben": full}, 960, counters=carried),
            example("with the shifts before", two, {"anna": more}, before=before),
            example("too many before", two, {"anna": full}, 480, before={"anna": more}),
            example("the counter wins", two, {"anna": full}, before={"anna": more}, counters=wins),
            example("the past alone", two, {"anna": "-------"}, before={"anna": more + more}),
            example("a week begun unseen", two, {"anna": "EEE"}, start=on),
            example("cut, with a counter", two, {"anna": "EE-"}, 480, counters=cut, start=on),
            example(
                "cut, with shifts", two, {"anna": "EE-"}, 480, before={"anna": "EEEE"}, start=on
            ),
        ]


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"
