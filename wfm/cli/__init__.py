"""The `wfm` command."""

# ruff: noqa: PLC0415

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

from wfm.solver.interrupts import leave_at_once

if TYPE_CHECKING:
    from wfm.cli._app import app as app


def main() -> None:
    """Run the `wfm` command; Ctrl-C is answered from the first import to the last line."""
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, leave_at_once)
    from wfm.cli import _commands

    try:
        _commands.app(prog_name="wfm")
    finally:
        if ours:
            # All is written and told; what is left is to end.
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def __getattr__(name: str) -> Any:
    if name != "app":
        raise AttributeError(f"module 'wfm.cli' has no attribute {name!r}")
    from wfm.cli._commands import app

    return app
