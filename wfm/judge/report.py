"""What a schedule is worth: its violations, its costs, and its service."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, computed_field, model_validator

from wfm.rule import Violation
from wfm.schedule import SCHEMA_VERSION
from wfm.value import Value


class Costs(Value):
    """Parts of the objective, in money.

    Parameters
    ----------
    wages : float
        Paid minutes of the shifts that start in the horizon.
    premiums : float
        Premiums for paid time in premium hours.
    service : float
        Contacts that are planned to miss targets and floors.
    rules : float
        Broken soft rules.
    """

    wages: float
    premiums: float
    service: float
    rules: float

    @computed_field  # type: ignore[prop-decorator]
    @property
    def total(self) -> float:
        """Sum of the parts."""
        return self.wages + self.premiums + self.service + self.rules

    @model_validator(mode="before")
    @classmethod
    def _without_total(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if key != "total"}
        return data


class QueueService(Value):
    """Service of a queue in a period.

    Parameters
    ----------
    queue : str
        Id of the queue.
    period : str
        ``2026-12-07`` for a day, ``2026-W50`` for an ISO week, ``2026-12-07/2026-12-13`` for the
        horizon.
    kind : {"day", "week", "horizon"}
        What the period is; a deferred queue has days and the horizon.
    offered : float
        Contacts expected; deferred ones on the day on which they are due.
    in_time : float
        Contacts answered within the threshold, as the formulas predict at the heads given; deferred
        ones done by their deadline.
    level : float or None
        ``in_time / offered``; None where nothing is offered.
    planned : float or None
        The same by the concave service curve, which may be negative where heads are too few.
    target : float or None
        Level that the queue is to reach; None if its target is for another kind of period.
    """

    queue: str
    period: str
    kind: Literal["day", "week", "horizon"]
    offered: float
    in_time: float
    level: float | None
    planned: float | None
    target: float | None


class QueueCoverage(Value):
    """Agents of a queue against what it requires.

    Parameters
    ----------
    queue : str
        Id of the queue.
    heads : tuple of float, shape (slots,)
        Scheduled agents given to the queue; an agent of several queues counts once in all.
    required : tuple of int, shape (slots,)
        Scheduled agents that meet the target in each slot alone.
    occupancy : float or None
        Busy share of available time; None if nobody is there.
    over_hours, under_hours : float
        Agent hours above and below what is required.
    under_share : float
        Share of the slots with a requirement that have too few.
    worst : str or None
        The slot that lacks most, such as ``Mon 7 Dec 08:15``; None if none lacks any.
    worst_under : float
        Agents lacking there.
    """

    queue: str
    heads: tuple[float, ...]
    required: tuple[int, ...]
    occupancy: float | None
    over_hours: float
    under_hours: float
    under_share: float
    worst: str | None
    worst_under: float

    @property
    def net(self) -> tuple[float, ...]:
        """Agents above (+) or below (-) the requirement of each slot."""
        return tuple(n - due for n, due in zip(self.heads, self.required, strict=True))


class Report(Value):
    """What the independent judge finds in a schedule.

    Parameters
    ----------
    violations : tuple of Violation
        Every breach of the structure and of a rule.
    costs : Costs
        The objective, recomputed from the schedule alone.
    service : tuple of QueueService
        Each queue's days, and its weeks if its target is for weeks; of deferred work the days on
        which it is due, and the horizon.
    queues : tuple of QueueCoverage
        Each queue's coverage.
    paid_hours : dict
        Agent's id -> hours paid in the horizon.
    requests, requests_kept : int
        Wishes made, and those without a violation.
    promises, promises_kept : int
        Family promises made, and those without a violation.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    violations: tuple[Violation, ...]
    costs: Costs
    service: tuple[QueueService, ...]
    queues: tuple[QueueCoverage, ...]
    paid_hours: dict[str, float]
    requests: int = Field(ge=0)
    requests_kept: int = Field(ge=0)
    promises: int = Field(ge=0)
    promises_kept: int = Field(ge=0)

    @property
    def hard(self) -> tuple[Violation, ...]:
        """Violations that no schedule may have."""
        priceless = (found for found in self.violations if found.weight is None)
        return tuple(found for found in priceless if not found.informative)

    @property
    def soft(self) -> tuple[Violation, ...]:
        """Violations that have a price."""
        return tuple(violation for violation in self.violations if violation.weight is not None)

    @property
    def told(self) -> tuple[Violation, ...]:
        """Violations of rules that are only reported."""
        return tuple(violation for violation in self.violations if violation.informative)

    @property
    def ok(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.hard

    def __str__(self) -> str:
        # The text is laid out elsewhere, since it reads these values.
        from wfm.judge.text import report_text  # noqa: PLC0415

        return report_text(self)
