"""How the formulas are compiled: once on a machine, dividing by zero as numpy does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import guvectorize, njit

compiled = njit(cache=True, nogil=True, error_model="numpy")


def over_arrays(types: str, layout: str) -> Callable[[Callable[..., None]], np.ufunc]:
    """Make a ufunc of numpy's of a function of single values, whose last argument it fills.

    Parameters
    ----------
    types : str
        Of the arguments, as numba writes them.
    layout : str
        Their core dimensions, as numpy writes the signature of a generalised ufunc.
    """
    made: Callable[[Callable[..., None]], np.ufunc]
    made = guvectorize([f"void({types})"], layout, cache=True, nopython=True)
    return made
