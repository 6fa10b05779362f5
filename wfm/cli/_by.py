"""Words for what is priced together."""

from __future__ import annotations

from enum import StrEnum


class By(StrEnum):
    """As `groups` of :func:`wfm.prices`."""

    EACH = "each"
    NAME = "name"
