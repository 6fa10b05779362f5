"""Distinct rows of a table of whole numbers."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def unique_rows(rows: Ints) -> tuple[Ints, Ints]:
    """Distinct rows in the order in which they first appear, and which of them each row is."""
    rows = np.ascontiguousarray(rows)
    place, first = np.empty(len(rows), dtype=np.int64), np.empty(len(rows), dtype=np.int64)
    many = tell_apart(rows, place, first)
    return rows[first[:many]], place


@njit(cache=True, nogil=True)
def tell_apart(rows: Ints, place: Ints, first: Ints) -> int:
    """Number the distinct rows, by a table of what they hash to; returns how many there are."""
    size = 1
    while size < 2 * rows.shape[0]:
        size *= 2
    table = np.full(size, -1, dtype=np.int64)
    many = 0
    for row in range(rows.shape[0]):
        code = np.uint64(14695981039346656037)
        for column in range(rows.shape[1]):
            code = (code ^ np.uint64(rows[row, column])) * np.uint64(1099511628211)
            code ^= code >> np.uint64(29)
        at = np.int64(code & np.uint64(size - 1))
        while table[at] >= 0:
            other = first[table[at]]
            same = True
            for column in range(rows.shape[1]):
                if rows[row, column] != rows[other, column]:
                    same = False
                    break
            if same:
                break
            at = (at + 1) & (size - 1)
        if table[at] < 0:
            table[at] = many
            first[many] = row
            many += 1
        place[row] = table[at]
    return many
