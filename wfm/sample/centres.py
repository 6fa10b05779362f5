"""The sample centres by name: where their tables lie, and what is made for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from wfm.errors import InputError
from wfm.sample.families.patterns import FAMILY_PATTERNS
from wfm.sample.families.roster_before import roster_before
from wfm.sample.nights import sample_nights
from wfm.sample.patterns import PATTERNS, Pattern


@dataclass(frozen=True)
class SampleCentre:
    """What a sample centre is made of.

    Attributes
    ----------
    folder : str
        Where its tables lie, seen from ``wfm.sample``; they are templates that know the planned
        days as ``$day0``, ``$day1`` and so on, and some dates before them as ``$before60``.
    days : int
        Number of days that are planned.
    seconds : float
        Time to search that `wfm demo` gives it.
    patterns : tuple of Pattern
        Its queues.
    previous : callable
        From the first day that is planned to the roster of the days before, as a table.
    """

    folder: str
    days: int
    seconds: float
    patterns: tuple[Pattern, ...]
    previous: Callable[[date], str]


FIRST = "first"
CENTRES: Mapping[str, SampleCentre] = MappingProxyType(
    {
        FIRST: SampleCentre(".", 7, 45.0, PATTERNS, sample_nights),
        "families": SampleCentre("families", 28, 900.0, FAMILY_PATTERNS, roster_before),
    }
)


def centre_named(name: str) -> SampleCentre:
    """The sample centre of a name.

    Raises
    ------
    InputError
        If there is none.
    """
    if name not in CENTRES:
        raise InputError("centre", f"be one of {', '.join(CENTRES)}", name)
    return CENTRES[name]
