"""Where in a file a fault stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wfm.errors import InputError


@contextmanager
def at(place: str, within: str = "") -> Iterator[None]:
    """Put a place in a file before the place that an `InputError` names.

    Names of classes, which only programmers know, are left out.

    Parameters
    ----------
    place : str
        The file, and the row or line in it.
    within : str
        What to put before it, such as the name of the rule whose field it is.
    """
    try:
        yield
    except InputError as error:
        own = [_placed(fault, place, within) for fault in error.faults]
        raise InputError.of(own) from None


def _placed(fault: InputError, place: str, within: str) -> InputError:
    told = ".".join(part for part in (within, fault.by_key().place.strip()) if part)
    return InputError(f"{place} {told}".strip(), fault.must, fault.got)
