"""The United Kingdom's regulations on working time."""

from __future__ import annotations

from typing import Unpack

from wfm.rules.average_hours import AverageHours
from wfm.rules.breaks_by_length import BreaksByLength
from wfm.rules.law._kit import VERIFY, Names, Rules, Whom
from wfm.rules.min_rest import MinRest
from wfm.rules.night_average import NightAverage
from wfm.rules.weekly_rest import WeeklyRest

LAW = "Working Time Regulations 1998 reg. "


def united_kingdom(opted_out: Names = (), night_workers: Names = (), **whom: Unpack[Whom]) -> Rules:
    """48 hours a week on average over 17 weeks, daily and weekly rest, a break, night workers.

    *Verify*: all of its numbers.

    Parameters
    ----------
    opted_out : tuple of str
        Ids of agents who have agreed in writing to work more than 48 hours a week on average.
    night_workers : tuple of str
        Ids of night workers.
    **whom
        Whom it binds, such as ``sites=("leeds",)``; everyone by default.
    """
    willing: Whom = {**whom, "waived_by": (*whom.get("waived_by", ()), *opted_out)}
    found: Rules = (
        AverageHours(most=48, weeks=17, article=f"{LAW}4{VERIFY}", **willing),
        MinRest(hours=11, article=f"{LAW}10{VERIFY}", **whom),
        WeeklyRest(hours=24, article=f"{LAW}11{VERIFY}", **whom),
        BreaksByLength(longer_than=6, minutes=20, piece=20, article=f"{LAW}12{VERIFY}", **whom),
    )
    if not night_workers:
        return found
    article = f"{LAW}6{VERIFY}"
    return (*found, NightAverage(most=8, weeks=17, agents=night_workers, article=article))
