"""Forecast, staff, schedule and verify the work of people in contact centres."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from wfm import rules
from wfm.agent import Agent, Contract, Household, Skill
from wfm.deferred import DeferredWork
from wfm.demand import BusyFactor, Demand
from wfm.errors import InputError, MissingExtraError, WfmError
from wfm.horizon import Horizon
from wfm.problem import Previous, Problem
from wfm.queue import Queue, ServiceTarget, Shrinkage
from wfm.result import Progress, Result
from wfm.schedule import ActivityTime, BreakTime, Schedule, Shift
from wfm.shift import Break, ShiftTemplate
from wfm.window import Window

if TYPE_CHECKING:
    from wfm.judge.report import Report
    from wfm.judge.verify import verify
    from wfm.leave import changes, with_leave
    from wfm.ledger import Ledger
    from wfm.solver.solve import solve

__version__ = "0.1.0"

__all__ = [
    "ActivityTime",
    "Agent",
    "Break",
    "BreakTime",
    "BusyFactor",
    "Contract",
    "DeferredWork",
    "Demand",
    "Horizon",
    "Household",
    "InputError",
    "Ledger",
    "MissingExtraError",
    "Previous",
    "Problem",
    "Progress",
    "Queue",
    "Report",
    "Result",
    "Schedule",
    "ServiceTarget",
    "Shift",
    "ShiftTemplate",
    "Shrinkage",
    "Skill",
    "WfmError",
    "Window",
    "changes",
    "rules",
    "solve",
    "verify",
    "with_leave",
]

# What loads heavy packages is imported when it is first asked for.
_LATER = {
    "Ledger": "wfm.ledger",
    "Report": "wfm.judge.report",
    "changes": "wfm.leave",
    "solve": "wfm.solver.solve",
    "verify": "wfm.judge.verify",
    "with_leave": "wfm.leave",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'wfm' has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name]), name)
