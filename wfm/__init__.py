"""Forecast, staff, schedule and verify the work of people in contact centres."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wfm import fairness, rules, states
    from wfm.advice.find import swap_options
    from wfm.advice.option import SwapMove, SwapOption, WishChange
    from wfm.advice.reason import Alternative, Reasons
    from wfm.advice.why import why
    from wfm.agent import Agent, Contract, Household, Skill
    from wfm.calibration.calibrating import calibrate
    from wfm.calibration.groups.staffing import staff_groups
    from wfm.calibration.groups.values import GroupStaffing
    from wfm.calibration.values import Calibration
    from wfm.care.frontier import frontier
    from wfm.care.point import Frontier, FrontierPoint
    from wfm.care.price import price, prices
    from wfm.care.values import Price, Prices
    from wfm.conflict import Conflict, ConflictRule, Conflicts, Relaxation
    from wfm.deferred import DeferredWork
    from wfm.demand import BusyFactor, Demand
    from wfm.errors import InputError, MissingExtraError, WfmError
    from wfm.horizon import Horizon, SwapDay
    from wfm.judge.report import Report
    from wfm.judge.verify import verify
    from wfm.leave import changes, with_leave
    from wfm.ledger import Ledger, LedgerPeriod
    from wfm.problem import Previous, Problem
    from wfm.queue import Queue, ServiceTarget, Shrinkage
    from wfm.reasons import PrivateReasons
    from wfm.replan.reoptimise import reoptimise
    from wfm.replan.result import DayChange, Replan
    from wfm.replan.values import (
        Absence,
        ChangePrices,
        LateArrival,
        NewForecast,
        OvertimeOffer,
        TimeOffOffer,
    )
    from wfm.result import Progress, Result
    from wfm.rule import Violation
    from wfm.schedule import ActivityTime, BreakTime, Schedule, Shift
    from wfm.shift import Break, ShiftTemplate
    from wfm.simulation import Assumptions, Outcome, simulate
    from wfm.solver.conflicts.find import conflicts
    from wfm.solver.solve import solve
    from wfm.solver.solve_all import solve_all
    from wfm.solver.solve_teams import solve_teams
    from wfm.window import DateRange, Window

__version__ = "0.1.0"

__all__ = [
    "Absence",
    "ActivityTime",
    "Agent",
    "Alternative",
    "Assumptions",
    "Break",
    "BreakTime",
    "BusyFactor",
    "Calibration",
    "ChangePrices",
    "Conflict",
    "ConflictRule",
    "Conflicts",
    "Contract",
    "DateRange",
    "DayChange",
    "DeferredWork",
    "Demand",
    "Frontier",
    "FrontierPoint",
    "GroupStaffing",
    "Horizon",
    "Household",
    "InputError",
    "LateArrival",
    "Ledger",
    "LedgerPeriod",
    "MissingExtraError",
    "NewForecast",
    "Outcome",
    "OvertimeOffer",
    "Previous",
    "Price",
    "Prices",
    "PrivateReasons",
    "Problem",
    "Progress",
    "Queue",
    "Reasons",
    "Relaxation",
    "Replan",
    "Report",
    "Result",
    "Schedule",
    "ServiceTarget",
    "Shift",
    "ShiftTemplate",
    "Shrinkage",
    "Skill",
    "SwapDay",
    "SwapMove",
    "SwapOption",
    "TimeOffOffer",
    "Violation",
    "WfmError",
    "Window",
    "WishChange",
    "calibrate",
    "changes",
    "conflicts",
    "fairness",
    "frontier",
    "price",
    "prices",
    "reoptimise",
    "rules",
    "simulate",
    "solve",
    "solve_all",
    "solve_teams",
    "staff_groups",
    "states",
    "swap_options",
    "verify",
    "why",
    "with_leave",
]

# All is imported when it is first asked for, so that the command answers at once.
_LATER = {
    "Absence": "wfm.replan.values",
    "ActivityTime": "wfm.schedule",
    "Agent": "wfm.agent",
    "Alternative": "wfm.advice.reason",
    "Assumptions": "wfm.simulation",
    "Break": "wfm.shift",
    "BreakTime": "wfm.schedule",
    "BusyFactor": "wfm.demand",
    "Calibration": "wfm.calibration.values",
    "ChangePrices": "wfm.replan.values",
    "Conflict": "wfm.conflict",
    "ConflictRule": "wfm.conflict",
    "Conflicts": "wfm.conflict",
    "Contract": "wfm.agent",
    "DateRange": "wfm.window",
    "DayChange": "wfm.replan.result",
    "DeferredWork": "wfm.deferred",
    "Demand": "wfm.demand",
    "Frontier": "wfm.care.point",
    "FrontierPoint": "wfm.care.point",
    "GroupStaffing": "wfm.calibration.groups.values",
    "Horizon": "wfm.horizon",
    "Household": "wfm.agent",
    "InputError": "wfm.errors",
    "LateArrival": "wfm.replan.values",
    "Ledger": "wfm.ledger",
    "LedgerPeriod": "wfm.ledger",
    "MissingExtraError": "wfm.errors",
    "NewForecast": "wfm.replan.values",
    "Outcome": "wfm.simulation",
    "OvertimeOffer": "wfm.replan.values",
    "Previous": "wfm.problem",
    "Price": "wfm.care.values",
    "Prices": "wfm.care.values",
    "PrivateReasons": "wfm.reasons",
    "Problem": "wfm.problem",
    "Progress": "wfm.result",
    "Queue": "wfm.queue",
    "Reasons": "wfm.advice.reason",
    "Replan": "wfm.replan.result",
    "Relaxation": "wfm.conflict",
    "Report": "wfm.judge.report",
    "Result": "wfm.result",
    "Schedule": "wfm.schedule",
    "ServiceTarget": "wfm.queue",
    "Shift": "wfm.schedule",
    "ShiftTemplate": "wfm.shift",
    "Shrinkage": "wfm.queue",
    "Skill": "wfm.agent",
    "SwapDay": "wfm.horizon",
    "SwapMove": "wfm.advice.option",
    "SwapOption": "wfm.advice.option",
    "TimeOffOffer": "wfm.replan.values",
    "Violation": "wfm.rule",
    "WfmError": "wfm.errors",
    "Window": "wfm.window",
    "WishChange": "wfm.advice.option",
    "calibrate": "wfm.calibration.calibrating",
    "changes": "wfm.leave",
    "frontier": "wfm.care.frontier",
    "price": "wfm.care.price",
    "prices": "wfm.care.price",
    "reoptimise": "wfm.replan.reoptimise",
    "conflicts": "wfm.solver.conflicts.find",
    "simulate": "wfm.simulation",
    "solve": "wfm.solver.solve",
    "solve_all": "wfm.solver.solve_all",
    "solve_teams": "wfm.solver.solve_teams",
    "staff_groups": "wfm.calibration.groups.staffing",
    "swap_options": "wfm.advice.find",
    "verify": "wfm.judge.verify",
    "why": "wfm.advice.why",
    "with_leave": "wfm.leave",
}
_LATER_WHOLE = ("fairness", "rules", "states")


def __getattr__(name: str) -> Any:
    if name in _LATER_WHOLE:
        return importlib.import_module(f"wfm.{name}")
    if name not in _LATER:
        raise AttributeError(f"module 'wfm' has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
