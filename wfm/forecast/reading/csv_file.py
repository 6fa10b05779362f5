"""Comma-separated files: their cells as text, each row by the number a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.reading.plain_csv import read_plain

READABLE = "be a readable CSV file in UTF-8"
OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_csv(path: Path, name: str) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Read a file's cells and the number of each row; blank rows are left out.

    Raises
    ------
    InputError
        For a file that cannot be read, is not in UTF-8, has no header, is separated by something
        else than commas, or has a row with more or fewer cells than its header.
    """
    text = _text(path, name)
    plain = read_plain(text)
    if plain is not None:
        return plain, np.arange(2, len(plain) + 2)
    return read_closely(text, name)


def read_closely(text: str, name: str) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Read cells one by one, as `read_csv` does what is not plain."""
    lines = _lines(text, name)
    if not lines or not any(lines[0]):
        raise InputError(f"{name} row 1", "be a header of column names")
    header = lines[0]
    mark = next((mark for mark in OTHERS if len(header) == 1 and mark in header[0]), None)
    if mark is not None:
        must = f"be separated by commas, not {OTHERS[mark]}"
        raise InputError(f"{name} row 1", must, header[0])
    body = [(row, line) for row, line in enumerate(lines[1:], start=2) if any(line)]
    odd = next(((row, line) for row, line in body if len(line) != len(header)), None)
    if odd is not None and len(header) == 1:
        raise InputError(f"{name} row 1", "be a header of column names", header[0])
    if odd is not None:
        raise InputError(f"{name} row {odd[0]}", f"have {len(header)} cells", len(odd[1]))
    frame = pd.DataFrame([line for _, line in body], columns=header, dtype=str)
    return frame, np.array([row for row, _ in body], dtype=np.int64)


def _lines(text: str, name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [[cell.strip() for cell in line] for line in reader]
    except csv.Error as error:
        place = f"{name} row {reader.line_num}"
        raise InputError(place, "be readable as comma-separated cells", str(error)) from None


def _text(path: Path, name: str) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(str(path), "be an existing file") from None
    except OSError as error:
        raise InputError(str(path), READABLE, str(error)) from None
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise InputError(f"{name} row 1", READABLE, "UTF-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = 1 + data[: error.start].count(b"\n")
        raise InputError(f"{name} row {row}", READABLE, data[error.start : error.end]) from None
