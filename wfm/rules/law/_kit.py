"""What all presets share: whom they bind, doubtful articles, and pay beyond the wage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, TypedDict

from pydantic import Field

from wfm.rule import Rule
from wfm.rules.hours import Hours
from wfm.rules.on_days import OnDays

Rules = tuple[Rule, ...]
Names = tuple[str, ...]
Years = int | tuple[int, ...]
Hourly = Annotated[float, Field(gt=0)] | None

VERIFY = " (verify)"
"""How an article ends whose number, or whom it holds for, is still to be looked up."""


class Whom(TypedDict, total=False):
    """Whom a preset binds: the fields of :class:`wfm.rule.AgentRule`; everyone if none is given."""

    agents: Names
    contracts: Names
    teams: Names
    sites: Names
    skills: Names
    waived_by: Names


def unverified(rules: Iterable[Rule]) -> Rules:
    """Those rules whose article says that their number is still to be verified."""
    return tuple(rule for rule in rules if rule.article.endswith(VERIFY))


def paid_more(hourly: float | None, share: float) -> dict[str, Any]:
    """How a rule counts whose minutes beyond it cost a share of the wage on top.

    Parameters
    ----------
    hourly : float or None
        The wage of an hour. Without it, breaches are only reported.
    share : float
        What a minute beyond costs on top of the wage, as a share of it.
    """
    return {"informative": True} if hourly is None else {"weight": share * hourly / 60}


def calendar_years(years: int | Sequence[int]) -> tuple[int, ...]:
    """One year or several, each once and in order."""
    return tuple(sorted({years} if isinstance(years, int) else set(years)))


def by_month(
    years: Iterable[int], most: Callable[[list[date]], float], article: str, whom: Whom
) -> Iterator[OnDays]:
    """A bound on the paid hours of each month of some years.

    Parameters
    ----------
    years : iterable of int
        Calendar years.
    most : callable
        Hours that a month may have, by its dates.
    article : str
        Of the law.
    whom : Whom
        Whom it binds.
    """
    for year in years:
        for month in range(1, 13):
            first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
            days = [first + timedelta(days=n) for n in range((after - first).days)]
            hours = Hours(most=round(most(days), 2), per="month", **whom)
            yield OnDays(what=hours, since=days[0], until=days[-1], article=article)
