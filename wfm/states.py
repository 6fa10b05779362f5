"""What is so of a person for a time, as rules that do not say what it is.

Each function below returns neutral rules: nothing in a problem, a roster or a report tells why they
hold. A state is known to whoever writes it down only, in ``center.toml`` as a row of ``[[states]]``
or in a line of Python. A planner's folder writes their dates into a problem as far as its days need
them, and in Python :meth:`wfm.Problem.clipped` does so::

    from datetime import date
    from wfm import states

    rules = (*states.nursing("a07", born=date(2026, 5, 3)), *states.minor("a31", date(2027, 2, 1)))

The numbers are those that most laws share; look up your own, and what is missing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import Field

from wfm import rules
from wfm.errors import InputError
from wfm.horizon import check_years
from wfm.privacy import discreet
from wfm.rule import Rule
from wfm.rules._row import called
from wfm.window import DateRange

Rules = tuple[Rule, ...]
Minutes = Annotated[int, Field(ge=0, le=240, multiple_of=5)]
Hours = Annotated[float, Field(ge=0, le=168)]


def expecting(
    agent: str,
    since: date,
    until: date | None = None,
    rest: Minutes = 60,
    daily: Annotated[float, Field(gt=0, le=24)] | None = None,
) -> Rules:
    """From a date on no nights and no overtime, and a paid rest inside each shift.

    Parameters
    ----------
    agent : str
        Id of the agent, whose contract says its weekly hours.
    since, until : datetime.date
        First and last date; the last may be left open.
    rest : int
        Minutes of paid rest in each shift; none with 0.
    daily : float, optional
        Paid hours that a day may have.
    """
    if until is not None and until < since:
        raise InputError("until", f"not be before since ({since})", until)
    dates: dict[str, Any] = {"agents": (agent,), "since": since, "until": until}
    found = (rules.NoNights(**dates), rules.NoOvertime(daily=daily, **dates))
    return (*found, rules.PaidRest(minutes=rest, **dates)) if rest else found


def nursing(
    agent: str, born: date, babies: Annotated[int, Field(ge=1, le=4)] = 1, rest: Minutes = 60
) -> Rules:
    """Until the first birthday no nights and no overtime, and a paid rest for each baby.

    Parameters
    ----------
    agent : str
        Id of the agent, whose contract says its weekly hours.
    born : datetime.date
        Date of birth; the day before the first birthday is the last that counts.
    babies : int
        How many; each brings a piece of rest of its own in each shift.
    rest : int
        Minutes of each piece.
    """
    check_years("born", born)
    dates: dict[str, Any] = {"agents": (agent,), "since": born, "until": _first_year(born)}
    found = (rules.NoNights(**dates), rules.NoOvertime(**dates))
    if not rest:
        return found
    return (*found, rules.PaidRest(minutes=rest * babies, parts=babies, **dates))


def _first_year(born: date) -> date:
    """Last day before the first birthday, which in a year without 29 February is 1 March."""
    leap = (born.month, born.day) == (2, 29)
    birthday = date(born.year + 1, 3, 1) if leap else born.replace(year=born.year + 1)
    return birthday - timedelta(days=1)


def returning(agent: str, steps: Annotated[tuple[Any, ...], Field(min_length=1)]) -> Rules:
    """Weekly hours that rise, or fall, step by step.

    Parameters
    ----------
    agent : str
        Id of the agent.
    steps : tuple
        Of steps of :class:`wfm.rules.SteppedHours` or of their fields: `since`, and `least` and
        `most` paid hours a week from then on.
    """
    return (rules.SteppedHours(agents=(agent,), steps=tuple(steps)),)


def studying(
    agent: str, terms: Annotated[tuple[DateRange, ...], Field(min_length=1)], hours: Hours
) -> Rules:
    """At most so many paid hours a week within terms, and outside them what the contract says.

    Parameters
    ----------
    agent : str
        Id of the agent.
    terms : tuple of DateRange
        When; in a week that a term cuts, only shifts of its days count.
    hours : float
        Paid hours a week.
    """
    most = rules.Hours(agents=(agent,), most=hours)
    return (rules.OnDays(what=most, during=tuple(terms)),)


def minor(
    agent: str,
    until: date,
    daily: Annotated[float, Field(gt=0, le=24)] = 8,
    weekly: Hours = 40,
    rest: Annotated[float, Field(gt=0, le=23)] = 12,
) -> Rules:
    """No nights from 20:00 to 06:00, short days and weeks, long rests, two days off together.

    Parameters
    ----------
    agent : str
        Id of the agent.
    until : datetime.date
        Last date, the day before some birthday.
    daily, weekly : float
        Paid hours that a day and a week may have.
    rest : float
        Hours of rest between two shifts.
    """
    whom = {"agents": (agent,)}
    undated = (
        rules.Hours(most=daily, per="day", **whom),
        rules.Hours(most=weekly, **whom),
        rules.MinRest(hours=rest, **whom),
        rules.DaysOffTogether(days=2, **whom),
    )
    nights = rules.NoNights(start="20:00", end="06:00", until=until, **whom)
    return (nights, *(rules.OnDays(what=rule, until=until) for rule in undated))


STATES: dict[str, Callable[..., Rules]] = {
    function.__name__: function for function in (expecting, nursing, returning, studying, minor)
}
"""The functions by their names, which are those in ``[[states]]``."""


def rules_of(row: Mapping[str, Any]) -> Rules:
    """Rules of a row such as ``{"state": "nursing", "agent": "a07", "born": ...}``.

    Parameters
    ----------
    row : mapping
        The state's name, what its function takes and, if the rules are to be private, `private`.

    Raises
    ------
    InputError
        Naming the key at fault.
    """
    private = row.get("private", False)
    own = {key: value for key, value in row.items() if key != "private"}
    with discreet(private):
        found = called(STATES, "state", own)
        return tuple(rule.model_copy(update={"private": private}) for rule in found)
