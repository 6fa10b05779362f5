"""The United States: federal overtime, and California's hours, meals and rests."""

from __future__ import annotations

from typing import Unpack

from wfm.rules.breaks_by_length import BreaksByLength
from wfm.rules.days_off import DaysOff
from wfm.rules.hours import Hours
from wfm.rules.law._kit import Hourly, Names, Rules, Whom, paid_more

FIFTH_HOUR = 299
"""Minutes after a shift's start at which its first meal begins at the latest."""


def united_states(hourly: Hourly = None, **whom: Unpack[Whom]) -> Rules:
    """Overtime beyond 40 hours a week at one and a half times the wage; no hours are forbidden.

    Parameters
    ----------
    hourly : float, optional
        The wage of an hour, by which overtime is priced; without it, overtime is reported.
    **whom
        Whom it binds, such as ``sites=("austin",)``; everyone by default.
    """
    return (Hours(most=40, article="FLSA § 7(a)", **paid_more(hourly, 0.5), **whom),)


def california(
    hourly: Hourly = None,
    first_meal_waived: Names = (),
    second_meal_waived: Names = (),
    **whom: Unpack[Whom],
) -> Rules:
    """Meals of 30 minutes, paid rests of 10, and overtime by the day.

    A first meal begins before the end of the fifth hour. It can be waived up to six hours, and a
    second one up to twelve, by those who are named. Rests are 10 minutes for each four hours or
    the greater part of them: from 3.5 hours on, beyond 6 and beyond 10; 3.49 stands for a little
    less than 3.5. Overtime costs half the wage on top beyond 8 hours a day, and as much again
    beyond 12; a seventh day of a week is reported. Federal overtime comes beside it.

    Parameters
    ----------
    hourly : float, optional
        The wage of an hour, by which overtime is priced; without it, overtime is reported.
    first_meal_waived, second_meal_waived : tuple of str
        Ids of agents who have agreed to do without a meal where the law lets them.
    **whom
        Whom it binds, such as ``sites=("fresno",)``; everyone by default.
    """
    code, order = "Cal. Labor Code § ", "8 CCR § 11010(12)"
    more = paid_more(hourly, 0.5)
    first, second = _but_for(whom, first_meal_waived), _but_for(whom, second_meal_waived)
    meal = {"minutes": 30, "piece": 30, "latest_start": FIFTH_HOUR, "article": f"{code}512"}
    two = {"minutes": 60, "piece": 30, "article": f"{code}512"}
    rest = {"piece": 10, "paid": True, "article": order}
    return (
        BreaksByLength(longer_than=5, **meal, **first),
        BreaksByLength(longer_than=6, **meal, **whom),
        BreaksByLength(longer_than=10, **two, **second),
        BreaksByLength(longer_than=12, **two, **whom),
        BreaksByLength(longer_than=3.49, minutes=10, **rest, **whom),
        BreaksByLength(longer_than=6, minutes=20, **rest, **whom),
        BreaksByLength(longer_than=10, minutes=30, **rest, **whom),
        Hours(most=8, per="day", article=f"{code}510", **more, **whom),
        Hours(most=12, per="day", article=f"{code}510", **more, **whom),
        DaysOff(least=1, informative=True, article=f"{code}510", **whom),
    )


def _but_for(whom: Whom, willing: Names) -> Whom:
    return {**whom, "waived_by": (*whom.get("waived_by", ()), *willing)}
