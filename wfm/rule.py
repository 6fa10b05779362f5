"""The contract of a rule; `wfm.rules` holds one file for each."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, computed_field, model_validator
from pydantic.annotated_handlers import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from wfm.errors import InputError
from wfm.limit import Grid, Limit
from wfm.number import Number
from wfm.piece import Piece
from wfm.privacy import PRIVATE, UNTOLD, discreet, unavailable
from wfm.schedule import Schedule
from wfm.value import MOST_MONEY, Value

if TYPE_CHECKING:
    from wfm.problem import Problem

HARD = "hard"
"""What is written for no weight where nothing else can be, as in TOML."""


def _number_or_not(given: Any) -> Any:
    if given is False or (isinstance(given, int) and given >= 1):
        return given
    raise ValueError("be true, or a whole number from 1 on")


Private = Annotated[bool | Annotated[int, Field(ge=1)], BeforeValidator(_number_or_not)]
"""Whether a rule is private, or the number under which the reason of a private rule is kept."""


class Violation(Value):
    """One breach of a rule.

    Parameters
    ----------
    rule : str
        Name of the rule.
    agents : tuple of str
        Ids of those concerned.
    day : int or None
        Day on which it shows.
    amount : float
        How much, in the rule's own unit.
    sentence : str
        What is wrong, for people.
    weight : float or None
        Cost of each unit; None for a hard rule.
    informative : bool
        Whether it is only reported.
    article : str
        Of the law or agreement that asks for it.
    """

    rule: str
    agents: tuple[str, ...]
    day: int | None
    amount: float
    sentence: str
    weight: float | None = None
    informative: bool = False
    article: str = ""


@dataclass(frozen=True)
class Example:
    """A schedule with the amount by which it breaks a rule, for tests and docs."""

    title: str
    problem: Problem
    schedule: Schedule
    amount: float


class Rule(Value, ABC):
    """A promise that a schedule keeps, at a price or at any price.

    The solver's side (`limits`) and the judge's side (`violations`) share no code on purpose.

    Parameters
    ----------
    weight : float, optional
        Cost of each unit of breach; a rule without one is hard. ``"hard"`` takes it away where
        there is one by default, as in wishes.
    informative : bool
        Whether breaches are only reported: it then binds nothing and costs nothing.
    article : str
        Of the law or agreement that asks for it; told with each breach.
    private : bool or int
        Whether others read of its effect only: that somebody is not available. A number is also
        the one under which :class:`wfm.PrivateReasons` keep why.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "work"
    answers: ClassVar[tuple[str, ...]] = ()
    """Which of the questions of labour law that `docs/rules.md` lists it answers."""
    numbers: ClassVar[tuple[Number, ...]] = ()
    """Those of its numbers that can be loosened, so that it asks for less."""
    named: ClassVar[dict[str, type[Rule]]] = {}

    weight: float | None = Field(default=None, gt=0, le=MOST_MONEY)
    informative: bool = False
    article: str = ""
    private: Private = False

    def __init__(self, **data: Any) -> None:
        with discreet(data.get("private")):
            super().__init__(**data)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        if not getattr(cls, "__abstractmethods__", None) and cls.__module__ != __name__:
            Rule.named[cls.name()] = cls

    @classmethod
    def from_json(cls, text: str | bytes, place: str = "") -> Self:
        """Read a rule from JSON, as `Value.from_json`; of a private one faults tell their place."""
        written = text if isinstance(text, bytes) else text.encode()
        with discreet(b'"private"' in written):
            return super().from_json(text, place)

    @classmethod
    def name(cls) -> str:
        """Name in JSON: ``MinRest`` is ``min_rest``."""
        words = r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
        return re.sub(words, "_", cls.__name__).lower()

    @property
    def shown_name(self) -> str:
        """Its name, as others may read it."""
        return PRIVATE if self.private else self.name()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def rule(self) -> str:
        """Name of the rule, which tells a reader of JSON what it is."""
        return self.name()

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        named = data.get("rule") == cls.name()
        fields = {key: value for key, value in data.items() if key != "rule" or not named}
        if fields.get("weight") == HARD:
            fields["weight"] = None
        return fields

    @model_validator(mode="after")
    def _has_one_price(self) -> Self:
        if self.informative and self.weight is not None:
            place = f"{type(self).__name__}.weight"
            raise InputError(place, "be None in a rule that is only reported", self.weight)
        return self

    @staticmethod
    def parse(data: Any) -> Any:
        """Turn ``{"rule": "min_rest", ...}`` into the rule that it names; leave others alone."""
        if not isinstance(data, Mapping):
            return data
        found = Rule.named.get(str(data.get("rule")))
        with discreet(data.get("private")):
            if found is None:
                raise _unknown(data)
            return found(**{key: value for key, value in data.items() if key != "rule"})

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        if cls is Rule:
            rules = (rule.__pydantic_core_schema__ for _, rule in sorted(Rule.named.items()))
            return {"oneOf": [handler(rule) for rule in rules]}
        schema = handler(core)
        fields = handler.resolve_ref_schema(schema)["properties"]
        fields["rule"] = {"const": cls.name(), "type": "string"}
        return schema

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the rule speaks of what the problem does not have."""

    def check_discreetly(self, problem: Problem) -> None:
        """`check`, by errors that others may read."""
        with discreet(self.private):
            self.check(problem)

    def effect(self) -> Rule:
        """What a problem holds of the rule if it is private.

        It asks the same of every schedule without a text that people chose and, where another
        rule can say it, without a name that tells what it is for. Its own effect is itself.
        """
        return self.model_copy(update={"article": ""}) if self.article else self

    def clipped(self, problem: Problem) -> Rule | None:  # noqa: ARG002
        """The same rule without dates that say more of someone than the problem's days need.

        It asks the same of every schedule of the problem. The rule itself unless it says
        otherwise; None if it asks for nothing on these days.
        """
        return self

    @abstractmethod
    def limits(self, x: Grid) -> Iterator[Limit]:
        """State the rule as limits on the grid of tours."""

    def pieces(self, problem: Problem) -> Iterator[Piece]:  # noqa: ARG002
        """What it asks to be held inside shifts; nothing unless it says so.

        Its `limits` then state that there are shifts with room for the pieces, and its
        `violations` count the pieces that a schedule lacks.
        """
        return iter(())

    @abstractmethod
    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Judge a schedule, without a thought shared with `limits`."""

    @classmethod
    @abstractmethod
    def examples(cls) -> list[Example]:
        """Kept and broken schedules with the amount broken."""

    @abstractmethod
    def words(self, problem: Problem) -> str:
        """The rule in words, to complete "it must hold that ...", naming whom it binds."""

    def whom(self, problem: Problem) -> str:  # noqa: ARG002
        """Whom it binds, in words that take a singular verb."""
        return "somebody"

    def shown_words(self, problem: Problem) -> str:
        """The rule in words, as others may read it."""
        if self.private:
            return f"{self.whom(problem)} is not available at some times"
        return self.words(problem)

    def judged(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Its violations, as others may read them."""
        found = self.violations(problem, schedule)
        if not self.private:
            yield from found
            return
        for one in found:
            sentence = unavailable(problem, one.agents, one.day)
            yield one.model_copy(update={"sentence": sentence})

    def tally(self, problem: Problem, schedule: Schedule) -> Mapping[str, Mapping[str, int]]:  # noqa: ARG002
        """What a ledger keeps of a schedule for this rule: counter -> agent's id -> count.

        Nothing, unless the rule looks at what earlier periods have left in such a counter.
        """
        return {}

    def breach(
        self, agents: tuple[str, ...], day: int | None, amount: float, sentence: str
    ) -> Violation:
        """A violation of this rule; of a private one it does not say what is wrong."""
        return Violation(
            rule=self.shown_name,
            agents=agents,
            day=day,
            amount=amount,
            sentence=UNTOLD if self.private else sentence,
            weight=self.weight,
            informative=self.informative,
            article="" if self.private else self.article,
        )


def _unknown(data: Mapping[str, Any]) -> InputError:
    """The fault of a rule without a name, or with one that no rule has; near ones are told."""
    if "rule" not in data:
        return InputError("rule", "be given: the name of a rule, such as 'min_rest'")
    near = get_close_matches(str(data["rule"]), Rule.named, n=2)
    told = f"the rules, perhaps {', '.join(near)}" if near else ", ".join(sorted(Rule.named))
    return InputError("rule", f"be one of {told}", data["rule"])
