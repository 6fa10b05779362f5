"""Words for the stretches of time of a table."""

from __future__ import annotations

from enum import StrEnum


class Stretch(StrEnum):
    """As in :meth:`wfm.simulation.Outcome.service`."""

    HORIZON = "horizon"
    WEEK = "week"
    DAY = "day"
    INTERVAL = "interval"
