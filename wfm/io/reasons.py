"""The file of private reasons, which nothing else in the library reads."""

from __future__ import annotations

from pathlib import Path

from wfm.errors import InputError
from wfm.io.rows import read_rows
from wfm.privacy import discreet
from wfm.reasons import PrivateReasons

REASONS = "reasons.csv"
"""What it is called in a planner's folder, if it lies there."""
COLUMNS = ("private", "reason")


def read_reasons(path: str | Path) -> PrivateReasons:
    """Read why private rules hold, from a comma-separated file with a header.

    Columns: ``private``, the number that rules have as theirs, and ``reason``.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, in UTF-8; best one that others cannot read.

    Raises
    ------
    InputError
        Naming file, row and column, and nothing that stands there.
    """
    found: dict[int, str] = {}
    with discreet(private=True):
        for row in read_rows(Path(path), COLUMNS, COLUMNS):
            number, place = row.cells["private"], row.column("private")
            if not (number.isascii() and number.isdigit() and int(number)):
                raise InputError(place, "be a whole number from 1 on")
            if int(number) in found:
                raise InputError(place, "differ from those above it")
            found[int(number)] = row.cells["reason"]
    return PrivateReasons(found)
