"""Schedules to choose from: what each costs, what service it gives, how many wishes it keeps."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from wfm.judge.report import Costs
from wfm.schedule import SCHEMA_VERSION, Schedule
from wfm.value import Value


class FrontierPoint(Value):
    """A schedule that can be taken: it keeps every hard rule.

    Parameters
    ----------
    service_weight, wish_weight : float
        By how much the prices of lost service and the weights of promises were multiplied where it
        is the cheapest that was found.
    schedule : Schedule
        The schedule.
    costs : Costs
        What it costs at the problem's own prices.
    level : float or None
        Share of all contacts answered in time; None where nobody calls.
    levels : dict
        The same by queue's id.
    wishes : float or None
        Share of the weight of all wishes that is kept; None where nothing is wished for.
    dominated : bool
        Whether another point is better in pay, in lost service (at the problem's prices) or in
        wishes, and worse in none.
    """

    service_weight: float
    wish_weight: float
    schedule: Schedule
    costs: Costs
    level: float | None
    levels: dict[str, float | None]
    wishes: float | None
    dominated: bool = False

    @property
    def pay(self) -> float:
        """Wages and premiums, in money."""
        return self.costs.wages + self.costs.premiums


class Frontier(Value):
    """Schedules between which nobody can choose but the planner: pay, service, wishes.

    Parameters
    ----------
    points : tuple of FrontierPoint
        By pay, the least first.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    points: tuple[FrontierPoint, ...]

    @property
    def best(self) -> tuple[FrontierPoint, ...]:
        """The points that no other dominates."""
        return tuple(point for point in self.points if not point.dominated)


def sorted_points(points: Sequence[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    """Points by pay, those marked that another one dominates."""
    found = sorted(points, key=_losses)
    return tuple(
        point.model_copy(update={"dominated": any(_dominates(other, point) for other in found)})
        for point in found
    )


def _losses(point: FrontierPoint) -> tuple[float, float, float]:
    """What is to be small: pay, lost service, and the share of wishes that is refused."""
    refused = 0.0 if point.wishes is None else 1 - point.wishes
    return point.pay, point.costs.service, refused


def _dominates(one: FrontierPoint, other: FrontierPoint) -> bool:
    pairs = list(zip(_losses(one), _losses(other), strict=True))
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)
