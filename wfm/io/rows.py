"""Rows of a table in a file, each by the number that a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from wfm.errors import InputError
from wfm.io.files import read_text


class Row(NamedTuple):
    """One row.

    Parameters
    ----------
    place : str
        File and number, where the header is row 1.
    cells : dict of str to str
        By column, without blanks around.
    """

    place: str
    cells: dict[str, str]

    def column(self, name: str) -> str:
        """Where a cell stands, for people."""
        return f"{self.place} column {name}"


def read_rows(path: Path, required: Sequence[str], only: Sequence[str] = ()) -> list[Row]:
    """Read a comma-separated file in UTF-8 with a header; rows without any text are left out.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    required : sequence of str
        Columns that it must have, with text in every row.
    only : sequence of str
        Columns that it may have; any if empty.

    Raises
    ------
    InputError
        Naming file, row and column.
    """
    try:
        lines = list(csv.reader(io.StringIO(read_text(path), newline=""), strict=True))
    except csv.Error as error:
        raise InputError(path.name, "be a comma-separated table", str(error)) from None
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise InputError(path.name, f"start with a header: {','.join(only or required)}")
    header = [cell.strip() for cell in lines[0]]
    _check_header(f"{path.name} row 1", header, required, only)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        place = f"{path.name} row {number}"
        if len(line) != len(header):
            raise InputError(place, f"have {len(header)} cells", len(line))
        row = Row(place, dict(zip(header, (cell.strip() for cell in line), strict=True)))
        empty = next((column for column in required if not row.cells[column]), None)
        if empty is not None:
            raise InputError(row.column(empty), "not be empty")
        rows.append(row)
    return rows


def _check_header(
    place: str, header: Sequence[str], required: Sequence[str], only: Sequence[str]
) -> None:
    for column in required:
        if column not in header:
            raise InputError(place, f"have a column {column!r}", ",".join(header))
    for column in header:
        if only and column not in only:
            raise InputError(place, f"have only the columns {', '.join(only)}", column)
        if header.count(column) > 1:
            raise InputError(place, f"have one column {column!r}", header.count(column))
