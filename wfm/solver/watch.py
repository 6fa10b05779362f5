"""Who is told how a search goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wfm.result import Progress
from wfm.schedule import Schedule


@dataclass(frozen=True)
class Watch:
    """Who is told how a search goes.

    Attributes
    ----------
    on_progress : callable
        Called with a :class:`Progress` after each step.
    on_best : callable, optional
        Called with the best schedule after each step that has found a better one.
    """

    on_progress: Callable[[Progress], object]
    on_best: Callable[[Schedule], object] | None = None
