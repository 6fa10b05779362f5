"""What rules name: activities, how long these may be, and counters of the past."""

from __future__ import annotations

from wfm.errors import InputError
from wfm.privacy import PRIVATE
from wfm.problem import Problem
from wfm.rule import Rule


def check_named(problem: Problem, place: str, name: str) -> None:
    """Raise `InputError` if a break or a shift is called so: no table could tell them apart."""
    taken = {pause.label for template in problem.shifts for pause in template.breaks}
    if name in {*taken, "shift"}:
        raise InputError(place, "differ from the names of breaks and of shifts", name)


def check_whole(problem: Problem, place: str, minutes: int) -> None:
    """Raise `InputError` if a length is not one of whole intervals."""
    width = problem.horizon.interval
    if minutes % width:
        raise InputError(place, f"be whole {width}-minute intervals", f"{minutes} min")


def check_counter(problem: Problem, place: str, counter: str | None) -> None:
    """Raise `InputError` if a counter is named that the previous period does not have."""
    counters = problem.previous.counters
    if counter is not None and counter not in counters:
        known = ", ".join(counters) or "there are none"
        raise InputError(place, f"be one of previous.counters ({known})", counter)


def untold_name(rule: Rule) -> str:
    """What a roster calls what a private rule asks to be held; numbers tell such rules apart."""
    return PRIVATE if isinstance(rule.private, bool) else f"{PRIVATE} {rule.private}"
