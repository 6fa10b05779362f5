"""The command itself: how it ends, and what it says when it cannot go on."""

from __future__ import annotations

import sys
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

import wfm
from wfm.errors import InputError, WfmError
from wfm.solver.interrupts import INTERRUPTED

NO = 1
BAD_INPUT = 2

# The base of all errors of a command line, which typer does not name itself.
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])


class Commands(TyperGroup):
    """Commands that answer bad input with a line on stderr, never with a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; exit 0 if all is fine, 1 for "no", 2 for bad input, 130 for Ctrl-C."""
        code: object = BAD_INPUT
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except _UsageError as error:
            _complain(error.format_message())  # type: ignore[attr-defined]
        except InputError as error:
            for fault in error.faults:
                _complain(str(fault))
        except WfmError as error:
            _complain(str(error))
        except (KeyboardInterrupt, typer.Abort):
            code = INTERRUPTED
        if code == INTERRUPTED:
            _complain("interrupted")
        sys.exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _complain(sentence: str) -> None:
    typer.echo(f"error: {' '.join(sentence.split())}", err=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wfm {wfm.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  (its callback has done the work)
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """Forecast, staff, schedule and verify the work of people in contact centres."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
