"""Germany's law on working time (Arbeitszeitgesetz, ArbZG)."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from wfm.rules.average_hours import AverageHours
from wfm.rules.breaks_by_length import BreaksByLength
from wfm.rules.compensation_day import CompensationDay
from wfm.rules.free_sundays import FreeSundays
from wfm.rules.hours import Hours
from wfm.rules.law._kit import VERIFY, Rules, Whom
from wfm.rules.min_rest import MinRest
from wfm.rules.night_average import NightAverage
from wfm.window import Weekday, Window

LAW = "ArbZG § "
WERKTAGE: tuple[Weekday, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
"""Working days of the law, six a week."""


def germany(holidays: tuple[date, ...] = (), **whom: Unpack[Whom]) -> Rules:
    """Ten hours a day and eight on average, breaks, rest, night workers, Sundays.

    Eight hours on each of six working days are 48 hours a week, on average over 24 weeks. The 15
    free Sundays are counted by the ledger. A day off for a Sunday lies in the two weeks that begin
    with it; the law would also take one before it.

    *Verify*: who counts as a night worker, here by four nights in four weeks, which is more than 48
    in a year; and the eight weeks in which a day off for a holiday lies.

    Parameters
    ----------
    holidays : tuple of datetime.date
        Public holidays for which another day off is due when they are worked.
    **whom
        Whom it binds, such as ``sites=("berlin",)``; everyone by default.
    """
    found: Rules = (
        Hours(most=10, per="day", article=f"{LAW}3", **whom),
        AverageHours(most=48, weeks=24, article=f"{LAW}3", **whom),
        BreaksByLength(longer_than=6, minutes=30, unbroken=6, article=f"{LAW}4", **whom),
        BreaksByLength(longer_than=9, minutes=45, article=f"{LAW}4", **whom),
        MinRest(hours=11, article=f"{LAW}5", **whom),
        NightAverage(
            most=8,
            weeks=4,
            nights=4,
            window=Window(start="23:00", end="06:00"),
            article=f"{LAW}6 with § 2{VERIFY}",
            **whom,
        ),
        FreeSundays(least=15, article=f"{LAW}11(1)", **whom),
        CompensationDay(days=("Sun",), on=WERKTAGE, within=13, article=f"{LAW}11(3)", **whom),
    )
    if not holidays:
        return found
    article = f"{LAW}11(3), holidays{VERIFY}"
    day_off = CompensationDay(
        days=(), dates=holidays, on=WERKTAGE, within=55, article=article, **whom
    )
    return (*found, day_off)
