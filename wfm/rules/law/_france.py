"""France's labour code on working time."""

from __future__ import annotations

from typing import Unpack

from wfm.rules.average_hours import AverageHours
from wfm.rules.breaks_by_length import BreaksByLength
from wfm.rules.hours import Hours
from wfm.rules.law._kit import Rules, Whom
from wfm.rules.min_rest import MinRest
from wfm.rules.span import Span
from wfm.rules.weekly_rest import WeeklyRest

LAW = "Code du travail L"


def france(**whom: Unpack[Whom]) -> Rules:
    """Ten hours a day, 48 a week and 44 on average, a break, rest, and a span of 13 hours.

    The 35 hours of the legal week bind nobody: what is beyond is overtime, and is reported. A break
    is due once six hours are worked, so 5.99 stands for a little less than six.

    Parameters
    ----------
    **whom
        Whom it binds, such as ``sites=("lyon",)``; everyone by default.
    """
    six = {"longer_than": 5.99, "unbroken": 6}
    return (
        BreaksByLength(minutes=20, piece=20, article=f"{LAW}3121-16", **six, **whom),
        Hours(most=10, per="day", article=f"{LAW}3121-18", **whom),
        Hours(most=48, article=f"{LAW}3121-20", **whom),
        AverageHours(most=44, weeks=12, article=f"{LAW}3121-22", **whom),
        Hours(most=35, article=f"{LAW}3121-27", informative=True, **whom),
        MinRest(hours=11, article=f"{LAW}3131-1", **whom),
        Span(hours=13, article=f"{LAW}3131-1, as a span", **whom),
        WeeklyRest(hours=35, article=f"{LAW}3132-2", **whom),
    )
