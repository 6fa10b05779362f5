"""Comma-separated files: their cells as text, each row by the number a spreadsheet shows."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import compress, islice
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.reading.cells import Gathered
from wfm.forecast.reading.plain_csv import PIECE, read_plain

READABLE = "be a readable CSV file in UTF-8"
LINES = 1 << 16
"""That are read in one go."""
OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_csv(path: Path, name: str) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Read a file's cells and the number of each row; blank rows are left out.

    Raises
    ------
    InputError
        For a file that cannot be read, is not in UTF-8, has no header, is separated by something
        else than commas, or has a row with more or fewer cells than its header.
    """
    data = _data(path, name)
    plain = read_plain(data)
    if plain is not None:
        return plain, np.arange(2, len(plain) + 2)
    return read_closely(data, name)


def read_closely(text: str | bytes, name: str) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Read cells one by one, as `read_csv` does what is not plain."""
    lines = _lines(text, name)
    header = [cell.strip() for cell in next(lines, [])]
    columns = [Gathered() for _ in header]
    rows, odd, first = np.zeros(0, dtype=np.int64), None, 2
    while block := list(islice(lines, LINES)):
        filled = np.fromiter((any(map(str.strip, line)) for line in block), dtype=bool)
        held = list(compress(block, filled))
        found = np.flatnonzero(filled) + first
        first += len(block)
        uneven = np.fromiter(map(len, held), dtype=np.int64) != len(header)
        if odd is None and uneven.any():
            odd = int(found[uneven.argmax()]), len(held[int(uneven.argmax())])
        if odd is None:
            rows = np.append(rows, found)
            for place, column in enumerate(columns):
                column.add(np.array([line[place] for line in held], dtype=object))
    _refuse(name, header, odd)
    frame = pd.DataFrame({place: column.column() for place, column in enumerate(columns)})
    return frame.set_axis(header, axis=1), rows


def _refuse(name: str, header: list[str], odd: tuple[int, int] | None) -> None:
    """Raise for a header that is none, or for the first row with another number of cells."""
    if not any(header):
        raise InputError(f"{name} row 1", "be a header of column names")
    mark = next((mark for mark in OTHERS if len(header) == 1 and mark in header[0]), None)
    if mark is not None:
        must = f"be separated by commas, not {OTHERS[mark]}"
        raise InputError(f"{name} row 1", must, header[0])
    if odd is not None and len(header) == 1:
        raise InputError(f"{name} row 1", "be a header of column names", header[0])
    if odd is not None:
        raise InputError(f"{name} row {odd[0]}", f"have {len(header)} cells", odd[1])


def _lines(text: str | bytes, name: str) -> Iterator[list[str]]:
    data = text.encode() if isinstance(text, str) else text
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""))
    try:
        yield from reader
    except csv.Error as error:
        place = f"{name} row {reader.line_num}"
        raise InputError(place, "be readable as comma-separated cells", str(error)) from None


def _data(path: Path, name: str) -> bytes:
    """What a file holds, in UTF-8 without a byte order mark."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(str(path), "be an existing file") from None
    except OSError as error:
        raise InputError(str(path), READABLE, str(error)) from None
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise InputError(f"{name} row 1", READABLE, "UTF-16")
    data = data.removeprefix(codecs.BOM_UTF8)
    begin = 0
    while begin < len(data):
        # A piece ends where a line does, so that no character is cut in two.
        end = data.find(b"\n", begin + PIECE) + 1 or len(data)
        try:
            data[begin:end].decode()
        except UnicodeDecodeError as error:
            row = 1 + data.count(b"\n", 0, begin + error.start)
            found = error.object[error.start : error.end]
            raise InputError(f"{name} row {row}", READABLE, found) from None
        begin = end
    return data
