"""A wish for a shift, or against one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wfm.limit import Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._request import DayRequest
from wfm.rules.example import example
from wfm.schedule import Schedule


class ShiftRequest(DayRequest):
    """On some days, a shift of some templates is asked for, or asked to be spared.

    The unit of breach is a day on which the request is not met: no wanted shift is worked, or an
    unwanted one is.

    Parameters
    ----------
    templates : tuple of str
        Ids of shift templates; empty means any shift.
    wanted : bool
        Whether they are asked for, or asked to be spared.
    days, weeks, dates
        The days: weekdays in some weeks, or dates.
    """

    templates: tuple[str, ...] = ()
    wanted: bool = True

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or a template is not in the problem."""
        super().check(problem)
        problem.must_know("shifts", self.templates, f"rule {self.name()}.templates")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day asked for: at least one such shift, or none."""
        agents = each(self.who(x.problem))
        templates = self.templates or tuple(t.id for t in x.problem.shifts)
        for day in self.stated_days(x):
            cells = x.works_template(day, templates)
            yield Limit((-cells,), -1, agents) if self.wanted else Limit((cells,), 0, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look up each agent's shift on each day asked for."""
        horizon = problem.horizon
        for agent in self.who(problem):
            for day in range(horizon.days):
                if not self.asks_for(horizon, day):
                    continue
                shift = schedule.on(agent, day)
                hit = shift is not None and (not self.templates or shift.template in self.templates)
                if hit != self.wanted:
                    worked = f"a shift {shift.template!r}" if shift else "no shift"
                    asked = self._asked()
                    sentence = (
                        f"{problem.agent(agent)} has {worked} on {horizon.day_label(day)}, "
                        f"but asks for {asked}."
                    )
                    yield self.breach((agent,), day, 1, sentence)

    def _asked(self) -> str:
        named = " or ".join(repr(template) for template in self.templates)
        shift = f"shift {named}" if named else "shift"
        return f"a {shift}" if self.wanted else f"no {shift}"

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} has {self._asked()} {self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Ask for and against templates, on weekdays, dates and alternate weeks."""
        early = cls(agents=("anna",), days=("Mon", "Sun"), templates=("early", "day"))
        late = cls(agents=("anna", "ben"), days=("Fri",), templates=("late",), wanted=False)
        any_shift = cls(agents=("ben",), dates=(date(2026, 12, 9), date(2026, 12, 24)))
        even = cls(agents=("anna",), days=("Sat", "Sun"), weeks="even", wanted=False)
        hard = cls(agents=("cleo",), weight=None, days=("Tue",), weeks=(51,), templates=("night",))
        return [
            example("wanted and worked", early, {"anna": "E-----D"}),
            example("off, and another shift", early, {"anna": "------L"}, 2),
            example("at the horizon's end", early, {"anna": "D-----N"}, 1),
            example(
                "unwanted, but another one worked", late, {"anna": "----E--", "ben": "----N--"}
            ),
            example("unwanted and worked", late, {"anna": "---LL--", "ben": "----L--"}, 2),
            example("any shift on a date", any_shift, {"ben": "--N----"}),
            example("a date without a shift", any_shift, {"ben": "NN-N---"}, 1),
            example("unwanted in even weeks", even, {"anna": "-----EE-----EN"}, 2),
            example("a Friday's night is not Saturday's", even, {"anna": "----N---------"}),
            example(
                "a night of the previous period", early, {"anna": "D-----E"}, before={"anna": "N"}
            ),
            example("hard, in a listed week", hard, {"cleo": "-N------N-----"}),
            example("hard, in the other week", hard, {"cleo": "-N-----------N"}, 1),
        ]
