"""Cells of a column whose texts repeat: what is asked of a text is asked of each one once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class Distinct(NamedTuple):
    """The cells of a column, each text once."""

    cells: pd.Series
    """Of the column, those that differ; all of them, where they are no texts."""
    codes: NDArray[np.integer]
    """Index of each row's cell among them, shape ``(rows,)``."""


def distinct(column: pd.Series) -> Distinct:
    """The texts of a column and where they stand; another column as it is."""
    if _texts(column):
        return Distinct(pd.Series(column.cat.categories), np.asarray(column.cat.codes))
    if isinstance(column.dtype, pd.StringDtype):
        codes, cells = pd.factorize(column, use_na_sentinel=False)
        return Distinct(pd.Series(cells), codes)
    return Distinct(column, np.arange(len(column)))


class Gathered:
    """A column of texts that comes in parts, without the blanks around them."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._codes = [np.zeros(0, dtype=np.int32)]

    def add(self, part: NDArray[np.object_]) -> None:
        """Add the next rows."""
        codes, texts = pd.factorize(part)
        known = self._known
        places = [known.setdefault(text.strip(), len(known)) for text in texts]
        self._codes.append(np.array(places, dtype=np.int32)[codes])

    def column(self) -> pd.Categorical[str]:
        """All rows, their texts in the order in which they first appear; asked for once."""
        texts, codes = pd.Index(list(self._known), dtype=str), np.concatenate(self._codes)
        # Where hardly a text repeats they take much memory, and so does holding them twice.
        self._known.clear()
        self._codes.clear()
        return pd.Categorical.from_codes(codes, texts)


def named(names: Distinct) -> pd.Categorical[str]:
    """Names of rows as categories, in the order in which they first appear.

    Parameters
    ----------
    names : Distinct
        Name of each row, where distinct cells may have the same.
    """
    codes, found = pd.factorize(names.cells)
    return in_sequence(pd.Categorical.from_codes(codes[names.codes], found))


def in_sequence(names: pd.Categorical[str]) -> pd.Categorical[str]:
    """The same names with the categories that occur, in the order in which they first appear."""
    rows, order = pd.factorize(names.codes)
    return pd.Categorical.from_codes(rows, names.categories.take(order))


def _texts(column: pd.Series) -> bool:
    """Whether a column is categorical, of texts, none of them missing."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return False
    texts = isinstance(column.cat.categories.dtype, pd.StringDtype)
    return texts and not bool((column.cat.codes < 0).any())
