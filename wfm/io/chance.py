"""What may come, as tables: samples for machines, quantiles for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from wfm.errors import InputError

if TYPE_CHECKING:
    from wfm.forecast import Scenarios

LEVELS = (0.025, 0.1, 0.5, 0.9, 0.975)


def samples_frame(scenarios: Scenarios) -> pd.DataFrame:
    """Wide table of samples: a row for each queue and interval, a column for each sample.

    Parameters
    ----------
    scenarios : Scenarios
        The samples.

    Returns
    -------
    pandas.DataFrame
        ``queue``, ``start`` (local, ISO 8601 with its offset), ``aht`` (seconds expected), and
        contacts as ``sample_1``, ``sample_2`` and so on; each of these is one course of all days.
    """
    _check(scenarios)
    horizon, count = scenarios.horizon, scenarios.samples
    starts = [horizon.local(m).isoformat() for m in range(0, horizon.minutes, horizon.interval)]
    keys = pd.DataFrame(
        {
            "queue": [queue for queue in scenarios.queues for _ in starts],
            "start": starts * len(scenarios.queues),
            "aht": scenarios.aht.ravel(),
        }
    )
    names = [f"sample_{number}" for number in range(1, count + 1)]
    drawn = pd.DataFrame(scenarios.contacts.reshape(count, -1).T, columns=names)
    return pd.concat([keys, drawn], axis=1)


def quantiles_frame(scenarios: Scenarios, levels: Sequence[float] = LEVELS) -> pd.DataFrame:
    """Long table of quantiles by week, day and interval.

    Parameters
    ----------
    scenarios : Scenarios
        The samples that they are taken from.
    levels : sequence of float
        From 0 to 1.

    Returns
    -------
    pandas.DataFrame
        ``by`` (``week``, ``day`` or ``interval``), ``queue``, ``start`` (local, ISO 8601 with its
        offset), ``mean``, and a column for each level such as ``q10``. Weeks are ISO weeks, cut at
        the ends of the horizon.
    """
    _check(scenarios)
    tables = []
    for by in ("week", "day", "interval"):
        table = scenarios.frame(levels, by)
        table.insert(0, "by", by)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _check(scenarios: Scenarios) -> None:
    if not hasattr(scenarios, "quantiles"):
        raise InputError("scenarios", "be Scenarios", scenarios)
