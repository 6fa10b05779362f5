"""What published schedules have asked of each agent, so that fairness holds over months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from wfm.errors import InputError
from wfm.horizon import YEAR, check_years
from wfm.problem import Problem
from wfm.rules._burdens import Burden, Counted, burden, dates_touched, names_of_week, paid_by_week
from wfm.schedule import SCHEMA_VERSION, Schedule
from wfm.value import Value

PLANNED = "days planned"
SUNDAYS = "sundays worked"
MINUTES = "paid minutes "
FESTIVAL = "festival "
SUNDAY = 6
BURDENS: tuple[Burden, ...] = (
    "nights",
    "weekends",
    "late_shifts",
    "overtime",
    "refused_wishes",
    "refused_family",
)
"""What is counted whatever the rules are."""

Counts = dict[str, dict[str, int]]


class LedgerPeriod(Value):
    """What one published schedule has asked of each agent.

    Parameters
    ----------
    start : datetime.date
        First day.
    days : int
        Number of days.
    counts : dict
        Measure -> agent's id -> count. Sundays worked are measures of a year, such as "sundays
        worked 2026"; paid minutes of an ISO week, such as "paid minutes 2026-W48".
    """

    start: date
    days: int = Field(ge=1, le=366)
    counts: dict[str, dict[str, Annotated[int, Field(ge=0)]]] = Field(default_factory=dict)

    @field_validator("start")
    @classmethod
    def _known_years(cls, start: date) -> date:
        check_years("LedgerPeriod.start", start)
        return start

    @property
    def end(self) -> date:
        """The day after the last one."""
        return self.start + timedelta(days=self.days)


class Ledger(Value):
    """What all published schedules have asked of each agent, period by period.

    Parameters
    ----------
    periods : tuple of LedgerPeriod
        In any order; they are kept in that of time. No two of them share a day.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    periods: tuple[LedgerPeriod, ...] = ()

    @field_validator("periods")
    @classmethod
    def _in_order(cls, periods: tuple[LedgerPeriod, ...]) -> tuple[LedgerPeriod, ...]:
        return tuple(sorted(periods, key=lambda period: period.start))

    @model_validator(mode="after")
    def _apart(self) -> Ledger:
        for one, other in pairwise(self.periods):
            if other.start < one.end:
                must = f"not overlap that of {one.days} days from {one.start}"
                raise InputError("Ledger: a period", must, f"{other.days} days from {other.start}")
        return self

    def with_schedule(self, problem: Problem, schedule: Schedule) -> Ledger:
        """The ledger with a schedule's counts; those of a period with the same start are replaced.

        Counted are the burdens that `fair_share` knows, by its defaults or as the problem's rules
        of that kind say; the Sundays on which a shift is on duty; paid minutes by ISO week; the
        days planned; and what rules keep of a schedule for themselves, such as festivals worked.

        Parameters
        ----------
        problem : Problem
            What the schedule was made for.
        schedule : Schedule
            The shifts that are published.

        Raises
        ------
        InputError
            If the days overlap those of another period.
        """
        horizon = problem.horizon
        new = LedgerPeriod(
            start=horizon.start, days=horizon.days, counts=_counts(problem, schedule)
        )
        kept = (period for period in self.periods if period.start != new.start)
        return Ledger(periods=(*kept, new))

    def counters(self, before: date, reach: int = YEAR) -> Counts:
        """What rules carry over into a horizon, for `Previous.counters`.

        Periods that end by the day before it are counted: each measure is the sum over those that
        begin in the days that `reach` back. "sundays worked" is the sum over the calendar year of
        the day; paid minutes of an ISO week are complete for weeks that `reach` back; "festival
        ..." tells for each agent of the last time that it was counted, however long ago.

        Parameters
        ----------
        before : datetime.date
            First day of the horizon.
        reach : int
            Days to look back.

        Returns
        -------
        dict
            Measure -> agent's id -> count.
        """
        earliest = before - timedelta(days=reach)
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for period in self.periods:
            if period.end > before:
                continue
            for measure, counts in period.counts.items():
                if measure.startswith(FESTIVAL):
                    found[measure].update(counts)
                elif measure.startswith(f"{SUNDAYS} "):
                    if measure == f"{SUNDAYS} {before.year}":
                        _add(found[SUNDAYS], counts)
                elif period.start >= earliest or (
                    measure.startswith(MINUTES) and period.end > earliest
                ):
                    _add(found[measure], counts)
        return dict(found)


def _add(found: dict[str, int], counts: Mapping[str, int]) -> None:
    for agent, count in counts.items():
        found[agent] = found.get(agent, 0) + count


def _counts(problem: Problem, schedule: Schedule) -> Counts:
    agents = [agent.id for agent in problem.agents]
    found: Counts = {PLANNED: dict.fromkeys(agents, problem.horizon.days)}
    for of in BURDENS:
        found[of] = burden(Counted(of), problem, schedule, agents)
    for agent in agents:
        sundays = _sundays(problem, schedule, agent)
        minutes = names_of_week(paid_by_week(problem, schedule.of(agent)))
        for measure, count in (sundays | minutes).items():
            found.setdefault(measure, dict.fromkeys(agents, 0))[agent] = count
    for rule in problem.rules:
        for measure, counts in rule.tally(problem, schedule).items():
            found.setdefault(measure, {}).update(counts)
    return found


def _sundays(problem: Problem, schedule: Schedule, agent: str) -> dict[str, int]:
    """Sundays on which the agent is on duty, by year, without those that the past has taken."""
    past = (shift for shift in problem.previous.shifts if shift.agent == agent)
    touched = dates_touched(problem, schedule.of(agent)) - dates_touched(problem, past)
    return _by_year(day for day in touched if day.weekday() == SUNDAY)


def _by_year(days: Iterable[date]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for day in days:
        found[f"{SUNDAYS} {day.year}"] += 1
    return dict(found)
