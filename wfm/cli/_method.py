"""The names by which `wfm forecast` knows its forecasters."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How contacts are forecast."""

    STRUCTURAL = "structural"
    SMOOTHING = "smoothing"
    WEEKDAY_MEAN = "weekday-mean"
    SEASONAL_NAIVE = "seasonal-naive"
    AUTO = "auto"
