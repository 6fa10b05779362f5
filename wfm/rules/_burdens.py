"""What an agent's shifts amount to, for judges and the ledger; the solver's side never reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from wfm.rules._judge import occurrences
from wfm.schedule import Schedule, Shift
from wfm.window import Window

if TYPE_CHECKING:
    from wfm.problem import Problem

Burden = Literal[
    "nights", "weekends", "late_shifts", "holidays", "overtime", "refused_wishes", "refused_family"
]
NIGHT = Window(start="23:00", end="06:00")
NIGHT_MINUTES = 120
SATURDAY = 5
ONE = {
    "nights": "night",
    "weekends": "weekend",
    "late_shifts": "late shift",
    "holidays": "holiday",
    "overtime": "minute of overtime",
    "refused_wishes": "refused wish",
    "refused_family": "refused request",
}
MANY = {"overtime": "minutes of overtime", "refused_wishes": "refused wishes"}


@dataclass(frozen=True)
class Counted:
    """What is counted, and how.

    Attributes
    ----------
    of : str
        The burden.
    after : str
        Clock time after which a shift that ends is late.
    dates : tuple of datetime.date
        Holidays.
    among : tuple of str
        Names of the rules whose refusals count; all of the kind if empty.
    """

    of: Burden
    after: str = "21:00"
    dates: tuple[date, ...] = ()
    among: tuple[str, ...] = ()


def burden_words(of: Burden, count: float) -> str:
    """So much of a burden, in words."""
    one = ONE[of]
    return f"{count:g} {one if count == 1 else MANY.get(of, f'{one}s')}"


def burden(
    counted: Counted, problem: Problem, schedule: Schedule, agents: Sequence[str]
) -> dict[str, int]:
    """How much of a burden each of some agents has in a schedule.

    Nights, late shifts and holidays count shifts; weekends those of which the previous period's
    shifts have not taken a day already; overtime minutes; refused wishes the violations of rules
    of kind "wish" with a weight, and refused requests the units by which rules of kind "family"
    with a weight are broken.
    """
    if counted.of in ("refused_wishes", "refused_family"):
        found = _refused(counted, problem, schedule)
        return {agent: found[agent] for agent in agents}
    past = Schedule.of_shifts(problem.previous.shifts)
    if counted.of == "weekends":
        return {
            agent: len(_weekends(problem, schedule.of(agent)) - _weekends(problem, past.of(agent)))
            for agent in agents
        }
    if counted.of == "overtime":
        return {agent: overtime(problem, schedule.of(agent), past.of(agent)) for agent in agents}
    nights = occurrences([NIGHT], problem.horizon)
    return {
        agent: sum(_is_one(counted, problem, shift, nights) for shift in schedule.of(agent))
        for agent in agents
    }


def _is_one(
    counted: Counted, problem: Problem, shift: Shift, nights: Sequence[tuple[int, int]]
) -> bool:
    horizon = problem.horizon
    if counted.of == "nights":
        return sum(shift.overlap(start, end) for start, end in nights) >= NIGHT_MINUTES
    day = horizon.date_of(shift.day)
    if counted.of == "holidays":
        return day in counted.dates
    hours, minutes = map(int, counted.after.split(":"))
    bound = datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes)
    return shift.end > horizon.elapsed(bound)


def _weekends(problem: Problem, shifts: Iterable[Shift]) -> set[tuple[int, int]]:
    """ISO weeks in which a shift starts on a day that counts as a Saturday or Sunday."""
    horizon = problem.horizon
    return {
        horizon.date_of(shift.day).isocalendar()[:2]
        for shift in shifts
        if horizon.day_type(shift.day) >= SATURDAY
    }


def overtime(problem: Problem, shifts: Sequence[Shift], past: Sequence[Shift]) -> int:
    """Paid minutes beyond the contract's weekly hours, week by week, that the shifts add.

    An agent whose contract has no weekly hours has no overtime.
    """
    if not shifts:
        return 0
    agreed = problem.contract_of(shifts[0].agent).weekly_hours
    if agreed is None:
        return 0
    due = round(60 * agreed)
    before, now = paid_by_week(problem, past), paid_by_week(problem, shifts)
    return sum(
        max(0, before[week] + paid - due) - max(0, before[week] - due) for week, paid in now.items()
    )


def paid_by_week(problem: Problem, shifts: Iterable[Shift]) -> Counter[tuple[int, int]]:
    """Paid minutes of shifts by the ISO week of the day on which they start."""
    found: Counter[tuple[int, int]] = Counter()
    for shift in shifts:
        found[problem.horizon.date_of(shift.day).isocalendar()[:2]] += shift.paid_minutes
    return found


def _refused(counted: Counted, problem: Problem, schedule: Schedule) -> Counter[str]:
    wishes = counted.of == "refused_wishes"
    found: Counter[str] = Counter()
    for rule in problem.rules:
        of_the_kind = rule.kind == ("wish" if wishes else "family")
        if counted.among and type(rule).name() not in counted.among:
            continue
        if of_the_kind and rule.weight is not None and not rule.informative:
            # The count of a private promise would tell of it.
            told = wishes or not rule.private
            for violation in rule.violations(problem, schedule) if told else ():
                amount = 1 if wishes else round(violation.amount)
                found.update(dict.fromkeys(violation.agents, amount))
    return found


def dates_touched(problem: Problem, shifts: Iterable[Shift]) -> set[date]:
    """Local dates on which any of the shifts, breaks included, is on duty at some time."""
    local = problem.horizon.local
    found = set()
    for shift in shifts:
        day, last = local(shift.start).date(), local(shift.end - 1).date()
        while day <= last:
            found.add(day)
            day += timedelta(days=1)
    return found


def names_of_week(weeks: Mapping[tuple[int, int], int]) -> dict[str, int]:
    """Minutes by week, each under the name of its counter, such as ``paid minutes 2026-W48``."""
    return {f"paid minutes {year}-W{week:02d}": n for (year, week), n in weeks.items()}
