"""What is made to happen in a synthetic history, each with the factor that it truly has."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.value import Value

Floats = NDArray[np.float64]


class Campaign(Value):
    """Contacts that a mailing or an offer brings.

    Parameters
    ----------
    name : str
        Its name; its first, second and so on day after it is called ``name +1``, ``name +2``.
    start : datetime.date
        First day.
    days : int
        Number of days on which `factor` holds.
    factor : float
        On the contacts of each of its days.
    tail : tuple of float
        Factors of the days after it.
    queues : tuple of str
        Whom it reaches; all queues if empty.
    """

    name: str
    start: date
    days: int = Field(default=1, ge=1)
    factor: float = Field(gt=0)
    tail: tuple[float, ...] = ()
    queues: tuple[str, ...] = ()


class Payday(Value):
    """A day of each month on which people have money, and call.

    Parameters
    ----------
    day : int
        Day of the month, -1 for its last; the business day before, if it is none.
    factor : float
        On the contacts of that day.
    tail : tuple of float
        Factors of the days after it, ``payday +1`` and so on.
    name : str
        Its name.
    queues : tuple of str
        Where it is felt; all queues if empty.
    """

    day: int = Field(ge=-1, le=28)
    factor: float = Field(gt=0)
    tail: tuple[float, ...] = ()
    name: str = "payday"
    queues: tuple[str, ...] = ()


class Outage(Value):
    """Hours in which contacts do not get through, or come in by another way.

    Parameters
    ----------
    start : datetime.datetime
        Local time.
    hours : float
        How long.
    factor : float
        On the contacts of these hours.
    queues : tuple of str
        Whom it hits; all queues if empty.
    """

    start: datetime
    hours: float = Field(gt=0)
    factor: float = Field(default=0.03, ge=0)
    queues: tuple[str, ...] = ()


class Busy(Value):
    """What makes some days, and some hours of a day, busier than was to be expected.

    The factor of an interval is log-normal with mean 1. Its logarithm correlates with that of
    another interval of the same day, h hours away, by ``shared + (1 - shared) * hourly**h``, and
    not at all with other days; the day-level factor with intraday correlation of Avramidis,
    Deslauriers and L'Ecuyer (2004).

    Parameters
    ----------
    cv : float
        Coefficient of variation of an interval's factor.
    shared : float
        Share of the logarithm's variance that is common to the day.
    hourly : float
        Correlation of the rest from one hour to the next.
    """

    cv: float = Field(default=0.08, ge=0)
    shared: float = Field(default=0.6, ge=0, le=1)
    hourly: float = Field(default=0.7, ge=0, lt=1)

    @property
    def variance(self) -> float:
        """Variance of the factor's logarithm."""
        return float(np.log1p(self.cv**2))

    def correlation(self, hours: Floats) -> Floats:
        """Correlation of the logarithms of intervals of a day so many hours apart."""
        return np.asarray(self.shared + (1 - self.shared) * self.hourly**hours)
