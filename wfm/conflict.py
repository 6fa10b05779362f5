"""Why no schedule keeps every hard rule, as values that people and programs can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from wfm.schedule import SCHEMA_VERSION
from wfm.value import Value


class ConflictRule(Value):
    """A rule that takes part in a conflict.

    Parameters
    ----------
    index : int
        Its place among the problem's rules.
    rule : str
        Its name, such as ``"min_rest"``.
    agents : tuple of str
        Ids of those in the conflict whom it binds.
    sentence : str
        What it asks for; never why.
    """

    index: int
    rule: str
    agents: tuple[str, ...]
    sentence: str


class Relaxation(Value):
    """One change after which the rules of a conflict can hold together.

    Parameters
    ----------
    index : int
        Place of the rule that gives way among the problem's rules.
    field : str
        Its number that changes, such as ``"hours"`` or ``"needs[0].heads"``; empty if no number
        of the rule is enough, and it has to go.
    value, needed : float or None
        The number as it is, and the nearest to it that is enough, in planning intervals or whole
        units; None without a field.
    sentence : str
        The same in words, to complete "they can hold ...".
    """

    index: int
    field: str = ""
    value: float | None = None
    needed: float | None = None
    sentence: str


class Conflict(Value):
    """Rules that cannot hold together, none of which could be left out.

    Parameters
    ----------
    head : str
        For whom they cannot hold.
    rules : tuple of ConflictRule
        The rules.
    agents : tuple of str
        Ids of those without whom the rules could hold.
    dates : tuple of datetime.date
        Days on which it shows: the rules conflict by what they ask for within these alone.
    when : str
        The dates in words.
    relaxations : tuple of Relaxation
        What could give way; each is enough for this conflict by itself.
    smallest : bool
        Whether no conflict of these people has fewer rules, as far as is known; where the time
        was too short, there may be one.
    """

    head: str
    rules: tuple[ConflictRule, ...]
    agents: tuple[str, ...]
    dates: tuple[date, ...]
    when: str
    relaxations: tuple[Relaxation, ...] = ()
    smallest: bool = True

    @property
    def sentences(self) -> tuple[str, ...]:
        """For whom they cannot hold, and each rule."""
        return (self.head, *(rule.sentence for rule in self.rules))

    def renumbered(self, places: Sequence[int]) -> Conflict:
        """The same in a problem in which the rules have other places, given by their place here."""
        rules = (r.model_copy(update={"index": places[r.index]}) for r in self.rules)
        ways = (w.model_copy(update={"index": places[w.index]}) for w in self.relaxations)
        return self.model_copy(update={"rules": tuple(rules), "relaxations": tuple(ways)})

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.head
        yield from (f"  {rule.sentence}" for rule in self.rules)
        if self.when:
            yield f"It shows on {self.when}. They can hold"
        else:
            yield "They can hold"
        last = len(self.relaxations) - 1
        for number, each in enumerate(self.relaxations):
            yield f"  {each.sentence}{'.' if number == last else ', or'}"
        if not self.smallest:
            yield "The time was too short to tell whether fewer rules conflict."


class Conflicts(Value):
    """Whether the hard rules of a problem can hold together, and what is in the way.

    Parameters
    ----------
    status : {"feasible", "infeasible", "unknown"}
        ``"unknown"`` if the time was too short to tell of somebody, and nothing is in the way of
        all others.
    found : tuple of Conflict
        Conflicts that have no rule for the same person in common.
    undecided : tuple of str
        Ids of those of whom the time was too short to tell.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    status: Literal["feasible", "infeasible", "unknown"]
    found: tuple[Conflict, ...] = ()
    undecided: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.status == "feasible":
            return "The hard rules can all be kept together."
        parts = [str(conflict) for conflict in self.found]
        if self.undecided:
            parts.append(f"The time was too short to tell of {', '.join(self.undecided)}.")
        return "\n\n".join(parts)
