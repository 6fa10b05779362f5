"""The command with all its commands."""

from wfm.cli import _plan_commands, _planned_commands
from wfm.cli._app import app

__all__ = ["_plan_commands", "_planned_commands", "app"]
