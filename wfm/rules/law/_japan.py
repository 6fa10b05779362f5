"""Japan's Labour Standards Act."""

from __future__ import annotations

from typing import Unpack

from wfm.rules.average_hours import AverageHours
from wfm.rules.breaks_by_length import BreaksByLength
from wfm.rules.days_off import DaysOff
from wfm.rules.hours import Hours
from wfm.rules.law._kit import Rules, Whom, Years, by_month, calendar_years

LAW = "Labour Standards Act (Japan) art. "


def japan(years: Years = (), four_weeks: bool = False, **whom: Unpack[Whom]) -> Rules:
    """Breaks, days off, and bounds on what is worked beyond 8 hours a day and 40 a week.

    What is beyond is overtime, and is reported. Its bounds are read as bounds on paid hours: a
    month has 40 hours for every seven days and 45 more, and 52 weeks have 2,080 hours and 360 more,
    which is 46.92 a week.

    Parameters
    ----------
    years : int or tuple of int
        Calendar years whose months are bounded; none by default.
    four_weeks : bool
        Whether four days off in four weeks take the place of one a week.
    **whom
        Whom it binds, such as ``sites=("osaka",)``; everyone by default.
    """
    days_off = {"least": 4, "weeks": 4} if four_weeks else {"least": 1}
    return (
        Hours(most=8, per="day", informative=True, article=f"{LAW}32", **whom),
        Hours(most=40, informative=True, article=f"{LAW}32", **whom),
        BreaksByLength(longer_than=6, minutes=45, piece=5, article=f"{LAW}34", **whom),
        BreaksByLength(longer_than=8, minutes=60, piece=5, article=f"{LAW}34", **whom),
        DaysOff(article=f"{LAW}35", **days_off, **whom),
        AverageHours(most=46.92, weeks=52, article=f"{LAW}36", **whom),
        *by_month(calendar_years(years), lambda days: 40 / 7 * len(days) + 45, f"{LAW}36", whom),
    )
