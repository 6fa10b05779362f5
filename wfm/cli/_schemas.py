"""`wfm schema`: what the JSON of each value looks like."""

from __future__ import annotations

import json

import typer

from wfm.advice.option import SwapOption
from wfm.advice.reason import Reasons
from wfm.calibration.values import Calibration
from wfm.care.point import Frontier
from wfm.care.values import Prices
from wfm.conflict import Conflicts
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.forecast import Volume
from wfm.io.center import Center
from wfm.judge.report import Report
from wfm.ledger import Ledger
from wfm.problem import Problem
from wfm.replan.result import Replan
from wfm.replan.values import Happenings
from wfm.result import Result
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.simulation.values import Assumptions
from wfm.value import Value

KINDS = (
    Problem,
    Schedule,
    Result,
    Report,
    Demand,
    Volume,
    Center,
    Ledger,
    SwapOption,
    Reasons,
    Conflicts,
    Assumptions,
    Happenings,
    Replan,
    Prices,
    Frontier,
    Calibration,
)


def print_schema(name: str) -> None:
    """Print the schema of a value, its name in any case, or of a rule; of all values if empty."""
    kinds: dict[str, type[Value]] = {kind.__name__: kind for kind in KINDS}
    if not name:
        schemas = {known: kind.model_json_schema() for known, kind in kinds.items()}
        typer.echo(json.dumps(schemas, indent=2))
        return
    by_name = {known.lower(): kind for known, kind in kinds.items()}
    found = Rule.named.get(name) or by_name.get(name.lower())
    if found is None:
        raise InputError("NAME", f"be one of {', '.join(kinds)}, or a rule such as min_rest", name)
    typer.echo(json.dumps(found.model_json_schema(), indent=2))
