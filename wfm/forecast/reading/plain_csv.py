"""Large plain files, read at once: no quotes, no blank rows, as many cells in each row."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd


def read_plain(text: str) -> pd.DataFrame | None:
    """Cells of a plain file as text, or None for one that needs a closer look.

    Parameters
    ----------
    text : str
        The whole file. What is not plain - quotes, rows of different lengths, blank rows, a bare
        carriage return - is left to the reader that names each fault by its row.
    """
    if '"' in text or "\0" in text or text.count("\r") != text.count("\r\n"):
        return None
    header, _, body = text.partition("\n")
    names = [cell.strip() for cell in header.split(",")]
    if len(names) < 2 or not any(names) or not body or not _even(body, len(names)):
        return None
    frame = pd.read_csv(
        io.StringIO(body),
        header=None,
        dtype=str,
        na_filter=False,
        quoting=csv.QUOTE_NONE,
        skip_blank_lines=False,
        low_memory=False,
    )
    frame = frame.apply(lambda cells: cells.str.strip()).set_axis(names, axis=1)
    blank = np.logical_and.reduce([np.array(frame.iloc[:, k] == "") for k in range(len(names))])
    return None if blank.any() else frame


def _even(body: str, cells: int) -> bool:
    """Whether each line holds that many cells."""
    data = np.frombuffer(body.encode(), dtype=np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    if not len(ends) or ends[-1] != len(data) - 1:
        ends = np.append(ends, len(data))
    commas = np.searchsorted(np.flatnonzero(data == ord(",")), ends)
    return bool((np.diff(commas, prepend=0) == cells - 1).all())
