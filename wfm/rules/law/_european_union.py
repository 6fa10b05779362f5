"""The European Union's directive on working time."""

from __future__ import annotations

from typing import Unpack

from wfm.rules.average_hours import AverageHours
from wfm.rules.breaks_by_length import BreaksByLength
from wfm.rules.law._kit import Rules, Whom
from wfm.rules.min_rest import MinRest
from wfm.rules.weekly_rest import WeeklyRest

LAW = "Directive 2003/88/EC art. "


def european_union(**whom: Unpack[Whom]) -> Rules:
    """Daily and weekly rest, a break, and 48 hours a week on average over four months.

    Four months are 17 whole weeks. Eight hours a night for night workers on average (art. 8) are
    48 hours a week with one day of rest in it, so that over the same weeks the one rule says both.
    How long a break is each country says; here any will do.

    Parameters
    ----------
    **whom
        Whom it binds, such as ``sites=("berlin",)``; everyone by default.
    """
    return (
        MinRest(hours=11, article=f"{LAW}3", **whom),
        BreaksByLength(longer_than=6, minutes=1, piece=1, article=f"{LAW}4", **whom),
        WeeklyRest(hours=35, article=f"{LAW}5", **whom),
        AverageHours(most=48, weeks=17, article=f"{LAW}6 and 8", **whom),
    )
