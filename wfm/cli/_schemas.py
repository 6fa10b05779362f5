"""`wfm schema`: what the JSON of each value looks like."""

from __future__ import annotations

import json

import typer

from wfm.demand import Demand
from wfm.errors import InputError
from wfm.forecast import Volume
from wfm.io.center import Center
from wfm.judge.report import Report
from wfm.ledger import Ledger
from wfm.problem import Problem
from wfm.result import Result
from wfm.schedule import Schedule

KINDS = (Problem, Schedule, Result, Report, Demand, Volume, Center, Ledger)


def print_schema(name: str) -> None:
    """Print the schema of the value with a name in any case, or of all if it is empty."""
    schemas = {kind.__name__: kind.model_json_schema() for kind in KINDS}
    wanted = next((known for known in schemas if known.lower() == name.lower()), None)
    if name and wanted is None:
        raise InputError("NAME", f"be one of {', '.join(schemas)}", name)
    typer.echo(json.dumps(schemas[wanted] if wanted else schemas, indent=2))
