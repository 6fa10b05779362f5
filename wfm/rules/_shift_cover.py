"""How many are to work a shift on a date; the base of the rules that ask for them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date

from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Grid, Limit
from wfm.problem import Problem
from wfm.rule import Rule, Violation
from wfm.schedule import Schedule
from wfm.value import Value


class ShiftNeed(Value):
    """A number of people for the shifts of a template on a date.

    Parameters
    ----------
    day : datetime.date
        On which the shifts start.
    template : str
        Id of the shift template.
    heads : int
        How many people.
    """

    day: date
    template: str
    heads: int = Field(ge=0)


class ShiftCover(Rule, ABC):
    """Numbers of people on the shifts of templates, date by date.

    The unit of breach is a person, missing or too many, on a shift of a date. Who starts a shift on
    the date counts, breaks or not. Dates outside the horizon ask for nobody.

    Parameters
    ----------
    needs : tuple of ShiftNeed
        Each with a `day`, a `template` and `heads`; one for each date and template.
    """

    needs: tuple[ShiftNeed, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once_each(self) -> ShiftCover:
        seen: set[tuple[date, str]] = set()
        for need in self.needs:
            if (need.day, need.template) in seen:
                place = f"{type(self).__name__}.needs of template {need.template!r}"
                raise InputError(place, "hold each date once", need.day)
            seen.add((need.day, need.template))
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if a template is not in the problem."""
        named = dict.fromkeys(need.template for need in self.needs)
        problem.must_know("shifts", named, f"rule {self.name()}.needs")

    @abstractmethod
    def sign(self) -> int:
        """1 where too many are amiss, -1 where too few are."""

    @abstractmethod
    def amiss(self, heads: int, asked: int) -> int:
        """How many are amiss, at a number of people on the shift."""

    @abstractmethod
    def bound_words(self, asked: int) -> str:
        """The bound in words: "at least 2 must be"."""

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each need: everyone's shifts of the template on the day, bounded together."""
        everyone = tuple(agent.id for agent in x.problem.agents)
        for need in self.needs:
            day = x.horizon.day(need.day)
            if 0 <= day < x.horizon.days:
                cells = x.works_template(day, (need.template,)) * self.sign()
                yield Limit((cells,) * len(everyone), self.sign() * need.heads, (everyone,))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count who starts a shift of the template on each date."""
        horizon = problem.horizon
        there: dict[tuple[date, str], set[str]] = {}
        for shift in schedule.shifts:
            when = horizon.date_of(shift.day)
            there.setdefault((when, shift.template), set()).add(shift.agent)
        last = horizon.date_of(horizon.days - 1)
        for need in self.needs:
            found = there.get((need.day, need.template), set())
            amount = self.amiss(len(found), need.heads)
            if amount > 0 and horizon.start <= need.day <= last:
                day = horizon.day(need.day)
                are = "person has" if len(found) == 1 else "people have"
                sentence = (
                    f"{len(found)} {are} a shift {need.template!r} on {horizon.day_label(day)}; "
                    f"{self.bound_words(need.heads)}."
                )
                yield self.breach((), day, amount, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        inside = [n for n in self.needs if 0 <= problem.horizon.day(n.day) < problem.horizon.days]
        told = [
            f"{need.heads} on {need.template!r} on "
            f"{problem.horizon.day_label(problem.horizon.day(need.day))}"
            for need in inside[:3]
        ]
        more = f" and {len(inside) - 3} more such numbers" if len(inside) > 3 else ""
        return f"{self.kept_words()} {', '.join(told) or 'nobody on these days'}{more}"

    @abstractmethod
    def kept_words(self) -> str:
        """What is kept, before the numbers: "people are at least"."""
