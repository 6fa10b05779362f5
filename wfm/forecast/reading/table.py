"""Tables that people hand in: their columns by our names, each row by the number people see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.reading.cells import Distinct, distinct, named
from wfm.forecast.reading.csv_file import read_csv

FRAME = "data frame"
LARGEST = 1e12
"""No interval has more contacts, or more seconds of them."""


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of a file or data frame.

    Parameters
    ----------
    name : str
        What errors call it: the file's name, or ``data frame``.
    frame : pandas.DataFrame
        The columns found, under our names, in the source's order.
    headings : dict of str to str
        Our name of each column to the source's heading.
    rows : numpy.ndarray
        Number of each row, shape ``(rows,)``: as a spreadsheet counts for a file, where the
        header is row 1; by position from 0 for a data frame.
    found : tuple of str
        All headings of the source.
    """

    name: str
    frame: pd.DataFrame
    headings: dict[str, str]
    rows: NDArray[np.int64]
    found: tuple[str, ...]

    def __contains__(self, column: str) -> bool:
        return column in self.headings

    def require(self, column: str, otherwise: str = "") -> None:
        """Raise unless the column was found; `otherwise` says what else would do."""
        if column not in self:
            must = f"have a column {column!r}, or columns={{{column!r}: ...}} that names it"
            raise InputError(header(self.name), must + otherwise, list(self.found))

    def place(self, index: int, column: str) -> str:
        """Where a cell stands, for people."""
        return f"{self.name} row {self.rows[index]} column {self.headings[column]}"

    def refuse(self, faulty: NDArray[np.bool_], column: str, must: str) -> None:
        """Raise for the first faulty row, if there is one, and say how many there are."""
        if not faulty.any():
            return
        first = int(faulty.argmax())
        count = int(faulty.sum())
        tail = f" (the first of {count} such rows)" if count > 1 else ""
        found = self.frame[column].iloc[first]
        raise InputError(self.place(first, column), must + tail, _plain(found))

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Numbers of a column, NaN where the cell is blank.

        Raises
        ------
        InputError
            If a cell holds something that is no finite number.
        """
        cells, codes = distinct(self.frame[column])
        parsed = pd.to_numeric(cells, errors="coerce")
        values = parsed.to_numpy(dtype=np.float64, na_value=np.nan)
        blank = np.array(cells.isna() | (cells.astype(str) == ""))
        wrong = (~np.isfinite(values) & ~blank)[codes]
        if wrong.any():
            first = str(self.frame[column].iloc[int(wrong.argmax())])
            commas = re.fullmatch(r"-?[\d.]+,\d+", first)
            how = " with a decimal point, without commas" if commas else ""
            self.refuse(wrong, column, f"be a number{how}")
        large = np.nan_to_num(np.abs(values)) > LARGEST
        self.refuse(large[codes], column, f"be at most {LARGEST:.0f}")
        return np.asarray(values[codes])

    def names(self, column: str, must: str) -> pd.Categorical[str]:
        """Names of a column, as categories in the order in which they first appear.

        Raises
        ------
        InputError
            If a cell is blank.
        """
        cells, codes = distinct(self.frame[column])
        texts = cells.astype(str).str.strip()
        self.refuse(np.array(cells.isna() | (texts == ""))[codes], column, must)
        return named(Distinct(texts, codes))


def header(name: str) -> str:
    """Where the column names of a source stand, for people."""
    return name if name == FRAME else f"{name} row 1"


def open_table(
    source: str | Path | pd.DataFrame,
    wanted: Sequence[str],
    columns: Mapping[str, str] | None = None,
) -> Table:
    """Read the wanted columns of a CSV file or data frame.

    Parameters
    ----------
    source : str, pathlib.Path or pandas.DataFrame
        A comma-separated file in UTF-8 with a header, or a data frame.
    wanted : sequence of str
        Our names; those that the source does not have are left out.
    columns : mapping of str to str, optional
        Our name to the source's heading, where the two differ.
    """
    if isinstance(source, pd.DataFrame):
        name, frame, rows = FRAME, source, np.arange(len(source))
    else:
        name = Path(source).name
        frame, rows = read_csv(Path(source), name)
    found = tuple(str(heading) for heading in frame.columns)
    headings = _headings(name, found, wanted, columns or {})
    if not len(frame):
        raise InputError(header(name), "have rows below it")
    chosen = frame[list(headings.values())].set_axis(list(headings), axis=1).reset_index(drop=True)
    return Table(name, chosen, headings, rows, found)


def queue_names(table: Table, queue: str | None) -> pd.Categorical[str]:
    """Queue of each row, from the column ``queue`` or as the caller says for all rows."""
    if queue is None:
        table.require("queue", otherwise=", or be read with queue='NAME' of its only queue")
        return table.names("queue", "name a queue")
    if "queue" in table:
        raise InputError("queue", f"be left out, as {table.name} has a column of queues", queue)
    if not queue.strip():
        raise InputError("queue", "name a queue", queue)
    return pd.Categorical.from_codes(np.zeros(len(table.frame), dtype=np.int8), pd.Index([queue]))


def _headings(
    name: str, found: tuple[str, ...], wanted: Sequence[str], columns: Mapping[str, str]
) -> dict[str, str]:
    for ours, heading in columns.items():
        if ours not in wanted:
            raise InputError("columns", f"map only {', '.join(wanted)}", ours)
        if heading not in found:
            raise InputError(
                f"columns[{ours!r}]", f"name one of the columns {list(found)}", heading
            )
    headings = {ours: columns.get(ours, ours) for ours in wanted}
    headings = {ours: heading for ours, heading in headings.items() if heading in found}
    double = next((heading for heading in headings.values() if found.count(heading) > 1), None)
    if double is not None:
        raise InputError(header(name), f"have one column {double!r}", found.count(double))
    return headings


def _plain(found: object) -> object:
    if isinstance(found, pd.Timestamp):
        return str(found)
    return found.item() if isinstance(found, np.generic) else found
