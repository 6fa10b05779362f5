"""How much longer a contact takes for someone new."""

from __future__ import annotations

from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from pydantic import Field
from scipy.optimize import least_squares

from wfm.errors import InputError
from wfm.value import Value

Floats = NDArray[np.float64]

COLUMNS = ("tenure", "aht", "contacts")
LONGEST = 730.0
"""Half-life in days beyond which learning cannot be told from none."""


class LearningCurve(Value):
    """Handle time of an agent by days on the phone, against that of the experienced.

    The factor falls from `start` to 1, and half of what is left is learned in each half-life:
    factor(t) = 1 + (start - 1) 0.5^(t/half_life).

    Parameters
    ----------
    start : float
        Factor on the first day, at least 1.
    half_life : float
        Days after which half of the surplus is gone.

    Notes
    -----
    An exponential rather than the power of output of Wright (1936), "Factors affecting the cost of
    airplanes": Heathcote, Brown & Mewhort (2000), "The power law repealed", found exponentials to
    fit better than powers in all of 40 sets of data that were not averaged over people, and the
    power to arise from averaging. That agents of call centres learn in the course of weeks and
    months, each at a pace of their own, is shown by Gans, Liu, Mandelbaum, Shen & Ye (2010),
    "Service times in call centers: agent heterogeneity and learning with some operational
    consequences".
    """

    start: float = Field(ge=1, le=20)
    half_life: float = Field(gt=0)

    def factor(self, tenure: ArrayLike) -> Floats:
        """Factor on the handle time of the experienced.

        Parameters
        ----------
        tenure : array_like
            Days since the first day on the phone, from 0 up.

        Returns
        -------
        numpy.ndarray
            Same shape.
        """
        days = np.asarray(tenure, dtype=np.float64)
        wrong = ~(days >= 0)
        if wrong.any():
            raise InputError("tenure", "be a number of days from 0 up", float(days[wrong][0]))
        return np.asarray(1 + (self.start - 1) * 0.5 ** (days / self.half_life))

    @classmethod
    def fit(cls, table: pd.DataFrame) -> Self:
        """Fit the curve to handle times of agents by tenure.

        Parameters
        ----------
        table : pandas.DataFrame
            ``tenure`` (days since the first day on the phone, from 0 up), ``aht`` (seconds) and
            ``contacts`` (above 0), one row for an agent and some days; at least three different
            tenures.

        Returns
        -------
        LearningCurve
            By least squares of base x factor(tenure), weighted by contacts, as the variance of a
            mean is inverse to their number. The seconds of the base are not kept: they are the
            queue's. Where nothing is learned, `start` is 1.

        Raises
        ------
        InputError
            Naming the row of a value that cannot be used.
        """
        tenure, aht, contacts = (_column(table, name) for name in COLUMNS)
        if len(np.unique(tenure)) < 3:
            must = "hold at least 3 different values"
            raise InputError("table, column 'tenure',", must, len(np.unique(tenure)))
        start, half_life = _least(tenure, aht / np.average(aht, weights=contacts), contacts)
        return cls(start=start, half_life=half_life)


def _column(table: pd.DataFrame, name: str) -> Floats:
    """Values of a column, each of them usable."""
    if name not in table:
        raise InputError("table", f"have a column {name!r}", list(table))
    values = np.array(pd.to_numeric(table[name], errors="coerce"), dtype=np.float64)
    usable = np.isfinite(values) & ((values >= 0) if name == "tenure" else (values > 0))
    for row in np.flatnonzero(~usable)[:1]:
        must = f"be a number {'from 0 up' if name == 'tenure' else 'above 0'}"
        raise InputError(f"table, row {row}, column {name!r},", must, table[name].iloc[row])
    return values


def _least(tenure: Floats, aht: Floats, contacts: Floats) -> tuple[float, float]:
    """Start and half-life of the least weighted squares; `aht` about 1."""
    weight = np.sqrt(contacts / contacts.sum())

    def away(parameters: Floats) -> Floats:
        base, surplus, log_half_life = parameters
        curve = 1 + surplus * 0.5 ** (tenure / np.exp(log_half_life))
        return np.asarray(weight * (np.exp(base) * curve - aht))

    bounds = ([-5.0, 0.0, 0.0], [5.0, 19.0, np.log(LONGEST)])
    # From a fast and a slow learner, as a half-life far off gives no slope to follow.
    found = [least_squares(away, [0.0, 0.5, np.log(days)], bounds=bounds) for days in (7, 30, 120)]
    _, surplus, log_half_life = min(found, key=lambda each: each.cost).x
    return 1 + float(surplus), float(np.exp(log_half_life))
