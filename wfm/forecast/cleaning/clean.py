"""Clean a history: find what is at fault, do what the rules say, and list every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.argument import instance
from wfm.forecast.cleaning.change import Change
from wfm.forecast.cleaning.cleaned import Cleaned
from wfm.forecast.cleaning.fold import clock_of, folds
from wfm.forecast.cleaning.gather import rows_of
from wfm.forecast.cleaning.handle_time import impossible_handle_times
from wfm.forecast.cleaning.rows import MASK, REPAIR, Rows
from wfm.forecast.cleaning.rules import CleaningRules, Override
from wfm.forecast.cleaning.write import Edit, edited
from wfm.forecast.clock import to_dates
from wfm.forecast.finding import Finding
from wfm.forecast.fitting import check_history
from wfm.forecast.history import History
from wfm.horizon import zone_of


def clean(
    history: History,
    rules: CleaningRules | None = None,
    known_days: Collection[date | str] = (),
) -> Cleaned:
    """Find outages, spikes, one-off days and other faults, and mask or repair them.

    Nothing but what is listed in the changes differs from the history that was given. What is
    masked is unknown, never zero.

    Parameters
    ----------
    history : History
        As `read_history` gives it. Without three weeks of a queue, little of it can be compared.
    rules : CleaningRules, optional
        What is done about each kind of fault; its defaults if left out.
    known_days : collection of datetime.date or str
        Days whose contacts a calendar explains, such as public holidays: nothing on them is
        taken for a fault, and nothing is learned from them of what is usual.

    Returns
    -------
    Cleaned
        The history, and the changes to read, to show and to override.

    Raises
    ------
    InputError
        If an override names a queue that the history lacks, or a known day is no date.
    """
    check_history(history)
    rules = CleaningRules() if rules is None else rules
    instance("rules", rules, CleaningRules, "be CleaningRules")
    known = set(to_dates(known_days, "known_days"))
    _check(rules, history)
    if not len(history.frame):
        return Cleaned(history, ())
    zone, clock = zone_of(history.timezone), clock_of(history)
    changes: list[Change] = []
    edit = Edit(history)
    for name, fold in zip(history.queues, folds(history, clock), strict=True):
        rows = rows_of(history, name, clock, fold, rules, known)
        action = rows.decided(rules, zone)
        changes += rows.changes(action, history.interval, zone)
        edit.rows(rows, action)
        changes += _handle_times(history, rows, action, rules, zone, edit)
    if not changes:
        return Cleaned(history, ())
    findings = (*history.findings, *_findings(history, changes))
    return Cleaned(replace(history, frame=edited(edit), findings=findings), tuple(changes))


def _check(rules: CleaningRules, history: History) -> None:
    for index, override in enumerate(rules.overrides):
        if override.queue and override.queue not in history.queues:
            must = f"be one of {', '.join(history.queues)}, or empty for all"
            raise InputError(f"CleaningRules.overrides[{index}].queue", must, override.queue)


def _handle_times(
    history: History,
    rows: Rows,
    action: NDArray[np.int64],
    rules: CleaningRules,
    zone: ZoneInfo,
    edit: Edit,
) -> list[Change]:
    """Changes of handle times that no contact can have had, of rows that stay as they are."""
    own = rows.row >= 0
    aht = np.full(len(own), np.nan)
    aht[own] = edit.aht[rows.row[own]]
    faulty, usual = impossible_handle_times(rows.offered, aht, rules.handle_time_factor)
    faulty &= (action != MASK) & (action != REPAIR)
    if not faulty.any():
        return []
    found = Rows(
        queue=rows.queue,
        start=rows.start,
        row=rows.row,
        offered=aht,
        expected=np.full(len(aht), usual),
        fault=np.where(faulty, np.arange(len(aht)), -1),
        kinds=["handle time"] * len(aht),
    )
    decided = found.decided(rules.model_copy(update={"overrides": _keeps(rules)}), zone)
    edit.handle_times(found, decided)
    return found.changes(decided, history.interval, zone)


def _keeps(rules: CleaningRules) -> tuple[Override, ...]:
    return tuple(override for override in rules.overrides if override.action == "keep")


def _findings(history: History, changes: list[Change]) -> list[Finding]:
    """One finding for each queue that was changed, so that the history tells it by itself."""
    found = []
    for name in history.queues:
        own = [change for change in changes if change.queue == name and change.action != "keep"]
        if own:
            kinds = Counter((change.kind, change.action) for change in own)
            texts = [f"{count} × {kind} ({action})" for (kind, action), count in kinds.items()]
            message = f"{name} was cleaned: {', '.join(texts)}."
            found.append(Finding("cleaned", name, f"{own[0].start:%Y-%m-%d %H:%M}", message))
    return found
