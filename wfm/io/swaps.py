"""Swaps as a table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from wfm.advice.option import SwapOption
from wfm.io.tables import shift_label
from wfm.problem import Problem


def swaps_frame(problem: Problem, options: Iterable[SwapOption]) -> pd.DataFrame:
    """Table of swaps: a row for each, in their order.

    Parameters
    ----------
    problem : Problem
        Whose agents, days and queues.
    options : iterable of SwapOption
        As :func:`wfm.swap_options` finds them.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``agent``, ``other`` and ``name`` (of the other), ``day`` and ``back`` (ISO 8601;
        empty for a give-away), ``gives`` and ``gets`` (such as ``08:00–16:30 day``), the changes
        ``total``, ``wages``, ``service`` and ``wishes`` in money, and for each queue
        ``answers_QUEUE`` in contacts.
    """
    queues = [queue.id for queue in problem.demand.queues]
    rows = [
        {
            "kind": option.kind,
            "agent": option.agent,
            "other": option.other,
            "name": str(problem.agent(option.other)),
            "day": option.day.isoformat(),
            "back": option.back.isoformat() if option.back else "",
            "gives": _label(problem, option, option.other),
            "gets": _label(problem, option, option.agent),
            "total": option.total,
            "wages": option.wages,
            "service": option.service,
            "wishes": option.wish_cost,
            **{f"answers_{queue}": option.answers[queue] for queue in queues},
        }
        for option in options
    ]
    columns = ["kind", "agent", "other", "name", "day", "back", "gives", "gets"]
    columns += ["total", "wages", "service", "wishes", *(f"answers_{queue}" for queue in queues)]
    return pd.DataFrame(rows, columns=columns)


def _label(problem: Problem, option: SwapOption, agent: str) -> str:
    shift = option.shift_of(agent)
    return "" if shift is None else shift_label(problem.horizon, shift)
