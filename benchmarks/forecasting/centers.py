"""Three synthetic centres: what is true of them, and the calendar that a planner would keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wfm.forecast import Calendar, Event, History, read_history
from wfm.forecast.calendar.event import Span
from wfm.sample.happenings import Busy, Campaign, Outage, Payday
from wfm.sample.holiday_days import LUNAR_NEW_YEAR, holiday_days
from wfm.sample.patterns import PATTERNS, Pattern
from wfm.sample.synthetic import synthetic_history
from wfm.sample.truth import Truth

START = date(2023, 1, 2)
DAYS = 3 * 364

SALE_FACTOR, SALE_TAIL = 1.5, (1.25, 1.1)
MAILING_FACTOR = 1.25
PAYDAY = Payday(day=15, factor=1.12, tail=(1.05,))
OUTAGES = (
    Outage(start="2023-09-13 09:30", hours=3.5),
    Outage(start="2024-06-18 13:00", hours=2, factor=0.2),
    Outage(start="2025-05-20 10:00", hours=4),
)


@dataclass(frozen=True, eq=False)
class Center:
    """A synthetic centre.

    Attributes
    ----------
    history : History
        Weeks from a Monday on.
    truth : Truth
        What it was drawn from.
    calendar : Calendar
        Countries, paydays, campaigns and days of outages, whose effects are to be learned.
    """

    history: History
    truth: Truth
    calendar: Calendar

    @property
    def end(self) -> date:
        """First day after the history, a Monday."""
        return max(self.truth.level["day"]) + timedelta(days=1)


def german(days: int = DAYS) -> Center:
    """Three queues in Germany and one for Austria, with two outages."""
    austria = Pattern(
        "austria",
        2600.0,
        weekdays=(1.2, 1.05, 1.0, 1.0, 0.95, 0.4, 0.3),
        profile={7: 4, 9: 12, 11: 14, 13: 10, 15: 12, 18: 8, 21: 3},
        aht={7: 240, 14: 260, 21: 290},
        hours=(7, 21),
        holiday=0.35,
        country="AT",
    )
    return _center(_larger((*PATTERNS, austria), 5.0), days, "DE", "Europe/Berlin", seed=1)


def chinese(days: int = DAYS) -> Center:
    """Three queues in China, with working weekends, the lunar New Year and paydays."""
    queues = _larger(PATTERNS, 10.0)
    zone, busy = "Asia/Shanghai", Busy(cv=0.06)
    return _center(queues, days, "CN", zone, seed=2, paydays=(PAYDAY,), busy=busy)


def american(days: int = DAYS) -> Center:
    """Three queues in the United States, with sales, mailings and paydays."""
    sales = [date(year, month, 10) for year in (2023, 2024, 2025) for month in (3, 6, 9, 11)]
    mailings = [START + timedelta(days=17 + 49 * n) for n in range(DAYS // 49)]
    campaigns = [
        *(
            Campaign(name="sale", start=day, days=3, factor=SALE_FACTOR, tail=SALE_TAIL)
            for day in sales
        ),
        *(
            Campaign(name="mailing", start=day, factor=MAILING_FACTOR, queues=("voice", "chat"))
            for day in mailings
        ),
    ]
    queues = _larger(PATTERNS, 7.0)
    zone = "America/New_York"
    return _center(queues, days, "US", zone, seed=3, paydays=(PAYDAY,), campaigns=campaigns)


def _larger(patterns: Sequence[Pattern], times: float) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(**{**vars(pattern), "contacts": times * pattern.contacts}) for pattern in patterns
    )


def _center(
    queues: Sequence[Pattern],
    days: int,
    country: str,
    timezone: str,
    *,
    seed: int,
    paydays: Sequence[Payday] = (),
    campaigns: Sequence[Campaign] = (),
    busy: Busy = Busy(),  # noqa: B008 (a frozen value)
) -> Center:
    table, truth = synthetic_history(
        queues,
        START,
        days,
        country=country,
        timezone=timezone,
        seed=seed,
        paydays=paydays,
        campaigns=campaigns,
        outages=OUTAGES,
        busy=busy,
    )
    calendar = Calendar(
        countries=(country,),
        queues={queue.queue: (queue.country,) for queue in queues if queue.country},
        events=(*_paydays(paydays), *_campaigns(campaigns), *_lunar(country), _outages()),
    )
    return Center(read_history(table, timezone=timezone), truth, calendar)


def _paydays(paydays: Sequence[Payday]) -> list[Event]:
    return [
        Event(
            name=payday.name,
            kind="payday",
            days_of_month=(payday.day,),
            off_days="before",
            tail=len(payday.tail),
        )
        for payday in paydays
    ]


def _campaigns(campaigns: Sequence[Campaign]) -> list[Event]:
    by_name: dict[str, list[Campaign]] = {}
    for campaign in campaigns:
        by_name.setdefault(campaign.name, []).append(campaign)
    return [
        Event(
            name=name,
            kind="campaign",
            dates=tuple(
                Span(start=each.start, end=each.start + timedelta(days=each.days - 1))
                for each in same
            ),
            tail=len(same[0].tail),
            queues=same[0].queues,
        )
        for name, same in by_name.items()
    ]


def _lunar(country: str) -> list[Event]:
    """The lunar New Year, with the days before and after it that a planner would look at."""
    first = holiday_days(country, range(START.year, START.year + 3)).lunar
    if not first:
        return []
    return [Event(name=LUNAR_NEW_YEAR, kind="festival", dates=first, lead=7, tail=10)]


def _outages() -> Event:
    days = tuple(outage.start.date() for outage in OUTAGES)
    return Event(name="outage", kind="outage", dates=days)


CENTERS = {"DE": german, "CN": chinese, "US": american}
