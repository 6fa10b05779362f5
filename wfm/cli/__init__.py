"""The `wfm` command."""

from wfm.cli import _commands  # noqa: F401  (importing them adds them to the app)
from wfm.cli._app import app as app
from wfm.cli._app import main as main
