"""Ctrl-C that waits for a safe place."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heeding_interrupts() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C only be remembered; a second one goes through at once.

    An exception in the middle of a move could be lost where Python calls back from compiled code.
    Outside the main thread, and where a program has its own way with Ctrl-C, nothing changes.

    Yields
    ------
    callable
        Whether Ctrl-C was pressed.
    """
    pressed: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        if pressed:
            signal.default_int_handler(number, frame)
        pressed.append(number)

    try:
        ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        before = signal.signal(signal.SIGINT, remember) if ours else None
    except ValueError:
        before = None
    try:
        yield lambda: bool(pressed)
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
