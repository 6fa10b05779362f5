"""Prices of promises, and schedules to choose from, as tables."""

from __future__ import annotations

import pandas as pd

from wfm.care.point import Frontier
from wfm.care.values import Prices


def prices_frame(prices: Prices) -> pd.DataFrame:
    """Table of prices: a row for each, and a last one for all together.

    Parameters
    ----------
    prices : Prices
        As :func:`wfm.prices` finds them.

    Returns
    -------
    pandas.DataFrame
        ``promise``, its ``price``, ``at_least`` and ``at_most`` by the bounds, ``cost_with`` and
        ``bound_with``, ``cost_without`` and ``bound_without`` in money, and for each queue
        ``answers_QUEUE``, the contacts more that are answered in time without it. In steps all but
        the price are of all that is dropped so far.
    """
    rows = [
        {
            "promise": price.label,
            "price": price.money,
            "at_least": price.least,
            "at_most": price.most,
            "cost_with": price.keeping.cost,
            "bound_with": price.keeping.bound,
            "cost_without": price.dropping.cost,
            "bound_without": price.dropping.bound,
            **{f"answers_{queue}": more for queue, more in price.answers.items()},
        }
        for price in (*prices.each, prices.whole)
    ]
    return pd.DataFrame(rows)


def frontier_frame(frontier: Frontier) -> pd.DataFrame:
    """Table of schedules to choose from: a row for each point, in their order.

    Parameters
    ----------
    frontier : Frontier
        As :func:`wfm.frontier` finds it.

    Returns
    -------
    pandas.DataFrame
        ``service_weight`` and ``wish_weight``, ``pay``, ``service`` and ``rules`` (lost service and
        broken rules at the problem's own prices) and ``cost`` in money, ``level`` and for each
        queue ``level_QUEUE`` and ``wishes`` as shares, and whether it is ``dominated``.
    """
    rows = [
        {
            "service_weight": point.service_weight,
            "wish_weight": point.wish_weight,
            "pay": point.pay,
            "service": point.costs.service,
            "rules": point.costs.rules,
            "cost": point.costs.total,
            "level": point.level,
            **{f"level_{queue}": level for queue, level in point.levels.items()},
            "wishes": point.wishes,
            "dominated": point.dominated,
        }
        for point in frontier.points
    ]
    return pd.DataFrame(rows)
