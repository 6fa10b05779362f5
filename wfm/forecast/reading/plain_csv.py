"""Large plain files, read at once: no quotes, no blank rows, as many cells in each row."""

from __future__ import annotations

import csv
import io
from typing import Final

import numpy as np
import pandas as pd

from wfm.forecast.reading.cells import Gathered

PIECE: Final = 1 << 24
"""Bytes that are looked at in one go."""
ROWS: Final = 1 << 19
"""Rows that are read in one go."""


def read_plain(text: str | bytes) -> pd.DataFrame | None:
    """Cells of a plain file, or None for one that needs a closer look.

    Parameters
    ----------
    text : str or bytes
        The whole file, as text or in UTF-8. What is not plain - quotes, rows of different lengths,
        blank rows, a bare carriage return - is left to the reader that names each fault by its row.

    Returns
    -------
    pandas.DataFrame or None
        Each column categorical, so that a text is held once however many rows have it.
    """
    data = text.encode() if isinstance(text, str) else text
    if b'"' in data or b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return None
    end = data.find(b"\n")
    names = [cell.strip() for cell in data[: max(end, 0)].decode().split(",")]
    body = end + 1
    if len(names) < 2 or not any(names) or body == len(data) or not _even(data, body, len(names)):
        return None
    frame = _cells(data, body, len(names)).set_axis(names, axis=1)
    blank = np.logical_and.reduce([np.array(frame.iloc[:, k] == "") for k in range(len(names))])
    return None if blank.any() else frame


def _cells(data: bytes, begin: int, cells: int) -> pd.DataFrame:
    """So many cells of each line from there on, read some rows at a time."""
    source = io.BytesIO(data)
    source.seek(begin)
    parts = pd.read_csv(
        source,
        header=None,
        dtype=object,
        na_filter=False,
        quoting=csv.QUOTE_NONE,
        skip_blank_lines=False,
        chunksize=ROWS,
    )
    columns = [Gathered() for _ in range(cells)]
    for part in parts:
        for place, column in enumerate(columns):
            column.add(part.iloc[:, place].to_numpy())
    return pd.DataFrame({place: column.column() for place, column in enumerate(columns)})


def _even(data: bytes, begin: int, cells: int) -> bool:
    """Whether each line from there on holds that many cells."""
    while begin < len(data):
        end = data.rfind(b"\n", begin, begin + PIECE) + 1 or data.find(b"\n", begin) + 1
        end = end or len(data)
        piece = np.frombuffer(data, dtype=np.uint8, count=end - begin, offset=begin)
        ends = np.flatnonzero(piece == ord("\n"))
        if not len(ends) or ends[-1] != len(piece) - 1:
            ends = np.append(ends, len(piece))
        commas = np.searchsorted(np.flatnonzero(piece == ord(",")), ends)
        if (np.diff(commas, prepend=0) != cells - 1).any():
            return False
        begin = end
    return True
