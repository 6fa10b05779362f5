"""Nobody has more of a burden than a fair share, nor less if that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._burdens import Burden, Counted, burden, burden_words
from wfm.rules._share_checks import check_counter, check_fields, check_people
from wfm.rules._share_examples import examples
from wfm.rules._share_judge import Share, shares
from wfm.rules._share_limits import asked_for, statement
from wfm.rules._shares import rooms_left, weights_of
from wfm.schedule import Schedule
from wfm.window import Clock

UNIT = 1000


class FairShare(AgentRule):
    """Nobody of a group has more of a burden than a fair share of it, past and planned together.

    The unit of breach is a thousandth of a night (weekend, late shift, holiday, minute of overtime,
    refusal) beyond the share and the tolerance, so that a weight of 0.05 makes a night too many
    cost 50. The share is in proportion to the contract's weekly hours, which must be known of all
    or of none (then it is equal), times the tier's factor. It is a part of all that the group has:
    what the counter carries over from before, and what is planned. The part of what is planned is
    rounded to a thousandth for each agent; a group in which a part is below four of them is
    refused.

    What the past has left above the share is held only against those who take any of the burden in
    this horizon: whoever takes none is in no breach. What it has left below the share and the
    tolerance is to be made up for by one more than the share of what is planned, at most, where the
    rule has a price; where it always holds, by nothing more than that share. Those without a value
    in the counter start at the group's average for their weight, not at zero; with a counter "days
    planned", as the ledger keeps it, so does everybody for the days on which others were planned
    and they were not.

    A night is a shift with 120 minutes or more between 23:00 and 06:00. A weekend is worked if a
    shift starts on a day that counts as Saturday or Sunday; one of which the previous period's
    shifts have taken a day is theirs. Overtime is paid time beyond the contract's weekly hours in
    an ISO week, the previous period's shifts in it included; what lies after the horizon's end is
    not known and does not count. Refused wishes are violations of the problem's wishes, however
    far; refused requests the units by which its rules of kind "family" are broken, private ones
    left out; both only of rules that have a weight.

    Parameters
    ----------
    of : str
        The burden: ``nights``, ``weekends``, ``late_shifts``, ``holidays``, ``overtime``,
        ``refused_wishes`` or ``refused_family``.
    tolerance : float
        How much more than the share is still fair.
    tolerance_below : float, optional
        How much less than the share is still fair; anything if not given. Only for burdens that
        are shifts.
    dates : tuple of datetime.date
        The holidays.
    after : str
        Clock time after which a late shift ends, on the day on which it starts or later.
    counter : str, optional
        Counter of the previous period; the burden's name if not given. It may be missing: then
        nothing is carried over.
    among : tuple of str
        Names of the rules whose refusals count, such as "caregiving_window"; all of the kind if
        empty. Rules whose limits count any of several shifts, or are several for one promise,
        cannot be counted: `check` says which.
    tiers : tuple of (str, float)
        Factors of the shares of tiers; others have 1.
    """

    answers: ClassVar[tuple[str, ...]] = ("seam",)
    numbers: ClassVar[tuple[Number, ...]] = (Number("tolerance", 1),)

    of: Burden
    tolerance: float = Field(default=1.0, ge=0, le=1e6)
    tolerance_below: float | None = Field(default=None, ge=0, le=1e6)
    dates: tuple[date, ...] = ()
    after: Clock = "21:00"
    counter: str | None = None
    among: tuple[str, ...] = ()
    tiers: tuple[tuple[str, float], ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> FairShare:
        check_fields(self)
        return self

    @property
    def counted_as(self) -> str:
        """Name of the counter that carries the burden over."""
        return self.counter or self.of

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if people or tiers are unknown, or the burden cannot be counted."""
        super().check(problem)
        check_people(self, problem)
        check_counter(self, problem)
        for one in asked_for(self, problem.rules):
            one.check(problem)
            if any(limit.any_of or limit.slack for limit in one.limits(problem.grid)):
                must = "name rules whose limits count each shift, in place of all"
                raise InputError(f"rule {self.name()}.among", must, one.name())

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each agent: W times the own burden - w times that of all <= what is left."""
        bound = self.who(x.problem)
        if len(bound) < 2:
            return
        weights = weights_of(self, x.problem, bound)
        above, below = rooms_left(self, x.problem, bound, weights, UNIT)
        stated = statement(self, x, bound)
        for role, agent in enumerate(bound):
            part = (2 * UNIT * weights[role] + sum(weights)) // (2 * sum(weights))
            cells, any_of = stated.cells(role, part, UNIT), stated.any_of(role, part, UNIT)
            if above[role] >= 0:
                yield Limit(cells, above[role], (stated.group,), any_of=any_of)
            for owed in stated.takes_any(role, -above[role]) if above[role] < 0 else ():
                yield Limit(cells, 0, (stated.group,), agent, (*any_of, owed))
            if below:
                cells, any_of = stated.cells(role, -part, -UNIT), stated.any_of(role, -part, -UNIT)
                yield Limit(cells, below[role], (stated.group,), any_of=any_of)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare what each has with the share of what all have."""
        for found in shares(self, problem, schedule, UNIT):
            over = found.over(round(UNIT * self.tolerance))
            if over > 0:
                yield self._breach(problem, found, over, f"{self.tolerance:g} more are allowed")
            if self.tolerance_below is not None:
                under = found.under(round(UNIT * self.tolerance_below), self.weight is not None)
                if under > 0:
                    allowed = f"{self.tolerance_below:g} fewer are allowed"
                    yield self._breach(problem, found, under, allowed)

    def _breach(self, problem: Problem, found: Share, amount: int, allowed: str) -> Violation:
        past = f" and {found.carried / UNIT:g} from before" if found.any_carried else ""
        sentence = (
            f"{problem.agent(found.agent)} has {burden_words(self.of, found.now)}{past}, where "
            f"{(found.share + found.past_share) / UNIT:.2f} of those of {found.among} agents are a "
            f"fair share and {allowed}."
        )
        return self.breach((found.agent,), None, amount, sentence)

    @property
    def counted(self) -> Counted:
        """What is counted, for judges and the ledger."""
        return Counted(self.of, self.after, self.dates, self.among)

    def tally(self, problem: Problem, schedule: Schedule) -> dict[str, dict[str, int]]:
        """Count the burden for the ledger."""
        return {self.counted_as: burden(self.counted, problem, schedule, self.who(problem))}

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        tiers = "".join(f", times {factor:g} for tier {tier}" for tier, factor in self.tiers)
        on = f" ({', '.join(map(str, self.dates))})" if self.dates else ""
        late = f" (that end after {self.after})" if self.of == "late_shifts" else ""
        past = f", with those of counter {self.counted_as!r}" if self.counter else ""
        # The names of some rules tell why someone asks.
        kinds = "one kind" if len(self.among) == 1 else f"{len(self.among)} kinds"
        on += f" (of {kinds})" if self.among else ""
        fewer = self.tolerance_below
        least = "" if fewer is None else f" or {burden_words(self.of, fewer)} less"
        return (
            f"{self.whom(problem)} has at most {burden_words(self.of, self.tolerance)}{on}{late} "
            f"more{least} than a fair share by contract hours{tiers}{past}"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Share each burden, with and without a past."""
        return examples(cls)
