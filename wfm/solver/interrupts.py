"""Ctrl-C that waits for a safe place."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
SHOW_CURSOR = b"\x1b[?25h"


@contextmanager
def heeding_interrupts() -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C only be remembered; a second one goes through at once.

    An exception in the middle of a move could be lost where Python calls back from compiled code.
    Outside the main thread, and where a program has its own way with Ctrl-C, nothing changes. One
    inside another learns of the same Ctrl-C, so that what solves several times can end as a whole.

    Yields
    ------
    callable
        Whether Ctrl-C was pressed.
    """
    around = signal.getsignal(signal.SIGINT)
    memory = around if isinstance(around, _Memory) else _Memory()
    try:
        ours = around in (signal.default_int_handler, leave_at_once)
        before = signal.signal(signal.SIGINT, memory) if ours else None
    except ValueError:
        before = None
    try:
        yield lambda: memory.pressed
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


@contextmanager
def given_up_by_interrupts() -> Iterator[None]:
    """Let Ctrl-C end a solve inside, as it does, and go through after it."""
    with heeding_interrupts() as interrupted:
        yield
        if interrupted():
            raise KeyboardInterrupt


class _Memory:
    """A handler that remembers the first Ctrl-C."""

    pressed = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.pressed:
            signal.default_int_handler(number, frame)
        self.pressed = True


def leave_at_once(number: int = 0, frame: FrameType | None = None) -> None:  # noqa: ARG001
    """End the process with 130 and one line on stderr: a handler while there is nothing to lose.

    An exception instead could come out of a package that is being loaded as another one, as a
    traceback or as a crash of compiled code.
    """
    # Through the descriptor: the stream itself may be in the midst of a line.
    os.write(2, (SHOW_CURSOR + b"\r" if os.isatty(2) else b"") + b"error: interrupted\n")
    os._exit(INTERRUPTED)
