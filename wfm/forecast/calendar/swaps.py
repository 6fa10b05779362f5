"""Days off that another day makes up for, such as China's working Saturdays and Sundays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from holidays import HolidayBase

_LABELS = (
    "observed_estimated_label",
    "observed_label_before",
    "observed_label",
    "estimated_label",
)


def swapped_days(known: HolidayBase) -> dict[date, date]:
    """Days that are worked in place of a weekday off, and the weekday that each replaces.

    The package marks a swap in the name of the day off, such as ``"Day off (substituted from
    01/04/2026)"``, by a label and a date format that each such country states.

    Parameters
    ----------
    known : holidays.HolidayBase
        Holidays of a country, with the years of the days off populated.

    Returns
    -------
    dict of datetime.date to datetime.date
        Working day of a weekend: weekday off.
    """
    found = {}
    for off, name in known.items():
        worked = _made_up(known, str(name))
        # A holiday on a weekend that is moved to a weekday is named likewise, but nobody works it.
        if worked in known.weekend_workdays:
            found[worked] = off
    return found


def names_by_day(known: HolidayBase) -> dict[date, tuple[str, ...]]:
    """Names of the holidays of each day, those of a moved holiday as on its own date.

    Observed and estimated holidays lose the label that says so. A day off by a swap goes by the
    names of the nearest holiday, the earlier one of two as near.
    """
    names, nameless = {}, []
    for day in sorted(known):
        said = [_unlabelled(known, name) for name in known.get_list(day)]
        own = tuple(dict.fromkeys(name for name in said if name))
        if own:
            names[day] = own
        else:
            nameless.append(day)
    return names | {day: _nearest(names, day) for day in nameless}


def _nearest(names: Mapping[date, tuple[str, ...]], day: date) -> tuple[str, ...]:
    return names[min(names, key=lambda other: (abs(other - day), other))]


def _made_up(known: HolidayBase, name: str) -> date | None:
    """Date of the work that makes up for a day off of this name; None if it is no swap."""
    within = _within(known, "substituted_label", name)
    if within is None:
        return None
    return datetime.strptime(within, known.tr(known.substituted_date_format)).date()


def _unlabelled(known: HolidayBase, name: str) -> str:
    """A holiday's own name; empty for a day off by a swap, which does not say for what."""
    if _made_up(known, name) is not None:
        return ""
    for label in _LABELS:
        name = _within(known, label, name) or name
    return name


def _within(known: HolidayBase, label: str, name: str) -> str | None:
    """What a name holds inside a label of its country, such as ``"%s (observed)"``."""
    text = getattr(known, label, None)
    if not text:  # which the package would translate to the head of its catalogue
        return None
    found = re.fullmatch(re.escape(known.tr(text)).replace("%s", "(.+)"), name)
    return found[1].strip() if found else None
