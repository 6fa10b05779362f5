"""An outcome in lines for people."""

from __future__ import annotations

import math

import pandas as pd

from wfm.simulation.outcome import Outcome
from wfm.simulation.stretches import By


def outcome_text(outcome: Outcome) -> str:
    """Each queue by the periods of its target, then how busy each group of agents is."""
    many = outcome.replications
    lines = [
        f"{many} replication{'s' * (many != 1)}; in brackets, "
        f"{outcome.confidence:.0%} confidence intervals"
    ]
    frames: dict[By, pd.DataFrame] = {}
    for queue in outcome.problem.demand.queues:
        by: By = "horizon" if queue.channel == "deferred" else queue.target.period
        if by not in frames:
            frames[by] = outcome.service(by)
        rows = frames[by][frames[by]["queue"] == queue.id]
        lines += ["", f"{queue.id} ({rows['offered'].sum():,.0f} contacts)"]
        lines += [_line(row, queue.channel == "deferred") for _, row in rows.iterrows()]
    groups = outcome.occupancy("group")
    if len(groups):
        lines += ["", "busy share of the time at work"]
    for _, row in groups.iterrows():
        bounds = _bounds(row["occupancy_low"], row["occupancy_high"])
        lines.append(f"  {row['group']}: {row['occupancy']:.1%}{bounds} of {row['hours']:,.1f} h")
    return "\n".join(lines)


def _line(row: pd.Series, deferred: bool) -> str:
    if math.isnan(row["level"]):
        return f"  {row['period']}: no contacts"
    level = f"{row['level']:.1%}{_bounds(row['level_low'], row['level_high'])}"
    met = f"{row['met']:.0%}{_bounds(row['met_low'], row['met_high'], 0)}"
    aim = f"{row['target']:.0%} is reached with a probability of {met}"
    if deferred:
        return f"  {row['period']}: {level} done by the deadline; {aim}"
    waits = f"mean wait {row['asa']:.0f} s, {row['abandonment']:.1%} hang up"
    return f"  {row['period']}: {level} in time; {aim}; {waits}"


def _bounds(low: float, high: float, digits: int = 1) -> str:
    return "" if math.isnan(low) else f" [{low:.{digits}%}, {high:.{digits}%}]"
