"""Where in a file a fault stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wfm.errors import InputError


@contextmanager
def at(place: str, without: str = "") -> Iterator[None]:
    """Put a place in a file before the place that an `InputError` names.

    Parameters
    ----------
    place : str
        The file, and the row or line in it.
    without : str
        What to take off the start of the error's own place, such as the name of a class that
        only programmers know.
    """
    try:
        yield
    except InputError as error:
        raise InputError.of(_placed(fault, place, without) for fault in error.faults) from None


def _placed(error: InputError, place: str, without: str) -> InputError:
    inner = error.place.removeprefix(without).strip()
    return InputError(f"{place} {inner}".strip(), error.must, error.got)
