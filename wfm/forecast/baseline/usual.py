"""What is assumed of how far a day's total is off, before enough errors were seen."""

from __future__ import annotations

from typing import Final

USUAL_SPREAD: Final = 0.1
"""Relative error of a day's total."""
USUAL_DAYS: Final = 5
"""Past errors that the assumption weighs as much as."""
